//! A backend that is down, or behind a proxy that answers for it.

use std::time::Duration;

use anyhow::Result;
use e2e::{Fault, LOGIN, LOGOUT, POSTS, PROVIDERS, Scenario};

const REFUSED: &str = "ERR_CONNECTION_REFUSED";

#[test]
fn with_the_backend_stopped_the_page_says_so_keeps_posts_and_session_and_recovers_by_itself() -> Result<()> {
    Scenario::new().run(async |ctx| {
        ctx.browser.console.expect(POSTS, REFUSED);
        let tab = ctx.signed_in_tab().await?;
        let (updated, stored) = (tab.updated_at().await?, tab.stored_record().await?);
        ctx.servers.stop_backend();
        tab.shows("The server cannot be reached.").await?;
        assert_eq!(tab.post_count().await?, 100);
        assert_eq!(tab.stored_record().await?, stored);
        ctx.servers.start_backend().await?;
        tab.hides_within("The server cannot be reached.", Duration::from_secs(60)).await?;
        tab.is_updated_after(updated.as_deref(), Duration::from_secs(5)).await
    })
}

#[test]
fn signing_in_while_the_backend_is_stopped_says_so_and_works_afterwards() -> Result<()> {
    Scenario::new().run(async |ctx| {
        ctx.browser.console.expect(LOGIN, REFUSED);
        // The lost response may have signed the person in, so the app signs out, now or when the backend is back. The
        // backend knows no such session.
        ctx.browser.console.expect(LOGOUT, REFUSED);
        ctx.browser.console.expect(LOGOUT, "401");
        let tab = ctx.tab("/sign-in").await?;
        tab.fill("Username or email", "demo").await?;
        tab.fill("Password", "demo-password").await?;
        ctx.servers.stop_backend();
        tab.press("Sign in").await?;
        tab.shows("The server cannot be reached. Try again in a moment.").await?;
        ctx.servers.start_backend().await?;
        tab.press("Sign in").await?;
        tab.has_heading("Welcome back").await
    })
}

#[test]
fn a_backend_that_answers_html_signs_nobody_in_and_is_told() -> Result<()> {
    Scenario::new().run(async |ctx| {
        // The unreadable response may have set cookies, so the app signs out. The backend knows no such session.
        ctx.browser.console.expect(LOGOUT, "401");
        let page = |path| Fault::on(path).html("<!doctype html><h1>Welcome to nginx</h1>");
        ctx.servers.set_faults(&[page(LOGIN), page(PROVIDERS)]).await?;
        let tab = ctx.tab("/sign-in").await?;
        tab.submit_demo_password().await?;
        tab.shows("The server sent something the app cannot read. Try again in a moment.").await?;
        let record = tab.stored_record().await?;
        assert!(record.is_none_or(|stored| stored["record"]["status"].get("signed_in").is_none()));
        ctx.servers.clear_faults().await?;
        tab.press("Sign in").await?;
        tab.has_heading("Welcome back").await
    })
}
