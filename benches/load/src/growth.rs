//! What a request costs when the tables have grown.

use anyhow::Result;

use crate::report::{Table, figure};
use crate::sample::Sample;
use crate::servers::Servers;
use crate::session::System;
use crate::steady;
use crate::work::Work;

const FAMILIES: [usize; 3] = [100, 10_000, 1_000_000];
const POSTS: [usize; 4] = [100, 1_000, 10_000, 100_000];

/// Measures one host of the product.
pub async fn run(servers: &mut Servers) -> Result<String> {
    let mut table = Table::new(&["Table", "Request", "a second per core", "p50 / p99"]);
    let mut megabytes = String::new();
    servers.set_product_posts(100)?;
    for families in FAMILIES {
        servers.set_families(families)?;
        megabytes = servers.megabytes_of_families()?;
        for work in [Work::SignIn, Work::Refresh, Work::UnchangedPosts] {
            row(servers, &mut table, work, &format!("{} sessions", grouped(families)?)).await?;
        }
    }
    for posts in POSTS {
        servers.set_product_posts(posts)?;
        for work in [Work::Posts, Work::UnchangedPosts] {
            row(servers, &mut table, work, &format!("{} posts", grouped(posts)?)).await?;
        }
    }
    let last = grouped(FAMILIES[FAMILIES.len() - 1])?;
    Ok(format!("{}\n{last} sessions take {megabytes} MB, with their indexes.\n", table.text()))
}

async fn row(servers: &mut Servers, table: &mut Table, work: Work, size: &str) -> Result<()> {
    let (place, lasting) = (servers.host(System::Product)?, servers.round());
    let sessions = servers.some(System::Product, work);
    // A long list takes seconds: several at a time would only wait for each other.
    let sessions = if work == Work::Posts { &mut sessions[..1] } else { sessions };
    let sample: Sample = steady::measure(&place, work, sessions, lasting).await?;
    table.row([size.to_owned(), work.name().to_owned(), figure(sample.rate_per_core()), sample.waits_text()]);
    Ok(())
}

fn grouped(count: usize) -> Result<String> {
    Ok(figure(f64::from(u32::try_from(count)?)))
}
