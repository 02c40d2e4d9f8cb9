//! `memory`: a page that is left open for an hour holds what it held after a minute.

use std::num::NonZeroU32;

use anyhow::{Result, ensure};
use lexopt::prelude::*;
use serde_json::json;

use crate::browser::Browser;
use crate::chromedriver::Chromedriver;
use crate::markdown::{Column, Table};

const FAST_CLOCK: &str = include_str!("memory/fast_clock.js");

const HEAD: [Column; 6] = [
    Column::Words("after"),
    Column::Figures("polls"),
    Column::Figures("JS heap KB"),
    Column::Figures("wasm memory KB"),
    Column::Figures("DOM nodes"),
    Column::Figures("listeners"),
];

/// The page's own objects are to be looked at. What V8's compilers make of a page that runs, for as long as it runs, is on
/// the same heap: some 0.2 KB a poll, which looks like a leak.
const NO_COMPILERS: &str = "--js-flags=--no-opt,--no-maglev,--no-sparkplug";

/// What the interpreter itself learns about a page that runs, and words of another length. A share.
const TOLERANCE: f64 = 0.05;

/// Those of a request that is under way at the one look and not at the other.
const LISTENERS_OF_REQUESTS: f64 = 12.0;

pub struct Arguments {
    minutes: u32,
}

/// What the page holds.
#[derive(Debug, Clone, Copy)]
struct Holding {
    polls: u32,
    heap: f64,
    wasm: f64,
    nodes: f64,
    listeners: f64,
}

pub async fn run(chromedriver: &Chromedriver, origin: &str, arguments: Arguments) -> Result<()> {
    let browser = Browser::open_with(chromedriver, origin, &[include_str!("wasm_memory.js")], &[NO_COMPILERS]).await?;
    browser.cdp("Performance.enable", json!({})).await?;
    // A password takes the server longer than a page in a hurry waits.
    browser.sign_in("demo", "demo-password").await?;
    browser.run_first(FAST_CLOCK).await?;
    browser.goto("/posts").await?;
    let early = Holding::after(&browser, 1).await?;
    let late = Holding::after(&browser, arguments.minutes).await?;
    let rows = vec![early.row("1 min".to_owned()), late.row(format!("{} min", arguments.minutes))];
    println!("\n{}", Table { head: HEAD, rows });
    browser.quit().await?;
    late.ensure_no_more_than(early)
}

impl Holding {
    /// What it holds so many minutes, as the page counts them, after it was loaded.
    async fn after(browser: &Browser, minutes: u32) -> Result<Self> {
        eprintln!("waiting until the page is {minutes} min old, as far as it knows");
        let polls = browser.value(&format!("fastClock.pollsAfter({minutes})")).await?;
        let heap = browser.heap().await?;
        let [nodes, listeners] = browser.metrics(["Nodes", "JSEventListeners"]).await?;
        Ok(Self { polls, heap, wasm: browser.value("wasmMemory()").await?, nodes, listeners })
    }

    fn row(self, after: String) -> [String; 6] {
        let whole = |value: f64| format!("{value:.0}");
        let (heap, wasm) = (whole(self.heap / 1000.0), whole(self.wasm / 1000.0));
        [after, self.polls.to_string(), heap, wasm, whole(self.nodes), whole(self.listeners)]
    }

    fn ensure_no_more_than(self, early: Self) -> Result<()> {
        ensure!(self.polls > early.polls, "nothing was polled between the two looks");
        let figures = [
            ("the heap", early.heap, self.heap, TOLERANCE * early.heap),
            ("the wasm memory", early.wasm, self.wasm, 0.0),
            ("the DOM", early.nodes, self.nodes, TOLERANCE * early.nodes),
            ("the number of listeners", early.listeners, self.listeners, LISTENERS_OF_REQUESTS),
        ];
        for (name, before, after, tolerance) in figures {
            let growth = (after / before - 1.0) * 100.0;
            ensure!(after - before <= tolerance, "{name} has grown by {growth:.1} %, from {before} to {after}");
        }
        Ok(())
    }
}

impl Arguments {
    pub fn parse(mut parser: lexopt::Parser) -> Result<Self> {
        let mut minutes = 60;
        while let Some(argument) = parser.next()? {
            match argument {
                Long("minutes") => minutes = parser.value()?.parse::<NonZeroU32>()?.get(),
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(Self { minutes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EARLY: Holding = Holding { polls: 6, heap: 1e6, wasm: 1e6, nodes: 900.0, listeners: 40.0 };
    const LATE: Holding = Holding { polls: 360, ..EARLY };

    #[test]
    fn a_page_that_holds_what_it_held_passes() {
        Holding { heap: 1.01e6, listeners: 50.0, ..LATE }.ensure_no_more_than(EARLY).expect("within the tolerance");
    }

    #[test]
    fn each_thing_that_grows_is_named() {
        let said = |late: Holding| late.ensure_no_more_than(EARLY).expect_err("it has grown").to_string();
        assert!(said(Holding { heap: 1.1e6, ..LATE }).starts_with("the heap has grown by 10.0 %"));
        assert!(said(Holding { wasm: 1.07e6, ..LATE }).starts_with("the wasm memory"));
        assert!(said(Holding { nodes: 1000.0, ..LATE }).starts_with("the DOM"));
        assert!(said(Holding { listeners: 67.0, ..LATE }).starts_with("the number of listeners"));
        assert!(said(EARLY).starts_with("nothing was polled"));
    }
}
