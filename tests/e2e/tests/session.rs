//! One tab's session: reloaded, signed out, badly stored.

use std::time::Duration;

use anyhow::Result;
use e2e::{LOGIN, LOGOUT, REFRESH, Scenario, over_both_transports};

over_both_transports! {
    a_reload_keeps_the_session_and_asks_for_no_new_token,
    sign_out_ends_the_session_here_and_at_the_backend,
}

fn a_reload_keeps_the_session_and_asks_for_no_new_token(scenario: Scenario) -> Result<()> {
    scenario.run(async |stage| {
        let tab = stage.signed_in_tab().await?;
        tab.reload().await?;
        tab.is_headed("Posts").await?;
        tab.has_posts(100).await?;
        let log = stage.stack.log().await?;
        assert_eq!((log.of(LOGIN).len(), log.of(REFRESH).len()), (1, 0));
        Ok(())
    })
}

fn sign_out_ends_the_session_here_and_at_the_backend(scenario: Scenario) -> Result<()> {
    scenario.run(async |stage| {
        let tab = stage.signed_in_tab().await?;
        let (access, refresh) = (tab.access_token().await?, tab.refresh_token().await?);
        tab.press("Sign out").await?;
        tab.shows("You are signed out.").await?;
        assert_eq!(tab.path().await?, "/");
        stage.stack.answers(LOGOUT, 200, Duration::from_secs(10)).await?;
        assert_eq!(stage.stack.api.refresh(&refresh).await?.0, 401);
        assert_eq!(stage.stack.api.posts(&access).await?, 401);
        tab.goto("/posts").await?;
        tab.is_headed("Access denied").await
    })
}

#[test]
fn f14_a_corrupt_record_is_signed_out_and_the_next_sign_in_is_kept() -> Result<()> {
    const CORRUPT: [&str; 5] = ["", "null", "{\"schema\":1,\"record\":{}}", "{\"schema\":\"1\"}", "\u{0}\u{ffff}{{{"];
    Scenario::new().run(async |stage| {
        let tab = stage.tab("/").await?;
        for text in CORRUPT {
            tab.store(text).await?;
            tab.goto("/posts").await?;
            tab.is_headed("Access denied").await?;
        }
        tab.sign_in().await?;
        tab.reload().await?;
        tab.has_posts(100).await
    })
}

#[test]
fn f14_a_reload_brings_the_page_up_to_the_session_of_a_newer_release() -> Result<()> {
    const NEWER: &str = r#"{"schema":999,"record":"of a later time"}"#;
    Scenario::new().run(async |stage| {
        let tab = stage.signed_in_tab().await?;
        let current: String = tab.script("return localStorage.getItem('yew-auth.session')").await?;
        for (path, older) in [("/posts", "This page is older"), ("/", "The app has been updated.")] {
            tab.store(NEWER).await?;
            tab.goto(path).await?;
            tab.shows(older).await?;
            // What is newer than this page is what the page that comes can read.
            tab.store(&current).await?;
            tab.enter_on("Reload").await?;
            tab.shows("Demo Person").await?;
        }
        Ok(())
    })
}

#[test]
fn f14_a_record_of_a_newer_release_is_never_overwritten() -> Result<()> {
    const NEWER: &str = r#"{"schema":999,"record":"of a later time"}"#;
    Scenario::new().run(async |stage| {
        let tab = stage.tab("/").await?;
        tab.store(NEWER).await?;
        tab.goto("/posts").await?;
        tab.shows("This page is older than your session.").await?;
        tab.tab_to("Reload").await?;
        tab.goto("/").await?;
        tab.shows("The app has been updated.").await?;
        tab.tab_to("Reload").await?;
        tab.sign_in().await?;
        tab.shows("This browser does not let the app store anything").await?;
        tab.press("Sign out").await?;
        tab.shows("You are signed out.").await?;
        let stored: String = tab.script("return localStorage.getItem('yew-auth.session')").await?;
        assert_eq!(stored, NEWER);
        Ok(())
    })
}
