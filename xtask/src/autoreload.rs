//! `autoreload`: moves trunk's script that reloads the page after a build into a file. The app's policy allows no inline
//! script, and it is the same in development. Trunk calls this at the end of each build, see Trunk.toml.

use std::env;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

const OPENING: &str = "<script>\"use strict\";";
const CLOSING: &str = "</script>";
const FILE: &str = "trunk-autoreload.js";

/// What trunk would put into the page while it serves it, and now cannot.
const PLACEHOLDERS: [(&str, &str); 2] =
    [("'{{__TRUNK_ADDRESS__}}'", "window.location.host"), ("{{__TRUNK_WS_BASE__}}", "/")];

pub fn run(mut arguments: lexopt::Parser) -> Result<()> {
    if let Some(argument) = arguments.next()? {
        return Err(argument.unexpected().into());
    }
    let built = env::var_os("TRUNK_STAGING_DIR").context("trunk calls this by itself, at the end of each build")?;
    move_out_of_the_page(Path::new(&built))
}

/// Does nothing to a page without it, as `trunk build` writes one.
fn move_out_of_the_page(built: &Path) -> Result<()> {
    let path = built.join("index.html");
    let page = fs::read_to_string(&path).with_context(|| format!("{} could not be read", path.display()))?;
    let Some((page, script)) = parted(&page) else { return Ok(()) };
    ensure!(!script.contains("{{"), "trunk's script for reloading has changed: {FILE} would not work");
    fs::write(built.join(FILE), script)?;
    fs::write(path, page)?;
    Ok(())
}

/// The page that loads the script, and the script.
fn parted(page: &str) -> Option<(String, String)> {
    let (before, rest) = page.split_once(OPENING)?;
    let (script, after) = rest.split_once(CLOSING)?;
    let script = PLACEHOLDERS.iter().fold(script.to_owned(), |script, (name, value)| script.replace(name, value));
    Some((format!("{before}<script src=\"/{FILE}\" async></script>{after}"), format!("\"use strict\";{script}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    const PAGE: &str = "<body><p>Hello</p><script>\"use strict\";
const url = '{{__TRUNK_ADDRESS__}}' + '{{__TRUNK_WS_BASE__}}.well-known/trunk/ws';
</script></body>";

    fn written(scratch: &Scratch, name: &str) -> Option<String> {
        fs::read_to_string(scratch.folder().join(name)).ok()
    }

    #[test]
    fn the_page_keeps_no_inline_script() {
        let scratch = Scratch::new("autoreload");
        scratch.write("index.html", PAGE.as_bytes());
        move_out_of_the_page(scratch.folder()).expect("a page");
        let page = written(&scratch, "index.html").expect("still there");
        assert_eq!(page, "<body><p>Hello</p><script src=\"/trunk-autoreload.js\" async></script></body>");
        let script = written(&scratch, FILE).expect("moved");
        assert_eq!(script, "\"use strict\";\nconst url = window.location.host + '/.well-known/trunk/ws';\n");
    }

    #[test]
    fn a_script_that_is_not_understood_fails_the_build() {
        let scratch = Scratch::new("autoreload-changed");
        scratch.write("index.html", PAGE.replace("ADDRESS", "HOST").as_bytes());
        assert!(move_out_of_the_page(scratch.folder()).is_err());
        assert_eq!(written(&scratch, FILE), None);
    }

    #[test]
    fn a_page_without_it_stays_as_it_is() {
        let scratch = Scratch::new("autoreload-none");
        scratch.write("index.html", b"<body></body>");
        move_out_of_the_page(scratch.folder()).expect("a page");
        assert_eq!(written(&scratch, "index.html").as_deref(), Some("<body></body>"));
    }
}
