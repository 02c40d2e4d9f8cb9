//! Redis, which counts for the limits, goes away.

use anyhow::Result;
use cluster::Deployment;

/// Sign-ins that one network may try in a minute.
const LIMIT: [(&str, &str); 1] = [("SIGN_IN_RATE", "4/min")];

/// Signs in, then tries wrong passwords at one host after the other.
async fn hosts_count_together(deployment: &Deployment) -> Result<()> {
    let tabs = deployment.signed_in_tabs(1).await?;
    let mut statuses = Vec::new();
    for host in deployment.hosts().iter().cycle().take(4) {
        statuses.push(deployment.client(host)?.sign_in("demo", "a wrong password").await?);
    }
    assert_eq!(statuses, [400, 400, 400, 429], "the first of the four was the page's");
    deployment.ensure_only_session(&tabs[0]).await
}

#[test]
fn hosts_count_sign_ins_together() -> Result<()> {
    Deployment::run(&LIMIT, hosts_count_together)
}

#[test]
fn with_redis_gone_sign_in_goes_on_and_hosts_still_count_together() -> Result<()> {
    Deployment::run(&LIMIT, async |deployment| {
        deployment.with_cluster(|cluster| cluster.redis().server().kill());
        hosts_count_together(deployment).await?;
        assert!(!deployment.query("SELECT key FROM throttling_counter")?.is_empty(), "the database counts");
        Ok(())
    })
}

#[test]
fn with_redis_hanging_sign_in_goes_on_and_hosts_still_count_together() -> Result<()> {
    Deployment::run(&LIMIT, async |deployment| {
        deployment.with_cluster(|cluster| cluster.redis().server().freeze());
        hosts_count_together(deployment).await
    })
}
