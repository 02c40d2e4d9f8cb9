//! A whole deployment on this machine: nginx with TLS, several gunicorn hosts, PostgreSQL and Redis, set up by the files
//! that an operator copies from `deploy/`.

mod certificate;
mod deploy_files;
mod environment;
mod host;
mod nginx;
mod run;

use std::path::Path;
use std::process::Command;

use anyhow::Result;
use nix::sys::signal::Signal;

pub use self::certificate::Certificate;
use self::deploy_files::NginxParts;
use self::environment::Environment;
pub use self::host::Host;
use self::nginx::Nginx;
pub use self::run::run;
use crate::command::{output_quietly, run_quietly};
use crate::ports::Port;
use crate::project::Project;
use crate::tools::loopback_server::{Folder, LoopbackServer, tied};
use crate::tools::postgresql::{Durability, Postgresql};
use crate::tools::redis::Redis;

const HOSTS: usize = 3;

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
    environment: Environment,
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
        let folder = Folder::new("cluster")?;
        let port = match port {
            Some(number) => Port { number, server: "the app", option: "port" },
            None => Port::free("the app")?,
        };
        let (postgresql, redis) = (Postgresql::start(Durability::Durable)?, Redis::start()?);
        let environment = Environment::of(setup, &origin(port), folder.path(), (&postgresql, &redis))?;
        run_quietly(environment.manage().arg("migrate"))?;
        // There is a demo account in debug mode alone: everybody knows its password.
        run_quietly(environment.manage().arg("seed").env("DEBUG", "1"))?;
        let hosts = start_hosts(project, &environment, folder.path())?;
        let parts = NginxParts {
            hosts: hosts.iter().map(|host| host.address().to_string()).collect(),
            http: Port::free("the redirection")?.address().to_string(),
            https: port.address().to_string(),
            certificate: certificate.file(),
            key: certificate.key(),
            requests_per_second: setup.requests_per_second,
        };
        let nginx = Nginx::start(project, port, &parts, &folder.path().join("nginx"))?;
        Ok(Self { nginx, hosts, redis, postgresql, environment, port, folder })
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
        self.environment.manage()
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

/// All at the same time, each with its state and its log in this folder.
fn start_hosts(project: &Project, environment: &Environment, folder: &Path) -> Result<Vec<Host>> {
    let start = |number| {
        let (name, port) = (format!("host-{number}"), Port::free("a host")?);
        let arguments = deploy_files::gunicorn_arguments(project, &port.address().to_string())?;
        let mut command = environment.command(&name, tied(environment.python(), Signal::SIGTERM));
        command.args(["-m", "gunicorn"]).args(arguments);
        let log = folder.join(format!("{name}.log"));
        Host::launch(name, port, command, log)
    };
    let mut hosts = (1..=HOSTS).map(start).collect::<Result<Vec<_>>>()?;
    hosts.iter_mut().try_for_each(|host| host.server().wait_until_ready())?;
    Ok(hosts)
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // All hosts at the same time; each part is waited for when it is dropped in its turn.
        for host in &mut self.hosts {
            host.server().begin_to_stop();
        }
    }
}

/// A browser treats an address of a number as its own host: that a site insists on https is not remembered of it, so the
/// development servers of this machine stay reachable by http.
fn origin(port: Port) -> String {
    format!("https://{}", port.address())
}
