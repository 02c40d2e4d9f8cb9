//! The servers of one test: the backend, which also serves the built app, and the identity provider.

mod api;
mod django;
mod fault;
mod other_origin;
mod page;
mod request_log;
mod template;
mod warm_python;

use std::cell::RefCell;
use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::{Value, to_value};

pub use api::{Api, Tokens};
use django::{Django, Role};
pub use fault::{Drop, Fault};
pub use other_origin::OtherOrigin;
pub use request_log::{Request, RequestLog};
use template::copy_template;

use crate::database::Database;
use crate::machine::{Environment, dist, free_port};
use crate::transport::Transport;
use crate::wait::eventually;

const FAULTS: &str = "/api/__faults__/";
const VIOLATIONS: &str = "/api/__faults__/csp/";

/// How the servers of a test are set up.
#[derive(Debug)]
pub(crate) struct Configuration<'c> {
    pub(crate) transport: Transport,
    pub(crate) database: Database,
    /// Variables of the backend's environment.
    pub(crate) settings: &'c [(&'static str, String)],
    pub(crate) with_provider: bool,
    /// What each page runs before its own scripts.
    pub(crate) page_script: &'c str,
}

/// Running servers. Dropping them stops them.
#[derive(Debug)]
pub struct Servers {
    backend: RefCell<Django>,
    provider: Option<Django>,
    origin: String,
    /// A client of the backend's API.
    pub api: Api,
}

impl Servers {
    pub(crate) async fn start(
        environment: &Environment,
        folder: &Path,
        configuration: Configuration<'_>,
    ) -> Result<Self> {
        let Configuration { transport, database, settings, with_provider, page_script } = configuration;
        let mut backend = prepared(environment, Role::Backend, folder)?;
        if database == Database::Postgresql {
            backend.move_to_postgresql()?;
        }
        let origin = backend.origin();
        let provider = if with_provider { Some(start_provider(environment, folder, &origin).await?) } else { None };
        backend.set("FAULTS", "1");
        backend.set("SPA_DIST", dist(transport)?.display().to_string());
        backend.set("SPA_ORIGINS", &origin);
        backend.set("COOKIE_MODE", transport.cookie_mode());
        backend.set("OIDC_SERVER_URL", provider.as_ref().map(Django::origin).unwrap_or_default());
        if !page_script.is_empty() {
            backend.set("PAGE_SCRIPT", page::write_script(folder, page_script)?.display().to_string());
        }
        for (name, value) in settings {
            backend.set(name, value);
        }
        backend.start().await?;
        Ok(Self { backend: RefCell::new(backend), provider, api: Api::new(&origin, transport), origin })
    }

    /// The origin of the app and the API.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The origin of the identity provider.
    ///
    /// # Errors
    ///
    /// The scenario has no provider.
    pub fn provider_origin(&self) -> Result<String> {
        Ok(self.provider.as_ref().context("the scenario has no provider")?.origin())
    }

    /// Kills the backend.
    pub fn stop_backend(&self) {
        self.backend.borrow_mut().stop();
    }

    /// Starts the backend again at the same address, with an empty request log.
    #[expect(clippy::await_holding_refcell_ref, reason = "a test is one task, so nothing else borrows meanwhile")]
    pub async fn start_backend(&self) -> Result<()> {
        self.backend.borrow_mut().start().await
    }

    /// Disables the account `username`.
    pub fn disable_user(&self, username: &str) -> Result<()> {
        let program = "
import sys, django
django.setup()
from django.contrib.auth import get_user_model
assert get_user_model().objects.filter(username=sys.argv[1]).update(is_active=False)
";
        self.backend.borrow().run_python(program, &[username])
    }

    /// The link in the newest mail to this address, without the app's origin.
    pub async fn mailed_link(&self, address: &str, within: Duration) -> Result<String> {
        let mails = self.backend.borrow().mails();
        eventually(&format!("a mail to {address}"), within, async || {
            Ok(newest_mail(&mails, address)?.and_then(|mail| {
                let link = mail.split_whitespace().rev().find_map(|word| word.strip_prefix(&self.origin))?;
                Some(link.to_owned())
            }))
        })
        .await
    }

    /// The violations of the app's content security policy that the browser has reported.
    pub async fn policy_violations(&self) -> Result<Vec<Value>> {
        Ok(serde_json::from_value(self.api.get(VIOLATIONS).await?)?)
    }

    /// Gives `username` another given and family name.
    pub fn rename_user(&self, username: &str, first: &str, last: &str) -> Result<()> {
        let program = "
import sys, django
django.setup()
from django.contrib.auth import get_user_model
username, first, last = sys.argv[1:]
assert get_user_model().objects.filter(username=username).update(first_name=first, last_name=last)
";
        self.backend.borrow().run_python(program, &[username, first, last])
    }

    /// Replaces the fault rules of the backend.
    pub async fn set_faults(&self, faults: &[Fault]) -> Result<()> {
        self.api.put(FAULTS, &to_value(faults)?).await
    }

    /// Removes all fault rules.
    pub async fn clear_faults(&self) -> Result<()> {
        self.set_faults(&[]).await
    }

    /// All requests so far.
    pub async fn request_log(&self) -> Result<RequestLog> {
        let mut state = self.api.get(FAULTS).await?;
        Ok(serde_json::from_value(state["log"].take())?)
    }

    /// Waits until the backend has answered a request of `path` with `status`.
    pub async fn wait_for_response(&self, path: &str, status: u16, within: Duration) -> Result<()> {
        eventually(&format!("{path} is answered with {status}"), within, async || {
            let answered = self.request_log().await?.of(path).with_status(status);
            Ok((!answered.is_empty()).then_some(()))
        })
        .await
    }

    /// Waits until `count` requests of `path` have arrived, answered or not, and returns all of them.
    pub async fn wait_for_requests(&self, path: &str, count: usize, within: Duration) -> Result<RequestLog> {
        eventually(&format!("{count} requests of {path}"), within, async || {
            let requests = self.request_log().await?.of(path);
            Ok((requests.len() >= count).then_some(requests))
        })
        .await
    }
}

fn prepared(environment: &Environment, role: Role, folder: &Path) -> Result<Django> {
    let state = folder.join(match role {
        Role::Backend => "backend",
        Role::Provider => "provider",
    });
    copy_template(environment, role, &state)?;
    Ok(Django::new(environment, role, state, free_port()?))
}

/// Each mail is a file whose name begins with the time of sending.
fn newest_mail(folder: &Path, address: &str) -> Result<Option<String>> {
    if !folder.exists() {
        return Ok(None);
    }
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    let mails = paths.iter().rev().map(fs::read_to_string).collect::<Result<Vec<_>, _>>()?;
    Ok(mails.into_iter().find(|mail| mail.contains(&format!("To: {address}"))))
}

async fn start_provider(environment: &Environment, folder: &Path, app: &str) -> Result<Django> {
    let mut provider = prepared(environment, Role::Provider, folder)?;
    provider.set("SPA_ORIGINS", app);
    provider.manage(&["seed_provider"])?;
    provider.start().await?;
    Ok(provider)
}
