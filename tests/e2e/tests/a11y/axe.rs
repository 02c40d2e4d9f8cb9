//! axe-core on every page and state: light and dark, wide and narrow.

use std::time::Duration;

use anyhow::Result;
use e2e::{
    Fault, IDLE_LIMIT, ISSUER, LOGIN, Need, POSTS, PROVIDER_EXCHANGE, PROVIDERS, Scenario, Tab, lose_second_module,
};

const RESET_CONFIRM: &str = "/api/auth/password/reset/confirm/";
const PASSWORD: &str = "demo-password";
const NEW_PASSWORD: &str = "another horse staple";
const LONG: Duration = Duration::from_secs(40);
const SIZES: [(u32, u32); 2] = [(1000, 800), (390, 844)];

/// Audits the page at each size and in each colour scheme, or only in the light one where the engine cannot change it.
async fn audit(tab: &Tab, state: &str) -> Result<()> {
    let has_schemes = tab.meets(Need::MediaFeatures)?;
    for (width, height) in SIZES {
        tab.resize(width, height).await?;
        if !has_schemes {
            tab.audit(&format!("{state}, {width} px")).await?;
            continue;
        }
        for scheme in ["light", "dark"] {
            tab.prefer_scheme(scheme).await?;
            tab.audit(&format!("{state}, {width} px, {scheme}")).await?;
        }
    }
    Ok(())
}

async fn audit_page(tab: &Tab, path: &str, heading: &str) -> Result<()> {
    tab.open(path, heading).await?;
    audit(tab, path).await
}

#[test]
fn axe_finds_nothing_on_the_pages_of_a_stranger() -> Result<()> {
    Scenario::new().with_axe().with_provider().run(async |ctx| {
        let tab = ctx.tab("/").await?;
        audit_page(&tab, "/", "Sign in once, keep reading").await?;
        audit_page(&tab, "/posts", "Access denied").await?;
        audit_page(&tab, "/session", "Your session").await?;
        audit_page(&tab, "/nowhere", "Page not found").await?;
        audit_page(&tab, "/register", "Create an account").await?;
        ctx.refuse_registration(&tab).await?;
        audit(&tab, "a refused registration").await?;

        ctx.browser.console.expect(LOGIN, "400");
        tab.goto("/sign-in").await?;
        tab.shows("Continue with Dev OIDC").await?;
        audit(&tab, "/sign-in").await?;
        tab.submit_password("demo", "wrong").await?;
        tab.shows("Unable to log in").await?;
        audit(&tab, "a refused password").await?;

        ctx.browser.console.expect(PROVIDERS, "502");
        ctx.servers.set_faults(&[Fault::on(PROVIDERS).status(502)]).await?;
        tab.goto("/sign-in").await?;
        tab.shows("could not be listed").await?;
        audit(&tab, "providers that could not be listed").await
    })
}

#[test]
fn axe_finds_nothing_on_the_way_to_a_new_password() -> Result<()> {
    Scenario::new().with_axe().run(async |ctx| {
        ctx.browser.console.expect(RESET_CONFIRM, "400");
        let tab = ctx.tab("/").await?;
        audit_page(&tab, "/password/forgotten", "Forgot your password?").await?;
        tab.fill("Email", "demo@example.test").await?;
        tab.press("Send the link").await?;
        tab.shows("on its way").await?;
        audit(&tab, "a sent mail").await?;

        audit_page(&tab, "/password/reset", "This link is not complete").await?;
        audit_page(&tab, "/password/reset#uid=x&token=y", "Set a new password").await?;
        tab.fill("New password", NEW_PASSWORD).await?;
        tab.press("Set password").await?;
        tab.shows("This link was used before").await?;
        audit(&tab, "an expired link").await?;

        tab.open(&ctx.servers.mailed_link("demo@example.test", LONG).await?, "Set a new password").await?;
        tab.fill("New password", NEW_PASSWORD).await?;
        tab.press("Set password").await?;
        tab.has_heading("Your password is set").await?;
        audit(&tab, "a set password").await
    })
}

#[test]
fn axe_finds_nothing_on_the_way_back_from_a_provider() -> Result<()> {
    Scenario::new().with_axe().run(async |ctx| {
        let tab = ctx.tab("/").await?;
        audit_page(&tab, "/auth/callback/dev", "This sign-in cannot be finished").await?;
        tab.begin_authorization("dev").await?;
        let cancelled = format!("/auth/callback/dev?state=the-state&error=access_denied&iss={ISSUER}");
        audit_page(&tab, &cancelled, "Sign-in was cancelled").await?;
        tab.sign_in().await?;
        tab.goto("/auth/callback/dev").await?;
        tab.shows("You are signed in already.").await?;
        audit(&tab, "a callback while signed in").await?;

        ctx.servers.set_faults(&[Fault::on(PROVIDER_EXCHANGE).delay(LONG)]).await?;
        tab.begin_authorization("dev").await?;
        let answered = format!("/auth/callback/dev?state=the-state&code=x&iss={ISSUER}");
        audit_page(&tab, &answered, "Signing you in").await
    })
}

