//! A cluster with a browser before it.

use std::cell::RefCell;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use e2e::{Browser, COOKIE_PAGE, Tab, eventually, id_of, run_in_browser};
use xtask::{Certificate, Cluster, Host, Project, Setup};

use crate::{HostClient, Lock, RequestLog};

/// Enough for a test, and three hosts start sooner.
const WORKERS: &str = "1";
/// How long a request may take to get to a lock, with the time to the next refresh.
const ARRIVAL: Duration = Duration::from_secs(40);

/// Answered by every host that runs, ready or not.
const HEALTH: &str = "/healthz";

const FAMILIES: &str = "refresh_families_refreshfamily";

/// A running cluster and a browser with empty tabs.
pub struct Deployment {
    /// The browser.
    pub browser: Rc<Browser>,
    cluster: RefCell<Cluster>,
}

impl Deployment {
    /// Runs a test on a cluster of its own whose hosts have these variables. Checks the browser's console, and tears
    /// everything down, whatever happens.
    ///
    /// # Errors
    ///
    /// The test failed, took longer than four minutes, or left an unexpected error in the browser's console.
    ///
    /// # Panics
    ///
    /// The test panicked.
    pub fn run(variables: &[(&str, &str)], test: impl AsyncFnOnce(&Self) -> Result<()>) -> Result<()> {
        // It outlives the check of the console: an open page goes on asking.
        let mut running = None;
        run_in_browser(async |browser, folder| {
            browser.console.expect(COOKIE_PAGE, "404");
            let cluster = RefCell::new(start(variables)?);
            let deployment = running.insert(Self { browser: Rc::clone(browser), cluster });
            let outcome = test(deployment).await;
            if outcome.is_err() {
                copy_files(deployment.cluster.borrow().folder(), &folder.join("cluster"))?;
            }
            outcome
        })
    }

    /// The origin of the app and its API.
    #[must_use]
    pub fn origin(&self) -> String {
        self.cluster.borrow().origin()
    }

    /// Opens `count` tabs on the posts, signed in as the demo account.
    pub async fn signed_in_tabs(&self, count: usize) -> Result<Vec<Tab>> {
        let first = self.browser.open_tab(&self.origin(), "/sign-in?next=%2Fposts").await?;
        first.submit_demo_password().await?;
        first.has_posts(100).await?;
        let mut tabs = vec![first];
        while tabs.len() < count {
            let tab = self.browser.open_tab(&self.origin(), "/posts").await?;
            tab.has_posts(100).await?;
            tabs.push(tab);
        }
        Ok(tabs)
    }

    /// The requests that nginx has answered so far.
    pub fn request_log(&self) -> Result<RequestLog> {
        RequestLog::parse(&fs::read_to_string(self.cluster.borrow().request_log())?)
    }

    /// Waits until `count` requests of `path` have been answered with `status`, and returns all of them.
    pub async fn answered(&self, path: &str, status: u16, count: usize, within: Duration) -> Result<RequestLog> {
        eventually(&format!("{count} requests of {path} are answered with {status}"), within, async || {
            let answered = self.request_log()?.of(path).with_status(status);
            Ok((answered.len() >= count).then_some(answered))
        })
        .await
    }

    /// What a statement of SQL returns.
    pub fn query(&self, sql: &str) -> Result<Vec<Vec<String>>> {
        self.cluster.borrow().query(sql)
    }

    /// Keeps every refresh and every sign-out from going on, once it has found its session.
    pub async fn hold_refreshes(&self) -> Result<Lock> {
        self.lock(&format!("SELECT FROM {FAMILIES} FOR UPDATE")).await
    }

    /// Keeps every sign-in from going on, once its password was found right.
    pub async fn hold_sign_ins(&self) -> Result<Lock> {
        self.lock(&format!("LOCK TABLE {FAMILIES} IN SHARE MODE")).await
    }

    async fn lock(&self, statement: &str) -> Result<Lock> {
        let psql = self.cluster.borrow_mut().postgresql().psql();
        Lock::take(self, psql, statement).await
    }

    /// Waits until a host waits for a lock, and returns its name. Two that wait are an error.
    pub async fn host_that_waits(&self) -> Result<String> {
        let waiting = "SELECT application_name FROM pg_stat_activity \
                       WHERE wait_event_type = 'Lock' AND application_name LIKE 'host-%'";
        let rows = eventually("a host waits for the lock", ARRIVAL, async || {
            let rows = self.query(waiting)?;
            Ok((!rows.is_empty()).then_some(rows))
        })
        .await?;
        ensure!(rows.len() == 1, "more than one request waits: {rows:?}");
        Ok(rows[0][0].clone())
    }

    /// The names of the hosts.
    #[must_use]
    pub fn hosts(&self) -> Vec<String> {
        self.cluster.borrow_mut().hosts().iter().map(|host| host.name().to_owned()).collect()
    }

