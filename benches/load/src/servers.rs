//! The servers of a run, and who is signed in at them.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use tokio_rustls::TlsConnector;
use xtask::{LoadServers, Project};

use crate::place::{Place, trusting};
use crate::session::{Session, Site, System};
use crate::work::Work;

/// Enough for both workers of a host with eight threads each.
const BROWSERS: usize = 16;
/// A password costs a core a quarter of a second: more at a time would only wait for each other.
const SIGNING_IN: usize = 4;

/// What runs, and the sessions there.
pub struct Servers {
    running: LoadServers,
    tls: TlsConnector,
    product: Vec<Session>,
    stock: Vec<Session>,
    is_quick: bool,
}

impl Servers {
    /// Starts all servers and signs everybody in.
    pub fn start(project: &Project, people: usize, is_quick: bool) -> Result<Self> {
        let running = LoadServers::start(project)?;
        let folder = project.target().join("load");
        let files = ["product", "stock"].map(|name| folder.join(format!("{name}.jsonl")));
        let names = files.each_ref().map(|file| file.display().to_string());
        running.fill_product(&format!("sessions({people}, {:?})", names[0]))?;
        running.fill_stock(&["sessions", &people.to_string(), &names[1]])?;
        let [product, stock] = files.map(|file| Session::read(&file));
        let tls = trusting(&running.certificate().file())?;
        let servers = Self { running, tls, product: product?, stock: stock?, is_quick };
        ensure!(servers.product.len() == people && servers.stock.len() == people, "not everybody is signed in");
        Ok(servers)
    }

    /// Both systems have exactly so many posts.
    pub fn set_posts(&self, count: usize) -> Result<()> {
        self.set_product_posts(count)?;
        self.running.fill_stock(&["posts", &count.to_string()])
    }

    /// The product has exactly so many posts.
    pub fn set_product_posts(&self, count: usize) -> Result<()> {
        self.running.fill_product(&format!("posts({count})"))
    }

    /// The product's table has so many sessions.
    pub fn set_families(&self, count: usize) -> Result<()> {
        self.running.fill_product(&format!("crowd({count})"))
    }

    /// How long one kind of request is measured in one round.
    pub fn round(&self) -> Duration {
        Duration::from_millis(if self.is_quick { 500 } else { 3_000 })
    }

    /// One server of a system, without a proxy.
    pub fn host(&mut self, system: System) -> Result<Place> {
        let (address, processes) = match system {
            System::Product => {
                let host = self.running.cluster().hosts().first().context("the cluster has no host")?;
                (host.address(), self.running.host_processes())
            }
            System::Stock => (self.running.stock_address(), self.running.stock_processes()),
        };
        let origin = match system {
            System::Product => self.running.cluster().origin(),
            System::Stock => format!("http://{address}"),
        };
        Ok(Place { site: Site { system, origin }, address, tls: None, processes, database: self.database()? })
    }

    /// The whole deployment, behind nginx.
    pub fn deployment(&mut self) -> Result<Place> {
        let origin = self.running.cluster().origin();
        let address = origin.trim_start_matches("https://").parse()?;
        let processes = self.running.cluster_processes();
        let site = Site { system: System::Product, origin };
        Ok(Place { site, address, tls: Some(self.tls.clone()), processes, database: self.database()? })
    }

    fn database(&mut self) -> Result<u32> {
        self.running.database_process().context("PostgreSQL does not run")
    }

    /// How many megabytes the product's sessions take, with their indexes.
    pub fn megabytes_of_families(&mut self) -> Result<String> {
        let sql = "SELECT pg_total_relation_size('refresh_families_refreshfamily') / 1000000";
        let rows = self.running.cluster().query(sql)?;
        rows.into_iter().flatten().next().context("PostgreSQL says no size")
    }

    /// Everybody's sessions.
    pub fn everybody(&mut self, system: System) -> &mut [Session] {
        match system {
            System::Product => &mut self.product,
            System::Stock => &mut self.stock,
        }
    }

    /// As many as ask at a time.
    pub fn some(&mut self, system: System, work: Work) -> &mut [Session] {
        &mut self.everybody(system)[..if work == Work::SignIn { SIGNING_IN } else { BROWSERS }]
    }
}
