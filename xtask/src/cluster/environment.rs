//! The environment of the hosts and of `manage.py`.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::{Setup, deploy_files};
use crate::preview::secret_key::random;
use crate::tools::postgresql::Postgresql;
use crate::tools::python::Venv;
use crate::tools::redis::Redis;

/// The variables of all hosts: the example that an operator copies, filled in.
pub(super) struct Environment {
    python: PathBuf,
    backend: PathBuf,
    folder: PathBuf,
    variables: Vec<(String, String)>,
    database: String,
}

impl Environment {
    /// For an app at `origin`. Each process has a state of its own in `folder`.
    pub(super) fn of(
        setup: &Setup<'_>,
        origin: &str,
        folder: &Path,
        (postgresql, redis): (&Postgresql, &Redis),
    ) -> Result<Self> {
        let mut environment = Self {
            python: Venv::ensure(setup.project)?.python().to_owned(),
            backend: setup.project.backend(),
            folder: folder.to_owned(),
            variables: deploy_files::environment(setup.project)?,
            database: postgresql.url(),
        };
        for (name, value) in [
            ("DJANGO_SETTINGS_MODULE", "config.settings".to_owned()),
            ("PYTHONUNBUFFERED", "1".to_owned()),
            ("SPA_ORIGINS", origin.to_owned()),
            ("SECRET_KEY", random()?),
            ("JWT_SIGNING_KEY", random()?),
            ("SPA_DIST", setup.dist.canonicalize().context("there is no built app")?.display().to_string()),
            ("REDIS_URL", redis.url()),
            // Nobody is sent a mail: each host keeps them as files.
            ("EMAIL_HOST", String::new()),
            ("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend".to_owned()),
        ] {
            environment.set(name, value);
        }
        for (name, value) in setup.variables {
            environment.set(name, value.clone());
        }
        Ok(environment)
    }

    fn set(&mut self, name: &str, value: String) {
        self.variables.retain(|(known, _)| known != name);
        self.variables.push((name.to_owned(), value));
    }

    pub(super) fn python(&self) -> &Path {
        &self.python
    }

    /// A command of `manage.py`.
    pub(super) fn manage(&self) -> Command {
        let mut command = self.command("manage", Command::new(&self.python));
        command.arg("manage.py");
        command
    }

    /// The command, in the backend's folder with these variables. Its connections to PostgreSQL bear its name.
    pub(super) fn command(&self, name: &str, mut command: Command) -> Command {
        command.current_dir(&self.backend).envs(self.variables.iter().cloned());
        command.env("DATABASE_URL", format!("{}?application_name={name}", self.database));
        command.env("STATE_DIR", self.folder.join(name));
        command
    }
}
