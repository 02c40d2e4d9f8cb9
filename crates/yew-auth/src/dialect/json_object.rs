//! A JSON object whose values are read one by one.

use std::fmt;
use std::time::Duration;

use serde::de::{Deserialize, DeserializeOwned, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::browser::clock;
use crate::json;
use yew_auth_session::Timestamp;

/// A JSON object. Its values are read when they are asked for, so one that nobody asks for may be anything.
///
/// A value of another type counts as absent, and so does a name that occurs twice.
///
/// # Example
///
/// ```
/// use yew_auth::dialect::ApiResponse;
///
/// let response = ApiResponse::new(200, r#"{"meta": {"session_token": "t"}, "user": {"id": 7}, "more": [{}]}"#);
/// let object = response.object().unwrap();
/// assert_eq!(object.object("meta").unwrap().text("session_token").as_deref(), Some("t"));
/// assert_eq!(object.object("user").unwrap().id("id").as_deref(), Some("7"));
/// assert_eq!(object.text("more"), None);
/// ```
#[derive(Debug)]
pub struct JsonObject<'a>(Vec<(String, &'a RawValue)>);

impl<'a> JsonObject<'a> {
    /// Reads a text. `None` if it is not a JSON object.
    #[must_use]
    pub fn read(text: &'a str) -> Option<Self> {
        json::read(text).ok()
    }

    /// The value of `name`, as it came.
    #[must_use]
    pub fn raw(&self, name: &str) -> Option<&'a str> {
        let mut values = self.0.iter().filter(|(other, _)| other == name).map(|(_, value)| value.get());
        values.next().filter(|_| values.next().is_none())
    }

    /// The value of `name`, if it is a `T`.
    #[must_use]
    pub fn get<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        json::read(self.raw(name)?).ok()
    }

    /// The text of `name`.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<String> {
        self.get(name)
    }

    /// The object of `name`.
    #[must_use]
    pub fn object(&self, name: &str) -> Option<JsonObject<'a>> {
        JsonObject::read(self.raw(name)?)
    }

    /// The key of `name`: a text that is not empty, or a whole number as text.
    #[must_use]
    pub fn id(&self, name: &str) -> Option<String> {
        let number = || self.get::<u64>(name).map(|number| number.to_string());
        self.text(name).or_else(number).filter(|id| !id.is_empty())
    }

    /// The duration of `name` in seconds: a number, or a text of a whole one.
    ///
    /// RFC 6749 section 5.1 asks for a number. Some servers send one with a point, others a text.
    #[must_use]
    pub fn seconds(&self, name: &str) -> Option<Duration> {
        let of_number = |seconds| Duration::try_from_secs_f64(seconds).ok();
        let of_text = || self.text(name)?.parse().ok().map(Duration::from_secs);
        self.get::<f64>(name).and_then(of_number).or_else(of_text)
    }

    /// The date of `name` in ISO 8601.
    #[must_use]
    pub fn date(&self, name: &str) -> Option<Timestamp> {
        clock::parse_date(&self.text(name)?)
    }

    /// The names and their values as they came, in order.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&str, &'a str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.get()))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for JsonObject<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;

        impl<'de> Visitor<'de> for Entries {
            type Value = JsonObject<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<JsonObject<'de>, A::Error> {
                let mut entries = Vec::new();
                while let Some((name, value)) = map.next_entry::<String, &RawValue>()? {
                    entries.push((name, value));
                }
                Ok(JsonObject(entries))
            }
        }

        deserializer.deserialize_map(Entries)
    }
}
