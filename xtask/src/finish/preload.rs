//! A preloaded module's integrity, where the app reads it. The browser checks none for a preload with `as=fetch`, and
//! warns of that on each page; whoever fetches the module (`static/boot.js`) asks for the check.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

const TAG: &str = "<link ";
const FETCHED: [&str; 2] = ["as=fetch", "as=\"fetch\""];

/// Renames the attribute in what trunk has written.
pub fn keep_integrity_for_the_fetch(built: &Path) -> Result<()> {
    let path = built.join("index.html");
    let page = fs::read_to_string(&path).with_context(|| format!("{} could not be read", path.display()))?;
    fs::write(path, renamed(&page))?;
    Ok(())
}

fn renamed(page: &str) -> String {
    let mut tags = page.split(TAG);
    let before = tags.next().unwrap_or_default().to_owned();
    tags.fold(before, |page, tag| {
        let (attributes, rest) = tag.split_at(tag.find('>').unwrap_or(tag.len()));
        let attributes = match FETCHED.iter().any(|fetched| attributes.contains(fetched)) {
            true => attributes.replace(" integrity=", " data-integrity="),
            false => attributes.to_owned(),
        };
        page + TAG + &attributes + rest
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_fetched_keeps_its_integrity_for_the_fetch() {
        let page = "<head><link rel=icon integrity=a><link as=fetch href=/b integrity=b rel=preload>\
                    <link rel=\"preload\" as=\"fetch\" integrity=\"c\"/><script integrity=d></script></head>";
        let expected = "<head><link rel=icon integrity=a><link as=fetch href=/b data-integrity=b rel=preload>\
                        <link rel=\"preload\" as=\"fetch\" data-integrity=\"c\"/><script integrity=d></script></head>";
        assert_eq!(renamed(page), expected);
    }

    #[test]
    fn a_page_without_links_stays_as_it_is() {
        assert_eq!(renamed("<p>as=fetch integrity=a</p>"), "<p>as=fetch integrity=a</p>");
    }
}
