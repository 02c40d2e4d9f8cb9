//! The state of a server that was migrated and seeded: made once in a run, copied for each test.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use anyhow::{Result, anyhow};

use crate::django::{Django, Role, copy_state};
use crate::environment::Environment;

type Made = OnceLock<std::result::Result<PathBuf, String>>;

static BACKEND: Made = OnceLock::new();
static PROVIDER: Made = OnceLock::new();

/// Puts a copy into the folder `to`.
pub(crate) fn copy_template(environment: &Environment, role: Role, to: &Path) -> Result<()> {
    let (made, name, commands) = match role {
        Role::Backend => (&BACKEND, "backend", ["migrate", "seed"].as_slice()),
        // Its seed depends on the app's address.
        Role::Provider => (&PROVIDER, "provider", ["migrate"].as_slice()),
    };
    let make = || {
        let folder = environment.state.join("template").join(name);
        Django::new(environment, role, folder.clone(), 0).manage(commands).map_err(|error| format!("{error:#}"))?;
        Ok(folder)
    };
    let template = made.get_or_init(make).as_ref().map_err(|error| anyhow!("no {name} database: {error}"))?;
    copy_state(template, to)
}
