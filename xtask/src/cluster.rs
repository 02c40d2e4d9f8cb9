//! A whole deployment on this machine: nginx with TLS, several gunicorn hosts, PostgreSQL and Redis, set up by the files
//! that an operator copies from `deploy/`.

mod certificate;
mod deploy_files;
mod host;
mod nginx;
mod run;

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

pub use self::certificate::Certificate;
use self::deploy_files::NginxParts;
pub use self::host::Host;
use self::host::Start;
use self::nginx::Nginx;
pub use self::run::run;
use crate::command::{output_quietly, run_quietly};
use crate::ports::Port;
use crate::preview::secret_key::random;
use crate::project::Project;
use crate::tools::loopback_server::{Folder, LoopbackServer};
use crate::tools::postgresql::{Durability, Postgresql};
use crate::tools::python::Venv;
use crate::tools::redis::Redis;

const HOSTS: usize = 3;
const SETTINGS: &str = "config.settings";

/// What a cluster is started with.
pub struct Setup<'s> {
    /// The checkout whose backend and whose `deploy/` are used.
    pub project: &'s Project,
    /// The built app.
    pub dist: &'s Path,
    /// Where the app is served; without one any free port.
    pub port: Option<u16>,
    /// What nginx shows.
    pub certificate: &'s Certificate,
    /// Variables of the hosts' environment, in place of those that `deploy/environment.example` sets.
    pub variables: &'s [(&'s str, String)],
    /// How many requests a second nginx lets one network send, in place of what `deploy/` says.
    pub requests_per_second: Option<u32>,
}

/// A running cluster. Dropping it ends all of it, and deletes what it kept.
pub struct Cluster {
    nginx: Nginx,
    hosts: Vec<Host>,
    redis: Redis,
    postgresql: Postgresql,
    /// `manage.py` with the environment of a host.
    manage: Box<dyn Fn() -> Command>,
    port: Port,
    folder: Folder,
}

impl Cluster {
    /// Starts everything, with a migrated database that has the posts and the demo account. Waits until each host is ready.
    ///
    /// # Errors
    ///
    /// A program is missing and cannot be installed, or a part does not start; the error has its last words.
    pub fn start(setup: &Setup<'_>) -> Result<Self> {
        let Setup { project, port, certificate, .. } = *setup;
        let venv = Venv::ensure(project)?;
        let folder = Folder::new("cluster")?;
        let port = match port {
            Some(number) => Port { number, server: "the app", option: "port" },
            None => Port::free("the app")?,
        };
        let (postgresql, redis) = (Postgresql::start(Durability::Durable)?, Redis::start()?);
        let environment = Environment::of(setup, port, &postgresql, &redis)?;
        let manage = {
            let variables = environment.for_host("manage", &folder.path().join("manage"));
            let (python, backend) = (venv.python().to_owned(), project.backend());
            Box::new(move || {
                let mut command = Command::new(&python);
                command.current_dir(&backend).arg("manage.py").envs(variables.iter().cloned());
                command
            })
        };
        run_quietly(manage().arg("migrate"))?;
        // There is a demo account in debug mode alone: everybody knows its password.
        run_quietly(manage().arg("seed").env("DEBUG", "1"))?;

        let mut hosts = Vec::new();
        for number in 1..=HOSTS {
            let (name, port) = (format!("host-{number}"), Port::free("a host")?);
            let start = Start {
                python: venv.python(),
                backend: &project.backend(),
                arguments: deploy_files::gunicorn_arguments(project, &port.address().to_string())?,
                variables: environment.for_host(&name, &folder.path().join(&name)),
                log: &folder.path().join(format!("{name}.log")),
            };
            hosts.push(Host::launch(name, port, start)?);
        }
        hosts.iter_mut().try_for_each(|host| host.server().wait_until_ready())?;
        let parts = NginxParts {
            hosts: hosts.iter().map(|host| host.address().to_string()).collect(),
            http: Port::free("the redirection")?.address().to_string(),
            https: port.address().to_string(),
            certificate: certificate.file(),
            key: certificate.key(),
            requests_per_second: setup.requests_per_second,
        };
        let nginx = Nginx::start(project, port, &parts, &folder.path().join("nginx"))?;
        Ok(Self { nginx, hosts, redis, postgresql, manage, port, folder })
    }

    /// The origin of the app and its API.
    #[must_use]
    pub fn origin(&self) -> String {
        origin(self.port)
    }

    /// The hosts.
    pub fn hosts(&mut self) -> &mut [Host] {
        &mut self.hosts
    }

    /// nginx.
    pub fn proxy(&mut self) -> &mut LoopbackServer {
        &mut self.nginx.server
    }

    /// What `nginx -t` says of the file that runs.
    pub fn check_proxy(&self) -> Result<String> {
        self.nginx.check()
    }

    /// The database.
    pub fn postgresql(&mut self) -> &mut Postgresql {
        &mut self.postgresql
    }

    /// The hosts' `DATABASE_URL`, whose user may create other databases.
    #[must_use]
    pub fn database_url(&self) -> String {
        self.postgresql.url()
    }

    /// The store of the limits.
    pub fn redis(&mut self) -> &mut Redis {
        &mut self.redis
    }

    /// A command of `manage.py`, with the environment of a host.
    #[must_use]
    pub fn manage(&self) -> Command {
        (self.manage)()
    }

    /// What a statement of SQL returns: its rows, each with its values.
    pub fn query(&self, sql: &str) -> Result<Vec<Vec<String>>> {
        let text = output_quietly(self.postgresql.psql().args(["--command", sql]))?;
        Ok(text.lines().map(|line| line.split('|').map(str::to_owned).collect()).collect())
    }

    /// The file to which nginx appends a line for each request that is over. Tabs divide: when (seconds since the Unix
    /// epoch), method, path, status, the addresses that were asked, the statuses that those answered.
    #[must_use]
    pub fn request_log(&self) -> &Path {
        self.nginx.request_log()
    }

    /// The folder with the logs.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Everything that runs.
    fn servers(&mut self) -> impl Iterator<Item = &mut LoopbackServer> {
        let hosts = self.hosts.iter_mut().map(Host::server);
        hosts.chain([self.redis.server(), self.postgresql.server(), &mut self.nginx.server])
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // All hosts at the same time; each part is waited for when it is dropped in its turn.
        for host in &mut self.hosts {
            host.server().begin_to_stop();
        }
    }
}

/// The variables of all hosts: the example that an operator copies, filled in.
struct Environment {
    variables: Vec<(String, String)>,
    database: String,
}

impl Environment {
    fn of(setup: &Setup<'_>, port: Port, postgresql: &Postgresql, redis: &Redis) -> Result<Self> {
        let mut environment = Self { variables: deploy_files::environment(setup.project)?, database: postgresql.url() };
        for (name, value) in [
            ("DJANGO_SETTINGS_MODULE", SETTINGS.to_owned()),
            ("PYTHONUNBUFFERED", "1".to_owned()),
            ("SPA_ORIGINS", origin(port)),
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

    /// Its connections to PostgreSQL bear its name.
    fn for_host(&self, name: &str, state: &Path) -> Vec<(String, String)> {
        let own = [
            ("DATABASE_URL", format!("{}?application_name={name}", self.database)),
            ("STATE_DIR", state.display().to_string()),
        ];
        let own = own.map(|(name, value)| (name.to_owned(), value));
        self.variables.iter().cloned().chain(own).collect()
    }
}

/// A browser treats an address of a number as its own host: that a site insists on https is not remembered of it, so the
/// development servers of this machine stay reachable by http.
fn origin(port: Port) -> String {
    format!("https://{}", port.address())
}
