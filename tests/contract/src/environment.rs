//! What `cargo xtask test contract` has prepared.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The root of the repository.
#[must_use]
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The Python with the packages of `servers/requirements.lock`.
pub(crate) fn python() -> Result<PathBuf> {
    path("YEW_AUTH_CONTRACT_PYTHON")
}

/// The folder with one built app in each folder.
pub(crate) fn apps() -> Result<PathBuf> {
    path("YEW_AUTH_CONTRACT_APPS")
}

/// The server of the axum example.
pub(crate) fn axum_server() -> Result<PathBuf> {
    path("YEW_AUTH_CONTRACT_AXUM")
}

fn path(name: &str) -> Result<PathBuf> {
    let value = env::var_os(name);
    Ok(value.with_context(|| format!("{name} is not set: run the tests by cargo xtask test contract"))?.into())
}
