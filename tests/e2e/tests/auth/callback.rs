//! Returning from a provider with a response that the app must refuse.

use anyhow::Result;
use e2e::{ISSUER, Scenario, TestContext};
use serde_json::json;

const CALLBACK: &str = "/auth/callback/dev";
const REFUSAL: &str = "This sign-in cannot be finished";

/// Whether the app has sent a code to the backend.
async fn sent_code(ctx: &TestContext) -> Result<bool> {
    let log = ctx.servers.request_log().await?;
    Ok(["dev", "other"].iter().any(|provider| !log.of(&format!("/api/social/login/{provider}/")).is_empty()))
}

#[test]
fn o3_a_missing_wrong_or_doubled_state_is_refused_without_a_word_to_the_backend() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.tab("/").await?;
        for query in [
            "",
            "code=x",
            "code=x&state=wrong",
            "code=x&state=__proto__",
            "code=x&state=the-state&state=the-state",
            "state=the-state",
        ] {
            tab.begin_authorization("dev").await?;
            tab.open(&format!("{CALLBACK}?{query}&iss={ISSUER}"), REFUSAL).await?;
            assert_eq!(tab.path().await?, CALLBACK, "{query}");
            assert!(!sent_code(ctx).await?, "{query}");
        }
        Ok(())
    })
}

#[test]
fn o3_an_attempt_is_good_for_one_answer_even_a_wrong_one() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.tab("/").await?;
        tab.begin_authorization("dev").await?;
        for state in ["wrong", "the-state"] {
            tab.open(&format!("{CALLBACK}?code=x&state={state}&iss={ISSUER}"), REFUSAL).await?;
        }
        assert!(!sent_code(ctx).await?);
        Ok(())
    })
}

#[test]
fn o5_an_answer_on_the_callback_of_another_provider_is_refused_without_a_word_to_the_backend() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.tab("/").await?;
        tab.begin_authorization("dev").await?;
        tab.open(&format!("/auth/callback/other?code=x&state=the-state&iss={ISSUER}"), REFUSAL).await?;
        assert!(!sent_code(ctx).await?);
        Ok(())
    })
}

#[test]
fn o7_an_answer_that_nobody_asked_for_changes_nobody_signed_in_or_out() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let unsolicited = format!("{CALLBACK}?code=mallorys&state=mallorys&iss={ISSUER}");
        let tab = ctx.tab(&unsolicited).await?;
        tab.has_heading(REFUSAL).await?;
        tab.sign_in().await?;
        tab.open(&unsolicited, REFUSAL).await?;
        tab.shows("You are signed in already.").await?;
        tab.shows("Demo Person").await?;
        assert!(!sent_code(ctx).await?);
        Ok(())
    })
}

#[test]
fn a_sign_in_that_failed_and_is_begun_again_still_leads_where_it_was_to_lead() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.tab("/").await?;
        tab.begin_authorization("dev").await?;
        tab.open(&format!("{CALLBACK}?state=the-state&error=access_denied&iss={ISSUER}"), "Sign-in was cancelled")
            .await?;
        tab.follow("Sign in").await?;
        tab.submit_demo_password().await?;
        tab.has_heading("Posts").await
    })
}

#[test]
fn c5_the_reason_that_the_provider_gives_is_shown() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.tab("/").await?;
        tab.begin_authorization("dev").await?;
        let response = format!("{CALLBACK}?state=the-state&error=access_denied&iss={ISSUER}");
        tab.open(
            &format!("{response}&error_description=Please+verify+your+email"),
            "The provider could not sign you in",
        )
        .await?;
        tab.shows("It said: “Please verify your email”.").await
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
    Scenario::new().run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        for next in EVIL {
            let encoded: String = tab.script(&format!("return encodeURIComponent({})", json!(next))).await?;
            tab.open(&format!("/sign-in?next={encoded}"), "Welcome back").await?;
            assert_eq!(tab.url().await?, format!("{}/", ctx.servers.origin()), "{next:?}");
        }
        Ok(())
    })
}

#[test]
fn a_provider_that_the_backend_does_not_know_is_told() -> Result<()> {
    Scenario::new().run(async |ctx| {
        ctx.browser.console.expect("/api/social/login/unknown/", "404");
        let tab = ctx.tab("/").await?;
        tab.begin_authorization("unknown").await?;
        tab.open(&format!("/auth/callback/unknown?code=x&state=the-state&iss={ISSUER}"), "Sign-in did not go through")
            .await?;
        tab.shows("There is no such identity provider.").await?;
        assert_eq!(tab.path().await?, "/auth/callback/unknown");
        Ok(())
    })
}

#[test]
fn o8_an_error_that_carries_html_is_shown_as_text_and_ends_the_attempt() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.tab("/").await?;
        tab.begin_authorization("dev").await?;
        let response = format!("{CALLBACK}?state=the-state&iss={ISSUER}");
        tab.open(
            &format!("{response}&error=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E"),
            "The provider could not sign you in",
        )
        .await?;
        tab.shows("<img src=x onerror=alert(1)>").await?;
        tab.open(&format!("{response}&code=x"), REFUSAL).await?;
        assert!(!sent_code(ctx).await?, "the error has ended the authorization");
        Ok(())
    })
}
