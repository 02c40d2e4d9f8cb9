//! Writing JSON by hand. A type that writes itself has the writer compiled again for it.
#![allow(missing_docs)]

/// A JSON text on its way. Each value comes after the one before, or after its name.
pub struct JsonWriter {
    text: String,
}

impl JsonWriter {
    /// The text of one object.
    pub fn write(entries: impl FnOnce(&mut Self)) -> String {
        // A text that grows leaves its beginning behind in memory, and there may be a secret in it.
        let mut writer = Self { text: String::with_capacity(1024) };
        writer.object(entries);
        writer.text
    }

    /// The name of the value that comes next.
    pub fn name(&mut self, name: &str) -> &mut Self {
        self.text(name);
        self.text.push(':');
        self
    }

    pub fn object(&mut self, entries: impl FnOnce(&mut Self)) {
        self.separate();
        self.text.push('{');
        entries(self);
        self.text.push('}');
    }

    pub fn list(&mut self, values: impl FnOnce(&mut Self)) {
        self.separate();
        self.text.push('[');
        values(self);
        self.text.push(']');
    }

    pub fn unsigned(&mut self, number: u64) {
        self.separate();
        self.text += &number.to_string();
    }

    pub fn signed(&mut self, number: i64) {
        self.separate();
        self.text += &number.to_string();
    }

    /// Escaped as RFC 8259 section 7 asks.
    pub fn text(&mut self, text: &str) {
        self.separate();
        self.text.push('"');
        for character in text.chars() {
            match character {
                '"' | '\\' => self.text.extend(['\\', character]),
                '\0'..='\u{1f}' => {
                    let digit = |value| char::from_digit(value, 16).unwrap_or_default();
                    let code = u32::from(character);
                    self.text.extend(['\\', 'u', '0', '0', digit(code >> 4), digit(code & 15)]);
                }
                _ => self.text.push(character),
            }
        }
        self.text.push('"');
    }

    /// A comma, where another value stands before.
    fn separate(&mut self) {
        if !matches!(self.text.bytes().last(), None | Some(b'{' | b'[' | b':')) {
            self.text.push(',');
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn what_is_written_is_read_as_what_it_was() {
        let text = JsonWriter::write(|json| {
            json.name("first").unsigned(u64::MAX);
            json.name("list").list(|json| {
                json.signed(i64::MIN);
                json.text("{");
                json.list(|_| ());
                json.object(|json| json.name("[").text(":"));
            });
            json.name("none").object(|_| ());
        });
        let expected = json!({ "first": u64::MAX, "list": [i64::MIN, "{", [], { "[": ":" }], "none": {} });
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), expected, "{text}");
    }

    proptest! {
        #[test]
        fn any_name_and_text_are_read_back(name in any::<String>(), value in any::<String>()) {
            let text = JsonWriter::write(|json| json.name(&name).text(&value));
            prop_assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), json!({ name: value }));
        }

        #[test]
        fn every_control_character_is_escaped(code in 0u32..32) {
            let control = char::from_u32(code).unwrap().to_string();
            let text = JsonWriter::write(|json| json.name("x").text(&control));
            prop_assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), json!({ "x": control }));
        }
    }
}
