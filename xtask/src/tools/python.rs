//! Python, uv, and the backend's virtual environment: exactly what its lock file names, and the backend's own package.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::apt;
use crate::command::{announce, run, version_of};
use crate::project::Project;

const UV_VERSION: &str = "0.13.9";
const OLDEST: (u32, u32) = (3, 11);
const CANDIDATES: [&str; 4] = ["python3", "python3.13", "python3.12", "python3.11"];

/// The backend's own installable package, a folder of the backend.
const OWN_PACKAGE: &str = "yew-auth-django";

/// The backend's Python, with every package of the lock file and its own.
pub struct Venv {
    python: PathBuf,
    backend: PathBuf,
}

impl Venv {
    /// Makes it, or makes it follow a lock file that has changed.
    pub fn ensure(project: &Project) -> Result<Self> {
        let backend = project.backend();
        let python = ensure_packages(project, &backend.join("requirements-dev.lock"), &backend.join(".venv"))?;
        Ok(Self { python, backend })
    }

    pub fn python(&self) -> &Path {
        &self.python
    }

    /// `python ...` in the backend's folder.
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.python);
        command.current_dir(&self.backend);
        command
    }
}

/// A Python in this folder, with exactly the packages of a lock file and the backend's own.
pub fn ensure_packages(project: &Project, lock: &Path, folder: &Path) -> Result<PathBuf> {
    let python = folder.join("bin/python");
    let package = project.backend().join(OWN_PACKAGE);
    let wanted = stamp(
        folder,
        &fs::read_to_string(lock).with_context(|| format!("{} is missing", lock.display()))?,
        &fs::read_to_string(package.join("pyproject.toml")).context("the backend's own package is missing")?,
    );
    let stamp = folder.join("installed.stamp");
    let works = version_of(&python).is_some_and(|version| is_supported(&version));
    if works && fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }

    let uv = ensure_uv(project)?;
    announce(format!("installing Python packages into {} (seconds, once)", folder.display()));
    if !works {
        run(project.command(&uv).args(["venv", "--clear", "--python"]).arg(find_python()?).arg(folder))?;
    }
    let mut sync = project.command(&uv);
    sync.args(["pip", "sync", "--require-hashes", "--python"]).arg(&python).arg(lock);
    run(sync.env("UV_PYTHON_DOWNLOADS", "never"))
        .with_context(|| format!("the packages of {} could not be installed from PyPI; try again", lock.display()))?;
    // Without `--offline` what builds the package could come from the registry, with no hash to hold it to: uv has
    // the build backend within itself.
    run(project
        .command(&uv)
        .args(["pip", "install", "--quiet", "--offline", "--no-deps", "--python"])
        .arg(&python)
        .arg("--editable")
        .arg(&package))
    .context("the backend's own package could not be installed")?;
    fs::write(stamp, wanted)?;
    Ok(python)
}

/// What was installed where: scripts of an environment that was moved still name its old place.
fn stamp(folder: &Path, lock: &str, package: &str) -> String {
    format!("{}\n{lock}\n{package}", folder.display())
}

fn ensure_uv(project: &Project) -> Result<PathBuf> {
    let folder = project.tools().join("uv");
    let uv = folder.join("bin/uv");
    if version_of(&uv).as_deref() == Some(UV_VERSION) {
        return Ok(uv);
    }
    let python = find_python()?;
    announce(format!("installing uv {UV_VERSION} into target/tools (seconds, once)"));
    let make = || run(project.command(python).args(["-m", "venv", "--clear"]).arg(&folder));
    // Debian splits the module that venv needs off into a package of its own.
    make().or_else(|_| apt::install(&["python3-venv"]).and_then(|()| make()))?;
    run(project
        .command(folder.join("bin/python"))
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
        .arg(format!("uv=={UV_VERSION}")))
    .context("uv could not be installed from PyPI; try again")?;
    Ok(uv)
}

fn find_python() -> Result<&'static str> {
    let find = || CANDIDATES.into_iter().find(|name| version_of(Path::new(name)).is_some_and(|v| is_supported(&v)));
    if let Some(python) = find() {
        return Ok(python);
    }
    let (major, minor) = OLDEST;
    let advice = || format!("the backend needs Python {major}.{minor} or newer: install it so that `python3` is found");
    apt::install(&["python3", "python3-venv"]).with_context(advice)?;
    find().with_context(advice)
}

fn is_supported(version: &str) -> bool {
    let mut numbers = version.split('.').map(str::parse);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(major)), Some(Ok(minor))) => (major, minor) >= OLDEST,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn python_3_11_is_the_oldest_supported() {
        assert!(is_supported("3.11.2"));
        assert!(is_supported("3.13.0"));
        assert!(is_supported("3.14.0rc1"));
        assert!(!is_supported("3.9.2"));
        assert!(!is_supported("2.7.18"));
        assert!(!is_supported("unknown"));
    }

    #[test]
    fn a_changed_lock_or_a_moved_checkout_asks_for_an_installation() {
        let here = stamp(Path::new("/a/.venv"), "django==6.1", "version = 1");
        assert_ne!(here, stamp(Path::new("/a/.venv"), "django==6.2", "version = 1"));
        assert_ne!(here, stamp(Path::new("/a/.venv"), "django==6.1", "version = 2"));
        assert_ne!(here, stamp(Path::new("/b/.venv"), "django==6.1", "version = 1"));
    }
}
