//! One file of the build, and what it weighs.

use std::fs;
use std::io;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::release::compress::{BROTLI, GZIP, files, twin};

/// Bytes: as written, and as a server sends them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sizes {
    pub raw: usize,
    pub gzip: usize,
    pub brotli: usize,
}

/// What a file is to the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Code that the posts wait for, the page included, in which scripts and styles stand. So does any code that is not
    /// known to come later.
    Startup,
    /// Code that the page asks for when it needs it.
    Lazy,
    /// What is no code.
    Rest,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Without the hash of its content.
    pub name: String,
    pub role: Role,
    pub sizes: Sizes,
}

/// All files of a finished build, the heaviest first; `lazy` names those of which the page can wait.
pub fn weigh(dist: &Path, lazy: &[String]) -> Result<Vec<File>> {
    let is_built = dist.join("index.html").is_file();
    ensure!(is_built, "{} holds no build; run `cargo xtask build` first", dist.display());
    let mut weighed = files(dist)?.iter().map(|path| File::weigh(dist, path, lazy)).collect::<Result<Vec<_>>>()?;
    weighed.sort_by_key(|file| (std::cmp::Reverse(file.sizes.raw), file.name.clone()));
    Ok(weighed)
}

impl File {
    fn weigh(dist: &Path, path: &Path, lazy: &[String]) -> Result<Self> {
        let name = unhashed(&path.strip_prefix(dist).unwrap_or(path).to_string_lossy());
        let role = Role::of(&name, lazy);
        let sizes = Sizes::of(path).with_context(|| format!("{} could not be read", path.display()))?;
        Ok(Self { name, role, sizes })
    }
}

impl Role {
    pub(super) fn of(name: &str, lazy: &[String]) -> Self {
        let is_code = [".wasm", ".js", ".html"].iter().any(|suffix| name.ends_with(suffix));
        match is_code {
            false => Self::Rest,
            true if lazy.iter().any(|known| known == name) => Self::Lazy,
            true => Self::Startup,
        }
    }
}

impl Sizes {
    /// What has no compressed twin is sent as it is.
    fn of(path: &Path) -> io::Result<Self> {
        let raw = length(path)?;
        let packed = |suffix| match length(&twin(path, suffix)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(raw),
            length => length,
        };
        Ok(Self { raw, gzip: packed(GZIP)?, brotli: packed(BROTLI)? })
    }

    pub fn sum<'s>(all: impl IntoIterator<Item = &'s Self>) -> Self {
        all.into_iter().fold(Self::default(), |sum, one| Self {
            raw: sum.raw + one.raw,
            gzip: sum.gzip + one.gzip,
            brotli: sum.brotli + one.brotli,
        })
    }

    pub fn of_role(files: &[File], role: Role) -> Self {
        Self::sum(files.iter().filter(|file| file.role == role).map(|file| &file.sizes))
    }
}

fn length(path: &Path) -> io::Result<usize> {
    Ok(usize::try_from(fs::metadata(path)?.len()).unwrap_or(usize::MAX))
}

/// trunk's `app-0123456789abcdef_bg.wasm` is `app_bg.wasm`, whatever is in it. The hash may lack leading zeros.
fn unhashed(name: &str) -> String {
    let parts = name.rsplit_once('-').and_then(|(stem, rest)| {
        let end = rest.find(['_', '.'])?;
        let is_hash = (8..=16).contains(&end) && rest[..end].bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hash.then(|| format!("{stem}{}", &rest[end..]))
    });
    parts.unwrap_or_else(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    #[test]
    fn a_hash_is_no_part_of_a_name() {
        assert_eq!(unhashed("yew-auth-7bffd00f2cb28a88_bg.wasm"), "yew-auth_bg.wasm");
        assert_eq!(unhashed("boot-1fa96a3e3c3b85e.js"), "boot.js");
        assert_eq!(
            unhashed("snippets/yew-auth-0123456789abcdef/reload.js"),
            "snippets/yew-auth-0123456789abcdef/reload.js"
        );
        assert_eq!(unhashed("sign-in.js"), "sign-in.js");
        assert_eq!(unhashed("index.html"), "index.html");
    }

    #[test]
    fn a_file_weighs_what_its_twins_do_and_itself_without_one() {
        let scratch = Scratch::new("weigh");
        for (name, bytes) in [("index.html", 9), ("app-0123456789ab.js", 90), ("app-0123456789ab.js.gz", 40)] {
            scratch.write(name, &vec![b'x'; bytes]);
        }
        let weighed = weigh(scratch.folder(), &[]).expect("a build");
        let sizes = Sizes { raw: 90, gzip: 40, brotli: 90 };
        assert_eq!(weighed[0], File { name: "app.js".to_owned(), role: Role::Startup, sizes });
        assert_eq!((weighed.len(), weighed[1].role), (2, Role::Startup));
    }

    #[test]
    fn code_is_needed_at_once_unless_it_is_known_to_come_later() {
        let lazy = ["inspector.wasm".to_owned()];
        assert_eq!(Role::of("inspector.wasm", &lazy), Role::Lazy);
        assert_eq!(Role::of("unheard-of.js", &lazy), Role::Startup);
        assert_eq!(Role::of("index.html", &lazy), Role::Startup);
        assert_eq!(Role::of("inspector.css", &lazy), Role::Rest);
    }

    #[test]
    fn a_folder_without_a_page_is_no_build() {
        let scratch = Scratch::new("no-build");
        assert!(weigh(scratch.folder(), &[]).is_err());
    }
}
