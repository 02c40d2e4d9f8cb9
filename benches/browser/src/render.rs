//! `render`: how the app shows many posts, and what a poll costs it.

mod feed;
mod measure;
mod page;
mod server;
mod table;

use std::num::NonZeroUsize;
use std::path::Path;

use anyhow::Result;
use lexopt::prelude::*;

use self::feed::Feed;
use self::measure::measure;
use self::page::Page;
use self::server::Server;
use self::table::table;
use crate::chromedriver::Chromedriver;

pub struct Arguments {
    sizes: Vec<usize>,
    runs: usize,
    compare: bool,
}

pub async fn run(chromedriver: &Chromedriver, dist: &Path, arguments: Arguments) -> Result<()> {
    let server = Server::start(dist, Feed::new(1).answer()?)?;
    let page = Page::open(chromedriver, server.origin()).await?;
    print_table("As it is", &page, &server, &arguments).await?;
    if arguments.compare {
        page.lift_containment().await?;
        print_table("Without `content-visibility`", &page, &server, &arguments).await?;
    }
    page.quit().await
}

async fn print_table(name: &str, page: &Page, server: &Server, arguments: &Arguments) -> Result<()> {
    let Arguments { sizes, runs, .. } = arguments;
    let mut rows = Vec::new();
    for size in sizes {
        eprintln!("{name}: measuring {size} posts");
        rows.extend(measure(page, server, *size, *runs).await?);
    }
    println!("\n{name}, medians of {runs} runs:\n\n{}", table(&rows));
    Ok(())
}

impl Arguments {
    pub fn parse(mut parser: lexopt::Parser) -> Result<Self> {
        let (mut sizes, mut runs, mut compare) = (Vec::new(), 7, false);
        while let Some(argument) = parser.next()? {
            match argument {
                Long("posts") => sizes.push(parser.value()?.parse()?),
                Long("runs") => runs = parser.value()?.parse::<NonZeroUsize>()?.get(),
                Long("compare") => compare = true,
                other => return Err(other.unexpected().into()),
            }
        }
        if sizes.is_empty() {
            sizes.extend([100, 1_000, 10_000]);
        }
        Ok(Self { sizes, runs, compare })
    }
}
