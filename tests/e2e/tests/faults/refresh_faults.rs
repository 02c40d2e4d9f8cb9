//! Refreshes that fail on the wire: none of them signs the person out.

use std::time::Duration;

use anyhow::Result;
use e2e::{Drop, Fault, REFRESH, RequestLog, Scenario, eventually};

/// Applies this fault to one refresh. The session is kept, no request gets a 401, and the next refresh succeeds within a
/// minute. Returns the refreshes from the faulty one on. `console` is what the browser prints of the fault.
fn is_recovered(fault: impl FnOnce(Fault) -> Fault, console: &str) -> Result<RequestLog> {
    let mut refreshes = RequestLog::default();
    Scenario::new().access_ttl(20).run(async |ctx| {
        ctx.browser.console.expect(REFRESH, console);
        let tab = ctx.signed_in_tab().await?;
        let before = ctx.fault_next_refresh(fault).await?;
        refreshes = eventually("a refresh succeeds", Duration::from_secs(60), async || {
            let refreshes = ctx.servers.request_log().await?.of(REFRESH).after(before);
            Ok((!refreshes.after(1).with_status(200).is_empty()).then_some(refreshes))
        })
        .await?;
        let updated = tab.updated_at().await?;
        tab.is_updated_after(updated.as_deref(), Duration::from_secs(20)).await?;
        tab.has_posts(100).await?;
        assert_eq!(refreshes.len(), 2, "the first retry succeeds");
        assert!(ctx.servers.request_log().await?.with_status(401).is_empty());
        Ok(())
    })?;
    Ok(refreshes)
}

#[test]
fn f2_a_refresh_that_was_lost_before_the_server_acted_is_recovered() -> Result<()> {
    is_recovered(|refresh| refresh.drop(Drop::Before), "ERR_").map(drop)
}

#[test]
fn f2_a_refresh_whose_answer_was_lost_after_the_server_acted_is_recovered() -> Result<()> {
    is_recovered(|refresh| refresh.drop(Drop::After), "ERR_").map(drop)
}

#[test]
fn f3_a_truncated_answer_to_a_refresh_is_transient() -> Result<()> {
    is_recovered(|refresh| refresh.drop(Drop::Mid), "ERR_").map(drop)
}

#[test]
fn f3_html_in_answer_to_a_refresh_is_transient() -> Result<()> {
    is_recovered(|refresh| refresh.html("<h1>Sign in to this network</h1>"), "nothing").map(drop)
}

#[test]
fn f5_a_gateways_403_to_a_refresh_is_transient() -> Result<()> {
    is_recovered(|refresh| refresh.status(403).html("<h1>Forbidden</h1>"), "403").map(drop)
}

#[test]
fn f5_an_unknown_5xx_to_a_refresh_is_transient() -> Result<()> {
    is_recovered(|refresh| refresh.status(520), "520").map(drop)
}

#[test]
fn f4_a_refresh_is_not_tried_again_before_retry_after() -> Result<()> {
    let refreshes = is_recovered(|refresh| refresh.status(429).retry_after("40"), "429")?;
    assert!(refreshes.gaps()[0] >= Duration::from_secs(40), "{:?}", refreshes.gaps());
    Ok(())
}

/// The least time between two refreshes of tokens that live for twenty seconds. Two that are closer are one too many.
const CLOSEST_REFRESHES: Duration = Duration::from_secs(7);

#[test]
fn f8_a_time_offline_longer_than_the_token_costs_one_refresh_for_all_tabs() -> Result<()> {
    Scenario::new().access_ttl(20).run(async |ctx| {
        let tabs = ctx.signed_in_tabs(3).await?;
        for tab in &tabs {
            tab.has_second_module().await?;
            tab.set_offline(true).await?;
        }
        let mut updated = Vec::new();
        for tab in &tabs {
            tab.shows("You are offline.").await?;
            updated.push(tab.updated_at().await?);
        }
        let before = ctx.servers.request_log().await?;
        tabs[0].wait_for_token_expiry().await?;
        assert_eq!(ctx.servers.request_log().await?.len(), before.len(), "no request leaves an offline browser");
        for tab in &tabs {
            tab.set_offline(false).await?;
        }
        for (tab, updated) in tabs.iter().zip(&updated) {
            tab.hides_within("You are offline.", Duration::from_secs(10)).await?;
            tab.is_updated_after(updated.as_deref(), Duration::from_secs(8)).await?;
        }
        let log = ctx.servers.request_log().await?;
        assert_eq!(log.of(REFRESH).after(before.of(REFRESH).len()).most_within(CLOSEST_REFRESHES), 1);
        assert!(log.with_status(401).is_empty());
        Ok(())
    })
}

#[test]
fn f8_a_tab_that_comes_online_while_another_refreshes_waits_for_that_token() -> Result<()> {
    Scenario::new().access_ttl(20).run(async |ctx| {
        let tabs = ctx.signed_in_tabs(2).await?;
        for tab in &tabs {
            tab.set_offline(true).await?;
        }
        tabs[0].wait_for_token_expiry().await?;
        let refreshes = ctx.servers.request_log().await?.of(REFRESH).len();
        let updated = tabs[1].updated_at().await?;
        ctx.servers.set_faults(&[Fault::on(REFRESH).delay_response(Duration::from_secs(4)).times(1)]).await?;
        tabs[0].set_offline(false).await?;
        ctx.servers.wait_for_requests(REFRESH, refreshes + 1, Duration::from_secs(10)).await?;
        tabs[1].set_offline(false).await?;
        eventually("newer posts, and no error before them", Duration::from_secs(12), async || {
            let text = tabs[1].text().await?;
            assert!(!text.contains("The server cannot be reached."), "the server was reachable");
            Ok((tabs[1].updated_at().await? != updated).then_some(()))
        })
        .await?;
        let refreshes = ctx.servers.request_log().await?.of(REFRESH).after(refreshes);
        assert_eq!(refreshes.most_within(CLOSEST_REFRESHES), 1);
        Ok(())
    })
}
