//! The page: index.html without its comments, with what trunk's attribute marks replaced by what the release serves.
//!
//! The page's styles and classic scripts stand in it, and its modules are one file with the code that wasm-bindgen wrote: a
//! browser asks for that file and for the WebAssembly module, and for nothing else before it shows the posts. Styles that
//! are marked `data-lazy` are one file that is loaded with the second module.

use std::cell::{Cell, RefCell};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail, ensure};
use lol_html::html_content::{ContentType, Element};
use lol_html::{RewriteStrSettings, comments, element, rewrite_str};

use super::assets::{Asset, Assets, Script};
use super::inline::Inline;

const PAGE: &str = "index.html";

/// The marks by which trunk finds its own in the page.
const MARK: &str = "data-trunk";

/// The page's module that starts the app, given the code that wasm-bindgen wrote.
const BOOT: &str = "static/boot.js";

/// The stem of the stylesheet that is loaded with the second module.
const LAZY_STYLE: &str = "pages";

/// What becomes of the app's Rust.
pub struct Code<'a> {
    /// What wasm-bindgen wrote.
    pub script: &'a Path,
    pub main: Asset,
    pub lazy: Asset,
}

/// Writes the page, and what it names that is not there yet.
pub fn write(assets: &Assets<'_>, code: &Code<'_>) -> Result<()> {
    let source = fs::read_to_string(assets.project.root().join(PAGE)).context("index.html could not be read")?;
    let marks = marks(&source)?;
    let script = bundle(assets, code, &marks)?;
    let inline = Inline::default();
    let (has_style, has_lazy_style, has_script) = (Cell::new(false), Cell::new(false), Cell::new(false));
    let page = rewritten(&source, |mark| {
        let path = |path: &str| assets.project.root().join(path);
        Ok(match mark {
            Mark::Icon(href) => named("href", &assets.add_file(&path(&href))?),
            Mark::Style(_) if has_style.replace(true) => Replacement::none(),
            Mark::Style(_) => Replacement::Html(inline.style(&style(assets, &marks, Mark::style)?)?),
            Mark::LazyStyle(_) if has_lazy_style.replace(true) => Replacement::none(),
            Mark::LazyStyle(_) => {
                let style = assets.add(LAZY_STYLE, "css", style(assets, &marks, Mark::lazy_style)?.as_bytes())?;
                Replacement::Html(link(r#"data-lazy="style""#, &style))
            }
            Mark::Script(src, Script::Classic) => {
                Replacement::Html(inline.script(&assets.script(&path(&src), Script::Classic)?)?)
            }
            Mark::Script(_, Script::Module) if has_script.replace(true) => Replacement::none(),
            Mark::Script(_, Script::Module) => named("src", &script),
            Mark::Folder(href) => {
                assets.add_folder(&path(&href))?;
                Replacement::none()
            }
            Mark::Rust => Replacement::Html(links(code)),
        })
    })?;
    inline.write(assets)?;
    fs::write(assets.dist.join(PAGE), page)?;
    Ok(())
}

/// One style of all those that `select` names, in the page's order.
fn style(assets: &Assets<'_>, marks: &[Mark], select: fn(&Mark) -> Option<&str>) -> Result<String> {
    marks.iter().filter_map(select).map(|href| assets.style(&assets.project.root().join(href))).collect()
}

/// One script of all modules of the page.
fn bundle(assets: &Assets<'_>, code: &Code<'_>, marks: &[Mark]) -> Result<Asset> {
    let modules: Vec<_> = marks.iter().filter_map(Mark::module).collect();
    ensure!(modules.contains(&BOOT), "{PAGE} has no module {BOOT}, which starts the app");
    let entry = code.script.with_file_name("entry.js");
    fs::write(&entry, entry_text(assets.project.root(), code.script, &modules))?;
    assets.add("app", "js", assets.script(&entry, Script::Module)?.as_bytes())
}

fn entry_text(root: &Path, script: &Path, modules: &[&str]) -> String {
    let path = |module: &str| root.join(module).display().to_string();
    let mut text = format!("import * as app from {:?};\nimport {{ start }} from {:?};\n", script.display(), path(BOOT));
    for module in modules.iter().filter(|module| **module != BOOT) {
        text += &format!("import {:?};\n", path(module));
    }
    text + "start(app);\n"
}

/// What is asked for in one place of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Mark {
    Icon(String),
    Style(String),
    LazyStyle(String),
    Script(String, Script),
    /// Served under its own names.
    Folder(String),
    Rust,
}

/// What stands there in the release.
enum Replacement {
    /// The same element with these attributes.
    Attributes(Vec<(&'static str, String)>),
    /// Other elements.
    Html(String),
}

impl Replacement {
    const fn none() -> Self {
        Self::Html(String::new())
    }
}

fn named(attribute: &'static str, asset: &Asset) -> Replacement {
    let Asset { name, integrity } = asset;
    Replacement::Attributes(vec![(attribute, format!("/{name}")), ("integrity", integrity.clone())])
}

/// A browser that knows this media feature preloads the first module: it would ask for it later otherwise, once it is ready
/// to run scripts. WebKit may not preload it. It takes no preload's answer for a request with an integrity, and would load
/// the module twice.
const PRELOAD: &str = r#"rel="preload" crossorigin media="(device-posture: continuous)""#;

/// The first module is the first that a browser asks for; the second is loaded when it is needed.
fn links(Code { main, lazy, .. }: &Code<'_>) -> String {
    let first = link(&format!(r#"{PRELOAD} data-first="module""#), main);
    [first, link(r#"data-lazy="module""#, lazy)].join("\n  ")
}

/// Names what a script fetches, with the integrity that the script asks for.
fn link(attribute: &str, Asset { name, integrity }: &Asset) -> String {
    format!(r#"<link {attribute} as="fetch" href="/{name}" data-integrity="{integrity}">"#)
}

fn marks(source: &str) -> Result<Vec<Mark>> {
    let mut marks = Vec::new();
    rewritten(source, |mark| {
        marks.push(mark);
        Ok(Replacement::Attributes(Vec::new()))
    })?;
    Ok(marks)
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
    let without_comments = comments!("*", |comment| {
        comment.remove();
        Ok(())
    });
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(marked)
        .append_element_content_handler(without_comments);
    rewrite_str(source, settings).map_err(|error| anyhow!("{PAGE}: {error}"))
}

impl Mark {
    fn module(&self) -> Option<&str> {
        match self {
            Self::Script(src, Script::Module) => Some(src),
            _ => None,
        }
    }

    fn style(&self) -> Option<&str> {
        match self {
            Self::Style(href) => Some(href),
            _ => None,
        }
    }

    fn lazy_style(&self) -> Option<&str> {
        match self {
            Self::LazyStyle(href) => Some(href),
            _ => None,
        }
    }

    fn of(element: &Element<'_, '_>) -> Result<Self> {
        let attribute = |name: &str| {
            element.get_attribute(name).with_context(|| format!("a marked <{}> has no {name}", element.tag_name()))
        };
        Ok(match (element.tag_name().as_str(), element.get_attribute("rel").as_deref()) {
            ("link", Some("icon")) => Self::Icon(attribute("href")?),
            ("link", Some("css")) if element.has_attribute("data-lazy") => Self::LazyStyle(attribute("href")?),
            ("link", Some("css")) => Self::Style(attribute("href")?),
            ("link", Some("copy-dir")) => Self::Folder(attribute("href")?),
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

    #[test]
    fn every_kind_of_mark_is_known_by_its_element() {
        let page = r#"<link data-trunk rel="icon" href="a.svg"><link data-trunk rel="css" href="b.css">
            <script data-trunk src="c.js"></script><script data-trunk type="module" src="d.js"></script>
            <link data-trunk data-lazy rel="css" href="e.css"><link data-trunk rel="copy-dir" href="f">
            <link data-trunk rel="rust"><link rel="canonical" href="/">"#;
        let expected = [
            Mark::Icon("a.svg".to_owned()),
            Mark::Style("b.css".to_owned()),
            Mark::Script("c.js".to_owned(), Script::Classic),
            Mark::Script("d.js".to_owned(), Script::Module),
            Mark::LazyStyle("e.css".to_owned()),
            Mark::Folder("f".to_owned()),
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
        let page = rewritten(page, |_| Ok(named("src", &asset("boot-00ff.js")))).expect("a known mark");
        let script = r#"<script type="module" src="/boot-00ff.js" integrity="sha384-boot-00ff.js"></script>"#;
        assert_eq!(page, format!("<p>a</p>{script}<p data-b>c</p>"));
    }

    #[test]
    fn the_comments_of_the_page_stay_in_its_source() {
        let page = rewritten("<p>a<!-- why --></p>", |_| Ok(Replacement::Attributes(Vec::new())));
        assert_eq!(page.expect("no mark"), "<p>a</p>");
    }

    #[test]
    fn the_page_names_the_modules_and_what_they_must_be() {
        let code = Code { script: Path::new("app.js"), main: asset("app.wasm"), lazy: asset("lazy.wasm") };
        let page = rewritten(r#"<link data-trunk rel="rust">"#, |_| Ok(Replacement::Html(links(&code))));
        let page = page.expect("a known mark");
        let tags: Vec<_> = page.lines().map(str::trim).collect();
        let link = |name: &str| format!(r#" as="fetch" href="/{name}" data-integrity="sha384-{name}">"#);
        assert_eq!(tags[0], format!(r#"<link {PRELOAD} data-first="module"{}"#, link("app.wasm")));
        assert_eq!(tags[1], format!(r#"<link data-lazy="module"{}"#, link("lazy.wasm")));
    }

    #[test]
    fn the_modules_of_the_page_are_one_script_that_starts_the_app() {
        let text = entry_text(Path::new("/root"), Path::new("/build/app.js"), &["static/scroll.js", BOOT]);
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(
            lines,
            [
                r#"import * as app from "/build/app.js";"#,
                r#"import { start } from "/root/static/boot.js";"#,
                r#"import "/root/static/scroll.js";"#,
                "start(app);",
            ]
        );
    }
}