    /// Uses one host.
    pub fn with_host<T>(&self, name: &str, use_it: impl FnOnce(&mut Host) -> T) -> Result<T> {
        let mut cluster = self.cluster.borrow_mut();
        let host = cluster.hosts().iter_mut().find(|host| host.name() == name);
        Ok(use_it(host.with_context(|| format!("there is no host {name}"))?))
    }

    /// Kills a host with all its processes at once.
    pub fn kill(&self, name: &str) -> Result<()> {
        self.with_host(name, |host| host.server().kill())
    }

    /// Waits until a host answers, ready or not.
    pub async fn is_up(&self, name: &str) -> Result<()> {
        let client = self.client(name)?;
        eventually(&format!("{name} answers"), ARRIVAL, async || Ok(client.get(HEALTH).await.ok())).await.map(drop)
    }

    /// Sends requests from the page of `tab` until nginx has asked this host again.
    pub async fn is_asked_again(&self, name: &str, tab: &Tab) -> Result<()> {
        let address = self.with_host(name, |host| host.address().to_string())?;
        let before = self.request_log()?.of(HEALTH).answered_by(&address).len();
        eventually(&format!("nginx asks {name} again"), ARRIVAL, async || {
            tab.script::<u16>(&format!("return fetch('{HEALTH}').then((answer) => answer.status)")).await?;
            let asked = self.request_log()?.of(HEALTH).answered_by(&address);
            Ok((asked.len() > before).then_some(()))
        })
        .await
    }

    /// Runs a command of `manage.py` with this settings module.
    pub fn manage(&self, settings: &str, arguments: &[&str]) -> Result<()> {
        let mut command = self.cluster.borrow().manage();
        let output = command.args(arguments).env("DJANGO_SETTINGS_MODULE", settings).output()?;
        ensure!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        Ok(())
    }

    /// Copies the built app into a folder that is gone with the cluster.
    pub fn copy_of_the_app(&self) -> Result<PathBuf> {
        let copy = self.cluster.borrow().folder().join("dist");
        copy_files(&path("YEW_AUTH_CLUSTER_DIST")?, &copy)?;
        Ok(copy)
    }

    /// Uses the cluster.
    pub fn with_cluster<T>(&self, use_it: impl FnOnce(&mut Cluster) -> T) -> T {
        use_it(&mut self.cluster.borrow_mut())
    }

    /// A client of one host, past nginx.
    pub fn client(&self, name: &str) -> Result<HostClient> {
        let address = self.with_host(name, |host| host.address().to_string())?;
        Ok(HostClient::new(address, self.origin()))
    }

    /// Fails unless there is exactly one live session, which is the tab's, and the tab holds its newest refresh token.
    pub async fn ensure_only_session(&self, tab: &Tab) -> Result<()> {
        // A refresh may be on its way: the database has its token before the browser has.
        eventually("the browser holds the newest token", Duration::from_secs(15), async || {
            let live = self.query(&format!("SELECT id, current FROM {FAMILIES} WHERE revoked_at IS NULL"))?;
            ensure!(live.len() == 1, "there are other sessions: {live:?}");
            let [id, current] = [&live[0][0], &live[0][1]].map(|uuid| uuid.replace('-', ""));
            ensure!(tab.session_id().await? == id, "the page shows another session");
            Ok((id_of(&tab.refresh_token().await?)? == current).then_some(()))
        })
        .await
    }

    /// Fails if any request was answered with 401.
    pub fn ensure_no_401(&self) -> Result<()> {
        let refused = self.request_log()?.with_status(401);
        ensure!(refused.is_empty(), "answered with 401: {refused:?}");
        Ok(())
    }
}

fn start(variables: &[(&str, &str)]) -> Result<Cluster> {
    let own = [("WEB_CONCURRENCY", WORKERS.to_owned())];
    let given = variables.iter().map(|(name, value)| (*name, (*value).to_owned()));
    let variables: Vec<_> = own.into_iter().chain(given).collect();
    Cluster::start(&Setup {
        project: &Project::at(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?),
        dist: &path("YEW_AUTH_CLUSTER_DIST")?,
        port: None,
        certificate: &Certificate::at(&path("YEW_AUTH_CLUSTER_CERTIFICATE")?),
        variables: &variables,
        requests_per_second: None,
    })
}

fn path(name: &str) -> Result<PathBuf> {
    let value = env::var_os(name);
    Ok(value.with_context(|| format!("{name} is not set: run the tests by cargo xtask test cluster"))?.into())
}

/// The files of a folder and of the folders in it that are readable and no sockets: logs and configurations.
fn copy_files(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        let to = to.join(entry.file_name());
        if kind.is_dir() {
            copy_files(&entry.path(), &to)?;
        } else if kind.is_file() {
            fs::copy(entry.path(), to)?;
        }
    }
    Ok(())
}
