//! What the app asks a provider, and what becomes of a question or an answer that was changed on its way.

use std::collections::HashMap;
use std::time::Duration;

use anyhow::{Context, Result};
use e2e::{Scenario, Stage, Tab, eventually};
use serde_json::Value;
use url::Url;

const EXCHANGE: &str = "/api/social/login/dev/";

/// Changes the provider's answer in the address before the app sees it, as the tab was told at the app.
const TAMPER: &str = "
    if (location.search.includes('state=') && sessionStorage.tamper) {
        const [parameter, value] = sessionStorage.tamper.split('=');
        const answer = new URLSearchParams(location.search);
        if (value === 'twice') answer.append(parameter, answer.get(parameter));
        else if (value) answer.set(parameter, value);
        else answer.delete(parameter);
        history.replaceState(null, '', `?${answer}`);
    }
";

type Question = HashMap<String, String>;

/// Leaves the app for the provider; what the provider was asked.
async fn ask(tab: &Tab) -> Result<(Url, Question)> {
    tab.goto("/sign-in?next=%2Fposts").await?;
    tab.press("Continue with Dev OIDC").await?;
    let asked = eventually("the page is left", Duration::from_secs(20), async || {
        let entries = tab.cdp("Page.getNavigationHistory", serde_json::json!({})).await?;
        let urls = entries["entries"].as_array().context("no history")?.iter().rev();
        let asked = urls.filter_map(|entry| Url::parse(entry["url"].as_str()?).ok());
        Ok(asked.map(authorize_url).find(Option::is_some).flatten())
    })
    .await?;
    let question = asked.query_pairs().into_owned().collect();
    Ok((asked, question))
}

/// The question itself, or that of the provider's sign-in page, which goes on to it.
fn authorize_url(url: Url) -> Option<Url> {
    if url.path() == "/identity/o/authorize" {
        return Some(url);
    }
    let next = url.query_pairs().find(|(name, _)| name == "next")?.1.into_owned();
    url.join(&next).ok().filter(|url| url.path() == "/identity/o/authorize")
}

async fn sign_in_at_provider(tab: &Tab) -> Result<()> {
    tab.is_headed("Sign In").await?;
    tab.fill("Username or email", "alice").await?;
    tab.fill("Password", "password").await?;
    tab.press("Sign In").await
}

async fn authorize(tab: &Tab) -> Result<()> {
    tab.is_headed("Authorize Posts app").await?;
    tab.press("Authorize").await
}

async fn exchanges(stage: &Stage) -> Result<usize> {
    Ok(stage.stack.log().await?.of(EXCHANGE).len())
}

fn scenario() -> Scenario {
    Scenario::new().with_provider().first_script(TAMPER)
}

async fn first_tab(stage: &Stage) -> Result<Tab> {
    // The provider has no icon, and Chromium asks for one.
    stage.browser.console.expect("/favicon.ico", "404");
    stage.tab("/").await
}

#[test]
fn o1_two_tabs_ask_with_nothing_secret_in_common_and_neither_disturbs_the_other() -> Result<()> {
    scenario().run(async |stage| {
        let tabs = [first_tab(stage).await?, stage.tab("/").await?];
        let (_, one) = ask(&tabs[0]).await?;
        sign_in_at_provider(&tabs[0]).await?;
        let (_, two) = ask(&tabs[1]).await?;
        for name in ["state", "nonce", "code_challenge"] {
            assert_ne!(one[name], two[name], "{name}");
            // 22 characters of base64url are 132 bits.
            assert!(one[name].len() >= 22 && two[name].len() >= 22, "{name}");
        }
        assert_eq!((one["response_type"].as_str(), one["code_challenge_method"].as_str()), ("code", "S256"));
        for tab in &tabs {
            authorize(tab).await?;
            tab.is_headed("Posts").await?;
        }
        assert_eq!(stage.stack.log().await?.of(EXCHANGE).with_status(200).len(), 2);
        Ok(())
    })
}

#[test]
fn o4_a_question_without_its_state_or_challenge_signs_nobody_in() -> Result<()> {
    scenario().run(async |stage| {
        let tab = first_tab(stage).await?;
        let (asked, _) = ask(&tab).await?;
        tab.visit(without(&asked, "state").as_str()).await?;
        sign_in_at_provider(&tab).await?;
        authorize(&tab).await?;
        tab.is_headed("This sign-in cannot be finished").await?;
        let (asked, _) = ask(&tab).await?;
        let unproven = without(&without(&asked, "code_challenge"), "code_challenge_method");
        tab.visit(unproven.as_str()).await?;
        tab.is_headed("The provider could not sign you in").await?;
        tab.shows("invalid_request").await?;
        assert_eq!((exchanges(stage).await?, tab.stored().await?), (0, None));
        Ok(())
    })
}

fn without(url: &Url, parameter: &str) -> Url {
    let kept: Vec<(String, String)> = url.query_pairs().into_owned().filter(|(name, _)| name != parameter).collect();
    let mut url = url.clone();
    url.query_pairs_mut().clear().extend_pairs(kept);
    url
}

#[test]
fn o6_an_answer_that_does_not_name_the_provider_that_was_asked_is_refused_unsaid_to_the_backend() -> Result<()> {
    scenario().run(async |stage| {
        let tab = first_tab(stage).await?;
        let [listed] = listed(&tab).await?;
        assert_eq!(listed["issuer"], stage.stack.provider()?.as_str());
        assert_eq!(listed["authorization_response_iss_parameter_supported"], true);
        ask(&tab).await?;
        sign_in_at_provider(&tab).await?;
        tab.is_headed("Authorize Posts app").await?;
        for tampered in ["iss=https://evil.example", "iss=", "iss=twice"] {
            tab.goto("/").await?;
            tab.script::<()>(&format!("sessionStorage.tamper = '{tampered}'")).await?;
            ask(&tab).await?;
            authorize(&tab).await?;
            tab.is_headed("This sign-in cannot be trusted").await?;
            assert_eq!((exchanges(stage).await?, tab.stored().await?), (0, None), "{tampered}");
        }
        tab.script::<()>("sessionStorage.removeItem('tamper')").await?;
        ask(&tab).await?;
        authorize(&tab).await?;
        tab.is_headed("Posts").await
    })
}

async fn listed(tab: &Tab) -> Result<[Value; 1]> {
    tab.script("return fetch('/api/social/').then(answer => answer.json())").await
}
