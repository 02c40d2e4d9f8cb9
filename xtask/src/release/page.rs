//! The page: index.html as it is, with what trunk's attribute marks replaced by what the release serves.

use std::cell::RefCell;
use std::fs;

use anyhow::{Context, Result, anyhow, bail};
use lol_html::html_content::{ContentType, Element};
use lol_html::{RewriteStrSettings, element, rewrite_str};

use super::assets::{Asset, Assets, Script};

const PAGE: &str = "index.html";

/// The marks by which trunk finds its own in the page.
const MARK: &str = "data-trunk";

/// What becomes of the app's Rust.
pub struct Code {
    pub script: Asset,
    pub main: Asset,
    pub lazy: Asset,
}

/// Writes the page, and what it names that is not there yet.
pub fn write(assets: &Assets<'_>, code: &Code) -> Result<()> {
    let source = fs::read_to_string(assets.project.root().join(PAGE)).context("index.html could not be read")?;
    let page = rewritten(&source, |mark| replaced(mark, assets, code))?;
    fs::write(assets.dist.join(PAGE), page)?;
    Ok(())
}

/// What trunk is asked for in one place of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Mark {
    Icon(String),
    Style(String),
    Script(String, Script),
    Rust,
}

/// What stands there in the release.
enum Replacement {
    /// The same element with these attributes.
    Attributes(Vec<(&'static str, String)>),
    /// Other elements.
    Html(String),
}

fn replaced(mark: Mark, assets: &Assets<'_>, code: &Code) -> Result<Replacement> {
    let path = |path: &str| assets.project.root().join(path);
    Ok(match mark {
        Mark::Icon(href) => named("href", &assets.add_file(&path(&href))?, &[]),
        Mark::Style(href) => named("href", &assets.add_style(&path(&href))?, &[("rel", "stylesheet")]),
        Mark::Script(src, script) => named("src", &assets.add_script(&path(&src), script)?, &[]),
        Mark::Rust => Replacement::Html(links(code)),
    })
}

fn named(attribute: &'static str, asset: &Asset, others: &[(&'static str, &str)]) -> Replacement {
    let mut attributes: Vec<_> = others.iter().map(|&(name, value)| (name, value.to_owned())).collect();
    attributes.extend([(attribute, format!("/{}", asset.name)), ("integrity", asset.integrity.clone())]);
    Replacement::Attributes(attributes)
}

/// `static/boot.js` starts what the first two name; the third is loaded when it is needed. A browser checks no preloaded
/// module's integrity by itself and warns of the attribute, so whoever fetches a module reads it and asks for the check.
fn links(Code { script, main, lazy }: &Code) -> String {
    let module = |attribute: &str, Asset { name, integrity }: &Asset| {
        format!(
            r#"<link {attribute} as="fetch" type="application/wasm" crossorigin href="/{name}" data-integrity="{integrity}">"#
        )
    };
    let Asset { name, integrity } = script;
    [
        format!(r#"<link rel="modulepreload" crossorigin href="/{name}" integrity="{integrity}">"#),
        module(r#"rel="preload""#, main),
        module("data-lazy", lazy),
    ]
    .join("\n  ")
}

/// The page with what `replace` makes of each mark.
fn rewritten(source: &str, replace: impl FnMut(Mark) -> Result<Replacement>) -> Result<String> {
    let replace = RefCell::new(replace);
    let marked = element!(format!("[{MARK}]"), |element| {
        let replacement = (replace.borrow_mut())(Mark::of(element)?)?;
        element.remove_attribute(MARK);
        match replacement {
            Replacement::Attributes(attributes) => {
                attributes.iter().try_for_each(|(name, value)| element.set_attribute(name, value))?;
            }
            Replacement::Html(html) => element.replace(&html, ContentType::Html),
        }
        Ok(())
    });
    let settings = RewriteStrSettings::new().append_element_content_handler(marked);
    rewrite_str(source, settings).map_err(|error| anyhow!("{PAGE}: {error}"))
}

impl Mark {
    fn of(element: &Element<'_, '_>) -> Result<Self> {
        let attribute = |name: &str| {
            element.get_attribute(name).with_context(|| format!("a marked <{}> has no {name}", element.tag_name()))
        };
        Ok(match (element.tag_name().as_str(), element.get_attribute("rel").as_deref()) {
            ("link", Some("icon")) => Self::Icon(attribute("href")?),
            ("link", Some("css")) => Self::Style(attribute("href")?),
            ("link", Some("rust")) => Self::Rust,
            ("script", None) if element.get_attribute("type").as_deref() == Some("module") => {
                Self::Script(attribute("src")?, Script::Module)
            }
            ("script", None) => Self::Script(attribute("src")?, Script::Classic),
            (tag, rel) => bail!("the release does not know a marked <{tag}> with rel {rel:?}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asset(name: &str) -> Asset {
        Asset { name: name.to_owned(), integrity: format!("sha384-{name}") }
    }

    fn marks(page: &str) -> Result<Vec<Mark>> {
        let mut marks = Vec::new();
        rewritten(page, |mark| {
            marks.push(mark);
            Ok(Replacement::Attributes(Vec::new()))
        })?;
        Ok(marks)
    }

    #[test]
    fn every_kind_of_mark_is_known_by_its_element() {
        let page = r#"<link data-trunk rel="icon" href="a.svg"><link data-trunk rel="css" href="b.css">
            <script data-trunk src="c.js"></script><script data-trunk type="module" src="d.js"></script>
            <link data-trunk rel="rust"><link rel="canonical" href="/">"#;
        let expected = [
            Mark::Icon("a.svg".to_owned()),
            Mark::Style("b.css".to_owned()),
            Mark::Script("c.js".to_owned(), Script::Classic),
            Mark::Script("d.js".to_owned(), Script::Module),
            Mark::Rust,
        ];
        assert_eq!(marks(page).expect("known marks"), expected);
    }

    #[test]
    fn a_mark_that_is_not_known_fails_the_build() {
        for page in [r#"<link data-trunk rel="sass" href="a.scss">"#, r#"<link data-trunk rel="css">"#] {
            assert!(marks(page).is_err(), "{page}");
        }
    }

    #[test]
    fn an_element_keeps_its_place_and_its_other_attributes() {
        let page = r#"<p>a</p><script data-trunk type="module" src="static/boot.js"></script><p data-b>c</p>"#;
        let page = rewritten(page, |_| Ok(named("src", &asset("boot-00ff.js"), &[]))).expect("a known mark");
        let script = r#"<script type="module" src="/boot-00ff.js" integrity="sha384-boot-00ff.js"></script>"#;
        assert_eq!(page, format!("<p>a</p>{script}<p data-b>c</p>"));
    }

    #[test]
    fn the_page_names_the_code_and_what_it_must_be() {
        let code = Code { script: asset("app.js"), main: asset("app.wasm"), lazy: asset("lazy.wasm") };
        let page = rewritten(r#"<link data-trunk rel="rust">"#, |_| Ok(Replacement::Html(links(&code))));
        let page = page.expect("a known mark");
        let tags: Vec<_> = page.lines().map(str::trim).collect();
        assert_eq!(tags[0], r#"<link rel="modulepreload" crossorigin href="/app.js" integrity="sha384-app.js">"#);
        assert!(tags[1].starts_with(r#"<link rel="preload" as="fetch" "#), "{}", tags[1]);
        assert!(tags[2].starts_with("<link data-lazy ") && !tags[2].contains("rel="), "{}", tags[2]);
        assert!(tags[1..].iter().all(|tag| tag.contains(" data-integrity=\"sha384-")), "{page}");
    }
}
