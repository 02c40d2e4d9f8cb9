//! The end of a session that the backend wants.

use std::time::Duration;

use anyhow::Result;
use e2e::{Fault, POSTS, REFRESH, Scenario, Stage, Tab, eventually, over_both_transports};
use serde_json::json;

over_both_transports! {
    s7_a_session_reaches_its_absolute_end_however_often_it_is_refreshed,
    f6_a_session_that_another_device_has_ended_is_over_at_the_next_poll,
}

const REVOKED: &str = "The server has ended your session.";

/// The backend's no to a token, which Chromium notes as well.
fn expect_refusals(stage: &Stage, status: &str) {
    stage.browser.console.expect(POSTS, "401");
    stage.browser.console.expect(REFRESH, status);
}

async fn all_show(tabs: &[Tab], reason: &str) -> Result<()> {
    for tab in tabs {
        tab.shows_within(reason, Duration::from_secs(45)).await?;
        tab.press("Not now").await?;
        tab.is_headed("Access denied").await?;
        assert_eq!(tab.posts().await?, 0);
    }
    Ok(())
}

#[test]
fn s6_reuse_of_an_old_refresh_token_kills_its_family_and_all_tabs_are_out_once() -> Result<()> {
    Scenario::new().access_ttl(20).run(async |stage| {
        expect_refusals(stage, "401");
        let tabs = stage.signed_in_tabs(2).await?;
        let stolen = tabs[0].refresh_token().await?;
        stage.stack.requests(REFRESH, 2, Duration::from_secs(40)).await?;
        let current = eventually("the second refresh is stored", Duration::from_secs(10), async || {
            let token = tabs[0].refresh_token().await?;
            Ok((token != stolen).then_some(token))
        })
        .await?;
        assert_eq!(stage.stack.api.refresh(&stolen).await?.0, 401, "the thief gets nothing");
        let refreshes_before = stage.stack.log().await?.of(REFRESH).len();
        all_show(&tabs, REVOKED).await?;
        assert_eq!(stage.stack.api.refresh(&current).await?.0, 401, "the family is dead");
        let refused = stage.stack.log().await?.of(REFRESH).after(refreshes_before);
        assert_eq!(refused.len(), 2, "one of the app's, for both tabs, and the test's own");
        Ok(())
    })
}

fn s7_a_session_reaches_its_absolute_end_however_often_it_is_refreshed(scenario: Scenario) -> Result<()> {
    scenario.access_ttl(20).setting("SESSION_TTL", 30).run(async |stage| {
        expect_refusals(stage, "401");
        let tabs = stage.signed_in_tabs(2).await?;
        all_show(&tabs, "Your session has reached its end.").await?;
        let log = stage.stack.log().await?;
        assert!(!log.of(REFRESH).with_status(200).is_empty(), "it was refreshed before");
        Ok(())
    })
}

#[test]
fn s8_a_disabled_user_is_out_at_the_next_refresh_and_is_told() -> Result<()> {
    Scenario::new().access_ttl(20).run(async |stage| {
        expect_refusals(stage, "401");
        let tabs = stage.signed_in_tabs(2).await?;
        stage.stack.disable("demo")?;
        all_show(&tabs, REVOKED).await?;
        assert_eq!(stage.stack.log().await?.of(REFRESH).with_status(401).len(), 1);
        Ok(())
    })
}

#[test]
fn f6_a_refused_refresh_ends_the_session_once_in_all_tabs() -> Result<()> {
    Scenario::new().access_ttl(20).run(async |stage| {
        expect_refusals(stage, "400");
        let tabs = stage.signed_in_tabs(2).await?;
        stage.stack.faults(&[Fault::on(REFRESH).status(400).json(json!({"error": "invalid_grant"}))]).await?;
        all_show(&tabs, REVOKED).await?;
        // On a slow machine the first refresh, which is not refused, may come before the tabs are there.
        assert_eq!(stage.stack.log().await?.of(REFRESH).with_status(400).len(), 1);
        Ok(())
    })
}

fn f6_a_session_that_another_device_has_ended_is_over_at_the_next_poll(scenario: Scenario) -> Result<()> {
    scenario.run(async |stage| {
        expect_refusals(stage, "401");
        let tabs = stage.signed_in_tabs(2).await?;
        assert_eq!(stage.stack.api.sign_out(&tabs[0].refresh_token().await?).await?, 200);
        all_show(&tabs, REVOKED).await?;
        assert_eq!(stage.stack.log().await?.of(REFRESH).with_status(401).len(), 1);
        Ok(())
    })
}
