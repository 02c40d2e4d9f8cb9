//! An app outside the workspace that uses the library: `tests/scratch-app`.

use std::env;
use std::time::Duration;

use anyhow::{Context, Result};
use e2e::{POSTS, Scenario};

#[test]
fn an_app_outside_the_workspace_signs_in_and_polls() -> Result<()> {
    const APP: &str = "YEW_AUTH_E2E_SCRATCH_APP";
    let app = env::var(APP).with_context(|| format!("{APP} is not set: run cargo xtask test e2e"))?;
    Scenario::new().setting("SPA_DIST", app).run(async |ctx| {
        let tab = ctx.tab("/").await?;
        tab.follow("Posts").await?;
        tab.has_heading("Sign in").await?;
        tab.submit_demo_password().await?;
        tab.has_heading("Posts").await?;
        tab.has_posts(100).await?;
        ctx.servers.wait_for_requests(POSTS, 3, Duration::from_secs(20)).await?;
        tab.press("Sign out").await?;
        tab.has_heading("Sign in").await
    })
}
