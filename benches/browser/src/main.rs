//! What the release build of the app costs the browser, measured in one: `cargo xtask bench` builds it and runs this.

mod boot;
mod browser;
mod chromedriver;
mod lighthouse;
mod markdown;
mod median;
mod memory;
mod render;

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use lexopt::prelude::*;
use tokio::runtime::Builder;

use crate::chromedriver::Chromedriver;

/// What xtask says, before what its user does.
struct Setting {
    chromedriver: PathBuf,
    /// Where the app and the API are, for a benchmark that takes the real ones.
    origin: Option<String>,
    /// The built app, for a benchmark with a server of its own.
    dist: Option<PathBuf>,
    /// Lighthouse's command.
    lighthouse: Option<PathBuf>,
    /// A port that nobody uses, for the browser.
    port: u16,
}

fn main() -> Result<()> {
    let mut arguments = lexopt::Parser::from_env();
    let Some(Value(benchmark)) = arguments.next()? else {
        bail!("name the benchmark: boot, lighthouse, memory or render")
    };
    let (setting, own) = Setting::parse(arguments)?;
    let chromedriver = Chromedriver::start(&setting.chromedriver)?;
    let run = async {
        match benchmark.to_string_lossy().as_ref() {
            "boot" => boot::run(&chromedriver, &setting.origin()?, boot::Arguments::parse(own)?).await,
            "lighthouse" => {
                let own = lighthouse::Arguments::parse(own)?;
                lighthouse::run(&chromedriver, &setting.origin()?, &setting.lighthouse()?, setting.port, own).await
            }
            "memory" => memory::run(&chromedriver, &setting.origin()?, memory::Arguments::parse(own)?).await,
            "render" => render::run(&chromedriver, &setting.dist()?, render::Arguments::parse(own)?).await,
            unknown => bail!("there is no benchmark `{unknown}`: name boot, lighthouse, memory or render"),
        }
    };
    Builder::new_current_thread().enable_all().build()?.block_on(run)
}

impl Setting {
    /// All up to `--` is xtask's; the rest the benchmark reads itself.
    fn parse(mut parser: lexopt::Parser) -> Result<(Self, lexopt::Parser)> {
        let words: Vec<_> = parser.raw_args()?.collect();
        let divider = words.iter().position(|word| word == "--").unwrap_or(words.len());
        let own = lexopt::Parser::from_args(words.iter().skip(divider + 1).cloned());
        let mut parser = lexopt::Parser::from_args(words[..divider].iter().cloned());
        let (mut chromedriver, mut origin, mut dist, mut lighthouse, mut port) = (None, None, None, None, 0);
        while let Some(argument) = parser.next()? {
            match argument {
                Long("chromedriver") => chromedriver = Some(parser.value()?.into()),
                Long("origin") => origin = Some(parser.value()?.string()?),
                Long("lighthouse") => lighthouse = Some(parser.value()?.into()),
                Long("port") => port = parser.value()?.parse()?,
                Long("dist") => dist = Some(parser.value()?.into()),
                other => return Err(other.unexpected().into()),
            }
        }
        let chromedriver = chromedriver.context("--chromedriver: where is it?")?;
        Ok((Self { chromedriver, origin, dist, lighthouse, port }, own))
    }

    fn origin(&self) -> Result<String> {
        self.origin.clone().context("--origin: where is the app?")
    }

    fn lighthouse(&self) -> Result<PathBuf> {
        self.lighthouse.clone().context("--lighthouse: where is it?")
    }

    fn dist(&self) -> Result<PathBuf> {
        self.dist.clone().context("--dist: where is the built app?")
    }
}
