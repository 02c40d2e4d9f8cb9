//! `lighthouse`: its marks for the pages, of a stranger and of somebody signed in, on a phone and on a desk.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::browser::Browser;
use crate::chromedriver::Chromedriver;
use crate::markdown::{Column, Table};

const HEAD: [Column; 5] = [
    Column::Words("page"),
    Column::Words("device"),
    Column::Figures("accessibility"),
    Column::Figures("best practices"),
    Column::Figures("performance"),
];
/// Accessibility and best practices, which are the same on every machine, have to have the best.
const BEST: u64 = 100;
const STRANGERS_PAGES: [&str; 3] = ["/", "/sign-in", "/register"];
const OWN_PAGES: [&str; 3] = ["/posts", "/account", "/session"];
/// Lighthouse's own slow phone and its fast desk.
const DEVICES: [(&str, &[&str]); 2] = [("phone", &[]), ("desk", &["--preset=desktop"])];

/// The marks of one page: accessibility, best practices, performance.
struct Marks {
    page: &'static str,
    device: &'static str,
    of: [u64; 3],
}

/// The browser that Lighthouse looks with, and Lighthouse.
struct Inspection<'c> {
    command: &'c Path,
    origin: &'c str,
    port: u16,
}

pub async fn run(chromedriver: &Chromedriver, origin: &str, command: &Path, port: u16) -> Result<()> {
    let debugging = format!("--remote-debugging-port={port}");
    let browser = Browser::open_with(chromedriver, origin, &[], &[&debugging]).await?;
    let inspection = Inspection { command, origin, port };
    let mut all = inspection.mark(&STRANGERS_PAGES)?;
    browser.sign_in("demo", "demo-password").await?;
    // Nothing of the app runs beside what is measured.
    browser.leave().await?;
    all.extend(inspection.mark(&OWN_PAGES)?);
    browser.quit().await?;
    println!("\n{}", Table { head: HEAD, rows: all.iter().map(Marks::row).collect() });
    for Marks { page, device, of: [accessibility, practices, _] } in &all {
        ensure!(
            *accessibility == BEST && *practices == BEST,
            "{page} on a {device}: {accessibility} for accessibility, {practices} for best practices"
        );
    }
    Ok(())
}

impl Inspection<'_> {
    fn mark(&self, pages: &[&'static str]) -> Result<Vec<Marks>> {
        let combinations = pages.iter().flat_map(|page| DEVICES.iter().map(move |device| (*page, *device)));
        combinations.map(|(page, (device, own))| Ok(Marks { page, device, of: self.look(page, own)? })).collect()
    }

    /// Looks with the browser's own storage, in which somebody may be signed in.
    fn look(&self, page: &str, own: &[&str]) -> Result<[u64; 3]> {
        eprintln!("looking at {page} {}", own.join(" "));
        let output = Command::new("node")
            .arg(self.command)
            .arg(format!("{}{page}", self.origin))
            .args([&format!("--port={}", self.port), "--disable-storage-reset", "--quiet", "--output=json"])
            .args(own)
            .output()
            .context("lighthouse could not be started")?;
        ensure!(output.status.success(), "lighthouse: {}", String::from_utf8_lossy(&output.stderr));
        let report: Value = serde_json::from_slice(&output.stdout).context("lighthouse's report cannot be read")?;
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
    fn row(&self) -> [String; 5] {
        let [accessibility, practices, performance] = self.of.map(|mark| mark.to_string());
        [self.page.to_owned(), self.device.to_owned(), accessibility, practices, performance]
    }
}
