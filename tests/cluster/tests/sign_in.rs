//! Signing in while a host goes away.

use anyhow::Result;
use cluster::Deployment;
use e2e::{LOGIN, LOGOUT};

#[test]
fn a_host_killed_in_the_middle_of_a_sign_in_opens_no_session_and_the_next_try_signs_in() -> Result<()> {
    Deployment::run(&[], async |deployment| {
        deployment.browser.console.expect(LOGIN, "502");
        // The lost answer may have signed the person in, so the app asks for that session and finds none.
        deployment.browser.console.expect(LOGOUT, "401");
        let tab = deployment.browser.open_tab(&deployment.origin(), "/sign-in?next=%2Fposts").await?;
        let lock = deployment.hold_sign_ins().await?;
        tab.submit_demo_password().await?;
        let host = deployment.host_that_waits().await?;
        deployment.kill(&host)?;
        lock.release();
        tab.shows("The server cannot answer at the moment (status 502).").await?;
        assert!(deployment.request_log()?.of(LOGIN).sent_again().is_empty(), "no second host signs in");
        assert!(deployment.query("SELECT id FROM refresh_families_refreshfamily")?.is_empty());
        tab.press("Sign in").await?;
        tab.has_heading("Posts").await?;
        tab.has_posts(100).await?;
        deployment.ensure_only_session(&tab).await
    })
}
