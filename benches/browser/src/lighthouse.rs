//! `lighthouse`: its marks for the pages, of a stranger and of somebody signed in, on a phone and on a desk.

use std::num::NonZeroUsize;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use lexopt::prelude::*;
use serde_json::Value as Json;

use crate::browser::Browser;
use crate::chromedriver::Chromedriver;
use crate::markdown::{Column, Table};
use crate::median::median;

const HEAD: [Column; 5] = [
    Column::Words("page"),
    Column::Words("device"),
    Column::Figures("accessibility"),
    Column::Figures("best practices"),
    Column::Figures("performance"),
];
/// Accessibility and best practices, which are the same on every machine, have to have the best.
const BEST: u64 = 100;
/// Of one look.
const TRIES: usize = 3;
const STRANGERS_PAGES: [&str; 3] = ["/", "/sign-in", "/register"];
const OWN_PAGES: [&str; 3] = ["/posts", "/account", "/session"];
/// Lighthouse's own slow phone and its fast desk.
const DEVICES: [(&str, &[&str]); 2] = [("phone", &[]), ("desk", &["--preset=desktop"])];

pub struct Arguments {
    runs: usize,
}

/// The marks of one page.
struct Marks {
    page: &'static str,
    device: &'static str,
    /// The worst of all looks.
    accessibility: u64,
    /// The worst of all looks.
    best_practices: u64,
    /// The median: it depends on what else the machine does.
    performance: f64,
}

/// Accessibility, best practices and performance, at one look.
type Look = [u64; 3];

/// The browser that Lighthouse looks with, and Lighthouse.
struct Inspection<'c> {
    command: &'c Path,
    origin: &'c str,
    port: u16,
    runs: usize,
}

pub async fn run(
    chromedriver: &Chromedriver,
    origin: &str,
    command: &Path,
    port: u16,
    Arguments { runs }: Arguments,
) -> Result<()> {
    let debugging = format!("--remote-debugging-port={port}");
    let browser = Browser::open_with(chromedriver, origin, &[], &[&debugging]).await?;
    let inspection = Inspection { command, origin, port, runs };
    let mut all = inspection.mark(&STRANGERS_PAGES)?;
    browser.sign_in("demo", "demo-password").await?;
    // Nothing of the app runs beside what is measured.
    browser.leave().await?;
    all.extend(inspection.mark(&OWN_PAGES)?);
    browser.quit().await?;
    println!("\n{}", Table { head: HEAD, rows: all.iter().map(Marks::row).collect() });
    for Marks { page, device, accessibility, best_practices, .. } in &all {
        ensure!(
            *accessibility == BEST && *best_practices == BEST,
            "{page} on a {device}: {accessibility} for accessibility, {best_practices} for best practices"
        );
    }
    Ok(())
}

impl Inspection<'_> {
    fn mark(&self, pages: &[&'static str]) -> Result<Vec<Marks>> {
        let combinations = pages.iter().flat_map(|page| DEVICES.iter().map(move |device| (*page, *device)));
        let marks = combinations.map(|(page, (device, own))| {
            let looks = (0..self.runs).map(|_| self.look(page, own)).collect::<Result<Vec<_>>>()?;
            Ok(Marks::of(page, device, &looks))
        });
        marks.collect()
    }

    /// Lighthouse now and then loses its own trace of a page, and asks to be run again.
    fn report(&self, page: &str, own: &[&str]) -> Result<Json> {
        let mut complaint = String::new();
        for _ in 0..TRIES {
            eprintln!("looking at {page} {}", own.join(" "));
            let output = Command::new("node")
                .arg(self.command)
                .arg(format!("{}{page}", self.origin))
                .args([&format!("--port={}", self.port), "--disable-storage-reset", "--quiet", "--output=json"])
                .args(own)
                .output()
                .context("lighthouse could not be started")?;
            if output.status.success() {
                return serde_json::from_slice(&output.stdout).context("lighthouse's report cannot be read");
            }
            complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        }
        bail!("lighthouse, {TRIES} times: {complaint}")
    }

    /// Looks with the browser's own storage, in which somebody may be signed in.
    fn look(&self, page: &str, own: &[&str]) -> Result<Look> {
        let report = self.report(page, own)?;
        let shown = report["finalDisplayedUrl"].as_str().unwrap_or_default();
        ensure!(shown.ends_with(page), "{page} led to {shown}");
        let mark = |category: &str| {
            let score = report["categories"][category]["score"].as_f64();
            score.map(|score| (score * 100.0).round() as u64).with_context(|| format!("no mark for {category}"))
        };
        Ok([mark("accessibility")?, mark("best-practices")?, mark("performance")?])
    }
}

impl Marks {
    fn of(page: &'static str, device: &'static str, looks: &[Look]) -> Self {
        let worst = |mark: usize| looks.iter().map(|look| look[mark]).min().unwrap_or_default();
        let performance = median(looks.iter().map(|look| look[2] as f64));
        Self { page, device, accessibility: worst(0), best_practices: worst(1), performance }
    }

    fn row(&self) -> [String; 5] {
        let Self { page, device, accessibility, best_practices, performance } = self;
        [
            (*page).to_owned(),
            (*device).to_owned(),
            accessibility.to_string(),
            best_practices.to_string(),
            format!("{performance:.0}"),
        ]
    }
}

impl Arguments {
    pub fn parse(mut parser: lexopt::Parser) -> Result<Self> {
        let mut runs = 3;
        while let Some(argument) = parser.next()? {
            match argument {
                Long("runs") => runs = parser.value()?.parse::<NonZeroUsize>()?.get(),
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(Self { runs })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_bad_look_spoils_what_has_to_be_the_best_and_not_the_performance() {
        let marks = Marks::of("/posts", "phone", &[[100, 98, 99], [100, 100, 60], [97, 100, 100]]);
        assert_eq!(marks.row(), ["/posts", "phone", "97", "98", "99"]);
    }
}