#[test]
fn axe_finds_nothing_on_the_posts() -> Result<()> {
    Scenario::new().with_axe().run(async |ctx| {
        ctx.browser.console.expect(POSTS, "503");
        let slow = Fault::on(POSTS).delay(Duration::from_secs(6)).times(1);
        ctx.servers.set_faults(&[slow]).await?;
        let tab = ctx.tab("/sign-in?next=%2Fposts").await?;
        tab.submit_password("demo", PASSWORD).await?;
        tab.shows("Loading posts…").await?;
        audit(&tab, "posts that are loading").await?;
        tab.has_posts(100).await?;
        audit(&tab, "/posts").await?;
        tab.fill("Find", "no post says this").await?;
        tab.shows("0 of 100 posts").await?;
        audit(&tab, "a search without results").await?;

        ctx.show_posts(&tab, &[1]).await?;
        ctx.offer_post(&tab, &[1], 2).await?;
        audit(&tab, "a new post is offered").await?;
        tab.set_offline(true).await?;
        tab.shows("You are offline.").await?;
        audit(&tab, "offline").await?;
        tab.set_offline(false).await?;
        tab.hides_within("You are offline.", LONG).await?;

        ctx.servers.set_faults(&[Fault::on(POSTS).status(503)]).await?;
        tab.press("Refresh").await?;
        tab.shows("These are the last posts that came").await?;
        audit(&tab, "posts that are out of date").await?;
        tab.reload().await?;
        tab.shows("again by itself.").await?;
        audit(&tab, "posts that failed to load").await
    })
}

#[test]
fn axe_finds_nothing_on_the_pages_of_somebody_signed_in() -> Result<()> {
    Scenario::new().with_axe().run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        audit_page(&tab, "/session", "Your session").await?;
        audit_page(&tab, "/account", "Account").await?;
        tab.press("Save name").await?;
        tab.shows("Your name is saved.").await?;
        tab.fill("Current password", PASSWORD).await?;
        tab.fill("New password", NEW_PASSWORD).await?;
        tab.press("Change password").await?;
        tab.shows("Your password is changed.").await?;
        audit(&tab, "a changed name and password").await?;
        audit_page(&tab, "/", "Welcome back").await?;
        let other = ctx.tab("/posts").await?;
        other.has_heading("Posts").await?;
        tab.press("Sign out").await?;
        tab.shows("You are signed out.").await?;
        audit(&tab, "signed out").await?;
        other.shows("in another tab").await?;
        audit(&other, "signed out in another tab").await
    })
}

#[test]
fn axe_finds_nothing_where_the_app_cannot_go_on() -> Result<()> {
    let lost_at_home = format!("if (location.pathname === '/') {{ {} }}", lose_second_module(u32::MAX));
    Scenario::new().with_axe().first_script(&lost_at_home).run(async |ctx| {
        let tab = ctx.tab("/").await?;
        tab.shows("could not be loaded").await?;
        audit(&tab, "a module that failed to load").await?;
        // A panic ends in this error.
        let trap = "dispatchEvent(new ErrorEvent('error', { error: new window.WebAssembly.RuntimeError() }))";
        tab.script::<()>(trap).await?;
        tab.shows("this page has stopped working").await?;
        audit(&tab, "a crashed page").await?;
        tab.goto("/sign-in").await
    })
}

#[test]
fn axe_finds_nothing_where_nothing_can_be_stored() -> Result<()> {
    let full = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') };";
    Scenario::new().with_axe().first_script(full).run(async |ctx| {
        let tab = ctx.tab("/sign-in").await?;
        tab.submit_password("demo", PASSWORD).await?;
        tab.shows("does not let the app store anything").await?;
        audit(&tab, "a session in memory").await
    })
}

#[test]
fn axe_finds_nothing_on_a_page_whose_session_was_revoked() -> Result<()> {
    Scenario::new().with_axe().with_provider().run(async |ctx| {
        ctx.browser.console.expect(LOGIN, "400");
        let tab = ctx.signed_in_tab().await?;
        ctx.end_session(&tab).await?;
        tab.shows("Continue with Dev OIDC").await?;
        tab.fill("Password", "wrong").await?;
        tab.press("Sign in").await?;
        tab.shows("Unable to log in").await?;
        audit(&tab, "a wrong password in the dialog").await
    })
}

#[test]
fn axe_finds_nothing_on_the_question_who_is_there_and_on_signing_in_again() -> Result<()> {
    Scenario::new().with_axe().with_provider().first_script(IDLE_LIMIT).run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        tab.shows_within("Are you still there?", LONG).await?;
        audit(&tab, "the idle warning").await?;
        tab.shows_within("Sign in to go on", LONG).await?;
        tab.shows("Continue with Dev OIDC").await?;
        audit(&tab, "signing in again").await
    })
}

#[test]
fn axe_finds_nothing_on_the_word_before_a_session_ends() -> Result<()> {
    Scenario::new().with_axe().setting("SESSION_TTL", 110).run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        tab.shows("Your session ends soon").await?;
        audit(&tab, "the warning before a session ends").await
    })
}
