//! When the app polls, and when it does not.

use std::time::{Duration, SystemTime};

use anyhow::Result;
use e2e::{Fault, Need, POSTS, REFRESH, Scenario, Tab, TestContext, eventually, holds_for};

/// An HTTP date, `from_now` seconds from now. Page and servers share the machine's clock.
async fn http_date(tab: &Tab, from_now: i64) -> Result<String> {
    tab.script(&format!("return new Date(Date.now() + {from_now} * 1000).toUTCString()")).await
}

/// The backend answers one poll with this `Retry-After`, and the page is woken. Returns the time until the next poll, or
/// `None` if there is none within twelve seconds.
async fn time_to_next_poll(ctx: &TestContext, tab: &Tab, retry_after: &str) -> Result<Option<Duration>> {
    let before = ctx.servers.request_log().await?.of(POSTS).len();
    ctx.servers.set_faults(&[Fault::on(POSTS).status(429).retry_after(retry_after).times(1)]).await?;
    tab.wake().await?;
    tab.shows("Too many attempts.").await?;
    tab.shows("The app tries again by itself.").await?;
    tab.wake().await?;
    let has_polled = async || anyhow::Ok(ctx.servers.request_log().await?.of(POSTS).len() > before + 1);
    let quiet = holds_for("no poll", Duration::from_secs(12), async || Ok(!has_polled().await?)).await;
    if quiet.is_ok() {
        return Ok(None);
    }
    let polls = ctx.servers.request_log().await?.of(POSTS).after(before);
    tab.hides_within("Too many attempts.", Duration::from_secs(5)).await?;
    Ok(polls.gaps().first().copied())
}

#[test]
fn f4_retry_after_is_honoured_though_the_page_is_woken() -> Result<()> {
    Scenario::new().run(async |ctx| {
        ctx.browser.console.expect(POSTS, "429");
        let tab = ctx.signed_in_tab().await?;
        let seconds = time_to_next_poll(ctx, &tab, "7").await?.expect("the page polls after 7 s");
        assert!((7.0..9.5).contains(&seconds.as_secs_f64()), "{seconds:?}");
        let date = http_date(&tab, 9).await?;
        let until_date = time_to_next_poll(ctx, &tab, &date).await?.expect("the page polls after the date");
        assert!((5.0..10.0).contains(&until_date.as_secs_f64()), "{until_date:?}");
        Ok(())
    })
}

#[test]
fn f4_a_retry_after_that_asks_for_nothing_delays_nothing() -> Result<()> {
    Scenario::new().run(async |ctx| {
        ctx.browser.console.expect(POSTS, "429");
        let tab = ctx.signed_in_tab().await?;
        for text in ["soon", "-7", "Thu, 01 Jan 1970 00:00:01 GMT"] {
            let waited = time_to_next_poll(ctx, &tab, text).await?.expect("the page polls at once");
            assert!(waited < Duration::from_secs(4), "{text}: {waited:?}");
        }
        Ok(())
    })
}

#[test]
fn f4_a_huge_retry_after_keeps_a_page_quiet_and_alive() -> Result<()> {
    Scenario::new().run(async |ctx| {
        ctx.browser.console.expect(POSTS, "429");
        let tab = ctx.signed_in_tab().await?;
        assert_eq!(time_to_next_poll(ctx, &tab, "1000000000").await?, None);
        tab.follow("yew-auth").await?;
        tab.has_heading("Welcome back").await
    })
}

#[test]
fn f12_a_page_that_was_frozen_for_longer_than_its_token_lives_gets_a_fresh_one_before_it_polls() -> Result<()> {
    Scenario::new().needs(Need::Freezing).access_ttl(20).run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        let token = tab.access_token().await?;
        tab.hide().await?;
        tab.freeze().await?;
        let before = ctx.servers.request_log().await?;
        let expired_at = SystemTime::now() + Duration::from_secs(25);
        holds_for("silence", Duration::from_secs(25), async || {
            Ok(ctx.servers.request_log().await?.len() == before.len())
        })
        .await?;
        assert!(SystemTime::now() >= expired_at, "{token} has expired");
        tab.unfreeze().await?;
        tab.show().await?;
        ctx.servers.wait_for_requests(POSTS, before.of(POSTS).len() + 1, Duration::from_secs(10)).await?;
        let since = ctx.servers.request_log().await?.after(before.len());
        assert_eq!(since.first().map(|request| request.path.as_str()), Some(REFRESH), "{since:?}");
        assert!(since.with_status(401).is_empty());
        Ok(())
    })
}

#[test]
fn a_hidden_page_does_not_poll_and_polls_at_once_when_it_is_seen_again() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        tab.hide().await?;
        let before = ctx.servers.request_log().await?.of(POSTS).len();
        let quiet = async || Ok(ctx.servers.request_log().await?.of(POSTS).len() == before);
        holds_for("no poll", Duration::from_secs(13), quiet).await?;
        tab.show().await?;
        ctx.servers.wait_for_requests(POSTS, before + 1, Duration::from_secs(3)).await.map(drop)
    })
}

#[test]
fn five_open_tabs_of_which_one_is_seen_make_at_most_six_polls_a_minute() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tabs = ctx.signed_in_tabs(5).await?;
        for tab in &tabs[1..] {
            tab.has_posts(100).await?;
            tab.hide().await?;
        }
        let before = ctx.servers.request_log().await?.of(POSTS).len();
        let polls = ctx.servers.wait_for_requests(POSTS, before + 7, Duration::from_secs(100)).await?.after(before);
        assert!(polls.most_within(Duration::from_secs(60)) <= 6, "{:?}", polls.gaps());
        Ok(())
    })
}

#[test]
fn an_unchanged_answer_changes_nothing_on_the_page_but_the_time() -> Result<()> {
    const RECORD_CHANGES: &str = "
        window.changes = [];
        new MutationObserver(records => window.changes.push(...records.map(record => record.target.parentNode?.nodeName)))
            .observe(document.body, {childList: true, subtree: true, characterData: true, attributes: true});
    ";
    Scenario::new().run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        tab.script::<()>(RECORD_CHANGES).await?;
        let updated = tab.updated_at().await?;
        tab.is_updated_after(updated.as_deref(), Duration::from_secs(20)).await?;
        let changes: Vec<String> = eventually("the change is recorded", Duration::from_secs(5), async || {
            let changes: Vec<String> = tab.script("return window.changes").await?;
            Ok((!changes.is_empty()).then_some(changes))
        })
        .await?;
        assert!(changes.len() <= 2 && changes.iter().all(|at| at == "TIME" || at == "P"), "{changes:?}");
        Ok(())
    })
}
