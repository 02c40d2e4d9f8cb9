//! wasm-bindgen's glue, as trunk minifies it, with the names that the module now has.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};

use super::short_names::ShortNames;

/// wasm-bindgen's own loader takes addresses, bytes and modules as well, and loads twice if asked to. static/boot.js asks
/// once, with a response.
const LOADER: &str = include_str!("loader.js");
const OWN_LOADER_START: &str = "async function __wbg_load(";
const OWN_LOADER_END: &str = "export{initSync,__wbg_init as default};";

/// The glue that fits the module whose names these are.
pub fn served(glue: &str, names: &ShortNames) -> Result<String> {
    renamed(&with_our_loader(glue)?, names)
}

fn with_our_loader(glue: &str) -> Result<String> {
    let parts = glue.trim_end().strip_suffix(OWN_LOADER_END).and_then(|glue| glue.split_once(OWN_LOADER_START));
    let (before, _) = parts
        .context("wasm-bindgen's loader is not the one that is known; is xtask/src/finish/loader.js still right?")?;
    ensure!(before.contains("function __wbg_get_imports("), "the glue has no imports to give");
    ensure!(before.contains("function __wbg_finalize_init("), "the glue does not start what is loaded");
    Ok(format!("{before}{}", LOADER.trim_end()))
}

fn renamed(glue: &str, names: &ShortNames) -> Result<String> {
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
        assert_eq!(renamed(GLUE, &names).expect("known names"), expected);
    }

    #[test]
    fn a_module_that_the_glue_does_not_fit_fails_the_build() {
        let mut names = ShortNames::default();
        names.give("__wbg_then_1234");
        let error = renamed(GLUE, &names).expect_err("an unknown name");
        assert!(error.to_string().ends_with("__wbg_then_1234"), "{error}");
    }

    #[test]
    fn the_loader_is_ours_and_all_before_it_stays() {
        let before = "function __wbg_get_imports(){}function __wbg_finalize_init(e){}";
        let glue = format!("{before}{OWN_LOADER_START}e,n){{}}function initSync(e){{}}{OWN_LOADER_END}\n");
        assert_eq!(with_our_loader(&glue).expect("a known loader"), format!("{before}{}", LOADER.trim_end()));
    }

    #[test]
    fn a_loader_that_is_not_known_fails_the_build() {
        assert!(with_our_loader("function __wbg_get_imports(){}export{__wbg_init as default};").is_err());
    }
}
