//! The app's page in a headless browser, and what is read off it.

use anyhow::Result;
use serde::Deserialize;
use serde_json::json;

use crate::browser::Browser;
use crate::chromedriver::Chromedriver;

const SCRIPTS: [&str; 2] = [include_str!("mutations.js"), include_str!("page.js")];

/// The app's page, signed in.
pub struct Page(Browser);

/// Milliseconds from the end of the response.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    /// Until the list is painted, as far as it is in view.
    pub painted: f64,
    /// Until its last row is in its place.
    pub complete: f64,
}

/// What a page's main thread has done so far, in milliseconds of processor time.
#[derive(Debug, Clone, Copy)]
pub struct Work {
    pub scripting: f64,
    pub all: f64,
}

/// What a poll has changed in the DOM.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Mutations {
    /// In rows of the list.
    pub rows: usize,
    /// In "Updated".
    pub updated: Vec<String>,
    /// Anywhere else.
    pub elsewhere: usize,
}

impl Page {
    pub async fn open(chromedriver: &Chromedriver, origin: &str) -> Result<Self> {
        let browser = Browser::open(chromedriver, origin, &SCRIPTS).await?;
        // Processor time: what else runs on the machine does not count.
        browser.cdp("Performance.enable", json!({ "timeDomain": "threadTicks" })).await?;
        browser.sign_in("reader", "reader").await?;
        Ok(Self(browser))
    }

    /// From the next page on, a row is laid out and painted wherever it is.
    pub async fn lift_containment(&self) -> Result<()> {
        self.0.run_first("bench.liftContainment()").await
    }

    /// Loads so many posts anew.
    pub async fn load(&self, posts: usize) -> Result<Load> {
        self.0.goto("/posts").await?;
        let complete = self.0.value(&format!("bench.responseToRows({posts})")).await?;
        Ok(Load { painted: self.0.value("bench.responseToPaint()").await?, complete })
    }

    pub async fn rows(&self) -> Result<usize> {
        self.0.value("bench.rows()").await
    }

    /// Has the app poll, and waits until the page shows what came.
    pub async fn poll(&self) -> Result<()> {
        self.0.value("bench.poll().then(() => null)").await
    }

    /// As [`poll`](Self::poll), and says what it did to the DOM.
    pub async fn poll_counted(&self) -> Result<Mutations> {
        self.0.value("(async () => { const end = countMutations(); await bench.poll(); return end(); })()").await
    }

    pub async fn next_second(&self) -> Result<()> {
        self.0.value("bench.nextSecond().then(() => null)").await
    }

    /// What the page's main thread has done so far.
    pub async fn work(&self) -> Result<Work> {
        let [scripting, all] = self.0.metrics(["ScriptDuration", "TaskDuration"]).await?;
        Ok(Work { scripting: scripting * 1000.0, all: all * 1000.0 })
    }

    pub async fn quit(self) -> Result<()> {
        self.0.quit().await
    }
}

impl Work {
    pub fn since(self, before: Self) -> Self {
        Self { scripting: self.scripting - before.scripting, all: self.all - before.all }
    }
}
