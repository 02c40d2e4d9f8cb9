//! Signing in through the provider's own pages.

use anyhow::Result;
use e2e::{Fault, PROVIDERS, Scenario, Stage, Tab};
use serde_json::json;

/// A tab that has left the app's page `path` for the provider, and signed in there as alice.
async fn tab_at_consent(stage: &Stage, path: &str) -> Result<Tab> {
    // The provider has no icon, and Chromium asks for one.
    stage.browser.console.expect("/favicon.ico", "404");
    let tab = stage.tab(path).await?;
    tab.press("Continue with Dev OIDC").await?;
    tab.is_headed("Sign In").await?;
    tab.fill("Username or email", "alice").await?;
    tab.fill("Password", "password").await?;
    tab.press("Sign In").await?;
    tab.is_headed("Authorize Posts app").await?;
    Ok(tab)
}

#[test]
fn the_providers_own_login_and_consent_sign_in() -> Result<()> {
    Scenario::new().with_provider().run(async |stage| {
        let tab = tab_at_consent(stage, "/sign-in").await?;
        tab.press("Authorize").await?;
        tab.is_headed("Welcome back").await?;
        tab.shows("alice@example.test").await?;
        assert_eq!(tab.path().await?, "/");
        tab.follow("Read the posts").await?;
        tab.has_posts(100).await
    })
}

#[test]
fn signing_in_through_the_provider_takes_no_mouse() -> Result<()> {
    Scenario::new().with_provider().run(async |stage| {
        stage.browser.console.expect("/favicon.ico", "404");
        let tab = stage.tab("/sign-in").await?;
        tab.shows("Continue with Dev OIDC").await?;
        tab.enter_on("Continue with Dev OIDC").await?;
        tab.is_headed("Sign In").await?;
        tab.type_into("Username or email", "alice").await?;
        tab.type_into("Password", "password").await?;
        tab.enter().await?;
        tab.is_headed("Authorize Posts app").await?;
        tab.enter_on("Authorize").await?;
        tab.is_headed("Welcome back").await?;
        assert_eq!(tab.focused().await?, "Welcome back", "the heading of the new page has the focus");
        Ok(())
    })
}

#[test]
fn a_stranger_at_the_posts_comes_back_to_them_through_the_provider() -> Result<()> {
    Scenario::new().with_provider().run(async |stage| {
        let tab = tab_at_consent(stage, "/sign-in?next=%2Fposts").await?;
        tab.press("Authorize").await?;
        tab.is_headed("Posts").await?;
        tab.has_posts(100).await?;
        assert_eq!(tab.path().await?, "/posts");
        Ok(())
    })
}

#[test]
fn a_denied_consent_is_told_and_changes_nothing() -> Result<()> {
    Scenario::new().with_provider().run(async |stage| {
        let tab = tab_at_consent(stage, "/sign-in").await?;
        tab.press("Cancel").await?;
        tab.is_headed("Sign-in was cancelled").await?;
        assert_eq!(tab.path().await?, "/auth/callback/dev");
        assert_eq!(tab.stored().await?, None);
        assert!(stage.stack.log().await?.of("/api/social/login/dev/").is_empty());
        tab.follow("Sign in").await?;
        tab.submit_password("demo", "demo-password").await?;
        tab.is_headed("Welcome back").await
    })
}

#[test]
fn o2_o9_a_used_callback_is_in_no_history_and_signs_nobody_in_again_in_any_tab() -> Result<()> {
    const KEEP_ADDRESS: &str = "
        if (location.search.includes('code=')) sessionStorage.arrived ??= location.href;
        const send = window.fetch;
        window.fetch = (...request) => {
            const url = String(request[0].url ?? request[0]);
            if (url.includes('/api/')) sessionStorage.asked = `${sessionStorage.asked ?? ''}${location.search}|`;
            return send(...request);
        };
    ";
    Scenario::new().with_provider().first_script(KEEP_ADDRESS).run(async |stage| {
        let tab = tab_at_consent(stage, "/sign-in").await?;
        tab.press("Authorize").await?;
        tab.is_headed("Welcome back").await?;
        let used: String = tab.script("return sessionStorage.arrived").await?;
        let used = used.trim_start_matches(stage.stack.origin());
        assert!(used.contains("code=") && used.contains("state="), "the answer was seen on its way in");
        let asked: String = tab.script("return sessionStorage.asked").await?;
        assert!(asked.len() > 1 && !asked.contains("code="), "a request was sent before the code was gone: {asked}");
        let history = tab.cdp("Page.getNavigationHistory", json!({})).await?.to_string();
        assert!(history.contains("/auth/callback/dev") || history.contains("/sign-in"), "{history}");
        assert!(!history.contains(used), "{history}");
        for replayed_in in [&tab, &stage.tab("/").await?] {
            replayed_in.goto(used).await?;
            replayed_in.is_headed("This sign-in cannot be finished").await?;
            replayed_in.shows("You are signed in already.").await?;
            replayed_in.reload().await?;
            replayed_in.is_headed("This sign-in cannot be finished").await?;
        }
        assert_eq!(stage.stack.log().await?.referers(), Vec::<&str>::new());
        assert_eq!(stage.stack.log().await?.of("/api/social/login/dev/").len(), 1);
        Ok(())
    })
}

#[test]
fn without_its_list_of_providers_the_page_still_takes_a_password() -> Result<()> {
    Scenario::new().run(async |stage| {
        stage.browser.console.expect(PROVIDERS, "502");
        stage.stack.faults(&[Fault::on(PROVIDERS).status(502).html("<h1>Bad gateway</h1>")]).await?;
        let tab = stage.tab("/sign-in").await?;
        tab.shows("Other ways to sign in could not be listed.").await?;
        tab.submit_password("demo", "demo-password").await?;
        tab.is_headed("Welcome back").await
    })
}
