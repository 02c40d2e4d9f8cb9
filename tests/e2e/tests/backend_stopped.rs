//! A backend that is not there, or is not itself.

use std::time::Duration;

use anyhow::Result;
use e2e::{Fault, LOGIN, LOGOUT, POSTS, PROVIDERS, Scenario};

const REFUSED: &str = "ERR_CONNECTION_REFUSED";

#[test]
fn with_the_backend_stopped_the_page_says_so_keeps_posts_and_session_and_recovers_by_itself() -> Result<()> {
    Scenario::new().run(async |stage| {
        stage.browser.console.expect(POSTS, REFUSED);
        let tab = stage.signed_in_tab().await?;
        let (updated, stored) = (tab.updated_at().await?, tab.stored().await?);
        stage.stack.stop_backend();
        tab.shows("The server cannot be reached.").await?;
        assert_eq!(tab.posts().await?, 100);
        assert_eq!(tab.stored().await?, stored);
        stage.stack.start_backend().await?;
        tab.hides_within("The server cannot be reached.", Duration::from_secs(60)).await?;
        tab.is_updated_after(updated.as_deref(), Duration::from_secs(5)).await
    })
}

#[test]
fn signing_in_while_the_backend_is_stopped_says_so_and_works_afterwards() -> Result<()> {
    Scenario::new().run(async |stage| {
        stage.browser.console.expect(LOGIN, REFUSED);
        // An answer that did not come may have signed somebody in: that session, which there is not, is ended, now or once
        // the backend is back.
        stage.browser.console.expect(LOGOUT, REFUSED);
        stage.browser.console.expect(LOGOUT, "401");
        let tab = stage.tab("/sign-in").await?;
        tab.fill("Username or email", "demo").await?;
        tab.fill("Password", "demo-password").await?;
        stage.stack.stop_backend();
        tab.press("Sign in").await?;
        tab.shows("The server cannot be reached. Try again in a moment.").await?;
        stage.stack.start_backend().await?;
        tab.press("Sign in").await?;
        tab.is_headed("Welcome back").await
    })
}

#[test]
fn a_backend_that_answers_html_signs_nobody_in_and_is_told() -> Result<()> {
    Scenario::new().run(async |stage| {
        // What was no answer may have signed somebody in: that session, which there is not, is ended.
        stage.browser.console.expect(LOGOUT, "401");
        let page = |path| Fault::on(path).html("<!doctype html><h1>Welcome to nginx</h1>");
        stage.stack.faults(&[page(LOGIN), page(PROVIDERS)]).await?;
        let tab = stage.tab("/sign-in").await?;
        tab.submit_password("demo", "demo-password").await?;
        tab.shows("The server sent something the app cannot read. Try again in a moment.").await?;
        let record = tab.stored().await?;
        assert!(record.is_none_or(|stored| stored["record"]["status"].get("signed_in").is_none()));
        stage.stack.heal().await?;
        tab.press("Sign in").await?;
        tab.is_headed("Welcome back").await
    })
}
