//! Waiting for what the page shows.

use std::time::Duration;

use anyhow::Result;

use super::{TIMEOUT, Tab};
use crate::wait::eventually;

/// The app's page has a place for the notice that the app has crashed.
const HAS_APP: &str = "return document.getElementById('fault') !== null";

impl Tab {
    /// Waits until the page shows this text.
    pub async fn shows(&self, text: &str) -> Result<()> {
        self.shows_within(text, TIMEOUT).await
    }

    /// Waits until the page shows this text, for at most `within`.
    pub async fn shows_within(&self, text: &str, within: Duration) -> Result<()> {
        eventually(&format!("the page shows {text:?}"), within, async || {
            Ok(self.text().await?.contains(text).then_some(()))
        })
        .await
    }

    /// Waits until the page no longer shows this text, for at most `within`.
    pub async fn hides_within(&self, text: &str, within: Duration) -> Result<()> {
        eventually(&format!("the page no longer shows {text:?}"), within, async || {
            Ok((!self.text().await?.contains(text)).then_some(()))
        })
        .await
    }

    /// Waits until the main heading has this text.
    pub async fn has_heading(&self, heading: &str) -> Result<()> {
        eventually(&format!("the heading {heading:?}"), TIMEOUT, async || {
            let found: Option<String> = self.script("return document.querySelector('h1')?.innerText").await?;
            Ok((found.as_deref() == Some(heading)).then_some(()))
        })
        .await
    }

    /// Waits until the page has this many posts.
    pub async fn has_posts(&self, count: usize) -> Result<()> {
        let what = format!("{count} posts");
        eventually(&what, TIMEOUT, async || Ok((self.post_count().await? == count).then_some(()))).await
    }

    /// Waits until search and filter are there, which load after the posts.
    pub async fn has_post_search(&self) -> Result<()> {
        // Firefox counts the options of a list as no text of the page.
        let has_authors = "return [...document.querySelectorAll('option')].some(({ text }) => text === 'Everyone')";
        self.becomes_true("search and filter are there", TIMEOUT, has_authors).await
    }

    /// Waits until the second module has come, without which the page cannot say what has failed.
    pub async fn has_second_module(&self) -> Result<()> {
        let has_come = "return performance.getEntriesByType('resource')
            .some(({ name, responseEnd }) => name.includes('/lazy-') && responseEnd > 0)";
        self.becomes_true("the second module has come", TIMEOUT, has_come).await
    }

    /// Waits until the page shows another time of update than `before`.
    pub async fn is_updated_after(&self, before: Option<&str>, within: Duration) -> Result<()> {
        eventually("newer posts", within, async || {
            let at = self.updated_at().await?;
            Ok((at.is_some() && at.as_deref() != before).then_some(()))
        })
        .await
    }

    /// Whether the page is the app's, started or not.
    pub async fn has_app(&self) -> Result<bool> {
        self.script(HAS_APP).await
    }

    /// Whether the app's page is in the first frame of this page.
    pub async fn first_frame_has_app(&self) -> Result<bool> {
        let driver = self.driver().await?;
        driver.enter_frame(0).await?;
        let has_app = self.script(HAS_APP).await;
        driver.enter_default_frame().await?;
        has_app
    }

    /// Waits until no dialog is open.
    pub async fn has_no_dialog(&self) -> Result<()> {
        self.becomes_true("no dialog is open", TIMEOUT, "return !document.querySelector('dialog')").await
    }

    /// Waits until `script` returns true, for at most `within`. `what` names the condition in the error.
    pub async fn becomes_true(&self, what: &str, within: Duration, script: &str) -> Result<()> {
        eventually(what, within, async || Ok((self.script_of_any_page(script).await? == Some(true)).then_some(())))
            .await
    }
}
