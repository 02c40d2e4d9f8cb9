//! Coming back from a provider with something that is no answer.

use anyhow::Result;
use e2e::{Scenario, Stage, Tab};

const ADDRESS: &str = "/auth/callback/dev";
const REFUSAL: &str = "This sign-in cannot be finished";

/// Leaves an attempt to sign in with `provider` in the tab, as the app itself does.
async fn attempt(tab: &Tab, provider: &str) -> Result<()> {
    let script = format!(
        "sessionStorage.setItem('yew-auth.attempt', JSON.stringify({{provider: '{provider}', state: 'the-state', \
         nonce: 'n'.repeat(43), verifier: 'v'.repeat(43), return_to: '/posts', started_at: Date.now()}}))"
    );
    tab.script(&script).await
}

async fn asked_backend(stage: &Stage) -> Result<bool> {
    Ok(!stage.stack.log().await?.of("/api/social/login/dev/").is_empty())
}

#[test]
fn o3_a_missing_wrong_or_doubled_state_is_refused_without_a_word_to_the_backend() -> Result<()> {
    Scenario::new().run(async |stage| {
        let tab = stage.tab("/").await?;
        for query in
            ["", "?code=x", "?code=x&state=wrong", "?code=x&state=the-state&state=the-state", "?state=the-state"]
        {
            attempt(&tab, "dev").await?;
            tab.goto(&format!("{ADDRESS}{query}")).await?;
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
            tab.goto(&format!("{ADDRESS}?code=x&state={state}")).await?;
            tab.is_headed(REFUSAL).await?;
        }
        assert!(!asked_backend(stage).await?);
        Ok(())
    })
}

#[test]
fn a_provider_that_the_backend_does_not_know_is_told() -> Result<()> {
    Scenario::new().run(async |stage| {
        stage.browser.console.expect("/api/social/login/unknown/", "404");
        let tab = stage.tab("/").await?;
        attempt(&tab, "unknown").await?;
        tab.goto("/auth/callback/unknown?code=x&state=the-state").await?;
        tab.is_headed("Sign-in did not go through").await?;
        tab.shows("There is no such identity provider.").await?;
        assert_eq!(tab.path().await?, "/auth/callback/unknown");
        Ok(())
    })
}

#[test]
fn o8_an_error_that_carries_html_is_shown_as_text() -> Result<()> {
    Scenario::new().run(async |stage| {
        let tab = stage.tab("/").await?;
        attempt(&tab, "dev").await?;
        tab.goto(&format!("{ADDRESS}?state=the-state&error=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")).await?;
        tab.is_headed("The provider could not sign you in").await?;
        tab.shows("<img src=x onerror=alert(1)>").await
    })
}
