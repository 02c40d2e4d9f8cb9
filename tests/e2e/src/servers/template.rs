//! The database of a server, migrated and seeded: created once per run, copied for each test.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use anyhow::{Result, anyhow};

use super::django::{Django, Role, copy_state};
use crate::machine::Environment;

type Template = OnceLock<std::result::Result<PathBuf, String>>;

static BACKEND: Template = OnceLock::new();
static PROVIDER: Template = OnceLock::new();

/// Copies the template into the folder `to`.
pub(crate) fn copy_template(environment: &Environment, role: Role, to: &Path) -> Result<()> {
    let (template, name, commands) = match role {
        Role::Backend => (&BACKEND, "backend", ["migrate", "seed"].as_slice()),
        // The provider's seed depends on the app's address, so each test seeds it.
        Role::Provider => (&PROVIDER, "provider", ["migrate"].as_slice()),
    };
    let make = || {
        let folder = environment.state.join("template").join(name);
        Django::new(environment, role, folder.clone(), 0).manage(commands).map_err(|error| format!("{error:#}"))?;
        Ok(folder)
    };
    let template = template.get_or_init(make).as_ref().map_err(|error| anyhow!("no {name} database: {error}"))?;
    copy_state(template, to)
}
