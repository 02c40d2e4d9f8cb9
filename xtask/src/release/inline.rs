//! Inline: what stands in the page itself, and the hashes by which the page's policy allows exactly that.

use std::cell::RefCell;
use std::fmt::Write;
use std::fs;

use anyhow::{Result, ensure};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

use super::assets::Assets;

/// Whoever serves the page reads this, and adds the hashes to the policy's directives: backend/spa/policy.py.
pub const FILE: &str = "inline.json";

/// The sources of a policy's directive, by the name of the element that they allow.
#[derive(Debug, Default)]
pub struct Inline {
    scripts: RefCell<Vec<String>>,
    styles: RefCell<Vec<String>>,
}

impl Inline {
    /// An element with this script.
    pub fn script(&self, content: &str) -> Result<String> {
        element("script", content, &self.scripts)
    }

    /// An element with this style.
    pub fn style(&self, content: &str) -> Result<String> {
        element("style", content, &self.styles)
    }

    pub fn write(&self, assets: &Assets<'_>) -> Result<()> {
        fs::write(assets.dist.join(FILE), self.json())?;
        Ok(())
    }

    fn json(&self) -> String {
        let mut json = String::new();
        for (directive, sources) in [("script-src", &self.scripts), ("style-src", &self.styles)] {
            // Writing to a string cannot fail, and a list of such sources is printed as JSON has it.
            let _ = write!(json, "{}\"{directive}\": {:?}", if json.is_empty() { "{" } else { ", " }, sources.borrow());
        }
        json + "}\n"
    }
}

fn element(tag: &str, content: &str, sources: &RefCell<Vec<String>>) -> Result<String> {
    let content = content.trim();
    let lowercase = content.to_ascii_lowercase();
    // HTML ends the element there, and begins a comment there (HTML, 4.12.1.3).
    let ends = [format!("</{tag}"), "<!--".to_owned()];
    ensure!(!ends.iter().any(|end| lowercase.contains(end)), "a <{tag}> that contains {ends:?} cannot stand in a page");
    sources.borrow_mut().push(format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(content))));
    Ok(format!("<{tag}>{content}</{tag}>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_allows_what_stands_between_the_tags() {
        let inline = Inline::default();
        assert_eq!(
            inline.script("alert('Hello, world.');\n").expect("a script"),
            "<script>alert('Hello, world.');</script>"
        );
        assert_eq!(inline.style("p{}").expect("a style"), "<style>p{}</style>");
        // The example of CSP Level 3, section 1.3.
        let source = "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='";
        assert!(inline.json().starts_with(&format!("{{\"script-src\": [\"{source}\"], \"style-src\": [\"'sha256-")));
        assert!(inline.json().ends_with("'\"]}\n"));
    }

    #[test]
    fn a_script_that_would_end_its_element_fails_the_build() {
        for script in ["document.write('</SCRIPT>')", "if (a<!--b) c()"] {
            assert!(Inline::default().script(script).is_err(), "{script}");
        }
    }
}
