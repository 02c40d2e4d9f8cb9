//! Live regions exist before their text: not every screen reader announces a region that is added with its text.

use std::time::Duration;

use anyhow::Result;
use e2e::{Fault, PROVIDERS, Scenario};

#[test]
fn the_end_of_a_session_is_told_in_a_region_that_was_there() -> Result<()> {
    const REGION: &str = "window.region = document.querySelector('main > [role=status]');
        return region.textContent";
    Scenario::new().run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        for page in ["/posts", "/"] {
            tab.goto(page).await?;
            tab.shows("Demo Person").await?;
            assert_eq!(tab.script::<String>(REGION).await?, "");
            tab.press("Sign out").await?;
            tab.has_heading("Sign in once, keep reading").await?;
            tab.shows("You are signed out.").await?;
            assert_eq!(tab.script::<String>("return region.textContent").await?, "You are signed out.");
            // On the same page: loading another would cancel the sign-out request, and the app would send it again.
            tab.follow("Sign in").await?;
            tab.submit_demo_password().await?;
            tab.has_heading("Welcome back").await?;
        }
        Ok(())
    })
}

#[test]
fn a_list_of_providers_that_does_not_come_is_told_in_a_region_that_was_there() -> Result<()> {
    const REGION: &str = "window.region = document.querySelector('.card > [role=status]');
        return region.textContent";
    Scenario::new().run(async |ctx| {
        ctx.browser.console.expect(PROVIDERS, "502");
        let slow = Fault::on(PROVIDERS).delay(Duration::from_secs(2)).status(502).html("<h1>Bad gateway</h1>");
        ctx.servers.set_faults(&[slow]).await?;
        let tab = ctx.tab("/sign-in").await?;
        tab.has_heading("Sign in").await?;
        assert_eq!(tab.script::<String>(REGION).await?, "");
        tab.shows("Other ways to sign in could not be listed.").await?;
        let announced: String = tab.script("return region.textContent").await?;
        assert!(announced.starts_with("Other ways to sign in could not be listed."), "{announced}");
        Ok(())
    })
}
