//! Refreshes over several hosts, one of which goes away in the middle.

use std::time::Duration;

use anyhow::Result;
use cluster::Deployment;
use e2e::{POSTS, REFRESH, Tab, eventually};

/// Tokens that live for twenty seconds are refreshed every ten.
const SHORT_TOKENS: [(&str, &str); 1] = [("ACCESS_TTL", "20")];
/// Two refreshes that are closer than this are one too many.
const CLOSEST_REFRESHES: Duration = Duration::from_secs(7);
/// A held refresh goes on, or is sent again, within this time.
const RECOVERED: Duration = Duration::from_secs(60);

/// Each tab gets posts after now.
async fn all_get_posts(tabs: &[Tab]) -> Result<()> {
    for tab in tabs {
        let before = tab.updated_at().await?;
        tab.press("Refresh").await?;
        tab.is_updated_after(before.as_deref(), Duration::from_secs(20)).await?;
        tab.has_posts(100).await?;
    }
    Ok(())
}

#[test]
fn five_tabs_over_three_hosts_share_one_refresh_a_lifetime() -> Result<()> {
    Deployment::run(&SHORT_TOKENS, async |deployment| {
        let tabs = deployment.signed_in_tabs(5).await?;
        let refreshes = deployment.answered(REFRESH, 200, 3, RECOVERED).await?;
        assert!(refreshes.closest() >= Some(CLOSEST_REFRESHES), "{refreshes:?}");
        all_get_posts(&tabs).await?;
        let log = deployment.request_log()?;
        for host in deployment.hosts() {
            let address = deployment.with_host(&host, |host| host.address().to_string())?;
            assert!(!log.of(POSTS).answered_by(&address).is_empty(), "{host} answers nobody");
        }
        deployment.ensure_no_401()?;
        deployment.ensure_only_session(&tabs[0]).await
    })
}

#[test]
fn a_host_killed_in_the_middle_of_a_refresh_is_noticed_by_no_page() -> Result<()> {
    Deployment::run(&SHORT_TOKENS, async |deployment| {
        let tabs = deployment.signed_in_tabs(5).await?;
        let lock = deployment.hold_refreshes().await?;
        let host = deployment.host_that_waits().await?;
        let before = deployment.request_log()?.of(REFRESH).len();
        deployment.kill(&host)?;
        lock.release();
        let refreshes = deployment.answered(REFRESH, 200, before + 1, RECOVERED).await?.after(before);
        assert_eq!(refreshes.sent_again().len(), 1, "nginx has asked another host: {refreshes:?}");
        all_get_posts(&tabs).await?;
        deployment.ensure_no_401()?;
        deployment.ensure_only_session(&tabs[0]).await?;
        deployment.with_host(&host, |host| host.server().start_again())??;
        all_get_posts(&tabs).await
    })
}

#[test]
fn a_host_paused_in_the_middle_of_a_refresh_is_noticed_by_no_page_and_revokes_nothing_when_it_goes_on() -> Result<()> {
    Deployment::run(&SHORT_TOKENS, async |deployment| {
        let tabs = deployment.signed_in_tabs(2).await?;
        let lock = deployment.hold_refreshes().await?;
        let host = deployment.host_that_waits().await?;
        let before = deployment.request_log()?.of(REFRESH).len();
        deployment.with_host(&host, |host| host.server().freeze())?;
        // PostgreSQL grants the lock to the paused host, and takes it back.
        lock.release();
        let refreshes = deployment.answered(REFRESH, 200, before + 1, RECOVERED).await?.after(before);
        assert_eq!(refreshes.sent_again().len(), 1, "nginx has asked another host: {refreshes:?}");
        deployment.with_host(&host, |host| host.server().thaw())?;
        deployment.is_up(&host).await?;
        deployment.answered(REFRESH, 200, before + 2, RECOVERED).await?;
        all_get_posts(&tabs).await?;
        deployment.ensure_no_401()?;
        deployment.ensure_only_session(&tabs[0]).await
    })
}

#[test]
fn a_proxy_that_dies_with_the_answer_to_a_refresh_loses_no_token() -> Result<()> {
    Deployment::run(&SHORT_TOKENS, async |deployment| {
        deployment.browser.console.expect(REFRESH, "ERR_");
        deployment.browser.console.expect(POSTS, "ERR_");
        let tabs = deployment.signed_in_tabs(5).await?;
        let lock = deployment.hold_refreshes().await?;
        deployment.host_that_waits().await?;
        let tokens = "SELECT current FROM refresh_families_refreshfamily";
        let before = deployment.query(tokens)?;
        deployment.with_cluster(|cluster| cluster.proxy().freeze());
        lock.release();
        eventually("the host has refreshed", RECOVERED, async || {
            Ok((deployment.query(tokens)? != before).then_some(()))
        })
        .await?;
        deployment.with_cluster(|cluster| {
            cluster.proxy().kill();
            cluster.proxy().start_again()
        })?;
        eventually("the lost answer is given again", RECOVERED, async || {
            let replayed = deployment.query("SELECT 1 FROM refresh_families_refreshfamily WHERE replayed")?;
            Ok((!replayed.is_empty()).then_some(()))
        })
        .await?;
        all_get_posts(&tabs).await?;
        deployment.ensure_no_401()?;
        deployment.ensure_only_session(&tabs[0]).await
    })
}
