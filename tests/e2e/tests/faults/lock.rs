//! A tab that is killed or frozen while it holds the refresh lock.

use std::time::Duration;

use anyhow::{Context, Result};
use e2e::{Need, POSTS, REFRESH, Scenario, Tab, TestContext, eventually};

/// Records in the page that it refreshes.
const RECORD_REFRESH: &str = "
    const send = window.fetch;
    window.fetch = (...request) => {
        if ((request[0].url ?? request[0]).includes('/token/refresh/')) window.isRefreshing = true;
        return send(...request);
    };
";

const NO_LOCKS: &str = "
    Object.defineProperty(Navigator.prototype, 'locks', {value: undefined}); delete window.BroadcastChannel;
";

/// Removes the tab that refreshes from `tabs`.
async fn take_refreshing(tabs: &mut Vec<Tab>) -> Result<Tab> {
    for (index, tab) in tabs.iter().enumerate() {
        if tab.script("return window.isRefreshing === true").await? {
            return Ok(tabs.swap_remove(index));
        }
    }
    None.context("no tab is refreshing")
}

/// Opens three tabs and waits until one refreshes. Returns that tab and the others.
async fn while_one_refreshes(ctx: &TestContext) -> Result<(Tab, Vec<Tab>)> {
    let mut tabs = ctx.signed_in_tabs(3).await?;
    ctx.fault_next_refresh(|refresh| refresh.delay(Duration::from_secs(14))).await?;
    Ok((take_refreshing(&mut tabs).await?, tabs))
}

/// Kills the tab that refreshes, and checks that the others go on.
async fn outlive_a_killed_tab(ctx: &TestContext) -> Result<()> {
    let (refreshing, others) = while_one_refreshes(ctx).await?;
    refreshing.close().await?;
    go_on(ctx, &others).await
}

/// Checks that the tabs still poll, and refresh before their token expires.
async fn go_on(ctx: &TestContext, tabs: &[Tab]) -> Result<()> {
    let polls = ctx.servers.request_log().await?.of(POSTS).len();
    let updated = tabs[0].updated_at().await?;
    ctx.servers.wait_for_requests(POSTS, polls + tabs.len(), Duration::from_secs(20)).await?;
    tabs[0].is_updated_after(updated.as_deref(), Duration::from_secs(20)).await?;
    let refreshed = eventually("another tab has refreshed", Duration::from_secs(60), async || {
        let refreshes = ctx.servers.request_log().await?.of(REFRESH).with_status(200);
        Ok((refreshes.len() >= 2).then_some(refreshes))
    });
    refreshed.await?;
    for tab in tabs {
        tab.has_posts(100).await?;
    }
    assert!(ctx.servers.request_log().await?.with_status(401).is_empty());
    Ok(())
}

#[test]
fn f15_a_tab_killed_while_it_holds_the_lock_delays_the_others_by_less_than_twenty_seconds() -> Result<()> {
    Scenario::new().access_ttl(75).first_script(RECORD_REFRESH).run(outlive_a_killed_tab)
}

#[test]
fn f15_without_web_locks_the_lease_of_a_killed_tab_runs_out() -> Result<()> {
    Scenario::new().access_ttl(75).first_script(RECORD_REFRESH).first_script(NO_LOCKS).run(outlive_a_killed_tab)
}

#[test]
fn f16_the_lock_of_a_frozen_tab_is_stolen_and_the_tab_adopts_what_came_of_it() -> Result<()> {
    Scenario::new().needs(Need::Freezing).access_ttl(75).first_script(RECORD_REFRESH).run(async |ctx| {
        let (frozen, others) = while_one_refreshes(ctx).await?;
        frozen.hide().await?;
        frozen.freeze().await?;
        let held: usize = others[0].script("return navigator.locks.query().then(locks => locks.held.length)").await?;
        assert_eq!(held, 1, "the frozen tab keeps the lock");
        go_on(ctx, &others).await?;
        let refreshes = ctx.servers.request_log().await?.of(REFRESH).len();
        frozen.unfreeze().await?;
        let before = frozen.updated_at().await?;
        frozen.show().await?;
        frozen.is_updated_after(before.as_deref(), Duration::from_secs(20)).await?;
        let log = ctx.servers.request_log().await?;
        assert!(log.with_status(401).is_empty());
        assert_eq!(log.of(REFRESH).len(), refreshes, "it needs no refresh of its own");
        Ok(())
    })
}
