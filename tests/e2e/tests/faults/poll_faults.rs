//! Polls that fail: the page says so, and keeps the posts that it has.

use std::time::{Duration, Instant};

use anyhow::Result;
use e2e::{Drop, Fault, OtherOrigin, POSTS, REFRESH, Scenario, Tab, TestContext};
use serde_json::json;

/// Applies this fault to the next poll. The page shows `message`, keeps posts and session, and recovers afterwards.
async fn shows_and_recovers(ctx: &TestContext, tab: &Tab, fault: Fault, message: &str) -> Result<()> {
    let stored = tab.stored_record().await?;
    ctx.servers.set_faults(&[fault]).await?;
    tab.wake().await?;
    tab.shows(message).await?;
    assert_eq!(tab.post_count().await?, 100);
    ctx.servers.clear_faults().await?;
    tab.press("Try again").await?;
    tab.hides_within(message, Duration::from_secs(10)).await?;
    assert_eq!(tab.stored_record().await?, stored);
    Ok(())
}

#[test]
fn f1_at_thirty_seconds_of_latency_polls_time_out_at_fifteen_never_overlap_and_the_page_lives() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        let before = ctx.servers.request_log().await?.of(POSTS).len();
        ctx.servers.set_faults(&[Fault::on(POSTS).delay(Duration::from_secs(30))]).await?;
        ctx.servers.wait_for_requests(POSTS, before + 1, Duration::from_secs(20)).await?;
        let sent = Instant::now();
        tab.shows_within("The server did not answer in time.", Duration::from_secs(20)).await?;
        let waited = sent.elapsed().as_secs_f64();
        assert!((13.0..18.0).contains(&waited), "given up after {waited} s");
        assert_eq!(tab.post_count().await?, 100);
        let polls = ctx.servers.wait_for_requests(POSTS, before + 2, Duration::from_secs(30)).await?.after(before);
        assert!(polls.gaps().iter().all(|gap| gap.as_secs_f64() > 24.0), "{:?}", polls.gaps());
        tab.follow("yew-auth").await?;
        tab.has_heading("Welcome back").await
    })
}

#[test]
fn f1_slow_answers_are_awaited_and_the_interval_begins_at_their_end() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        let before = ctx.servers.request_log().await?.of(POSTS).len();
        ctx.servers.set_faults(&[Fault::on(POSTS).delay(Duration::from_secs(5))]).await?;
        let polls = ctx.servers.wait_for_requests(POSTS, before + 3, Duration::from_secs(60)).await?.after(before);
        assert!(polls.gaps().iter().all(|gap| (14.9..18.0).contains(&gap.as_secs_f64())), "{:?}", polls.gaps());
        tab.has_posts(100).await
    })
}

#[test]
fn f3_what_is_no_answer_is_told_and_the_posts_stay() -> Result<()> {
    Scenario::new().run(async |ctx| {
        ctx.browser.console.expect(POSTS, "502");
        ctx.browser.console.expect(POSTS, "ERR_");
        let tab = ctx.signed_in_tab().await?;
        let unreadable = "The server sent something the app cannot read.";
        let page = "<!doctype html><h1>Bad gateway</h1>";
        shows_and_recovers(ctx, &tab, Fault::on(POSTS).html(page), unreadable).await?;
        shows_and_recovers(
            ctx,
            &tab,
            Fault::on(POSTS).status(502).html(page),
            "The server cannot answer at the moment",
        )
        .await?;
        let truncated = Fault::on(POSTS).json(json!(["x".repeat(1000)])).drop(Drop::Mid);
        shows_and_recovers(ctx, &tab, truncated, "The server cannot be reached.").await?;
        shows_and_recovers(ctx, &tab, Fault::on(POSTS).drop(Drop::Before), "The server cannot be reached.").await
    })
}

#[test]
fn f5_any_5xx_and_a_gateways_403_are_told_and_the_session_is_kept() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        for status in [500, 501, 503, 520] {
            ctx.browser.console.expect(POSTS, &status.to_string());
            let message = format!("The server cannot answer at the moment (status {status}).");
            shows_and_recovers(ctx, &tab, Fault::on(POSTS).status(status), &message).await?;
        }
        ctx.browser.console.expect(POSTS, "403");
        let gateway = Fault::on(POSTS).status(403).html("<h1>Forbidden</h1>");
        shows_and_recovers(ctx, &tab, gateway, "The server refused (status 403).").await?;
        assert!(ctx.servers.request_log().await?.of(REFRESH).is_empty(), "no refresh: the token was not refused");
        Ok(())
    })
}

#[test]
fn f7_a_redirect_loop_is_an_error_and_not_followed() -> Result<()> {
    Scenario::new().run(async |ctx| {
        ctx.browser.console.expect(POSTS, "ERR_FAILED");
        let tab = ctx.signed_in_tab().await?;
        let before = ctx.servers.request_log().await?.of(POSTS).len();
        let message = "The server cannot be reached.";
        shows_and_recovers(ctx, &tab, Fault::on(POSTS).redirect(302, POSTS), message).await?;
        let polls = ctx.servers.request_log().await?.of(POSTS).after(before);
        assert_eq!(polls.len(), 2, "one that was redirected, one that recovered");
        Ok(())
    })
}

#[test]
fn f7_t2_a_redirect_to_another_origin_takes_no_credentials_there() -> Result<()> {
    Scenario::new().run(async |ctx| {
        ctx.browser.console.expect(POSTS, "ERR_FAILED");
        let other_origin = OtherOrigin::start()?;
        let tab = ctx.tab("/").await?;
        // The policy would block the request too, and hide what the client does.
        ctx.servers.turn_policy_off().await?;
        tab.sign_in().await?;
        for status in [301, 302, 307, 308] {
            let redirect = Fault::on(POSTS).redirect(status, &format!("{}{POSTS}", other_origin.origin()));
            shows_and_recovers(ctx, &tab, redirect, "The server cannot be reached.").await?;
        }
        // The prefetch of a loading page is not redirected either.
        ctx.servers.set_faults(&[Fault::on(POSTS).redirect(307, &format!("{}{POSTS}", other_origin.origin()))]).await?;
        tab.reload().await?;
        tab.shows("The server cannot be reached.").await?;
        assert_eq!(other_origin.requests(), Vec::<String>::new());
        Ok(())
    })
}

#[test]
fn f9_the_deadline_covers_a_body_that_trickles() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        let slow = Fault::on(POSTS).html(&" ".repeat(100)).bytes_per_second(1);
        let start = Instant::now();
        shows_and_recovers(ctx, &tab, slow, "The server did not answer in time.").await?;
        let waited = start.elapsed().as_secs_f64();
        assert!((14.5..20.0).contains(&waited), "given up after {waited} s");
        Ok(())
    })
}
