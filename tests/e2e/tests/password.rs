//! Signing in with a password.

use anyhow::Result;
use e2e::{Fault, LOGIN, LOGOUT, Scenario};
use serde_json::json;

#[test]
fn a_password_signs_in_and_the_home_page_says_who() -> Result<()> {
    Scenario::new().run(async |stage| {
        let tab = stage.tab("/").await?;
        tab.follow("Sign in").await?;
        tab.is_headed("Sign in").await?;
        tab.submit_password("demo", "demo-password").await?;
        tab.is_headed("Welcome back").await?;
        for text in ["Demo Person", "demo@example.test", "30 days left"] {
            tab.shows(text).await?;
        }
        Ok(())
    })
}

#[test]
fn an_e_mail_address_signs_in_as_well() -> Result<()> {
    Scenario::new().run(async |stage| {
        let tab = stage.tab("/sign-in").await?;
        tab.submit_password("demo@example.test", "demo-password").await?;
        tab.is_headed("Welcome back").await
    })
}

#[test]
fn a_wrong_password_is_told_and_the_right_one_then_works() -> Result<()> {
    Scenario::new().run(async |stage| {
        stage.browser.console.expect(LOGIN, "400");
        let tab = stage.tab("/sign-in").await?;
        tab.submit_password("demo", "wrong").await?;
        tab.shows("Unable to log in with provided credentials. Check the name and the password").await?;
        assert_eq!(tab.stored().await?, None);
        tab.fill("Password", "demo-password").await?;
        tab.press("Sign in").await?;
        tab.is_headed("Welcome back").await
    })
}

#[test]
fn s10_an_error_that_is_dressed_as_a_sign_in_signs_nobody_in() -> Result<()> {
    Scenario::new().run(async |stage| {
        // What such an answer may have set is handed back, and there is nothing of it.
        stage.browser.console.expect(LOGOUT, "401");
        let tab = stage.tab("/sign-in").await?;
        for dressed in [
            json!({"detail": "Try again later."}),
            json!({"user": null, "access": "", "refresh": ""}),
            json!({"user": {"pk": 1, "username": "demo"}}),
            json!({"access": "a.b.c", "refresh": "a.b.c"}),
            json!([]),
        ] {
            stage.stack.faults(&[Fault::on(LOGIN).json(dressed.clone())]).await?;
            tab.goto("/sign-in").await?;
            tab.submit_password("demo", "demo-password").await?;
            tab.shows("The server answered with something that is not an answer.").await?;
            let session = tab.stored().await?.map(|stored| stored["record"]["status"]["signed_in"].clone());
            assert!(session.is_none_or(|session| session.is_null()), "{dressed}");
            tab.goto("/posts").await?;
            tab.is_headed("Access denied").await?;
        }
        Ok(())
    })
}
