//! What a page offers after something went wrong, by keyboard alone.

use std::time::Duration;

use anyhow::Result;
use e2e::{Fault, POSTS, Scenario};

const REFUSAL: &str = "This sign-in cannot be finished";

#[test]
fn from_an_address_of_nothing_there_are_two_ways_on() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        for (link, heading) in [("Home", "Welcome back"), ("Go to the posts", "Posts")] {
            tab.open("/nowhere", "Page not found").await?;
            tab.activate(link).await?;
            tab.has_heading(heading).await?;
            tab.has_focus_on(heading).await?;
        }
        Ok(())
    })
}

#[test]
fn from_a_sign_in_that_failed_there_are_ways_on_in_and_out() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.tab("/").await?;
        for (link, heading) in [("Home", "Sign in once, keep reading"), ("Sign in", "Sign in")] {
            tab.open("/auth/callback/dev", REFUSAL).await?;
            tab.activate(link).await?;
            tab.has_heading(heading).await?;
            tab.has_focus_on(heading).await?;
        }
        tab.sign_in().await?;
        tab.open("/auth/callback/dev", REFUSAL).await?;
        tab.activate("Go to the posts").await?;
        tab.has_posts(100).await
    })
}

#[test]
fn where_no_posts_have_come_another_try_brings_them() -> Result<()> {
    Scenario::new().run(async |ctx| {
        ctx.browser.console.expect(POSTS, "503");
        let tab = ctx.signed_in_tab().await?;
        ctx.servers.set_faults(&[Fault::on(POSTS).status(503)]).await?;
        tab.reload().await?;
        tab.shows("(status 503). The app tries again by itself.").await?;
        tab.tab_to("Try again").await?;
        ctx.servers.clear_faults().await?;
        tab.press_enter().await?;
        tab.has_posts(100).await?;
        tab.has_focus_on("Posts").await
    })
}

#[test]
fn another_address_can_get_the_mail_for_a_forgotten_password() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.tab("/password/forgotten").await?;
        tab.has_heading("Forgot your password?").await?;
        tab.type_into("Email", "nobody@example.test").await?;
        tab.press_enter().await?;
        tab.has_heading("Check your email").await?;
        tab.activate("Use another address").await?;
        tab.has_heading("Forgot your password?").await?;
        tab.has_focus_on("Forgot your password?").await?;
        tab.type_into("Email", "demo@example.test").await?;
        tab.press_enter().await?;
        tab.has_heading("Check your email").await?;
        ctx.servers.mailed_link("demo@example.test", Duration::from_secs(20)).await.map(drop)
    })
}
