//! PostgreSQL goes away for a while.

use std::time::Duration;

use anyhow::Result;
use cluster::Deployment;
use e2e::{POSTS, REFRESH, Tab, eventually};

const SOON: Duration = Duration::from_secs(20);
const RECOVERED: Duration = Duration::from_secs(90);
/// What a page says of its own request, and of a refresh that another page has sent.
const NOTICES: [&str; 2] = ["The server has a problem.", "The server cannot be reached."];

async fn shows_notice(tab: &Tab) -> Result<bool> {
    let text = tab.text().await?;
    Ok(NOTICES.iter().any(|notice| text.contains(notice)))
}

#[test]
fn with_postgresql_restarted_the_page_says_so_keeps_posts_and_session_and_recovers_by_itself() -> Result<()> {
    Deployment::run(&[("ACCESS_TTL", "20")], async |deployment| {
        for path in [POSTS, REFRESH] {
            deployment.browser.console.expect(path, "503");
        }
        let tabs = deployment.signed_in_tabs(2).await?;
        let session = tabs[0].session_id().await?;
        deployment.with_cluster(|cluster| cluster.postgresql().server().stop());
        deployment.answered(REFRESH, 503, 1, Duration::from_secs(30)).await?;
        for tab in &tabs {
            tab.press("Refresh").await?;
            eventually("the page says so", SOON, async || Ok(shows_notice(tab).await?.then_some(()))).await?;
            assert_eq!(tab.post_count().await?, 100);
            assert_eq!(tab.session_id().await?, session);
        }
        deployment.with_cluster(|cluster| cluster.postgresql().server().start_again())?;
        for tab in &tabs {
            eventually("the notice is gone", RECOVERED, async || Ok((!shows_notice(tab).await?).then_some(()))).await?;
            tab.has_posts(100).await?;
        }
        deployment.ensure_no_401()?;
        deployment.ensure_only_session(&tabs[0]).await
    })
}
