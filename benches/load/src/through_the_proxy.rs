//! The whole deployment: nginx with TLS, three hosts, PostgreSQL and Redis.

use anyhow::Result;

use crate::report::{Table, figure};
use crate::sample::Sample;
use crate::servers::Servers;
use crate::session::System;
use crate::steady;
use crate::work::Work;

/// Measures all kinds of requests.
pub async fn run(servers: &mut Servers) -> Result<Vec<(Work, Sample)>> {
    servers.set_posts(100)?;
    // Each thread of each host opens its connection to PostgreSQL with its first request.
    let (place, lasting) = (servers.deployment()?, servers.round());
    steady::measure(&place, Work::UnchangedPosts, servers.some(System::Product, Work::UnchangedPosts), lasting).await?;
    let mut samples = Vec::new();
    for work in [Work::SignIn, Work::Refresh, Work::Posts, Work::UnchangedPosts] {
        let sessions = servers.some(System::Product, work);
        samples.push((work, steady::measure(&place, work, sessions, lasting * 2).await?));
    }
    Ok(samples)
}

/// What was measured.
pub fn table(samples: &[(Work, Sample)]) -> String {
    let mut table = Table::new(&["Request", "a second", "a second per core", "PostgreSQL's part", "p50 / p99"]);
    for (work, sample) in samples {
        table.row([
            work.name().to_owned(),
            figure(sample.rate()),
            figure(sample.rate_per_core()),
            format!("{:.0} %", sample.database_share() * 100.0),
            sample.waits_text(),
        ]);
    }
    table.text()
}
