//! A release build's module and glue, and the page that names both with a hash and an integrity each.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha384};

use super::compress::files;

const PAGE: &str = "index.html";
const MODULE_END: &str = "_bg.wasm";
const GLUE_END: &str = ".js";
/// In digits, as trunk's own.
const HASH: usize = 16;

/// One file whose name is `<stem>-<hash><end>`.
pub struct Hashed {
    folder: PathBuf,
    name: String,
    stem: String,
    end: &'static str,
    pub content: Vec<u8>,
}

/// As trunk leaves them.
pub struct Bundle {
    page: PathBuf,
    pub module: Hashed,
    pub glue: Hashed,
}

impl Bundle {
    pub fn read(built: &Path) -> Result<Self> {
        let names: Vec<_> =
            files(built)?.iter().filter_map(|path| Some(path.file_name()?.to_str()?.to_owned())).collect();
        let module = names.iter().find(|name| name.ends_with(MODULE_END)).context("the build holds no module")?;
        let (stem, _) = module.rsplit_once('-').context("the module's name holds no hash")?;
        let is_glue = |name: &&String| {
            let rest = name.strip_prefix(stem).and_then(|rest| rest.strip_prefix('-')?.strip_suffix(GLUE_END));
            rest.is_some_and(|hash| hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
        };
        let glue = names.iter().find(is_glue).context("the build holds no glue")?;
        Ok(Self {
            page: built.join(PAGE),
            module: Hashed::read(built, module, stem, MODULE_END)?,
            glue: Hashed::read(built, glue, stem, GLUE_END)?,
        })
    }

    /// Puts other content in their places; hands over the module's new name.
    pub fn replace(self, module: &[u8], glue: &[u8]) -> Result<String> {
        let mut page = fs::read_to_string(&self.page).with_context(|| format!("there is no {PAGE}"))?;
        self.glue.replace(glue, &mut page)?;
        let module = self.module.replace(module, &mut page)?;
        fs::write(&self.page, page)?;
        Ok(module)
    }
}

impl Hashed {
    fn read(folder: &Path, name: &str, stem: &str, end: &'static str) -> Result<Self> {
        let content = fs::read(folder.join(name)).with_context(|| format!("{name} could not be read"))?;
        Ok(Self { folder: folder.to_owned(), name: name.to_owned(), stem: stem.to_owned(), end, content })
    }

    fn replace(&self, content: &[u8], page: &mut String) -> Result<String> {
        let name = format!("{}-{}{}", self.stem, hash(content), self.end);
        let (was, is) = (integrity(&self.content), integrity(content));
        ensure!(page.contains(&self.name), "{PAGE} does not name {}", self.name);
        ensure!(page.contains(&was) || !page.contains("integrity="), "{PAGE} has another integrity of {}", self.name);
        *page = page.replace(&self.name, &name).replace(&was, &is);
        fs::remove_file(self.folder.join(&self.name))?;
        fs::write(self.folder.join(&name), content)?;
        Ok(name)
    }
}

pub fn hash(content: &[u8]) -> String {
    Sha384::digest(content).iter().map(|byte| format!("{byte:02x}")).take(HASH / 2).collect()
}

/// In the form of trunk's.
pub fn integrity(content: &[u8]) -> String {
    format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(content)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    const GLUE: &str = "app-00ab.js";
    const MODULE: &str = "app-00cd_bg.wasm";

    fn build(scratch: &Scratch, glue_integrity: &str) {
        scratch.write(GLUE, b"long glue");
        scratch.write("app-early.js", b"not glue");
        scratch.write(MODULE, b"long module");
        let module_integrity = integrity(b"long module");
        let page = format!("/{GLUE} integrity={glue_integrity} /{MODULE} integrity={module_integrity}");
        scratch.write(PAGE, page.as_bytes());
    }

    #[test]
    fn the_page_names_the_new_content_by_its_hash_and_integrity() {
        let scratch = Scratch::new("bundle");
        build(&scratch, &integrity(b"long glue"));
        let bundle = Bundle::read(scratch.folder()).expect("a build");
        let module = bundle.replace(b"module", b"glue").expect("a page with both");
        assert_eq!(module, format!("app-{}_bg.wasm", hash(b"module")));
        let glue = format!("app-{}.js", hash(b"glue"));
        let page = fs::read_to_string(scratch.folder().join(PAGE)).expect("still there");
        let integrities = (integrity(b"glue"), integrity(b"module"));
        assert_eq!(page, format!("/{glue} integrity={} /{module} integrity={}", integrities.0, integrities.1));
        assert_eq!(fs::read(scratch.folder().join(glue)).expect("the new glue"), b"glue");
        assert!([GLUE, MODULE].iter().all(|old| !scratch.folder().join(old).exists()));
    }

    #[test]
    fn a_page_that_asks_for_something_else_fails_the_build() {
        let scratch = Scratch::new("bundle-changed");
        build(&scratch, "sha256-of-it");
        let bundle = Bundle::read(scratch.folder()).expect("a build");
        assert!(bundle.replace(b"module", b"glue").is_err());
        assert!(scratch.folder().join(GLUE).exists());
    }
}
