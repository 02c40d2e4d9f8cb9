//! A tree of JSON as a source of serde's: any type that can be read takes its parts from it.

use std::borrow::Cow;
use std::vec::IntoIter;

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::{Json, NotThatJson};

type Result<T> = std::result::Result<T, NotThatJson>;

/// The methods of a deserializer that one kind of JSON alone can serve.
macro_rules! only {
    ($pattern:pat => $visit:expr; $($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
            match self {
                $pattern => $visit(self, visitor),
                _ => Err(NotThatJson),
            }
        })*
    };
}

impl<'de> Deserializer<'de> for Json<'de> {
    type Error = NotThatJson;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self {
            Self::Null | Self::Bool(_) => plain(self, visitor),
            Self::Number(_) => number(self, visitor),
            Self::Text(_) => text(self, visitor),
            Self::List(_) => list(self, visitor),
            Self::Object(_) => object(self, visitor),
            Self::Ambiguous => Err(NotThatJson),
        }
    }

    only! {
        Self::Number(_) => integer;
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128 deserialize_u8 deserialize_u16
        deserialize_u32 deserialize_u64 deserialize_u128
    }

    only! { Self::Number(_) => number; deserialize_f32 deserialize_f64 }

    only! { Self::Text(_) => text; deserialize_char deserialize_str deserialize_string }

    only! { Self::List(_) => list; deserialize_seq }

    only! { Self::Object(_) => object; deserialize_map }

    only! { Self::Bool(_) | Self::Null => plain; deserialize_bool deserialize_unit }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self {
            Self::Null => visitor.visit_none(),
            some => visitor.visit_some(some),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        let (name, content) = self.variant().ok_or(NotThatJson)?;
        visitor.visit_enum(Variant { name, content })
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(self, _: &'static str, _: usize, visitor: V) -> Result<V::Value> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { bytes byte_buf identifier }
}

fn plain<'de, V: Visitor<'de>>(json: Json<'de>, visitor: V) -> Result<V::Value> {
    match json {
        Json::Null => visitor.visit_unit(),
        Json::Bool(value) => visitor.visit_bool(value),
        _ => Err(NotThatJson),
    }
}

/// A number for who takes whole ones alone. With no word of fractions here, an app that reads none carries nothing for
/// them.
fn integer<'de, V: Visitor<'de>>(json: Json<'de>, visitor: V) -> Result<V::Value> {
    let Json::Number(number) = json else { return Err(NotThatJson) };
    match number.parse() {
        Ok(value) => visitor.visit_u64(value),
        Err(_) => visitor.visit_i64(number.parse().map_err(|_| NotThatJson)?),
    }
}

fn number<'de, V: Visitor<'de>>(json: Json<'de>, visitor: V) -> Result<V::Value> {
    let Json::Number(number) = json else { return Err(NotThatJson) };
    match (number.parse(), number.parse(), number.parse::<f64>()) {
        (Ok(value), _, _) => visitor.visit_u64(value),
        // Zero has a sign only as a fraction.
        (_, Ok(value), _) if value != 0 => visitor.visit_i64(value),
        (_, _, Ok(value)) if value.is_finite() => visitor.visit_f64(value),
        _ => Err(NotThatJson),
    }
}

fn text<'de, V: Visitor<'de>>(json: Json<'de>, visitor: V) -> Result<V::Value> {
    match json {
        Json::Text(Cow::Borrowed(text)) => visitor.visit_borrowed_str(text),
        Json::Text(Cow::Owned(text)) => visitor.visit_string(text),
        _ => Err(NotThatJson),
    }
}

fn list<'de, V: Visitor<'de>>(json: Json<'de>, visitor: V) -> Result<V::Value> {
    let Json::List(values) = json else { return Err(NotThatJson) };
    let mut values = Values(values.into_iter());
    let value = visitor.visit_seq(&mut values)?;
    if values.0.len() == 0 { Ok(value) } else { Err(NotThatJson) }
}

fn object<'de, V: Visitor<'de>>(json: Json<'de>, visitor: V) -> Result<V::Value> {
    let Json::Object(entries) = json else { return Err(NotThatJson) };
    visitor.visit_map(Entries { left: entries.into_iter(), value: Json::Null })
}

struct Values<'de>(IntoIter<Json<'de>>);

impl<'de> SeqAccess<'de> for &mut Values<'de> {
    type Error = NotThatJson;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>> {
        self.0.next().map(|value| seed.deserialize(value)).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

struct Entries<'de> {
    left: IntoIter<(Cow<'de, str>, Json<'de>)>,
    /// Of the name that was read last.
    value: Json<'de>,
}

impl<'de> MapAccess<'de> for Entries<'de> {
    type Error = NotThatJson;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>> {
        let Some((name, value)) = self.left.next() else { return Ok(None) };
        self.value = value;
        seed.deserialize(Name(name)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value> {
        seed.deserialize(std::mem::replace(&mut self.value, Json::Null))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left.len())
    }
}

/// The name of an entry. It is a text, but may be read as a number: JSON has no other keys.
struct Name<'de>(Cow<'de, str>);

macro_rules! parsed {
    ($($method:ident $visit:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
            visitor.$visit(self.0.parse().map_err(|_| NotThatJson)?)
        })*
    };
}

impl<'de> Deserializer<'de> for Name<'de> {
    type Error = NotThatJson;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        text(Json::Text(self.0), visitor)
    }

    /// Of a field or a variant; it is only compared.
    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_str(&self.0)
    }

    parsed! {
        deserialize_i8 visit_i8 deserialize_i16 visit_i16 deserialize_i32 visit_i32 deserialize_i64 visit_i64
        deserialize_i128 visit_i128 deserialize_u8 visit_u8 deserialize_u16 visit_u16 deserialize_u32 visit_u32
        deserialize_u64 visit_u64 deserialize_u128 visit_u128 deserialize_bool visit_bool
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        visitor.visit_enum(Variant { name: self.0, content: Json::Null })
    }

    forward_to_deserialize_any! {
        f32 f64 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct ignored_any
    }
}

struct Variant<'de> {
    name: Cow<'de, str>,
    content: Json<'de>,
}

impl<'de> EnumAccess<'de> for Variant<'de> {
    type Error = NotThatJson;
    type Variant = Json<'de>;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Json<'de>)> {
        Ok((seed.deserialize(Name(self.name))?, self.content))
    }
}

impl<'de> VariantAccess<'de> for Json<'de> {
    type Error = NotThatJson;

    fn unit_variant(self) -> Result<()> {
        if matches!(self, Self::Null) { Ok(()) } else { Err(NotThatJson) }
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value> {
        self.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value> {
        self.deserialize_map(visitor)
    }
}
