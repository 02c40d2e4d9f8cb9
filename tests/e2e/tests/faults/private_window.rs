//! A private window, which forgets everything at its end.

use anyhow::Result;
use e2e::Scenario;

#[test]
fn f13_in_a_private_window_a_session_outlives_a_reload_and_two_tabs_share_its_refreshes_and_its_end() -> Result<()> {
    Scenario::new().in_private_window().access_ttl(20).run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        tab.open("/posts", "Posts").await?;
        tab.has_posts(100).await?;
        assert!(!tab.text().await?.contains("does not let the app store anything"), "the app misses no storage");
        ctx.shares_its_session_with_a_copy(&tab).await
    })
}
