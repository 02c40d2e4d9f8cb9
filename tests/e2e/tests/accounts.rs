//! Accounts, by the keyboard alone.

use std::time::Duration;

use anyhow::Result;
use e2e::{LOGIN, Scenario, Stage, Tab};

const REGISTRATION: &str = "/api/auth/registration/";
const PASSWORD_CHANGE: &str = "/api/auth/password/change/";
const RESET_CONFIRM: &str = "/api/auth/password/reset/confirm/";
const OLD: &str = "demo-password";
const NEW: &str = "another horse staple";
const SOON: Duration = Duration::from_secs(20);

async fn sign_in(tab: &Tab, name: &str, password: &str) -> Result<()> {
    tab.type_into("Username or email", name).await?;
    tab.type_into("Password", password).await?;
    tab.enter().await
}

/// A tab on the account page, signed in as the demo account.
async fn tab_on_account(stage: &Stage) -> Result<Tab> {
    let tab = stage.tab("/sign-in?next=%2Faccount").await?;
    tab.is_headed("Sign in").await?;
    sign_in(&tab, "demo", OLD).await?;
    tab.is_headed("Account").await?;
    Ok(tab)
}

#[test]
fn whoever_registers_is_signed_in_and_where_they_wanted_to_be() -> Result<()> {
    Scenario::new().run(async |stage| {
        stage.browser.console.expect(REGISTRATION, "400");
        let tab = stage.tab("/sign-in?next=%2Fposts").await?;
        tab.is_headed("Sign in").await?;
        tab.enter_on("Create an account").await?;
        tab.is_headed("Create an account").await?;
        tab.type_into("Username", "demo").await?;
        tab.type_into("Email", "ada@example.test").await?;
        tab.type_into("Password", "123").await?;
        tab.enter().await?;
        tab.shows("A user with that username already exists.").await?;
        tab.shows("This password is too short.").await?;
        assert_eq!(tab.focused().await?, "Username", "the first field with an error has the focus");
        let described = "const input = document.getElementById('password');
            return input.ariaInvalid === 'true' && document.getElementById(input.getAttribute('aria-describedby')).innerText";
        assert!(tab.script::<String>(described).await?.starts_with("This password is too short."));
        assert_eq!(tab.value("email").await?, "ada@example.test", "what was typed is kept");
        tab.retype("ada").await?;
        tab.type_into("Password", NEW).await?;
        tab.enter().await?;
        tab.is_headed("Posts").await?;
        tab.has_posts(100).await?;
        assert_eq!(tab.path().await?, "/posts");
        Ok(())
    })
}

#[test]
fn a_forgotten_password_is_set_anew_by_the_link_in_the_mail_once() -> Result<()> {
    Scenario::new().run(async |stage| {
        stage.browser.console.expect(RESET_CONFIRM, "400");
        let tab = stage.tab("/sign-in").await?;
        tab.is_headed("Sign in").await?;
        tab.enter_on("Forgot password?").await?;
        tab.is_headed("Forgot your password?").await?;
        tab.type_into("Email", "demo@example.test").await?;
        tab.enter().await?;
        tab.is_headed("Check your email").await?;
        assert_eq!(tab.focused().await?, "Check your email");
        let link = stage.stack.mailed_link("demo@example.test", SOON).await?;

        tab.goto(&link).await?;
        tab.is_headed("Set a new password").await?;
        assert_eq!(tab.script::<String>("return location.hash").await?, "", "the token is out of the address");
        tab.type_into("New password", NEW).await?;
        tab.enter().await?;
        tab.is_headed("Your password is set").await?;
        tab.enter_on("Sign in").await?;
        tab.is_headed("Sign in").await?;
        sign_in(&tab, "demo", NEW).await?;
        tab.is_headed("Welcome back").await?;

        let late = stage.tab(&link).await?;
        late.is_headed("Set a new password").await?;
        late.type_into("New password", OLD).await?;
        late.enter().await?;
        late.shows("This link was used before, or is too old.").await
    })
}

#[test]
fn who_has_forgotten_a_password_still_comes_where_they_wanted_to_be() -> Result<()> {
    Scenario::new().run(async |stage| {
        let tab = stage.tab("/sign-in?next=%2Faccount").await?;
        tab.is_headed("Sign in").await?;
        tab.enter_on("Forgot password?").await?;
        tab.is_headed("Forgot your password?").await?;
        tab.enter_on("Back to sign in").await?;
        tab.is_headed("Sign in").await?;
        tab.enter_on("Forgot password?").await?;
        tab.is_headed("Forgot your password?").await?;
        tab.type_into("Email", "demo@example.test").await?;
        tab.enter().await?;
        tab.is_headed("Check your email").await?;
        tab.enter_on("Back to sign in").await?;
        tab.is_headed("Sign in").await?;
        sign_in(&tab, "demo", OLD).await?;
        tab.is_headed("Account").await
    })
}

#[test]
fn a_password_is_changed_and_this_session_goes_on() -> Result<()> {
    Scenario::new().run(async |stage| {
        stage.browser.console.expect(PASSWORD_CHANGE, "400");
        let elsewhere = stage.stack.api.sign_in("demo", OLD).await?;
        let tab = tab_on_account(stage).await?;
        tab.type_into("Current password", "wrong").await?;
        tab.type_into("New password", NEW).await?;
        tab.enter().await?;
        tab.shows("Your old password was entered incorrectly.").await?;
        assert_eq!(tab.focused().await?, "Current password");
        tab.retype(OLD).await?;
        tab.enter().await?;
        tab.shows("Your password is changed.").await?;
        assert_eq!(tab.value("new-password").await?, "");
        assert_eq!(stage.stack.api.refresh(&elsewhere.refresh).await?.0, 401, "other sessions have ended");
        tab.goto("/posts").await?;
        tab.has_posts(100).await
    })
}

#[test]
fn a_changed_name_is_there_at_once_in_every_tab() -> Result<()> {
    Scenario::new().run(async |stage| {
        let tab = tab_on_account(stage).await?;
        let other = stage.tab("/").await?;
        other.shows("Demo Person").await?;
        tab.type_into("Given name (optional)", "Augusta").await?;
        tab.enter().await?;
        tab.shows("Your name is saved.").await?;
        tab.shows("Augusta Person").await?;
        other.shows("Augusta Person").await
    })
}

#[test]
fn signing_in_and_out_takes_no_mouse() -> Result<()> {
    Scenario::new().run(async |stage| {
        stage.browser.console.expect(LOGIN, "400");
        let tab = stage.tab("/posts").await?;
        tab.is_headed("Access denied").await?;
        // The first stop leads over the header.
        tab.enter_on("Skip to content").await?;
        tab.enter_on("Sign in").await?;
        tab.is_headed("Sign in").await?;
        assert_eq!(tab.focused().await?, "Sign in", "the heading of the new page has the focus");
        sign_in(&tab, "demo", "wrong").await?;
        tab.shows("Unable to log in with provided credentials.").await?;
        assert_eq!(tab.focused().await?, "Password");
        tab.retype(OLD).await?;
        tab.tab_to("Show password").await?;
        tab.enter().await?;
        assert_eq!(tab.focused().await?, "Hide password", "the button keeps the focus");
        assert_eq!(tab.value("password").await?, OLD);
        tab.enter_on("Sign in").await?;
        tab.is_headed("Posts").await?;
        tab.goto("/").await?;
        tab.is_headed("Welcome back").await?;
        tab.enter_on("Sign out").await?;
        tab.is_headed("Sign in once, keep reading").await
    })
}
