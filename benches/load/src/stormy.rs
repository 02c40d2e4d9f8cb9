//! The storm, at each of the servers.

use std::time::Duration;

use anyhow::{Result, ensure};

use crate::report::{Table, figure};
use crate::servers::Servers;
use crate::session::System;
use crate::storm::{self, TIMEOUT};

/// Nobody has to ask again where nginx does not: `proxy_read_timeout` of deploy/nginx/yew-auth.conf.
const NGINX_TIMEOUT: Duration = Duration::from_secs(10);

/// One storm: who is asked, by how many, and within what time all of them have to be answered.
struct Storm {
    name: &'static str,
    system: System,
    is_deployment: bool,
    sessions: usize,
    within: Duration,
}

/// All sessions refresh at once.
///
/// # Errors
///
/// The product has lost a session.
pub async fn run(servers: &mut Servers) -> Result<String> {
    let mut table = Table::new(&[
        "Server",
        "sessions",
        "asked again",
        "late",
        "lost",
        "over after",
        "p50 / p99",
        "a second per core",
        "cores to answer all in time",
    ]);
    for storm in storms(servers.everybody(System::Product).len()) {
        let Storm { name, system, is_deployment, sessions, within } = storm;
        let place = if is_deployment { servers.deployment()? } else { servers.host(system)? };
        let outcome = storm::measure(&place, &mut servers.everybody(system)[..sessions]).await?;
        let count = f64::from(u32::try_from(sessions)?);
        table.row([
            name.to_owned(),
            figure(count),
            figure(f64::from(u32::try_from(outcome.asked_again)?)),
            figure(f64::from(u32::try_from(outcome.late)?)),
            figure(f64::from(u32::try_from(outcome.lost)?)),
            format!("{:.0} s", outcome.sample.lasted.as_secs_f64()),
            outcome.sample.waits_text(),
            figure(outcome.sample.rate_per_core()),
            format!("{:.1}", count / within.as_secs_f64() / outcome.sample.rate_per_core()),
        ]);
        ensure!(system == System::Stock || outcome.lost == 0, "the storm has lost sessions:\n{}", table.text());
    }
    Ok(table.text())
}

/// Of everybody, and behind nginx of a fifth of them first.
fn storms(everybody: usize) -> [Storm; 4] {
    let behind_nginx = |sessions| Storm {
        name: "the deployment, behind nginx",
        system: System::Product,
        is_deployment: true,
        sessions,
        within: NGINX_TIMEOUT,
    };
    let one_host = |name, system| Storm { name, system, is_deployment: false, sessions: everybody, within: TIMEOUT };
    [
        behind_nginx(everybody / 5),
        behind_nginx(everybody),
        one_host("one host", System::Product),
        one_host("one host of dj-rest-auth", System::Stock),
    ]
}
