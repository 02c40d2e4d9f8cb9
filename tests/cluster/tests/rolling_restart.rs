//! A new release, host by host, while people read.

use std::time::Duration;

use anyhow::{Result, ensure};
use cluster::Deployment;
use e2e::REFRESH;

/// backend/tests/cluster/next_release: it adds a column to the table of sessions.
const NEXT_RELEASE: &str = "tests.cluster.settings";
const SETTINGS: &str = "DJANGO_SETTINGS_MODULE";

#[test]
fn a_rolling_restart_with_a_migration_is_noticed_by_no_page() -> Result<()> {
    Deployment::run(&[("ACCESS_TTL", "20")], async |deployment| {
        let tabs = deployment.signed_in_tabs(5).await?;
        let before = deployment.request_log()?.of(REFRESH).len();
        deployment.manage(NEXT_RELEASE, &["migrate"])?;
        // The former release goes on with the new column.
        deployment.answered(REFRESH, 200, before + 1, Duration::from_secs(30)).await?;
        for host in deployment.hosts() {
            deployment.with_host(&host, |host| {
                host.set(SETTINGS, NEXT_RELEASE);
                host.restart()
            })??;
            deployment.is_asked_again(&host, &tabs[0]).await?;
        }
        let refreshed = deployment.request_log()?.of(REFRESH).len();
        deployment.answered(REFRESH, 200, refreshed + 1, Duration::from_secs(30)).await?;
        for tab in &tabs {
            let updated = tab.updated_at().await?;
            tab.press("Refresh").await?;
            tab.is_updated_after(updated.as_deref(), Duration::from_secs(20)).await?;
            tab.has_posts(100).await?;
        }
        let failed = deployment.request_log()?.failed();
        ensure!(failed.is_empty(), "answered with an error: {failed:?}");
        deployment.ensure_only_session(&tabs[0]).await
    })
}

#[test]
fn a_host_of_the_next_release_is_not_ready_before_its_migration() -> Result<()> {
    Deployment::run(&[], async |deployment| {
        let host = &deployment.hosts()[0];
        deployment.with_host(host, |host| {
            host.server().stop();
            host.set(SETTINGS, NEXT_RELEASE);
            host.server().launch_again()
        })??;
        deployment.is_up(host).await?;
        assert!(!deployment.with_host(host, |host| host.is_ready())?);
        deployment.manage(NEXT_RELEASE, &["migrate"])?;
        assert!(deployment.with_host(host, |host| host.is_ready())?);
        Ok(())
    })
}
