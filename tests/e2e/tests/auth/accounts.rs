//! Accounts, by keyboard alone.

use std::time::Duration;

use anyhow::Result;
use e2e::{LOGIN, REGISTRATION, Scenario, Tab, TestContext};

const PASSWORD_CHANGE: &str = "/api/auth/password/change/";
const RESET_CONFIRM: &str = "/api/auth/password/reset/confirm/";
const OLD: &str = "demo-password";
const NEW: &str = "another horse staple";
const SOON: Duration = Duration::from_secs(20);

async fn sign_in(tab: &Tab, name: &str, password: &str) -> Result<()> {
    tab.type_into("Username or email", name).await?;
    tab.type_password(password).await
}

/// Goes from the sign-in page to the form that asks for a reset mail.
async fn go_to_forgotten_password(tab: &Tab) -> Result<()> {
    tab.activate("Forgot password?").await?;
    tab.has_heading("Forgot your password?").await
}

async fn ask_for_reset_mail(tab: &Tab) -> Result<()> {
    tab.type_into("Email", "demo@example.test").await?;
    tab.press_enter().await?;
    tab.has_heading("Check your email").await
}

/// Opens a tab on the account page, signed in as the demo account.
async fn tab_on_account(ctx: &TestContext) -> Result<Tab> {
    let tab = ctx.tab("/sign-in?next=%2Faccount").await?;
    tab.has_heading("Sign in").await?;
    sign_in(&tab, "demo", OLD).await?;
    tab.has_heading("Account").await?;
    Ok(tab)
}

#[test]
fn whoever_registers_is_signed_in_and_where_they_wanted_to_be() -> Result<()> {
    Scenario::new().run(async |ctx| {
        ctx.browser.console.expect(REGISTRATION, "400");
        let tab = ctx.tab("/sign-in?next=%2Fposts").await?;
        tab.has_heading("Sign in").await?;
        tab.activate("Create an account").await?;
        tab.has_heading("Create an account").await?;
        tab.type_into("Username", "demo").await?;
        tab.type_into("Email", "ada@example.test").await?;
        tab.type_into("Password", "123").await?;
        tab.press_enter().await?;
        tab.shows("A user with that username already exists.").await?;
        tab.shows("This password is too short.").await?;
        assert_eq!(tab.focused_name().await?, "Username", "the first field with an error has the focus");
        let described = "const input = document.getElementById('password');
            return input.ariaInvalid === 'true' && document.getElementById(input.getAttribute('aria-describedby')).innerText";
        assert!(tab.script::<String>(described).await?.starts_with("This password is too short."));
        assert_eq!(tab.field_value("email").await?, "ada@example.test", "the fields keep their content");
        tab.retype("ada").await?;
        tab.type_into("Password", NEW).await?;
        tab.press_enter().await?;
        tab.has_heading("Posts").await?;
        tab.has_posts(100).await?;
        assert_eq!(tab.path().await?, "/posts");
        Ok(())
    })
}

#[test]
fn a_forgotten_password_is_set_anew_by_the_link_in_the_mail_once() -> Result<()> {
    Scenario::new().run(async |ctx| {
        ctx.browser.console.expect(RESET_CONFIRM, "400");
        let tab = ctx.tab("/sign-in").await?;
        tab.has_heading("Sign in").await?;
        go_to_forgotten_password(&tab).await?;
        ask_for_reset_mail(&tab).await?;
        assert_eq!(tab.focused_name().await?, "Check your email");
        let link = ctx.servers.mailed_link("demo@example.test", SOON).await?;

        tab.open(&link, "Set a new password").await?;
        assert_eq!(tab.script::<String>("return location.hash").await?, "", "the token is no longer in the address");
        tab.type_into("New password", NEW).await?;
        tab.press_enter().await?;
        tab.has_heading("Your password is set").await?;
        tab.activate("Sign in").await?;
        tab.has_heading("Sign in").await?;
        sign_in(&tab, "demo", NEW).await?;
        tab.has_heading("Welcome back").await?;

        let late = ctx.tab(&link).await?;
        late.has_heading("Set a new password").await?;
        late.type_into("New password", OLD).await?;
        late.press_enter().await?;
        late.shows("This link was used before, or is too old.").await
    })
}

#[test]
fn who_has_forgotten_a_password_still_comes_where_they_wanted_to_be() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.tab("/sign-in?next=%2Faccount").await?;
        tab.has_heading("Sign in").await?;
        go_to_forgotten_password(&tab).await?;
        tab.activate("Back to sign in").await?;
        tab.has_heading("Sign in").await?;
        go_to_forgotten_password(&tab).await?;
        ask_for_reset_mail(&tab).await?;
        tab.activate("Back to sign in").await?;
        tab.has_heading("Sign in").await?;
        sign_in(&tab, "demo", OLD).await?;
        tab.has_heading("Account").await
    })
}

#[test]
fn a_password_is_changed_and_this_session_goes_on() -> Result<()> {
    Scenario::new().run(async |ctx| {
        ctx.browser.console.expect(PASSWORD_CHANGE, "400");
        let elsewhere = ctx.servers.api.sign_in("demo", OLD).await?;
        let tab = tab_on_account(ctx).await?;
        tab.type_into("Current password", "wrong").await?;
        tab.type_into("New password", NEW).await?;
        tab.press_enter().await?;
        tab.shows("Your old password was entered incorrectly.").await?;
        assert_eq!(tab.focused_name().await?, "Current password");
        tab.retype(OLD).await?;
        tab.press_enter().await?;
        tab.shows("Your password is changed.").await?;
        assert_eq!(tab.field_value("new-password").await?, "");
        assert_eq!(ctx.servers.api.refresh(&elsewhere.refresh).await?.0, 401, "other sessions have ended");
        tab.goto("/posts").await?;
        tab.has_posts(100).await
    })
}

#[test]
fn a_changed_name_is_there_at_once_in_every_tab() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = tab_on_account(ctx).await?;
        let other = ctx.tab("/").await?;
        other.shows("Demo Person").await?;
        tab.type_into("Given name (optional)", "Augusta").await?;
        tab.press_enter().await?;
        tab.shows("Your name is saved.").await?;
        tab.shows("Augusta Person").await?;
        other.shows("Augusta Person").await
    })
}

#[test]
fn signing_in_and_out_takes_no_mouse() -> Result<()> {
    Scenario::new().run(async |ctx| {
        ctx.browser.console.expect(LOGIN, "400");
        let tab = ctx.tab("/posts").await?;
        tab.has_heading("Access denied").await?;
        // The first Tab stop skips the header.
        tab.activate("Skip to content").await?;
        tab.activate("Sign in").await?;
        tab.has_heading("Sign in").await?;
        assert_eq!(tab.focused_name().await?, "Sign in", "the heading of the new page has the focus");
        sign_in(&tab, "demo", "wrong").await?;
        tab.shows("Unable to log in with provided credentials.").await?;
        assert_eq!(tab.focused_name().await?, "Password");
        tab.retype(OLD).await?;
        tab.tab_to("Show password").await?;
        tab.press_enter().await?;
        assert_eq!(tab.focused_name().await?, "Hide password", "the button keeps the focus");
        assert_eq!(tab.field_value("password").await?, OLD);
        tab.activate("Sign in").await?;
        tab.has_heading("Posts").await?;
        tab.open("/", "Welcome back").await?;
        tab.activate("Sign out").await?;
        tab.has_heading("Sign in once, keep reading").await
    })
}
