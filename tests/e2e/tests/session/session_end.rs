//! Sessions that the backend ends.

use std::time::Duration;

use anyhow::Result;
use e2e::{Fault, POSTS, REFRESH, Scenario, Tab, TestContext, eventually, over_both_transports};

over_both_transports! {
    s7_a_session_reaches_its_absolute_end_however_often_it_is_refreshed,
    f6_a_session_that_another_device_has_ended_is_over_at_the_next_poll,
}

const REVOKED: &str = "The server has ended your session.";

/// The backend refuses the tokens, and the browser prints an error for each refusal.
fn expect_refusals(ctx: &TestContext, status: &str) {
    ctx.browser.console.expect(POSTS, "401");
    ctx.browser.console.expect(REFRESH, status);
}

async fn all_end_with(tabs: &[Tab], reason: &str) -> Result<()> {
    for tab in tabs {
        tab.shows_within(reason, Duration::from_secs(45)).await?;
        tab.press("Not now").await?;
        tab.has_heading("Access denied").await?;
        assert_eq!(tab.post_count().await?, 0);
    }
    Ok(())
}

/// Waits for the refresh token that replaces `token`.
async fn next_refresh_token(tab: &Tab, token: &str) -> Result<String> {
    eventually("another refresh token", Duration::from_secs(40), async || {
        let next = tab.refresh_token().await?;
        Ok((next != token).then_some(next))
    })
    .await
}

#[test]
fn s6_reuse_of_an_old_refresh_token_kills_its_family_and_all_tabs_are_out_once() -> Result<()> {
    Scenario::new().access_ttl(20).run(async |ctx| {
        expect_refusals(ctx, "401");
        let tabs = ctx.signed_in_tabs(2).await?;
        let stolen = tabs[0].refresh_token().await?;
        // Reuse of a token whose successor was never used may be a lost answer, and is forgiven.
        let successor = next_refresh_token(&tabs[0], &stolen).await?;
        let current = next_refresh_token(&tabs[0], &successor).await?;
        assert_eq!(ctx.servers.api.refresh(&stolen).await?.0, 401, "the stolen token is refused");
        let refreshes_before = ctx.servers.request_log().await?.of(REFRESH).len();
        all_end_with(&tabs, REVOKED).await?;
        assert_eq!(ctx.servers.api.refresh(&current).await?.0, 401, "the whole family is revoked");
        let refused = ctx.servers.request_log().await?.of(REFRESH).after(refreshes_before);
        assert_eq!(refused.len(), 2, "one of the app, for both tabs, and one of the test");
        Ok(())
    })
}

fn s7_a_session_reaches_its_absolute_end_however_often_it_is_refreshed(scenario: Scenario) -> Result<()> {
    scenario.access_ttl(20).setting("SESSION_TTL", 30).run(async |ctx| {
        expect_refusals(ctx, "401");
        let tabs = ctx.signed_in_tabs(2).await?;
        all_end_with(&tabs, "Your session has reached its end.").await?;
        let log = ctx.servers.request_log().await?;
        assert!(!log.of(REFRESH).with_status(200).is_empty(), "it was refreshed before");
        Ok(())
    })
}

#[test]
fn s8_a_disabled_user_is_out_at_the_next_refresh_and_is_told() -> Result<()> {
    Scenario::new().access_ttl(20).run(async |ctx| {
        expect_refusals(ctx, "401");
        let tabs = ctx.signed_in_tabs(2).await?;
        ctx.servers.disable_user("demo")?;
        all_end_with(&tabs, REVOKED).await?;
        assert_eq!(ctx.servers.request_log().await?.of(REFRESH).with_status(401).len(), 1);
        Ok(())
    })
}

#[test]
fn f6_a_refused_refresh_ends_the_session_once_in_all_tabs() -> Result<()> {
    Scenario::new().access_ttl(20).run(async |ctx| {
        expect_refusals(ctx, "400");
        let tabs = ctx.signed_in_tabs(2).await?;
        ctx.servers.set_faults(&[Fault::refuse_refresh()]).await?;
        all_end_with(&tabs, REVOKED).await?;
        // On a slow machine a refresh may succeed before the fault is set.
        assert_eq!(ctx.servers.request_log().await?.of(REFRESH).with_status(400).len(), 1);
        Ok(())
    })
}

fn f6_a_session_that_another_device_has_ended_is_over_at_the_next_poll(scenario: Scenario) -> Result<()> {
    scenario.run(async |ctx| {
        expect_refusals(ctx, "401");
        let tabs = ctx.signed_in_tabs(2).await?;
        assert_eq!(ctx.servers.api.sign_out(&tabs[0].refresh_token().await?).await?, 200);
        all_end_with(&tabs, REVOKED).await?;
        assert_eq!(ctx.servers.request_log().await?.of(REFRESH).with_status(401).len(), 1);
        Ok(())
    })
}
