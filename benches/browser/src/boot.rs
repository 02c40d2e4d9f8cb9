//! `boot`: from the address to the posts, with nothing in the browser's cache.

mod conditions;

use std::num::NonZeroUsize;

use anyhow::Result;
use lexopt::prelude::*;
use serde::Deserialize;
use serde_json::json;

use self::conditions::Conditions;
use crate::browser::Browser;
use crate::chromedriver::Chromedriver;
use crate::markdown::{Column, Table};
use crate::median::median;

const SCRIPTS: [&str; 2] = [include_str!("wasm_memory.js"), include_str!("boot/page.js")];

const HEAD: [Column; 7] = [
    Column::Words("processor"),
    Column::Words("network"),
    Column::Figures("first paint ms"),
    Column::Figures("posts on the page ms"),
    Column::Figures("long tasks ms"),
    Column::Figures("JS heap KB"),
    Column::Figures("wasm memory KB"),
];

pub struct Arguments {
    runs: usize,
}

/// What one start took.
#[derive(Debug, Clone, Copy)]
struct Start {
    times: Times,
    heap: f64,
    wasm: f64,
}

/// Milliseconds since the navigation began.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Times {
    first_paint: f64,
    posts: f64,
    /// The sum of all tasks of more than 50 ms.
    long_tasks: f64,
}

pub async fn run(chromedriver: &Chromedriver, origin: &str, arguments: Arguments) -> Result<()> {
    let browser = Browser::open(chromedriver, origin, &SCRIPTS).await?;
    browser.sign_in("demo", "demo-password").await?;
    let mut rows = Vec::new();
    for conditions in Conditions::ALL {
        eprintln!("measuring {conditions}");
        let mut starts = Vec::with_capacity(arguments.runs);
        for _ in 0..arguments.runs {
            starts.push(measure(&browser, conditions).await?);
        }
        rows.push(row(conditions, &starts));
    }
    println!("\nMedians of {} starts:\n\n{}", arguments.runs, Table { head: HEAD, rows });
    browser.quit().await
}

async fn measure(browser: &Browser, conditions: Conditions) -> Result<Start> {
    browser.leave().await?;
    browser.cdp("Network.clearBrowserCache", json!({})).await?;
    conditions.emulate(browser).await?;
    browser.goto("/posts").await?;
    let times = browser.value("bench.boot()").await?;
    Conditions::UNHINDERED.emulate(browser).await?;
    Ok(Start { times, heap: browser.heap().await?, wasm: browser.value("wasmMemory()").await? })
}

fn row(conditions: Conditions, starts: &[Start]) -> [String; 7] {
    let whole = |figure: fn(&Start) -> f64| format!("{:.0}", median(starts.iter().map(figure)));
    [
        conditions.processor(),
        conditions.network().to_owned(),
        whole(|start| start.times.first_paint),
        whole(|start| start.times.posts),
        whole(|start| start.times.long_tasks),
        whole(|start| start.heap / 1000.0),
        whole(|start| start.wasm / 1000.0),
    ]
}

impl Arguments {
    pub fn parse(mut parser: lexopt::Parser) -> Result<Self> {
        let mut runs = 9;
        while let Some(argument) = parser.next()? {
            match argument {
                Long("runs") => runs = parser.value()?.parse::<NonZeroUsize>()?.get(),
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(Self { runs })
    }
}
