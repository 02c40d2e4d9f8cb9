//! A headless browser with one page of the app.

use std::env;
use std::time::Duration;

use anyhow::{Context, Result};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::prelude::*;
use thirtyfour::{ChromeCapabilities, ChromiumLikeCapabilities, Key};

use crate::chromedriver::Chromedriver;

/// Ten thousand posts on a busy machine, or an hour of polls.
const TIMEOUT: Duration = Duration::from_secs(180);

const ARGUMENTS: [&str; 5] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--window-size=1000,800",
];

pub struct Browser {
    driver: WebDriver,
    origin: String,
}

impl Browser {
    /// Opens it; each page will run these scripts before its own.
    pub async fn open(chromedriver: &Chromedriver, origin: &str, scripts: &[&str]) -> Result<Self> {
        Self::open_with(chromedriver, origin, scripts, &[]).await
    }

    /// The same with arguments of its own.
    pub async fn open_with(
        chromedriver: &Chromedriver,
        origin: &str,
        scripts: &[&str],
        arguments: &[&str],
    ) -> Result<Self> {
        let driver = WebDriver::new(chromedriver.address(), capabilities(arguments)?).await.context("no browser")?;
        driver.set_script_timeout(TIMEOUT).await?;
        let browser = Self { driver, origin: origin.to_owned() };
        for script in scripts {
            browser.run_first(script).await?;
        }
        Ok(browser)
    }

    /// From the next page on, runs this before the page's own scripts.
    pub async fn run_first(&self, script: &str) -> Result<()> {
        self.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await.map(drop)
    }

    /// Signs in by the form, as a person does; the page that follows shows the posts.
    pub async fn sign_in(&self, name: &str, password: &str) -> Result<()> {
        self.goto("/sign-in?next=%2Fposts").await?;
        self.element(By::Name("username")).await?.send_keys(name).await?;
        self.element(By::Name("password")).await?.send_keys(password.to_owned() + Key::Enter).await?;
        self.element(By::Css("article.post")).await?;
        Ok(())
    }

    /// Loads a path of the app anew.
    pub async fn goto(&self, path: &str) -> Result<()> {
        Ok(self.driver.goto(format!("{}{path}", self.origin)).await?)
    }

    /// Leaves the app for an empty page.
    pub async fn leave(&self) -> Result<()> {
        Ok(self.driver.goto("about:blank").await?)
    }

    /// What an expression of the page comes to, at once or by and by.
    pub async fn value<T: DeserializeOwned>(&self, expression: &str) -> Result<T> {
        let script = format!("const done = arguments[0]; Promise.resolve({expression}).then(done);");
        Ok(self.driver.execute_async(script, Vec::new()).await?.convert()?)
    }

    /// Sends a command of the DevTools protocol.
    pub async fn cdp(&self, method: &str, parameters: Value) -> Result<Value> {
        Ok(self.driver.cdp().send_raw(method, parameters).await?)
    }

    /// One of the figures that the browser keeps about the page.
    pub async fn metrics<const N: usize>(&self, names: [&str; N]) -> Result<[f64; N]> {
        let answer = self.cdp("Performance.getMetrics", json!({})).await?;
        let mut values = [0.0; N];
        for (value, name) in values.iter_mut().zip(names) {
            let mut metrics = answer["metrics"].as_array().into_iter().flatten();
            let metric = metrics.find(|metric| metric["name"] == name);
            *value = metric
                .and_then(|metric| metric["value"].as_f64())
                .with_context(|| format!("the browser has no {name}"))?;
        }
        Ok(values)
    }

    /// Bytes of live objects: what is garbage is collected before.
    pub async fn heap(&self) -> Result<f64> {
        // What one collection finalizes, another one frees.
        for _ in 0..2 {
            self.cdp("HeapProfiler.collectGarbage", json!({})).await?;
        }
        let usage = self.cdp("Runtime.getHeapUsage", json!({})).await?;
        usage["usedSize"].as_f64().context("the browser does not say how much it uses")
    }

    pub async fn quit(self) -> Result<()> {
        Ok(self.driver.quit().await?)
    }

    async fn element(&self, by: By) -> Result<WebElement> {
        Ok(self.driver.query(by).wait(TIMEOUT, Duration::from_millis(50)).and_displayed().first().await?)
    }
}

fn capabilities(own: &[&str]) -> Result<ChromeCapabilities> {
    let mut capabilities = DesiredCapabilities::chrome();
    for argument in ARGUMENTS.iter().chain(own) {
        capabilities.add_arg(argument)?;
    }
    if let Some(binary) = env::var_os("CHROME") {
        capabilities.set_binary(&binary.to_string_lossy())?;
    }
    Ok(capabilities)
}
