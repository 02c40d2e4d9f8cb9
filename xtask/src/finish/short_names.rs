//! Short names for what the module and its glue call each other. wasm-bindgen's own hold a hash of 16 digits each, which
//! does not compress.

use std::collections::BTreeMap;

/// What the beginnings of wasm-bindgen's own names are; `memory`, and what an app exports by name, stay as they are.
const GENERATED: [&str; 3] = ["__wb", "__externref", "wasm_bindgen__"];

const LETTERS: &[u8; 52] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// From the long name to the short one.
#[derive(Debug, Default)]
pub struct ShortNames(BTreeMap<String, String>);

impl ShortNames {
    /// The short name, the same each time; the name itself where it is none of wasm-bindgen's.
    pub fn give<'n>(&'n mut self, name: &'n str) -> &'n str {
        if !GENERATED.iter().any(|beginning| name.starts_with(beginning)) {
            return name;
        }
        let next = self.0.len();
        self.0.entry(name.to_owned()).or_insert_with(|| nth(next))
    }

    /// The short name of one that was given one.
    pub fn of(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    pub fn long(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// `a` to `Z`, then `ba`, `bb` and on.
fn nth(mut number: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(LETTERS[number % LETTERS.len()]));
        number /= LETTERS.len();
        if number == 0 {
            return letters.iter().rev().collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn short_names_differ_and_stay_the_same() {
        let mut names = ShortNames::default();
        let given: BTreeSet<_> =
            (0..3000).map(|number| names.give(&format!("__wbg_call_{number:016x}")).to_owned()).collect();
        assert_eq!(given.len(), 3000);
        assert!(given.iter().all(|name| name.len() <= 3));
        assert_eq!(names.give("__wbg_call_0000000000000000"), "a");
        assert_eq!(names.of("__wbg_call_0000000000000034"), Some("ba"));
    }

    #[test]
    fn a_name_that_is_not_generated_stays() {
        let mut names = ShortNames::default();
        assert_eq!(names.give("memory"), "memory");
        assert_eq!(names.of("memory"), None);
    }
}
