//! `bench load`: the whole deployment, and dj-rest-auth without the product beside it, under load.

use std::ffi::OsString;
use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};
use nix::sys::signal::Signal;

use crate::cluster::{Certificate, Cluster, Setup};
use crate::command::{run as run_command, run_quietly};
use crate::http_probe;
use crate::ports::Port;
use crate::project::Project;
use crate::tools::loopback_server::{LoopbackServer, Program, tied};
use crate::tools::python::Venv;

/// Nothing of the load comes from more than one network, and no token has to be renewed before it is used.
const VARIABLES: [(&str, &str); 2] = [("SIGN_IN_RATE", ""), ("ACCESS_TTL", ACCESS_SECONDS)];
const ACCESS_SECONDS: &str = "3600";
const UNLIMITED: u32 = 1_000_000;

/// Runs the benchmark with these arguments.
pub fn run(project: &Project, arguments: Vec<OsString>) -> Result<()> {
    let mut command = project.cargo();
    run_command(command.args(["run", "--quiet", "--package", "load-bench", "--"]).args(arguments))
}

/// A cluster, and a stock backend on the same PostgreSQL. Dropping this ends all of it.
pub struct LoadServers {
    stock: LoopbackServer,
    stock_address: SocketAddr,
    stock_manage: Box<dyn Fn() -> Command>,
    cluster: Cluster,
    certificate: Certificate,
    scripts: PathBuf,
}

impl LoadServers {
    /// Starts everything, each with a migrated database.
    ///
    /// # Errors
    ///
    /// A part does not start; the error has its last words.
    pub fn start(project: &Project) -> Result<Self> {
        let state = project.target().join("load");
        // The app's files are not measured.
        let dist = state.join("dist");
        fs::create_dir_all(&dist).with_context(|| format!("{} could not be made", dist.display()))?;
        fs::write(dist.join("index.html"), "<!doctype html><title>load</title>")?;
        let certificate = Certificate::make(&state.join("certificate"))?;
        let scripts = project.root().join("benches/load");
        let cluster = Cluster::start(&Setup {
            project,
            dist: &dist,
            port: None,
            certificate: &certificate,
            variables: &VARIABLES.map(|(name, value)| (name, value.to_owned())),
            requests_per_second: Some(UNLIMITED),
        })?;
        cluster.query("CREATE DATABASE stock")?;
        let stock_manage = stock_command(project, &cluster, scripts.clone())?;
        run_quietly(stock_manage().args(["-m", "django", "migrate", "--run-syncdb"]))?;
        let port = Port::free("dj-rest-auth")?;
        let stock = LoopbackServer::start(Program {
            name: "dj-rest-auth".to_owned(),
            command: stock_server(stock_manage(), port),
            stop: Signal::SIGTERM,
            // Nobody is signed in: it answers.
            is_ready: Box::new(move || http_probe::status(port.address(), "/api/posts/").is_ok()),
            log: state.join("stock.log"),
        })?;
        Ok(Self { stock, stock_address: port.address(), stock_manage, cluster, certificate, scripts })
    }

    /// The deployment.
    pub fn cluster(&mut self) -> &mut Cluster {
        &mut self.cluster
    }

    /// What nginx shows.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// Where the stock backend listens.
    pub fn stock_address(&self) -> SocketAddr {
        self.stock_address
    }

    /// Its gunicorn, and PostgreSQL.
    pub fn stock_processes(&mut self) -> Vec<u32> {
        [&self.stock, self.cluster.postgresql().server()].into_iter().filter_map(process).collect()
    }

    /// The first host of the cluster, PostgreSQL and Redis.
    pub fn host_processes(&mut self) -> Vec<u32> {
        let host = self.cluster.hosts().first_mut().and_then(|host| process(host.server()));
        let stores = [process(self.cluster.postgresql().server()), process(self.cluster.redis().server())];
        host.into_iter().chain(stores.into_iter().flatten()).collect()
    }

    /// PostgreSQL, which both use.
    pub fn database_process(&mut self) -> Option<u32> {
        process(self.cluster.postgresql().server())
    }

    /// Everything that the cluster consists of.
    pub fn cluster_processes(&mut self) -> Vec<u32> {
        let hosts: Vec<_> = self.cluster.hosts().iter_mut().skip(1).filter_map(|host| process(host.server())).collect();
        let proxy = process(self.cluster.proxy());
        self.host_processes().into_iter().chain(hosts).chain(proxy).collect()
    }

    /// Runs a line of `benches/load/product.py`.
    pub fn fill_product(&self, line: &str) -> Result<()> {
        let mut command = self.cluster.manage();
        command.env("PYTHONPATH", &self.scripts);
        run_quietly(command.args(["shell", "--no-imports", "-c", &format!("import product; product.{line}")]))
    }

    /// Runs `benches/load/stock/prepare.py` with these arguments.
    pub fn fill_stock(&self, arguments: &[&str]) -> Result<()> {
        run_quietly((self.stock_manage)().args(["-m", "stock.prepare"]).args(arguments))
    }
}

fn process(server: &LoopbackServer) -> Option<u32> {
    server.pid().map(|pid| pid.as_raw().cast_unsigned())
}

/// The backend's Python among the scripts of the load, for the stock project.
fn stock_command(project: &Project, cluster: &Cluster, scripts: PathBuf) -> Result<Box<dyn Fn() -> Command>> {
    let python = Venv::ensure(project)?.python().to_owned();
    let url = cluster.database_url();
    let server = url.strip_suffix("/postgres").context("the database has another name")?;
    let database = format!("{server}/stock");
    Ok(Box::new(move || {
        let mut command = tied(&python, Signal::SIGTERM);
        command.current_dir(&scripts).env("PYTHONPATH", &scripts).env("DATABASE_URL", &database);
        command.env("DJANGO_SETTINGS_MODULE", "stock.settings").env("PYTHONWARNINGS", "ignore");
        command.env("ACCESS_TTL", ACCESS_SECONDS);
        command
    }))
}

/// With what `backend/gunicorn.conf.py` and `deploy/environment.example` choose for the product.
fn stock_server(mut command: Command, port: Port) -> Command {
    command.args(["-m", "gunicorn", "stock.wsgi:application", "--bind", &port.address().to_string()]);
    command.args(["--worker-class", "gthread", "--workers", "2", "--threads", "8", "--keep-alive", "75"]);
    command.args(["--access-logfile", "-", "--no-control-socket"]);
    command
}
