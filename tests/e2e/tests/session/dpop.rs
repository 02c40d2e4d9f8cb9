//! Bearer tokens that are bound to a key of the browser (DPoP, RFC 9449).

use std::time::Duration;

use anyhow::Result;
use e2e::{DPOP, Drop, Fault, LOGIN, POSTS, REFRESH, Scenario};

/// Every session has to be bound.
fn scenario() -> Scenario {
    Scenario::bearer().first_script(DPOP).setting("DPOP_REQUIRED", 1).access_ttl(20)
}

#[test]
fn a_bound_session_is_refreshed_outlives_a_reload_and_is_every_tabs() -> Result<()> {
    scenario().run(async |ctx| {
        let tabs = ctx.signed_in_tabs(2).await?;
        ctx.servers.wait_for_response(REFRESH, 200, Duration::from_secs(30)).await?;
        for tab in &tabs {
            tab.reload().await?;
            tab.has_posts(100).await?;
        }
        let log = ctx.servers.request_log().await?;
        assert!(log.with_status(401).is_empty() && log.with_status(400).is_empty(), "no proof was refused");
        Ok(())
    })
}

#[test]
fn stolen_tokens_of_a_bound_session_are_of_no_use_and_the_owner_stays_signed_in() -> Result<()> {
    scenario().run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        let (access, refresh) = (tab.access_token().await?, tab.refresh_token().await?);
        assert_eq!(ctx.servers.api.posts(&access).await?, 401);
        assert_eq!(ctx.servers.api.refresh(&refresh).await?.0, 400);
        ctx.servers.wait_for_response(REFRESH, 200, Duration::from_secs(30)).await?;
        tab.reload().await?;
        tab.has_posts(100).await
    })
}

#[test]
fn f10_a_clock_that_is_an_hour_off_costs_a_bound_session_nothing() -> Result<()> {
    const HOUR_AHEAD: &str = "const now = Date.now; Date.now = () => now() + 3600_000;";
    scenario().first_script(HOUR_AHEAD).run(async |ctx| {
        // The first proof of a page has no nonce yet, and the backend asks for one.
        for path in [LOGIN, REFRESH] {
            ctx.browser.console.expect(path, "400");
        }
        ctx.browser.console.expect(POSTS, "401");
        let tab = ctx.signed_in_tab().await?;
        ctx.servers.wait_for_response(REFRESH, 200, Duration::from_secs(30)).await?;
        tab.reload().await?;
        tab.has_posts(100).await?;
        assert!(!tab.text().await?.contains("Sign in to go on"));
        Ok(())
    })
}

#[test]
fn f2_a_bound_refresh_whose_answer_is_lost_is_recovered() -> Result<()> {
    scenario().run(async |ctx| {
        ctx.browser.console.expect(REFRESH, "ERR_");
        // A browser sends a request again by itself when a connection that it had kept breaks. The proof has been taken.
        ctx.browser.console.expect(REFRESH, "400");
        ctx.servers.set_faults(&[Fault::on(REFRESH).drop(Drop::After).times(1)]).await?;
        let tab = ctx.signed_in_tab().await?;
        ctx.servers.wait_for_requests(REFRESH, 2, Duration::from_secs(60)).await?;
        tab.reload().await?;
        tab.has_posts(100).await
    })
}
