//! axe-core over every page and state, in the light and in the dark, wide and narrow.

use std::time::Duration;

use anyhow::Result;
use e2e::{Fault, LOGIN, POSTS, PROVIDERS, Scenario, Tab};

use crate::callback::{ISSUER, attempt};
use crate::later::lost;
use crate::session_warning::IDLE_LIMIT;
use crate::states::{end_session, offer_post, refuse_registration, show_posts};

const RESET_CONFIRM: &str = "/api/auth/password/reset/confirm/";
const PASSWORD: &str = "demo-password";
const NEW_PASSWORD: &str = "another horse staple";
const LONG: Duration = Duration::from_secs(40);
const SIZES: [(u32, u32); 2] = [(1000, 800), (390, 844)];

async fn audit(tab: &Tab, state: &str) -> Result<()> {
    for (width, height) in SIZES {
        tab.resize(width, height).await?;
        for scheme in ["light", "dark"] {
            tab.prefer_scheme(scheme).await?;
            tab.audit(&format!("{state}, {width} px, {scheme}")).await?;
        }
    }
    Ok(())
}

async fn audit_page(tab: &Tab, path: &str, heading: &str) -> Result<()> {
    tab.goto(path).await?;
    tab.is_headed(heading).await?;
    audit(tab, path).await
}

#[test]
fn axe_finds_nothing_on_the_pages_of_a_stranger() -> Result<()> {
    Scenario::new().with_axe().with_provider().run(async |stage| {
        let tab = stage.tab("/").await?;
        audit_page(&tab, "/", "Sign in once, keep reading").await?;
        audit_page(&tab, "/posts", "Access denied").await?;
        audit_page(&tab, "/session", "Your session").await?;
        audit_page(&tab, "/nowhere", "Page not found").await?;
        audit_page(&tab, "/register", "Create an account").await?;
        refuse_registration(stage, &tab).await?;
        audit(&tab, "a registration that is refused").await?;

        stage.browser.console.expect(LOGIN, "400");
        tab.goto("/sign-in").await?;
        tab.shows("Continue with Dev OIDC").await?;
        audit(&tab, "/sign-in").await?;
        tab.submit_password("demo", "wrong").await?;
        tab.shows("Unable to log in").await?;
        audit(&tab, "a password that is refused").await?;

        stage.browser.console.expect(PROVIDERS, "502");
        stage.stack.faults(&[Fault::on(PROVIDERS).status(502)]).await?;
        tab.goto("/sign-in").await?;
        tab.shows("could not be listed").await?;
        audit(&tab, "providers that could not be listed").await
    })
}

#[test]
fn axe_finds_nothing_on_the_way_to_a_new_password() -> Result<()> {
    Scenario::new().with_axe().run(async |stage| {
        stage.browser.console.expect(RESET_CONFIRM, "400");
        let tab = stage.tab("/").await?;
        audit_page(&tab, "/password/forgotten", "Forgot your password?").await?;
        tab.fill("Email", "demo@example.test").await?;
        tab.press("Send the link").await?;
        tab.shows("on its way").await?;
        audit(&tab, "the mail is sent").await?;

        audit_page(&tab, "/password/reset", "This link is not complete").await?;
        audit_page(&tab, "/password/reset#uid=x&token=y", "Set a new password").await?;
        tab.fill("New password", NEW_PASSWORD).await?;
        tab.press("Set password").await?;
        tab.shows("This link was used before").await?;
        audit(&tab, "a link that is too old").await?;

        tab.goto(&stage.stack.mailed_link("demo@example.test", LONG).await?).await?;
        tab.is_headed("Set a new password").await?;
        tab.fill("New password", NEW_PASSWORD).await?;
        tab.press("Set password").await?;
        tab.is_headed("Your password is set").await?;
        audit(&tab, "a password that is set").await
    })
}

#[test]
fn axe_finds_nothing_on_the_way_back_from_a_provider() -> Result<()> {
    Scenario::new().with_axe().run(async |stage| {
        let tab = stage.tab("/").await?;
        audit_page(&tab, "/auth/callback/dev", "This sign-in cannot be finished").await?;
        attempt(&tab, "dev").await?;
        let cancelled = format!("/auth/callback/dev?state=the-state&error=access_denied&iss={ISSUER}");
        audit_page(&tab, &cancelled, "Sign-in was cancelled").await?;
        tab.sign_in().await?;
        tab.goto("/auth/callback/dev").await?;
        tab.shows("You are signed in already.").await?;
        audit(&tab, "a callback for somebody who is signed in").await?;

        stage.stack.faults(&[Fault::on("/api/social/login/dev/").delay(LONG)]).await?;
        attempt(&tab, "dev").await?;
        let answered = format!("/auth/callback/dev?state=the-state&code=x&iss={ISSUER}");
        audit_page(&tab, &answered, "Signing you in").await
    })
}

