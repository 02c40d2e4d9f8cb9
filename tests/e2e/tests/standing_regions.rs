//! Live regions that are there before their text: one that comes with it is not read aloud everywhere.

use std::time::Duration;

use anyhow::Result;
use e2e::{Fault, PROVIDERS, Scenario};

#[test]
fn the_end_of_a_session_is_told_in_a_region_that_was_there() -> Result<()> {
    const REGION: &str = "window.region = document.querySelector('main > [role=status]');
        return region.textContent";
    Scenario::new().run(async |stage| {
        let tab = stage.signed_in_tab().await?;
        for page in ["/posts", "/"] {
            tab.goto(page).await?;
            tab.shows("Demo Person").await?;
            assert_eq!(tab.script::<String>(REGION).await?, "");
            tab.press("Sign out").await?;
            tab.is_headed("Sign in once, keep reading").await?;
            tab.shows("You are signed out.").await?;
            assert_eq!(tab.script::<String>("return region.textContent").await?, "You are signed out.");
            // On the same page: a new one would have the browser drop the sign-out's answer, and the app send it again.
            tab.follow("Sign in").await?;
            tab.submit_password("demo", "demo-password").await?;
            tab.is_headed("Welcome back").await?;
        }
        Ok(())
    })
}

#[test]
fn a_list_of_providers_that_does_not_come_is_told_in_a_region_that_was_there() -> Result<()> {
    const REGION: &str = "window.region = document.querySelector('.card > [role=status]');
        return region.textContent";
    Scenario::new().run(async |stage| {
        stage.browser.console.expect(PROVIDERS, "502");
        let slow = Fault::on(PROVIDERS).delay(Duration::from_secs(2)).status(502).html("<h1>Bad gateway</h1>");
        stage.stack.faults(&[slow]).await?;
        let tab = stage.tab("/sign-in").await?;
        tab.is_headed("Sign in").await?;
        assert_eq!(tab.script::<String>(REGION).await?, "");
        tab.shows("Other ways to sign in could not be listed.").await?;
        let told: String = tab.script("return region.textContent").await?;
        assert!(told.starts_with("Other ways to sign in could not be listed."), "{told}");
        Ok(())
    })
}
