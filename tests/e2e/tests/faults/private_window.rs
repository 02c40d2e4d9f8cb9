//! A private window, which forgets everything at its end.

use std::time::Duration;

use anyhow::Result;
use e2e::{REFRESH, Scenario};

#[test]
fn f13_in_a_private_window_a_session_outlives_a_reload_and_two_tabs_share_its_refreshes_and_its_end() -> Result<()> {
    Scenario::new().in_private_window().access_ttl(20).run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        tab.open("/posts", "Posts").await?;
        tab.has_posts(100).await?;
        let copy = tab.duplicate().await?;
        copy.has_posts(100).await?;
        assert!(!tab.text().await?.contains("does not let the app store anything"), "the app misses no storage");
        ctx.servers.wait_for_requests(REFRESH, 2, Duration::from_secs(60)).await?;
        let log = ctx.servers.request_log().await?;
        assert!(log.with_status(401).is_empty());
        assert!(log.of(REFRESH).gaps().iter().all(|gap| *gap > Duration::from_secs(5)), "one for both: {log:?}");
        copy.press("Sign out").await?;
        tab.shows("You have signed out in another tab.").await
    })
}