#[test]
fn axe_finds_nothing_on_the_posts() -> Result<()> {
    Scenario::new().with_axe().run(async |stage| {
        stage.browser.console.expect(POSTS, "503");
        stage.browser.console.expect(POSTS, "ERR_INTERNET_DISCONNECTED");
        let slow = Fault::on(POSTS).delay(Duration::from_secs(6)).times(1);
        stage.stack.faults(&[slow]).await?;
        let tab = stage.tab("/sign-in?next=%2Fposts").await?;
        tab.submit_password("demo", PASSWORD).await?;
        tab.shows("Loading posts…").await?;
        audit(&tab, "posts on their way").await?;
        tab.has_posts(100).await?;
        audit(&tab, "/posts").await?;
        tab.fill("Find", "no post says this").await?;
        tab.shows("0 of 100 posts").await?;
        audit(&tab, "no post is found").await?;

        show_posts(stage, &tab, &[1]).await?;
        offer_post(stage, &tab, &[1], 2).await?;
        audit(&tab, "a new post is offered").await?;
        tab.set_offline(true).await?;
        tab.shows("You are offline.").await?;
        audit(&tab, "offline").await?;
        tab.set_offline(false).await?;
        tab.hides_within("You are offline.", LONG).await?;

        stage.stack.faults(&[Fault::on(POSTS).status(503)]).await?;
        tab.press("Refresh").await?;
        tab.shows("These are the last posts that came").await?;
        audit(&tab, "posts that are not current").await?;
        tab.reload().await?;
        tab.shows("again by itself.").await?;
        audit(&tab, "no posts").await
    })
}

#[test]
fn axe_finds_nothing_on_the_pages_of_somebody_signed_in() -> Result<()> {
    Scenario::new().with_axe().run(async |stage| {
        let tab = stage.signed_in_tab().await?;
        audit_page(&tab, "/session", "Your session").await?;
        audit_page(&tab, "/account", "Account").await?;
        tab.press("Save name").await?;
        tab.shows("Your name is saved.").await?;
        tab.fill("Current password", PASSWORD).await?;
        tab.fill("New password", NEW_PASSWORD).await?;
        tab.press("Change password").await?;
        tab.shows("Your password is changed.").await?;
        audit(&tab, "a name and a password that are changed").await?;
        audit_page(&tab, "/", "Welcome back").await?;
        let other = stage.tab("/posts").await?;
        other.is_headed("Posts").await?;
        tab.press("Sign out").await?;
        tab.shows("You are signed out.").await?;
        audit(&tab, "signed out").await?;
        other.shows("in another tab").await?;
        audit(&other, "signed out in another tab").await
    })
}

#[test]
fn axe_finds_nothing_where_the_app_cannot_go_on() -> Result<()> {
    let lost_at_home = format!("if (location.pathname === '/') {{ {} }}", lost(u32::MAX));
    Scenario::new().with_axe().first_script(&lost_at_home).run(async |stage| {
        let tab = stage.tab("/").await?;
        tab.shows("could not be loaded").await?;
        audit(&tab, "a part that could not be loaded").await?;
        // What a panic comes to.
        let trap = "dispatchEvent(new ErrorEvent('error', { error: new WebAssembly.RuntimeError() }))";
        tab.script::<()>(trap).await?;
        tab.shows("this page has stopped working").await?;
        audit(&tab, "a page that has stopped").await?;
        tab.goto("/sign-in").await
    })
}

#[test]
fn axe_finds_nothing_where_nothing_can_be_stored() -> Result<()> {
    let full = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') };";
    Scenario::new().with_axe().first_script(full).run(async |stage| {
        let tab = stage.tab("/sign-in").await?;
        tab.submit_password("demo", PASSWORD).await?;
        tab.shows("does not let the app store anything").await?;
        audit(&tab, "a session in memory").await
    })
}

#[test]
fn axe_finds_nothing_on_a_page_whose_session_was_revoked() -> Result<()> {
    Scenario::new().with_axe().with_provider().run(async |stage| {
        stage.browser.console.expect(LOGIN, "400");
        let tab = stage.signed_in_tab().await?;
        end_session(stage, &tab).await?;
        tab.shows("Continue with Dev OIDC").await?;
        tab.fill("Password", "wrong").await?;
        tab.press("Sign in").await?;
        tab.shows("Unable to log in").await?;
        audit(&tab, "a wrong password over a veiled page").await
    })
}

#[test]
fn axe_finds_nothing_on_the_question_who_is_there_and_on_signing_in_again() -> Result<()> {
    Scenario::new().with_axe().with_provider().first_script(IDLE_LIMIT).run(async |stage| {
        let tab = stage.signed_in_tab().await?;
        tab.shows_within("Are you still there?", LONG).await?;
        audit(&tab, "the question who is there").await?;
        tab.shows_within("Sign in to go on", LONG).await?;
        tab.shows("Continue with Dev OIDC").await?;
        audit(&tab, "signing in again").await
    })
}

#[test]
fn axe_finds_nothing_on_the_word_before_a_session_ends() -> Result<()> {
    Scenario::new().with_axe().setting("SESSION_TTL", 110).run(async |stage| {
        let tab = stage.signed_in_tab().await?;
        tab.shows("Your session ends soon").await?;
        audit(&tab, "the word before a session ends").await
    })
}
