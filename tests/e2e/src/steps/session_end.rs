//! A session that the backend ends.

use anyhow::Result;

use crate::{Fault, POSTS, REFRESH, Tab, TestContext};

/// The page's own poll may come first. It ends the session too, and takes the button away.
const REFRESH_POSTS: &str = "
    const refresh = [...document.querySelectorAll('main button')].find(({ textContent }) => textContent.trim() === 'Refresh');
    refresh?.focus();
    refresh?.click()";

impl TestContext {
    /// Ends the session while the posts are open, and waits until the app offers to sign in again over them.
    pub async fn end_session(&self, tab: &Tab) -> Result<()> {
        self.browser.console.expect(POSTS, "401");
        self.browser.console.expect(REFRESH, "400");
        self.servers.set_faults(&[Fault::on(POSTS).status(401), Fault::refuse_refresh()]).await?;
        tab.script::<()>(REFRESH_POSTS).await?;
        tab.shows("Sign in to go on").await?;
        self.servers.clear_faults().await
    }
}
