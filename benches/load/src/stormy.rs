//! The storm, at each of the servers.

use anyhow::{Result, ensure};

use crate::report::{Table, figure};
use crate::servers::Servers;
use crate::session::System;
use crate::storm;

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
    ]);
    for (name, system, is_deployment) in [
        ("the deployment, behind nginx", System::Product, true),
        ("one host", System::Product, false),
        ("one host of dj-rest-auth", System::Stock, false),
    ] {
        let place = if is_deployment { servers.deployment()? } else { servers.host(system)? };
        let sessions = servers.everybody(system);
        let outcome = storm::measure(&place, sessions).await?;
        table.row([
            name.to_owned(),
            figure(f64::from(u32::try_from(sessions.len())?)),
            figure(f64::from(u32::try_from(outcome.asked_again)?)),
            figure(f64::from(u32::try_from(outcome.late)?)),
            figure(f64::from(u32::try_from(outcome.lost)?)),
            format!("{:.0} s", outcome.sample.lasted.as_secs_f64()),
            outcome.sample.waits_text(),
            figure(outcome.sample.rate_per_core()),
        ]);
        ensure!(system == System::Stock || outcome.lost == 0, "the storm has lost sessions:\n{}", table.text());
    }
    Ok(table.text())
}
