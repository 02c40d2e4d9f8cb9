//! The two Django servers: one code base, told apart by settings, state and seed.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::command::run_quietly;
use crate::ports::Port;
use crate::servers::{Servers, Waited};
use crate::tools::python::Venv;

/// What to type to sign in where there is no provider.
pub const DEMO_ACCOUNT: &str = "Sign in as demo, password demo-password";

/// What to type to sign in.
pub const ACCOUNTS: &str = "\
Sign in as demo, password demo-password
or by the OpenID provider as alice, password password";

pub struct DjangoServer {
    name: &'static str,
    port: Port,
    settings: &'static str,
    seed: &'static str,
    /// Answered well once the server is up.
    first_page: &'static str,
    state: PathBuf,
    defaults: Vec<(&'static str, String)>,
}

impl DjangoServer {
    /// The development provider, for an app at `app`.
    pub fn provider(port: Port, app: Port, state: &Path) -> Self {
        Self {
            name: "provider",
            port,
            settings: "config.settings_idp",
            seed: "seed_provider",
            first_page: "/.well-known/openid-configuration",
            state: state.join("provider"),
            defaults: common(app),
        }
    }

    /// The API, for an app at `app`, tokens in cookies.
    pub fn backend(port: Port, app: Port, provider: Port, state: &Path) -> Self {
        let mut defaults = common(app);
        defaults.extend([
            ("FAULTS", "0".to_owned()),
            ("COOKIE_MODE", "1".to_owned()),
            // Plain http: a browser keeps no `Secure` cookie of it.
            ("COOKIE_SECURE", "0".to_owned()),
            ("OIDC_SERVER_URL", provider.origin()),
        ]);
        Self {
            name: "backend",
            port,
            settings: "config.settings",
            seed: "seed",
            first_page: "/readyz",
            state: state.join("backend"),
            defaults,
        }
    }

    /// With another value of a variable, where the user's own environment has none.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.defaults.retain(|(known, _)| *known != name);
        self.defaults.push((name, value.into()));
        self
    }

    /// Migrates and seeds its database. In debug mode, without which there is no demo account: it has a password that
    /// everybody knows, and the servers of this tool listen on this machine alone.
    pub fn prepare(&self, venv: &Venv) -> Result<()> {
        for command in ["migrate", self.seed] {
            run_quietly(self.command(venv).env("DEBUG", "1").args(["manage.py", command]))?;
        }
        Ok(())
    }

    /// The rest is in gunicorn.conf.py, which gunicorn reads from its folder.
    pub fn start(&self, venv: &Venv, servers: &mut Servers) -> Result<()> {
        let mut command = self.command(venv);
        command.args(["-m", "gunicorn", "config.wsgi:application", "--no-control-socket", "--bind"]);
        servers.start(self.name, command.arg(self.port.address().to_string()))
    }

    pub fn wait_until_ready(&self, servers: &mut Servers) -> Result<Waited> {
        servers.wait_until_ready(self.port.address(), self.first_page)
    }

    fn command(&self, venv: &Venv) -> Command {
        let mut command = venv.command();
        command.env("DJANGO_SETTINGS_MODULE", self.settings).env("STATE_DIR", &self.state);
        // What the user's own environment says comes first: `ACCESS_TTL=90 cargo xtask dev` and the like.
        for (name, value) in &self.defaults {
            if env::var_os(name).is_none() {
                command.env(name, value);
            }
        }
        if self.name == "provider" {
            // These choose the backend's database; the provider must not share it.
            command.env_remove("DATABASE_URL").env_remove("SQLITE_PATH");
        }
        command
    }
}

/// A browser has two names for this machine: both are the app's.
fn common(app: Port) -> Vec<(&'static str, String)> {
    let number = app.number;
    vec![
        ("DEBUG", "1".to_owned()),
        ("PYTHONUNBUFFERED", "1".to_owned()),
        ("SPA_ORIGINS", format!("http://127.0.0.1:{number},http://localhost:{number}")),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn port(number: u16) -> Port {
        Port { number, server: "a server", option: "port" }
    }

    fn backend() -> DjangoServer {
        DjangoServer::backend(port(9001), port(9000), port(9002), Path::new("state"))
    }

    fn value(server: &DjangoServer, wanted: &str) -> Option<String> {
        server.defaults.iter().find(|(name, _)| *name == wanted).map(|(_, value)| value.clone())
    }

    #[test]
    fn a_server_is_told_where_the_app_and_the_provider_are() {
        let expected = "http://127.0.0.1:9000,http://localhost:9000";
        assert_eq!(value(&backend(), "SPA_ORIGINS").as_deref(), Some(expected));
        assert_eq!(value(&backend(), "OIDC_SERVER_URL").as_deref(), Some("http://127.0.0.1:9002"));
        let provider = DjangoServer::provider(port(9002), port(9000), Path::new("state"));
        assert_eq!(value(&provider, "SPA_ORIGINS").as_deref(), Some(expected));
        assert_ne!(provider.state, backend().state);
    }

    #[test]
    fn a_variable_has_one_value_the_last_one_given() {
        let server = backend().with("DEBUG", "0").with("COOKIE_MODE", "0");
        assert_eq!(value(&server, "DEBUG").as_deref(), Some("0"));
        assert_eq!(server.defaults.iter().filter(|(name, _)| *name == "COOKIE_MODE").count(), 1);
    }
}
