//! Signing in through the provider's own pages.

use std::time::Duration;

use anyhow::Result;
use e2e::{Fault, LOGOUT, Need, PROVIDER_EXCHANGE, PROVIDERS, Scenario};

#[test]
fn the_providers_own_login_and_consent_sign_in() -> Result<()> {
    Scenario::new().with_provider().run(async |ctx| {
        let tab = ctx.tab_at_consent("/sign-in").await?;
        tab.press("Authorize").await?;
        tab.has_heading("Welcome back").await?;
        tab.shows("alice@example.test").await?;
        assert_eq!(tab.path().await?, "/");
        tab.follow("Read the posts").await?;
        tab.has_posts(100).await
    })
}

#[test]
fn signing_in_through_the_provider_takes_no_mouse() -> Result<()> {
    Scenario::new().with_provider().run(async |ctx| {
        let tab = ctx.tab("/sign-in").await?;
        tab.shows("Continue with Dev OIDC").await?;
        tab.activate("Continue with Dev OIDC").await?;
        tab.has_heading("Sign In").await?;
        tab.type_into("Username or email", "alice").await?;
        tab.type_into("Password", "password").await?;
        tab.press_enter().await?;
        tab.has_heading("Authorize Posts app").await?;
        tab.activate("Authorize").await?;
        tab.has_heading("Welcome back").await?;
        assert_eq!(tab.focused_name().await?, "Welcome back", "the heading of the new page has the focus");
        Ok(())
    })
}

#[test]
fn a_stranger_at_the_posts_comes_back_to_them_through_the_provider() -> Result<()> {
    Scenario::new().with_provider().run(async |ctx| {
        let tab = ctx.tab_at_consent("/sign-in?next=%2Fposts").await?;
        tab.press("Authorize").await?;
        tab.has_heading("Posts").await?;
        tab.has_posts(100).await?;
        assert_eq!(tab.path().await?, "/posts");
        Ok(())
    })
}

#[test]
fn a_denied_consent_is_told_and_changes_nothing() -> Result<()> {
    Scenario::new().with_provider().run(async |ctx| {
        let tab = ctx.tab_at_consent("/sign-in").await?;
        tab.press("Cancel").await?;
        tab.has_heading("Sign-in was cancelled").await?;
        assert_eq!(tab.path().await?, "/auth/callback/dev");
        assert!(!tab.has_stored_session().await?);
        assert!(ctx.servers.request_log().await?.of(PROVIDER_EXCHANGE).is_empty());
        tab.follow("Sign in").await?;
        tab.submit_demo_password().await?;
        tab.has_heading("Welcome back").await
    })
}

#[test]
fn o2_o9_a_used_callback_is_in_no_history_and_signs_nobody_in_again_in_any_tab() -> Result<()> {
    const RECORD_ADDRESSES: &str = "
        if (location.search.includes('code=')) sessionStorage.arrived ??= location.href;
        const send = window.fetch;
        window.fetch = (...request) => {
            const url = String(request[0].url ?? request[0]);
            if (url.includes('/api/')) sessionStorage.requested = `${sessionStorage.requested ?? ''}${location.search}|`;
            return send(...request);
        };
    ";
    Scenario::new().needs(Need::History).with_provider().first_script(RECORD_ADDRESSES).run(async |ctx| {
        let tab = ctx.tab_at_consent("/sign-in").await?;
        tab.press("Authorize").await?;
        tab.has_heading("Welcome back").await?;
        let used: String = tab.script("return sessionStorage.arrived").await?;
        let used = used.trim_start_matches(ctx.servers.origin());
        assert!(used.contains("code=") && used.contains("state="), "the address of the callback was recorded");
        let requested: String = tab.script("return sessionStorage.requested").await?;
        assert!(
            requested.len() > 1 && !requested.contains("code="),
            "a request was sent before the code was gone: {requested}"
        );
        let history = tab.history().await?;
        assert!(history.contains("/auth/callback/dev") || history.contains("/sign-in"), "{history}");
        assert!(!history.contains(used), "{history}");
        // C22: in its own tab it leads where it led before.
        tab.open(used, "Welcome back").await?;
        let other = ctx.tab("/").await?;
        other.open(used, "This sign-in cannot be finished").await?;
        other.shows("You are signed in already.").await?;
        other.reload().await?;
        other.has_heading("This sign-in cannot be finished").await?;
        assert_eq!(ctx.servers.request_log().await?.referers(), Vec::<&str>::new());
        assert_eq!(ctx.servers.request_log().await?.of(PROVIDER_EXCHANGE).len(), 1);
        Ok(())
    })
}

#[test]
fn c6_whoever_signed_up_by_a_provider_sets_a_first_password() -> Result<()> {
    Scenario::new().with_provider().run(async |ctx| {
        let tab = ctx.tab_at_consent("/sign-in?next=%2Faccount").await?;
        tab.press("Authorize").await?;
        tab.has_heading("Account").await?;
        tab.shows("You have none: a provider signs you in.").await?;
        tab.fill("New password", "a first password").await?;
        tab.press("Set password").await?;
        tab.shows("Your password is changed.").await?;
        tab.shows("Changing it signs you out everywhere else.").await
    })
}

#[test]
fn c23_after_a_sign_in_with_a_provider_the_sign_out_leads_to_the_providers_own_and_back() -> Result<()> {
    const OFFER: &str = "Sign out at Dev OIDC too";
    Scenario::new().with_provider().run(async |ctx| {
        let tab = ctx.tab_at_consent("/sign-in").await?;
        tab.press("Authorize").await?;
        tab.has_heading("Welcome back").await?;
        assert!(!tab.text().await?.contains(OFFER));
        tab.press("Sign out").await?;
        tab.shows("You may still be signed in at Dev OIDC").await?;
        ctx.servers.wait_for_response(LOGOUT, 200, Duration::from_secs(10)).await?;
        // Whoever comes next sees it too.
        tab.reload().await?;
        tab.press(OFFER).await?;
        tab.has_heading("Sign out").await?;
        let address = tab.url().await?;
        assert!(address.starts_with(&ctx.servers.provider_origin()?), "{address}");
        assert!(!address.contains("token") && !address.contains("alice"), "{address}");
        tab.press("Sign out here").await?;
        tab.shows("You are signed out.").await?;
        assert_eq!(tab.path().await?, "/");
        assert!(!tab.text().await?.contains(OFFER), "it is done");
        tab.follow("Sign in").await?;
        tab.press("Continue with Dev OIDC").await?;
        tab.has_heading("Sign In").await
    })
}

#[test]
fn without_its_list_of_providers_the_page_still_takes_a_password() -> Result<()> {
    Scenario::new().run(async |ctx| {
        ctx.browser.console.expect(PROVIDERS, "502");
        ctx.servers.set_faults(&[Fault::on(PROVIDERS).status(502).html("<h1>Bad gateway</h1>")]).await?;
        let tab = ctx.tab("/sign-in").await?;
        tab.shows("Other ways to sign in could not be listed.").await?;
        tab.submit_demo_password().await?;
        tab.has_heading("Welcome back").await
    })
}
