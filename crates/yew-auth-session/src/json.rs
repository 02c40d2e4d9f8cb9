//! JSON in two steps: the text becomes a tree, and a type takes what it needs from there.
//!
//! A type that reads the text by itself has the whole parser compiled again for it, and the wording of every mistake.
//! A page pays for each of those in bytes, and nobody reads them. Numbers stay as they are written until somebody asks
//! for one: reading fractions takes tables, and few APIs have any.

mod source;
mod writer;

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

use hifijson::num::LexWrite;
use hifijson::str::LexAlloc;
use hifijson::token::Lex;
use hifijson::{Error as SyntaxError, Expect, SliceLexer};
use serde::de::{self, Deserialize};

pub use self::writer::JsonWriter;

/// A JSON text, taken apart. Texts without an escape are borrowed.
#[derive(Clone, Debug, PartialEq)]
pub enum Json<'a> {
    Null,
    Bool(bool),
    /// As it is written.
    Number(&'a str),
    Text(Cow<'a, str>),
    List(Vec<Json<'a>>),
    /// In the text's order, names that come twice included.
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
    /// What two readers of the same text might read differently: its name comes twice.
    Ambiguous,
}

/// Of lists and objects in each other. Deeper texts are refused: reading one takes stack.
const MAX_DEPTH: u8 = 128;

/// The text is no JSON, or not what was to be read. It says no more: it is for a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotThatJson;

/// Reads a value of any type from a text.
pub fn read<'a, T: Deserialize<'a>>(text: &'a [u8]) -> Result<T, NotThatJson> {
    T::deserialize(Json::parse(text)?)
}

impl<'a> Json<'a> {
    pub fn parse(text: &'a [u8]) -> Result<Self, NotThatJson> {
        let mut lexer = SliceLexer::new(text);
        lexer.exactly_one(Lex::ws_peek, |next, lexer| value(next, lexer, MAX_DEPTH)).map_err(|_| NotThatJson)
    }

    /// The value of a name, taken out; null where there is none.
    pub fn take(&mut self, name: &str) -> Self {
        let entries = match self {
            Self::Object(entries) => entries.as_mut_slice(),
            _ => &mut [],
        };
        let mut values = entries.iter_mut().filter(|(other, _)| other == name).map(|(_, value)| value);
        match (values.next(), values.next()) {
            (None, _) => Self::Null,
            (Some(value), None) => std::mem::replace(value, Self::Null),
            (Some(_), Some(_)) => Self::Ambiguous,
        }
    }

    /// A name alone, or with the one value that it has: how serde writes a variant.
    pub fn variant(self) -> Option<(Cow<'a, str>, Self)> {
        match self {
            Self::Text(name) => Some((name, Self::Null)),
            Self::Object(mut entries) if entries.len() == 1 => entries.pop(),
            _ => None,
        }
    }

    pub fn into_list(self) -> Option<Vec<Self>> {
        match self {
            Self::List(values) => Some(values),
            _ => None,
        }
    }

    pub fn into_text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.into_owned()),
            _ => None,
        }
    }

    /// The text, or `None` for null; nothing at all for something else.
    pub fn text_or_null(self) -> Option<Option<String>> {
        match self {
            Self::Null => Some(None),
            json => json.into_text().map(Some),
        }
    }

    pub fn unsigned(self) -> Option<u64> {
        match self {
            Self::Number(number) => number.parse().ok(),
            _ => None,
        }
    }

    pub fn signed(self) -> Option<i64> {
        match self {
            Self::Number(number) => number.parse().ok(),
            _ => None,
        }
    }

    /// The text, where it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Reads one value, which begins with the byte `next`.
fn value<'a>(next: u8, lexer: &mut SliceLexer<'a>, depth: u8) -> Result<Json<'a>, SyntaxError> {
    let deeper = || depth.checked_sub(1).ok_or(SyntaxError::Depth);
    match next {
        b'a'..=b'z' => Ok(lexer.null_or_bool().ok_or(Expect::Value)?.map_or(Json::Null, Json::Bool)),
        b'-' | b'0'..=b'9' => Ok(Json::Number(lexer.num_string().validated()?.0)),
        b'"' => Ok(Json::Text(lexer.discarded().str_string()?)),
        b'[' => list(lexer.discarded(), deeper()?),
        b'{' => object(lexer.discarded(), deeper()?),
        _ => Err(Expect::Value.into()),
    }
}

fn list<'a>(lexer: &mut SliceLexer<'a>, depth: u8) -> Result<Json<'a>, SyntaxError> {
    let mut list = Vec::new();
    lexer.seq(b']', Lex::ws_peek, |next, lexer| {
        list.push(value(next, lexer, depth)?);
        Ok::<_, SyntaxError>(())
    })?;
    Ok(Json::List(list))
}

fn object<'a>(lexer: &mut SliceLexer<'a>, depth: u8) -> Result<Json<'a>, SyntaxError> {
    let mut object = Vec::new();
    lexer.seq(b'}', Lex::ws_peek, |next, lexer| {
        lexer.expect(|_| Some(next), b'"').ok_or(Expect::String)?;
        let name = lexer.str_string()?;
        lexer.expect(Lex::ws_peek, b':').ok_or(Expect::Colon)?;
        let next = lexer.ws_peek().ok_or(Expect::Value)?;
        object.push((name, value(next, lexer, depth)?));
        Ok::<_, SyntaxError>(())
    })?;
    Ok(Json::Object(object))
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
