//! How the release build of the app renders posts: `cargo xtask bench render` builds it and runs this.

mod chromedriver;
mod feed;
mod measure;
mod page;
mod server;
mod table;

use std::path::PathBuf;

use anyhow::{Context, Result};
use lexopt::prelude::*;
use tokio::runtime::Builder;

use crate::chromedriver::Chromedriver;
use crate::feed::Feed;
use crate::measure::measure;
use crate::page::Page;
use crate::server::Server;
use crate::table::Table;

struct Arguments {
    dist: PathBuf,
    chromedriver: PathBuf,
    sizes: Vec<usize>,
    runs: usize,
    compare: bool,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse(lexopt::Parser::from_env())?;
    Builder::new_current_thread().enable_all().build()?.block_on(run(&arguments))
}

async fn run(arguments: &Arguments) -> Result<()> {
    let server = Server::start(&arguments.dist, Feed::new(1).answer()?)?;
    let chromedriver = Chromedriver::start(&arguments.chromedriver)?;
    let page = Page::open(&chromedriver, server.origin()).await?;
    page.sign_in().await?;
    print_table("As it is", &page, &server, arguments).await?;
    if arguments.compare {
        page.lift_containment().await?;
        print_table("Without `content-visibility`", &page, &server, arguments).await?;
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
    println!("\n{name}, medians of {runs} runs:\n\n{}", Table(&rows));
    Ok(())
}

impl Arguments {
    fn parse(mut parser: lexopt::Parser) -> Result<Self> {
        let (mut dist, mut chromedriver, mut sizes, mut runs, mut compare) = (None, None, Vec::new(), 7, false);
        while let Some(argument) = parser.next()? {
            match argument {
                Long("dist") => dist = Some(parser.value()?.into()),
                Long("chromedriver") => chromedriver = Some(parser.value()?.into()),
                Long("posts") => sizes.push(parser.value()?.parse()?),
                Long("runs") => runs = parser.value()?.parse::<std::num::NonZeroUsize>()?.get(),
                Long("compare") => compare = true,
                other => return Err(other.unexpected().into()),
            }
        }
        if sizes.is_empty() {
            sizes.extend([100, 1_000, 10_000]);
        }
        Ok(Self {
            dist: dist.context("--dist: where is the built app?")?,
            chromedriver: chromedriver.context("--chromedriver: where is it?")?,
            sizes,
            runs,
            compare,
        })
    }
}
