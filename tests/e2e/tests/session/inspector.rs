//! The session inspector and its fault buttons, by keyboard alone.

use std::time::Duration;

use anyhow::Result;
use e2e::Scenario;

const LONG: Duration = Duration::from_secs(60);

#[test]
fn t1_the_inspector_shows_a_refresh_and_no_token() -> Result<()> {
    Scenario::bearer().access_ttl(20).run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        tab.open("/session", "Your session").await?;
        tab.shows("Demo Person (demo)").await?;
        tab.shows_within("Refreshed: now at version", LONG).await?;
        let html: String = tab.script("return document.documentElement.outerHTML").await?;
        assert!(!html.contains("eyJ"), "a JWT begins with these letters");
        Ok(())
    })
}

#[test]
fn a_session_that_is_broken_on_purpose_recovers_each_time() -> Result<()> {
    Scenario::bearer().run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        tab.goto("/session").await?;
        tab.activate("Go offline").await?;
        tab.shows("You are offline.").await?;
        tab.activate("Go online").await?;
        tab.hides_within("You are offline.", LONG).await?;
        tab.activate("Set the clock an hour ahead").await?;
        tab.shows("The clock jumped 1 h 0 min forwards").await?;
        tab.shows_within("This machine's clock is 1 h 0 min ahead of the server's", LONG).await?;
        tab.activate("Lose the next refresh answer").await?;
        tab.activate("Expire the access token").await?;
        tab.shows_within("Refresh failed: the backend cannot be reached", LONG).await?;
        tab.shows("The server cannot be reached.").await?;
        tab.hides_within("The server cannot be reached.", Duration::from_secs(90)).await
    })
}

#[test]
fn a_release_offers_nothing_that_breaks() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        tab.open("/session", "Your session").await?;
        tab.shows("What the session did on this page").await?;
        assert_eq!(tab.script::<usize>("return document.querySelectorAll('main button').length").await?, 0);
        assert!(!tab.text().await?.contains("Break it"));
        Ok(())
    })
}
