//! The authorization request to a provider, and requests and responses that were changed on their way.

use std::collections::HashMap;
use std::time::Duration;

use anyhow::Result;
use e2e::{POSTS, PROVIDER_EXCHANGE, Scenario, Tab, TestContext, eventually};
use serde_json::Value;
use url::Url;

/// Changes the provider's response in the address before the app reads it, as `sessionStorage.tamper` says.
const TAMPER: &str = "
    if (location.search.includes('state=') && sessionStorage.tamper) {
        const [parameter, value] = sessionStorage.tamper.split('=');
        const response = new URLSearchParams(location.search);
        if (value === 'twice') response.append(parameter, response.get(parameter));
        else if (value) response.set(parameter, value);
        else response.delete(parameter);
        history.replaceState(null, '', `?${response}`);
    }
";

type Parameters = HashMap<String, String>;

/// Leaves the app for the provider, and returns the authorization request with its parameters.
async fn start_authorization(tab: &Tab) -> Result<(Url, Parameters)> {
    tab.goto("/sign-in?next=%2Fposts").await?;
    tab.press("Continue with Dev OIDC").await?;
    let request = eventually("the page is left", Duration::from_secs(20), async || {
        Ok(authorization_request(Url::parse(&tab.url().await?)?))
    })
    .await?;
    let parameters = request.query_pairs().into_owned().collect();
    Ok((request, parameters))
}

/// The authorization request: `url` itself, or the `next` of the provider's sign-in page.
fn authorization_request(url: Url) -> Option<Url> {
    if url.path() == "/identity/o/authorize" {
        return Some(url);
    }
    let next = url.query_pairs().find(|(name, _)| name == "next")?.1.into_owned();
    url.join(&next).ok().filter(|url| url.path() == "/identity/o/authorize")
}

async fn exchanges(ctx: &TestContext) -> Result<usize> {
    Ok(ctx.servers.request_log().await?.of(PROVIDER_EXCHANGE).len())
}

fn scenario() -> Scenario {
    Scenario::new().with_provider().first_script(TAMPER)
}

#[test]
fn o1_two_tabs_ask_with_nothing_secret_in_common_and_neither_disturbs_the_other() -> Result<()> {
    scenario().run(async |ctx| {
        // The first tab may still ask for the posts of the session that the second sign-in has replaced.
        ctx.browser.console.expect(POSTS, "409");
        let tabs = [ctx.tab("/").await?, ctx.tab("/").await?];
        let (_, one) = start_authorization(&tabs[0]).await?;
        tabs[0].sign_in_at_provider().await?;
        let (_, two) = start_authorization(&tabs[1]).await?;
        for name in ["state", "nonce", "code_challenge"] {
            assert_ne!(one[name], two[name], "{name}");
            // 22 characters of base64url hold 132 bits.
            assert!(one[name].len() >= 22 && two[name].len() >= 22, "{name}");
        }
        assert_eq!((one["response_type"].as_str(), one["code_challenge_method"].as_str()), ("code", "S256"));
        for tab in &tabs {
            tab.authorize().await?;
            tab.has_heading("Posts").await?;
        }
        assert_eq!(ctx.servers.request_log().await?.of(PROVIDER_EXCHANGE).with_status(200).len(), 2);
        Ok(())
    })
}

#[test]
fn o4_a_question_without_its_state_or_challenge_signs_nobody_in() -> Result<()> {
    scenario().run(async |ctx| {
        let tab = ctx.tab("/").await?;
        let (request, _) = start_authorization(&tab).await?;
        tab.visit(without(&request, "state").as_str()).await?;
        tab.sign_in_at_provider().await?;
        tab.authorize().await?;
        tab.has_heading("This sign-in cannot be finished").await?;
        let (request, _) = start_authorization(&tab).await?;
        let without_challenge = without(&without(&request, "code_challenge"), "code_challenge_method");
        tab.visit(without_challenge.as_str()).await?;
        tab.has_heading("The provider could not sign you in").await?;
        tab.shows("It said: “Code challenge required”.").await?;
        assert_eq!((exchanges(ctx).await?, tab.has_stored_session().await?), (0, false));
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
    scenario().run(async |ctx| {
        let tab = ctx.tab("/").await?;
        let [provider] = listed_providers(&tab).await?;
        assert_eq!(provider["issuer"], ctx.servers.provider_origin()?.as_str());
        assert_eq!(provider["authorization_response_iss_parameter_supported"], true);
        start_authorization(&tab).await?;
        tab.sign_in_at_provider().await?;
        tab.has_heading("Authorize Posts app").await?;
        for tampered in ["iss=https://evil.example", "iss=", "iss=twice"] {
            tab.goto("/").await?;
            tab.script::<()>(&format!("sessionStorage.tamper = '{tampered}'")).await?;
            start_authorization(&tab).await?;
            tab.authorize().await?;
            tab.has_heading("This sign-in cannot be trusted").await?;
            assert_eq!((exchanges(ctx).await?, tab.has_stored_session().await?), (0, false), "{tampered}");
        }
        tab.script::<()>("sessionStorage.removeItem('tamper')").await?;
        start_authorization(&tab).await?;
        tab.authorize().await?;
        tab.has_heading("Posts").await
    })
}

async fn listed_providers(tab: &Tab) -> Result<[Value; 1]> {
    tab.script("return fetch('/api/social/').then(response => response.json())").await
}
