//! Coming back from a provider with something that is no answer.

use anyhow::Result;
use e2e::{Scenario, Stage, Tab};
use serde_json::json;

const ADDRESS: &str = "/auth/callback/dev";
pub(crate) const ISSUER: &str = "https://id.example";
const REFUSAL: &str = "This sign-in cannot be finished";

/// Leaves an attempt to sign in with `provider` in the tab, as the app itself does.
pub(crate) async fn attempt(tab: &Tab, provider: &str) -> Result<()> {
    let script = format!(
        "sessionStorage.setItem('yew-auth.attempt', JSON.stringify({{provider: '{provider}', issuer: '{ISSUER}', \
         sends_issuer: true, state: 'the-state', nonce: 'n'.repeat(43), verifier: 'v'.repeat(43), return_to: '/posts', \
         started_at: Date.now()}}))"
    );
    tab.script(&script).await
}

async fn asked_backend(stage: &Stage) -> Result<bool> {
    let log = stage.stack.log().await?;
    Ok(["dev", "other"].iter().any(|provider| !log.of(&format!("/api/social/login/{provider}/")).is_empty()))
}

#[test]
fn o3_a_missing_wrong_or_doubled_state_is_refused_without_a_word_to_the_backend() -> Result<()> {
    Scenario::new().run(async |stage| {
        let tab = stage.tab("/").await?;
        for query in [
            "",
            "code=x",
            "code=x&state=wrong",
            "code=x&state=__proto__",
            "code=x&state=the-state&state=the-state",
            "state=the-state",
        ] {
            attempt(&tab, "dev").await?;
            tab.goto(&format!("{ADDRESS}?{query}&iss={ISSUER}")).await?;
            tab.is_headed(REFUSAL).await?;
            assert_eq!(tab.path().await?, ADDRESS, "{query}");
            assert!(!asked_backend(stage).await?, "{query}");
        }
        Ok(())
    })
}

#[test]
fn o3_an_attempt_is_good_for_one_answer_even_a_wrong_one() -> Result<()> {
    Scenario::new().run(async |stage| {
        let tab = stage.tab("/").await?;
        attempt(&tab, "dev").await?;
        for state in ["wrong", "the-state"] {
            tab.goto(&format!("{ADDRESS}?code=x&state={state}&iss={ISSUER}")).await?;
            tab.is_headed(REFUSAL).await?;
        }
        assert!(!asked_backend(stage).await?);
        Ok(())
    })
}

#[test]
fn o5_an_answer_on_the_callback_of_another_provider_is_refused_without_a_word_to_the_backend() -> Result<()> {
    Scenario::new().run(async |stage| {
        let tab = stage.tab("/").await?;
        attempt(&tab, "dev").await?;
        tab.goto(&format!("/auth/callback/other?code=x&state=the-state&iss={ISSUER}")).await?;
        tab.is_headed(REFUSAL).await?;
        assert!(!asked_backend(stage).await?);
        Ok(())
    })
}

#[test]
fn o7_an_answer_that_nobody_asked_for_changes_nobody_signed_in_or_out() -> Result<()> {
    Scenario::new().run(async |stage| {
        let unasked = format!("{ADDRESS}?code=mallorys&state=mallorys&iss={ISSUER}");
        let tab = stage.tab(&unasked).await?;
        tab.is_headed(REFUSAL).await?;
        tab.sign_in().await?;
        tab.goto(&unasked).await?;
        tab.is_headed(REFUSAL).await?;
        tab.shows("You are signed in already.").await?;
        tab.shows("Demo Person").await?;
        assert!(!asked_backend(stage).await?);
        Ok(())
    })
}

#[test]
fn a_sign_in_that_failed_and_is_begun_again_still_leads_where_it_was_to_lead() -> Result<()> {
    Scenario::new().run(async |stage| {
        let tab = stage.tab("/").await?;
        attempt(&tab, "dev").await?;
        tab.goto(&format!("{ADDRESS}?state=the-state&error=access_denied&iss={ISSUER}")).await?;
        tab.is_headed("Sign-in was cancelled").await?;
        tab.follow("Sign in").await?;
        tab.submit_password("demo", "demo-password").await?;
        tab.is_headed("Posts").await
    })
}

#[test]
fn o10_whatever_the_address_asks_for_a_sign_in_leads_to_a_page_of_the_app() -> Result<()> {
    const EVIL: [&str; 10] = [
        "//e.example",
        "/\\e.example",
        "/\t/e.example",
        "/%09/e.example",
        "/%2f/e.example",
        "https://app.evil",
        "javascript:alert(1)",
        "data:text/html,x",
        "/posts/..//e.example",
        "",
    ];
    Scenario::new().run(async |stage| {
        let tab = stage.signed_in_tab().await?;
        for next in EVIL {
            let encoded: String = tab.script(&format!("return encodeURIComponent({})", json!(next))).await?;
            tab.goto(&format!("/sign-in?next={encoded}")).await?;
            tab.is_headed("Welcome back").await?;
            assert_eq!(tab.url().await?, format!("{}/", stage.stack.origin()), "{next:?}");
        }
        Ok(())
    })
}

#[test]
fn a_provider_that_the_backend_does_not_know_is_told() -> Result<()> {
    Scenario::new().run(async |stage| {
        stage.browser.console.expect("/api/social/login/unknown/", "404");
        let tab = stage.tab("/").await?;
        attempt(&tab, "unknown").await?;
        tab.goto(&format!("/auth/callback/unknown?code=x&state=the-state&iss={ISSUER}")).await?;
        tab.is_headed("Sign-in did not go through").await?;
        tab.shows("There is no such identity provider.").await?;
        assert_eq!(tab.path().await?, "/auth/callback/unknown");
        Ok(())
    })
}

#[test]
fn o8_an_error_that_carries_html_is_shown_as_text_and_ends_the_attempt() -> Result<()> {
    Scenario::new().run(async |stage| {
        let tab = stage.tab("/").await?;
        attempt(&tab, "dev").await?;
        let answer = format!("{ADDRESS}?state=the-state&iss={ISSUER}");
        tab.goto(&format!("{answer}&error=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")).await?;
        tab.is_headed("The provider could not sign you in").await?;
        tab.shows("<img src=x onerror=alert(1)>").await?;
        tab.goto(&format!("{answer}&code=x")).await?;
        tab.is_headed(REFUSAL).await?;
        assert!(!asked_backend(stage).await?, "the attempt has ended with the error");
        Ok(())
    })
}
