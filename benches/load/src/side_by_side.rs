//! One host of the product and one of dj-rest-auth, in turns.

use anyhow::Result;

use crate::report::{Table, figure};
use crate::sample::Sample;
use crate::servers::Servers;
use crate::session::System;
use crate::steady;
use crate::work::Work;

const ROUNDS: usize = 3;

/// Measures all kinds of requests of both.
pub async fn run(servers: &mut Servers) -> Result<String> {
    let mut table = Table::new(&[
        "Request",
        "a second per core",
        "dj-rest-auth",
        "times its rate",
        "p50 / p99",
        "dj-rest-auth p50 / p99",
    ]);
    for (posts, works) in [
        (100_u16, vec![Work::SignIn, Work::Refresh, Work::Posts, Work::UnchangedPosts]),
        (1_000, vec![Work::Posts, Work::UnchangedPosts]),
    ] {
        servers.set_posts(posts.into())?;
        for work in works {
            let (product, stock) = both(servers, work).await?;
            let of = match work {
                Work::SignIn | Work::Refresh => String::new(),
                Work::Posts | Work::UnchangedPosts => format!(", {} of them", figure(f64::from(posts))),
            };
            table.row([
                format!("{}{of}", work.name()),
                figure(product.rate_per_core()),
                figure(stock.rate_per_core()),
                format!("{:.1}", product.rate_per_core() / stock.rate_per_core()),
                product.waits_text(),
                stock.waits_text(),
            ]);
        }
    }
    Ok(table.text())
}

async fn both(servers: &mut Servers, work: Work) -> Result<(Sample, Sample)> {
    let (mut product, mut stock) = (Sample::default(), Sample::default());
    let lasting = servers.round();
    for _ in 0..ROUNDS {
        for (system, sample) in [(System::Product, &mut product), (System::Stock, &mut stock)] {
            let place = servers.host(system)?;
            let sessions = servers.some(system, work);
            sample.add(steady::measure(&place, work, sessions, lasting).await?);
        }
    }
    Ok((product, stock))
}
