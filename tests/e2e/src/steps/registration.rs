//! A registration that the backend refuses.

use anyhow::Result;

use crate::{REGISTRATION, Tab, TestContext};

impl TestContext {
    /// Registers with a username that is taken and a password that is too short: the page shows an error at each field.
    pub async fn refuse_registration(&self, tab: &Tab) -> Result<()> {
        self.browser.console.expect(REGISTRATION, "400");
        tab.goto("/register").await?;
        tab.fill("Username", "demo").await?;
        tab.fill("Email", "demo@example.test").await?;
        tab.fill("Password", "123").await?;
        tab.press("Create account").await?;
        tab.shows("A user with that username already exists.").await
    }
}
