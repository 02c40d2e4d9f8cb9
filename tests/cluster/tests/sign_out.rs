//! Signing out, over several hosts.

use std::time::Duration;

use anyhow::Result;
use cluster::Deployment;
use e2e::LOGOUT;

#[test]
fn signing_out_in_one_of_five_tabs_ends_all_and_every_host_refuses_the_session() -> Result<()> {
    Deployment::run(&[], async |deployment| {
        let tabs = deployment.signed_in_tabs(5).await?;
        let access = tabs[0].access_token().await?;
        for host in deployment.hosts() {
            assert_eq!(deployment.client(&host)?.posts(&access).await?, 200, "{host}");
        }
        tabs[0].press("Sign out").await?;
        tabs[0].shows("You are signed out.").await?;
        for tab in &tabs[1..] {
            tab.shows("You have signed out in another tab.").await?;
        }
        deployment.answered(LOGOUT, 200, 1, Duration::from_secs(10)).await?;
        for host in deployment.hosts() {
            assert_eq!(deployment.client(&host)?.posts(&access).await?, 401, "{host}");
        }
        assert_eq!(deployment.request_log()?.of(LOGOUT).len(), 1, "one tab signs out");
        deployment.ensure_no_401()
    })
}
