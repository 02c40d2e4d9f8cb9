//! wasm-bindgen's glue, as trunk minifies it, with the names that the module now has.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};

use super::short_names::ShortNames;

/// The glue that fits the module whose names these are.
pub fn served(glue: &str, names: &ShortNames) -> Result<String> {
    let mut met = BTreeSet::new();
    let mut served = String::with_capacity(glue.len());
    for word in words(glue) {
        match names.of(word) {
            Some(short) => {
                met.insert(word);
                served += short;
            }
            None => served += word,
        }
    }
    let lost: Vec<_> = names.long().filter(|name| !met.contains(name)).collect();
    ensure!(lost.is_empty(), "the glue does not know what the module calls {}", lost.join(", "));
    Ok(served)
}

/// The text in parts: each identifier is one, and so is what stands between two.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let mut rest = text;
    std::iter::from_fn(move || {
        let starts_word = rest.chars().next().map(is_part)?;
        let end = rest.find(|c| is_part(c) != starts_word).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        rest = after;
        Some(word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = "let i={__wbg_now_00ff:()=>Date.now(),__wbg_now_00ff2:1};x.__wbindgen_free(x.memory);";

    #[test]
    fn whole_words_get_their_short_names_and_nothing_else_changes() {
        let mut names = ShortNames::default();
        for name in ["__wbg_now_00ff", "memory", "__wbindgen_free"] {
            names.give(name);
        }
        let expected = "let i={a:()=>Date.now(),__wbg_now_00ff2:1};x.b(x.memory);";
        assert_eq!(served(GLUE, &names).expect("known names"), expected);
    }

    #[test]
    fn a_module_that_the_glue_does_not_fit_fails_the_build() {
        let mut names = ShortNames::default();
        names.give("__wbg_then_1234");
        let error = served(GLUE, &names).expect_err("an unknown name");
        assert!(error.to_string().ends_with("__wbg_then_1234"), "{error}");
    }
}
