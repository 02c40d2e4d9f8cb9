//! A tab that is gone, or frozen, while it holds the refresh lock.

use std::time::Duration;

use anyhow::{Context, Result};
use e2e::{Fault, POSTS, REFRESH, Scenario, Stage, Tab, eventually};
use serde_json::json;

/// Notes in the page that it is the one that refreshes.
const NOTE_REFRESH: &str = "
    const send = window.fetch;
    window.fetch = (...request) => {
        if ((request[0].url ?? request[0]).includes('/token/refresh/')) window.isRefreshing = true;
        return send(...request);
    };
";

const NO_LOCKS: &str = "
    Object.defineProperty(Navigator.prototype, 'locks', {value: undefined}); delete window.BroadcastChannel;
";

async fn take_refreshing(tabs: &mut Vec<Tab>) -> Result<Tab> {
    for (place, tab) in tabs.iter().enumerate() {
        if tab.script("return window.isRefreshing === true").await? {
            return Ok(tabs.swap_remove(place));
        }
    }
    None.context("no tab is refreshing")
}

/// Three tabs; the one of them that is refreshing comes first.
async fn while_one_refreshes(stage: &Stage) -> Result<(Tab, Vec<Tab>)> {
    let mut tabs = stage.signed_in_tabs(3).await?;
    stage.stack.faults(&[Fault::on(REFRESH).delay(Duration::from_secs(14)).times(1)]).await?;
    stage.stack.requests(REFRESH, 1, Duration::from_secs(60)).await?;
    Ok((take_refreshing(&mut tabs).await?, tabs))
}

/// The tab that refreshes is killed.
async fn outlive_a_killed_tab(stage: &Stage) -> Result<()> {
    let (refreshing, others) = while_one_refreshes(stage).await?;
    refreshing.close().await?;
    go_on(stage, &others).await
}

/// The tabs poll on, and refresh before their token has expired.
async fn go_on(stage: &Stage, tabs: &[Tab]) -> Result<()> {
    let polls = stage.stack.log().await?.of(POSTS).len();
    let updated = tabs[0].updated_at().await?;
    stage.stack.requests(POSTS, polls + tabs.len(), Duration::from_secs(20)).await?;
    tabs[0].is_updated_after(updated.as_deref(), Duration::from_secs(20)).await?;
    let refreshed = eventually("another tab has refreshed", Duration::from_secs(60), async || {
        let refreshes = stage.stack.log().await?.of(REFRESH).with_status(200);
        Ok((refreshes.len() >= 2).then_some(refreshes))
    });
    refreshed.await?;
    for tab in tabs {
        tab.has_posts(100).await?;
    }
    assert!(stage.stack.log().await?.with_status(401).is_empty());
    Ok(())
}

#[test]
fn f15_a_tab_killed_while_it_holds_the_lock_delays_the_others_by_less_than_twenty_seconds() -> Result<()> {
    Scenario::new().access_ttl(75).first_script(NOTE_REFRESH).run(outlive_a_killed_tab)
}

#[test]
fn f15_without_web_locks_the_lease_of_a_killed_tab_runs_out() -> Result<()> {
    Scenario::new().access_ttl(75).first_script(NOTE_REFRESH).first_script(NO_LOCKS).run(outlive_a_killed_tab)
}

#[test]
fn f16_the_lock_of_a_frozen_tab_is_stolen_and_the_tab_adopts_what_came_of_it() -> Result<()> {
    Scenario::new().access_ttl(75).first_script(NOTE_REFRESH).run(async |stage| {
        let (frozen, others) = while_one_refreshes(stage).await?;
        frozen.hide().await?;
        frozen.cdp("Page.setWebLifecycleState", json!({"state": "frozen"})).await?;
        let held: usize = others[0].script("return navigator.locks.query().then(locks => locks.held.length)").await?;
        assert_eq!(held, 1, "the frozen tab keeps the lock");
        go_on(stage, &others).await?;
        let refreshes = stage.stack.log().await?.of(REFRESH).len();
        frozen.cdp("Page.setWebLifecycleState", json!({"state": "active"})).await?;
        let before = frozen.updated_at().await?;
        frozen.show().await?;
        frozen.is_updated_after(before.as_deref(), Duration::from_secs(20)).await?;
        let log = stage.stack.log().await?;
        assert!(log.with_status(401).is_empty());
        assert_eq!(log.of(REFRESH).len(), refreshes, "it needs no refresh of its own");
        Ok(())
    })
}
