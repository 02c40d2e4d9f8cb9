//! The servers of one test: the backend, which also serves the built app, and the provider.

use std::cell::RefCell;
use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::{Value, to_value};

use crate::api::Api;
use crate::django::{Django, Role};
use crate::environment::Environment;
use crate::fault::Fault;
use crate::port::free_port;
use crate::request_log::RequestLog;
use crate::template::copy_template;
use crate::transport::Transport;
use crate::wait::eventually;

const FAULTS: &str = "/api/__faults__/";
const VIOLATIONS: &str = "/api/__faults__/csp/";

/// Running servers. Dropping this ends them.
#[derive(Debug)]
pub struct Stack {
    backend: RefCell<Django>,
    provider: Option<Django>,
    origin: String,
    /// The backend's API.
    pub api: Api,
}

impl Stack {
    pub(crate) async fn start(
        environment: &Environment,
        folder: &Path,
        transport: Transport,
        settings: &[(&'static str, String)],
        with_provider: bool,
    ) -> Result<Self> {
        let mut backend = prepared(environment, Role::Backend, folder)?;
        let origin = backend.origin();
        let provider = if with_provider { Some(start_provider(environment, folder, &origin).await?) } else { None };
        backend.set("FAULTS", "1");
        backend.set("SPA_DIST", environment.dist(transport).display().to_string());
        backend.set("SPA_ORIGINS", &origin);
        backend.set("COOKIE_MODE", transport.cookie_mode());
        backend.set("OIDC_SERVER_URL", provider.as_ref().map(Django::origin).unwrap_or_default());
        for (name, value) in settings {
            backend.set(name, value);
        }
        backend.start().await?;
        Ok(Self { backend: RefCell::new(backend), provider, api: Api::new(&origin, transport), origin })
    }

    /// Where the app and the API are.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Where the provider is.
    pub fn provider(&self) -> Result<String> {
        Ok(self.provider.as_ref().context("the scenario is without a provider")?.origin())
    }

    /// Ends the backend as a power cut does.
    pub fn stop_backend(&self) {
        self.backend.borrow_mut().stop();
    }

    /// Starts the backend again, at the same address; its log of requests begins anew.
    #[expect(clippy::await_holding_refcell_ref, reason = "a test is one task, and waits for this before it goes on")]
    pub async fn start_backend(&self) -> Result<()> {
        self.backend.borrow_mut().start().await
    }

    /// Lets nobody sign in as `username` any more.
    pub fn disable(&self, username: &str) -> Result<()> {
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

    /// What the app's page did against its policy, as the browser has reported it.
    pub async fn violations(&self) -> Result<Vec<Value>> {
        Ok(serde_json::from_value(self.api.get(VIOLATIONS).await?)?)
    }

    /// Gives `username` another given and family name.
    pub fn rename(&self, username: &str, first: &str, last: &str) -> Result<()> {
        let program = "
import sys, django
django.setup()
from django.contrib.auth import get_user_model
username, first, last = sys.argv[1:]
assert get_user_model().objects.filter(username=username).update(first_name=first, last_name=last)
";
        self.backend.borrow().run_python(program, &[username, first, last])
    }

    /// From now on these things go wrong, and no others.
    pub async fn faults(&self, faults: &[Fault]) -> Result<()> {
        self.api.put(FAULTS, &to_value(faults)?).await
    }

    /// From now on all goes well.
    pub async fn heal(&self) -> Result<()> {
        self.faults(&[]).await
    }

    /// All requests so far.
    pub async fn log(&self) -> Result<RequestLog> {
        let mut state = self.api.get(FAULTS).await?;
        Ok(serde_json::from_value(state["log"].take())?)
    }

    /// Waits until the backend has answered a request of `path` with `status`.
    pub async fn answers(&self, path: &str, status: u16, within: Duration) -> Result<()> {
        eventually(&format!("{path} is answered with {status}"), within, async || {
            let answered = self.log().await?.of(path).with_status(status);
            Ok((!answered.is_empty()).then_some(()))
        })
        .await
    }

    /// Waits until `count` requests of `path` have arrived, answered or not, and hands over all there are.
    pub async fn requests(&self, path: &str, count: usize, within: Duration) -> Result<RequestLog> {
        eventually(&format!("{count} requests of {path}"), within, async || {
            let requests = self.log().await?.of(path);
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

/// Mails are files, named after the moment they were sent.
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
