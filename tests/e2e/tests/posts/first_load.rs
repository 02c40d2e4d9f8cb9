//! The posts, and who may see them.

use std::time::Duration;

use anyhow::Result;
use e2e::{Drop, Fault, POSTS, Scenario};

#[test]
fn posts_arrive_and_keep_being_polled() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        let complete: usize = tab
            .script(
                "return [...document.querySelectorAll('article')].filter(post => \
                 post.querySelector('h2').textContent && post.querySelector('.post-author').textContent && \
                 post.querySelector('.post-body').textContent).length",
            )
            .await?;
        assert_eq!(complete, 100);
        let first = tab.updated_at().await?;
        let polls = ctx.servers.wait_for_requests(POSTS, 4, Duration::from_secs(50)).await?;
        assert!(polls.gaps().iter().all(|gap| gap.as_secs_f64() > 9.9 && gap.as_secs_f64() < 12.0), "{polls:?}");
        tab.is_updated_after(first.as_deref(), Duration::from_secs(5)).await?;
        assert_eq!(ctx.servers.request_log().await?.of(POSTS).with_status(304).len(), 3, "the posts have not changed");
        Ok(())
    })
}

#[test]
fn a_stranger_at_the_posts_is_denied_signs_in_and_comes_back() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.tab("/posts").await?;
        tab.has_heading("Access denied").await?;
        tab.press("Sign in").await?;
        tab.has_heading("Sign in").await?;
        tab.submit_demo_password().await?;
        tab.has_heading("Posts").await?;
        tab.has_posts(100).await?;
        assert_eq!(tab.path().await?, "/posts");
        let log = ctx.servers.request_log().await?;
        assert!(log.of(POSTS).with_status(401).is_empty(), "the page of a visitor requested the posts");
        Ok(())
    })
}

#[test]
fn waiting_is_told_when_it_lasts() -> Result<()> {
    Scenario::new().run(async |ctx| {
        ctx.servers.set_faults(&[Fault::on(POSTS).delay(Duration::from_secs(2))]).await?;
        let tab = ctx.tab("/sign-in?next=%2Fposts").await?;
        tab.submit_demo_password().await?;
        tab.shows("Loading posts…").await?;
        tab.has_posts(100).await?;
        tab.hides_within("Loading posts…", Duration::from_secs(1)).await
    })
}

#[test]
fn c26_posts_whose_first_request_failed_arrive_within_seconds() -> Result<()> {
    Scenario::new().run(async |ctx| {
        ctx.browser.console.expect(POSTS, "502");
        ctx.browser.console.expect(POSTS, "ERR_");
        let tab = ctx.signed_in_tab().await?;
        for fault in [Fault::on(POSTS).status(502).html("Bad gateway"), Fault::on(POSTS).drop(Drop::Before)] {
            let before = ctx.servers.request_log().await?.of(POSTS).len();
            ctx.servers.set_faults(&[fault.times(1)]).await?;
            tab.goto("/posts").await?;
            tab.has_posts(100).await?;
            let gaps = ctx.servers.request_log().await?.of(POSTS).after(before).gaps();
            let retry = gaps.first().map(Duration::as_secs_f64);
            assert!(retry.is_some_and(|secs| secs < 4.0), "{gaps:?}");
        }
        Ok(())
    })
}
