//! The app's page in a headless browser, and what is read off it.

use std::env;
use std::time::Duration;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::prelude::*;
use thirtyfour::{ChromeCapabilities, ChromiumLikeCapabilities};

use crate::chromedriver::Chromedriver;

const SCRIPTS: [&str; 2] = [include_str!("mutations.js"), include_str!("page.js")];

/// Ten thousand posts on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A browser with one page.
pub struct Page {
    driver: WebDriver,
    origin: String,
}

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
        let driver = WebDriver::new(chromedriver.address(), capabilities()?).await.context("no browser")?;
        driver.set_script_timeout(PATIENCE).await?;
        let page = Self { driver, origin: origin.to_owned() };
        for script in SCRIPTS {
            page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await?;
        }
        // Processor time: what else runs on the machine does not count.
        page.cdp("Performance.enable", json!({ "timeDomain": "threadTicks" })).await?;
        Ok(page)
    }

    /// Signs in by the form, as a person does; the page that follows shows the posts.
    pub async fn sign_in(&self) -> Result<()> {
        self.driver.goto(format!("{}/sign-in?next=%2Fposts", self.origin)).await?;
        for name in ["username", "password"] {
            self.element(By::Name(name)).await?.send_keys("reader").await?;
        }
        self.element(By::Css("form [type=submit]")).await?.click().await?;
        self.element(By::Css(".post")).await?;
        Ok(())
    }

    /// From the next page on, a row is laid out and painted wherever it is.
    pub async fn lift_containment(&self) -> Result<()> {
        let script = json!({ "source": "bench.liftContainment()" });
        self.cdp("Page.addScriptToEvaluateOnNewDocument", script).await?;
        Ok(())
    }

    /// Loads so many posts anew.
    pub async fn load(&self, posts: usize) -> Result<Load> {
        self.driver.goto(format!("{}/posts", self.origin)).await?;
        let complete = self.awaited(&format!("bench.responseToRows({posts})")).await?;
        Ok(Load { painted: self.awaited("bench.responseToPaint()").await?, complete })
    }

    pub async fn rows(&self) -> Result<usize> {
        self.awaited("bench.rows()").await
    }

    /// Has the app poll, and waits until the page shows what came.
    pub async fn poll(&self) -> Result<()> {
        self.awaited("bench.poll().then(() => null)").await
    }

    /// As [`poll`](Self::poll), and says what it did to the DOM.
    pub async fn poll_counted(&self) -> Result<Mutations> {
        self.awaited("(async () => { const end = countMutations(); await bench.poll(); return end(); })()").await
    }

    pub async fn next_second(&self) -> Result<()> {
        self.awaited("bench.nextSecond().then(() => null)").await
    }

    /// What the page's main thread has done so far.
    pub async fn work(&self) -> Result<Work> {
        let answer = self.cdp("Performance.getMetrics", json!({})).await?;
        let seconds = |name: &str| {
            let metrics = answer["metrics"].as_array().into_iter().flatten();
            let metric = metrics.clone().find(|metric| metric["name"] == name);
            metric.and_then(|metric| metric["value"].as_f64()).with_context(|| format!("the browser has no {name}"))
        };
        Ok(Work { scripting: seconds("ScriptDuration")? * 1000.0, all: seconds("TaskDuration")? * 1000.0 })
    }

    pub async fn quit(self) -> Result<()> {
        Ok(self.driver.quit().await?)
    }

    async fn awaited<T: DeserializeOwned>(&self, promise: &str) -> Result<T> {
        let script = format!("const done = arguments[0]; Promise.resolve({promise}).then(done);");
        Ok(self.driver.execute_async(script, Vec::new()).await?.convert()?)
    }

    async fn element(&self, by: By) -> Result<WebElement> {
        Ok(self.driver.query(by).wait(PATIENCE, Duration::from_millis(50)).and_displayed().first().await?)
    }

    async fn cdp(&self, method: &str, parameters: Value) -> Result<Value> {
        Ok(self.driver.cdp().send_raw(method, parameters).await?)
    }
}

impl Work {
    pub fn since(self, before: Self) -> Self {
        Self { scripting: self.scripting - before.scripting, all: self.all - before.all }
    }
}

fn capabilities() -> Result<ChromeCapabilities> {
    let mut capabilities = DesiredCapabilities::chrome();
    let arguments = [
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--window-size=1000,800",
    ];
    for argument in arguments {
        capabilities.add_arg(argument)?;
    }
    if let Some(binary) = env::var_os("CHROME") {
        capabilities.set_binary(&binary.to_string_lossy())?;
    }
    Ok(capabilities)
}
