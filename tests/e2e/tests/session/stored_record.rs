//! The stored record of a session: after a reload, after a sign-out, corrupt, and of a newer release.

use std::time::Duration;

use anyhow::Result;
use e2e::{LOGIN, LOGOUT, REFRESH, Scenario, over_both_transports};

/// A record whose schema this release does not know.
const NEWER: &str = r#"{"schema":999,"record":"of a newer release"}"#;

over_both_transports! {
    a_reload_keeps_the_session_and_asks_for_no_new_token,
    sign_out_ends_the_session_here_and_at_the_backend,
}

fn a_reload_keeps_the_session_and_asks_for_no_new_token(scenario: Scenario) -> Result<()> {
    scenario.run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        tab.reload().await?;
        tab.has_heading("Posts").await?;
        tab.has_posts(100).await?;
        let log = ctx.servers.request_log().await?;
        assert_eq!((log.of(LOGIN).len(), log.of(REFRESH).len()), (1, 0));
        Ok(())
    })
}

fn sign_out_ends_the_session_here_and_at_the_backend(scenario: Scenario) -> Result<()> {
    scenario.run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        let (access, refresh) = (tab.access_token().await?, tab.refresh_token().await?);
        tab.press("Sign out").await?;
        tab.shows("You are signed out.").await?;
        assert_eq!(tab.path().await?, "/");
        ctx.servers.wait_for_response(LOGOUT, 200, Duration::from_secs(10)).await?;
        assert_eq!(ctx.servers.api.refresh(&refresh).await?.0, 401);
        assert_eq!(ctx.servers.api.posts(&access).await?, 401);
        tab.open("/posts", "Access denied").await
    })
}

#[test]
fn f14_a_corrupt_record_is_signed_out_and_the_next_sign_in_is_kept() -> Result<()> {
    const CORRUPT: [&str; 5] = ["", "null", "{\"schema\":1,\"record\":{}}", "{\"schema\":\"1\"}", "\u{0}\u{ffff}{{{"];
    Scenario::new().run(async |ctx| {
        let tab = ctx.tab("/").await?;
        for text in CORRUPT {
            tab.store_record(text).await?;
            tab.open("/posts", "Access denied").await?;
        }
        tab.sign_in().await?;
        tab.reload().await?;
        tab.has_posts(100).await
    })
}

#[test]
fn f14_a_reload_brings_the_page_up_to_the_session_of_a_newer_release() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        let current: String = tab.script("return localStorage.getItem('yew-auth.session')").await?;
        for (path, older) in [("/posts", "This page is older"), ("/", "The app has been updated.")] {
            tab.store_record(NEWER).await?;
            tab.goto(path).await?;
            tab.shows(older).await?;
            // The reloaded page can read the record that the old page could not.
            tab.store_record(&current).await?;
            tab.activate("Reload").await?;
            tab.shows("Demo Person").await?;
        }
        Ok(())
    })
}

#[test]
fn f14_a_record_of_a_newer_release_is_never_overwritten() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.tab("/").await?;
        tab.store_record(NEWER).await?;
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
