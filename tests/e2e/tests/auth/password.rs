//! Signing in with a password.

use std::time::Duration;

use anyhow::Result;
use e2e::{Fault, LOGIN, LOGOUT, Scenario};
use serde_json::json;

#[test]
fn a_password_signs_in_and_the_home_page_says_who() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.tab("/").await?;
        tab.follow("Sign in").await?;
        tab.has_heading("Sign in").await?;
        tab.submit_demo_password().await?;
        tab.has_heading("Welcome back").await?;
        for text in ["Demo Person", "demo@example.test", "30 days left"] {
            tab.shows(text).await?;
        }
        Ok(())
    })
}

#[test]
fn an_e_mail_address_signs_in_as_well() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.tab("/sign-in").await?;
        tab.submit_password("demo@example.test", "demo-password").await?;
        tab.has_heading("Welcome back").await
    })
}

#[test]
fn a_wrong_password_is_told_and_the_right_one_then_works() -> Result<()> {
    Scenario::new().run(async |ctx| {
        ctx.browser.console.expect(LOGIN, "400");
        let tab = ctx.tab("/sign-in").await?;
        tab.submit_password("demo", "wrong").await?;
        tab.shows("Unable to log in with provided credentials. Check the name and the password").await?;
        assert!(!tab.has_stored_session().await?);
        tab.fill("Password", "demo-password").await?;
        tab.press("Sign in").await?;
        tab.has_heading("Welcome back").await
    })
}

#[test]
fn a_sign_in_is_sent_once_and_a_long_wait_is_told() -> Result<()> {
    const IS_ANNOUNCED: &str = "return document.querySelector('form [role=status]').innerText.trim() === 'One moment…'";
    Scenario::new().run(async |ctx| {
        ctx.servers.set_faults(&[Fault::on(LOGIN).delay_response(Duration::from_secs(3))]).await?;
        let tab = ctx.tab("/sign-in").await?;
        tab.fill("Username or email", "demo").await?;
        tab.fill("Password", "demo-password").await?;
        tab.press_enter().await?;
        tab.press_enter().await?;
        tab.becomes_true("the wait is announced", Duration::from_secs(3), IS_ANNOUNCED).await?;
        tab.has_heading("Welcome back").await?;
        assert_eq!(ctx.servers.request_log().await?.of(LOGIN).len(), 1);
        Ok(())
    })
}

#[test]
fn a_password_that_was_shown_is_hidden_when_it_is_sent() -> Result<()> {
    const TYPE: &str = "return document.getElementById('password').type";
    Scenario::new().run(async |ctx| {
        ctx.browser.console.expect(LOGIN, "400");
        let tab = ctx.tab("/sign-in").await?;
        tab.fill("Password", "wrong").await?;
        tab.press("Show").await?;
        assert_eq!(tab.script::<String>(TYPE).await?, "text");
        tab.submit_password("demo", "wrong").await?;
        tab.shows("Unable to log in").await?;
        assert_eq!(tab.script::<String>(TYPE).await?, "password");
        Ok(())
    })
}

#[test]
fn too_many_tries_are_told_with_what_helps() -> Result<()> {
    Scenario::new().run(async |ctx| {
        ctx.browser.console.expect(LOGIN, "429");
        let tab = ctx.tab("/sign-in").await?;
        ctx.servers.set_faults(&[Fault::on(LOGIN).status(429)]).await?;
        tab.submit_demo_password().await?;
        tab.shows("Too many attempts. Try again in a moment.").await?;
        ctx.servers.set_faults(&[Fault::on(LOGIN).status(429).retry_after("7")]).await?;
        tab.press("Sign in").await?;
        tab.shows("Too many attempts. Try again in 7 seconds.").await
    })
}

#[test]
fn a_no_without_a_word_is_told_with_what_helps() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.tab("/sign-in").await?;
        for (status, message) in [
            (401, "The name or the password is wrong. Check both, then try again."),
            (403, "The server refused (status 403). Reload the page, then try again."),
        ] {
            ctx.browser.console.expect(LOGIN, &status.to_string());
            ctx.servers.set_faults(&[Fault::on(LOGIN).status(status).html("<h1>No</h1>")]).await?;
            tab.submit_demo_password().await?;
            tab.shows(message).await?;
        }
        Ok(())
    })
}

#[test]
fn s10_an_error_that_is_dressed_as_a_sign_in_signs_nobody_in() -> Result<()> {
    const UNREADABLE: &str = "The server sent something the app cannot read.";
    const NOT_SET_UP: &str = "The server is not set up for this app.";
    Scenario::new().run(async |ctx| {
        // The response may have set cookies, so the app signs out. The backend knows no such session.
        ctx.browser.console.expect(LOGOUT, "401");
        let tab = ctx.tab("/sign-in").await?;
        for (body, sentence) in [
            (json!({"detail": "Try again later."}), UNREADABLE),
            (json!({"user": null, "access": "", "refresh": ""}), UNREADABLE),
            (json!({"user": {"pk": 1, "username": "demo"}}), UNREADABLE),
            (json!({"access": "a.b.c", "refresh": "a.b.c"}), NOT_SET_UP),
            (json!([]), UNREADABLE),
        ] {
            ctx.servers.set_faults(&[Fault::on(LOGIN).json(body.clone())]).await?;
            tab.goto("/sign-in").await?;
            tab.submit_demo_password().await?;
            tab.shows(sentence).await?;
            let session = tab.stored_record().await?.map(|stored| stored["record"]["status"]["signed_in"].clone());
            assert!(session.is_none_or(|session| session.is_null()), "{body}");
            tab.open("/posts", "Access denied").await?;
        }
        Ok(())
    })
}
