//! JSON in two steps: serde_json reads the text into a tree, and a type takes what it needs from there.
//!
//! A type that reads the text by itself has the whole parser compiled again for it, and the wording of every mistake,
//! numbers and all. A page pays for each of those in bytes, and nobody reads them.

mod source;

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A JSON text, taken apart. Texts without an escape are borrowed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json<'a> {
    Null,
    Bool(bool),
    Unsigned(u64),
    /// Less than zero.
    Signed(i64),
    Float(f64),
    Text(Cow<'a, str>),
    List(Vec<Json<'a>>),
    /// In the text's order, names that come twice included.
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
    /// What nobody can read, but may ignore: it is too deep, or its name comes twice.
    Unreadable,
}

/// Less than where serde_json gives up on a whole text: what is too deep is passed over, and the rest is read.
const MAX_DEPTH: u8 = 100;

/// The text is no JSON, or not what was to be read. It says no more: it is for a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotThatJson;

/// Reads a value of any type from a text.
pub(crate) fn read<'a, T: Deserialize<'a>>(text: &'a [u8]) -> Result<T, NotThatJson> {
    T::deserialize(Json::parse(text)?)
}

impl<'a> Json<'a> {
    pub(crate) fn parse(text: &'a [u8]) -> Result<Self, NotThatJson> {
        let mut source = serde_json::Deserializer::from_slice(text);
        let json = Tree { depth: MAX_DEPTH }.deserialize(&mut source).map_err(|_| NotThatJson)?;
        source.end().map(|()| json).map_err(|_| NotThatJson)
    }

    /// The value of a name, taken out; null where there is none.
    pub(crate) fn take(&mut self, name: &str) -> Self {
        let entries = match self {
            Self::Object(entries) => entries.as_mut_slice(),
            _ => &mut [],
        };
        let mut values = entries.iter_mut().filter(|(other, _)| other == name).map(|(_, value)| value);
        match (values.next(), values.next()) {
            (None, _) => Self::Null,
            (Some(value), None) => std::mem::replace(value, Self::Null),
            // Two readers of the same text might take one each.
            (Some(_), Some(_)) => Self::Unreadable,
        }
    }

    /// A name alone, or with the one value that it has: how serde writes a variant.
    pub(crate) fn variant(self) -> Option<(Cow<'a, str>, Self)> {
        match self {
            Self::Text(name) => Some((name, Self::Null)),
            Self::Object(mut entries) if entries.len() == 1 => entries.pop(),
            _ => None,
        }
    }

    pub(crate) fn into_list(self) -> Option<Vec<Self>> {
        match self {
            Self::List(values) => Some(values),
            _ => None,
        }
    }

    pub(crate) fn into_text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.into_owned()),
            _ => None,
        }
    }

    /// The text, or `None` for null; nothing at all for something else.
    pub(crate) fn text_or_null(self) -> Option<Option<String>> {
        match self {
            Self::Null => Some(None),
            json => json.into_text().map(Some),
        }
    }

    pub(crate) fn unsigned(self) -> Option<u64> {
        match self {
            Self::Unsigned(number) => Some(number),
            _ => None,
        }
    }

    pub(crate) fn signed(self) -> Option<i64> {
        match self {
            Self::Unsigned(number) => i64::try_from(number).ok(),
            Self::Signed(number) => Some(number),
            _ => None,
        }
    }

    /// The text, where it is one.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Makes the tree, down to a depth.
#[derive(Clone, Copy)]
struct Tree {
    depth: u8,
}

impl<'de> DeserializeSeed<'de> for Tree {
    type Value = Json<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("json")
    }

    fn visit_unit<E>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json<'de>, E> {
        Ok(Json::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json<'de>, E> {
        Ok(Json::Unsigned(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json<'de>, E> {
        Ok(Json::Signed(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json<'de>, E> {
        Ok(Json::Float(value))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Borrowed(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<Json<'de>, A::Error> {
        let Some(depth) = self.depth.checked_sub(1) else {
            while values.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(Json::Unreadable);
        };
        let mut list = Vec::new();
        while let Some(value) = values.next_element_seed(Self { depth })? {
            list.push(value);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json<'de>, A::Error> {
        let Some(depth) = self.depth.checked_sub(1) else {
            while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            return Ok(Json::Unreadable);
        };
        let mut object = Vec::new();
        while let Some((Json::Text(name), value)) = entries.next_entry_seed(self, Self { depth })? {
            object.push((name, value));
        }
        Ok(Json::Object(object))
    }
}

impl fmt::Display for NotThatJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text is not the json that was to be read")
    }
}

impl Error for NotThatJson {}

impl de::Error for NotThatJson {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

#[cfg(test)]
#[path = "json_tests.rs"]
mod tests;
