//! A session over several lifetimes of its access token.

use std::time::Duration;

use anyhow::Result;
use e2e::{POSTS, REFRESH, Scenario};

/// Whether refreshes of a token that is due ten seconds after its issue are one lifetime apart. A refresh may be early,
/// since the estimate of the server's clock is off by up to half a round trip and the fraction of a second that `iat`
/// hides. It may be late, since timers are late on a busy machine.
fn are_one_per_lifetime(gaps: &[Duration]) -> bool {
    gaps.iter().all(|gap| (7.0..15.0).contains(&gap.as_secs_f64()))
}

#[test]
fn a_token_is_renewed_sixty_seconds_before_its_end_once_per_lifetime_and_no_request_gets_a_401() -> Result<()> {
    Scenario::new().access_ttl(70).run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        let refreshes = ctx.servers.wait_for_requests(REFRESH, 5, Duration::from_secs(90)).await?;
        assert!(are_one_per_lifetime(&refreshes.gaps()), "{:?}", refreshes.gaps());
        let log = ctx.servers.request_log().await?;
        assert!(log.with_status(401).is_empty());
        assert!(log.of(POSTS).len() >= 4, "polling went on");
        tab.has_posts(100).await
    })
}

#[test]
fn five_tabs_over_five_token_lifetimes_make_five_refreshes_and_no_401() -> Result<()> {
    Scenario::new().access_ttl(20).run(async |ctx| {
        let tabs = ctx.signed_in_tabs(5).await?;
        let refreshes = ctx.servers.wait_for_requests(REFRESH, 5, Duration::from_secs(90)).await?;
        assert_eq!(refreshes.len(), 5);
        assert!(are_one_per_lifetime(&refreshes.gaps()), "{:?}", refreshes.gaps());
        for tab in &tabs {
            tab.has_posts(100).await?;
        }
        assert!(ctx.servers.request_log().await?.with_status(401).is_empty());
        Ok(())
    })
}

#[test]
fn f17_without_web_locks_and_broadcast_channel_there_is_still_one_refresh_per_lifetime() -> Result<()> {
    let scenario = Scenario::new().access_ttl(20).first_script(
        "Object.defineProperty(Navigator.prototype, 'locks', {value: undefined}); delete window.BroadcastChannel;",
    );
    scenario.run(async |ctx| {
        let tabs = ctx.signed_in_tabs(5).await?;
        let are_missing: bool = tabs[0].script("return !navigator.locks && !window.BroadcastChannel").await?;
        assert!(are_missing);
        let refreshes = ctx.servers.wait_for_requests(REFRESH, 5, Duration::from_secs(90)).await?;
        assert!(are_one_per_lifetime(&refreshes.gaps()), "{:?}", refreshes.gaps());
        assert!(ctx.servers.request_log().await?.with_status(401).is_empty());
        tabs[0].press("Sign out").await?;
        for tab in &tabs[1..] {
            tab.has_heading("Access denied").await?;
        }
        Ok(())
    })
}

#[test]
fn t6_a_token_of_the_year_2099_is_not_renewed_in_a_hot_loop() -> Result<()> {
    const LONG: u32 = 2_300_000_000;
    const COUNT_TIMERS: &str = "
        window.timers = 0;
        const set = window.setTimeout;
        window.wait = set;
        window.setTimeout = (...timer) => { window.timers += 1; return set(...timer); };
    ";
    // One script, because WebKit's driver sets a timer for each.
    const TIMERS_OF_TWO_SECONDS: &str = "
        const before = window.timers;
        return new Promise((done) => wait(() => done(window.timers - before), 2000))";
    let scenario = Scenario::new().access_ttl(LONG).setting("REFRESH_TTL", LONG).setting("SESSION_TTL", LONG);
    let scenario = scenario.first_script(COUNT_TIMERS);
    scenario.run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        ctx.servers.wait_for_requests(POSTS, 3, Duration::from_secs(40)).await?;
        assert!(ctx.servers.request_log().await?.of(REFRESH).is_empty());
        tab.follow("yew-auth").await?;
        tab.shows("26620 days left").await?;
        let set: u32 = tab.script(TIMERS_OF_TWO_SECONDS).await?;
        assert!(set < 10, "{set} timers are set");
        Ok(())
    })
}
