//! The harness itself: each of its checks can fail.

use std::time::Duration;

use anyhow::Result;
use e2e::{Fault, OtherOrigin, POSTS, Scenario, eventually};

#[test]
fn an_uncaught_error_in_any_tab_fails_its_test() {
    let fail = "if (location.pathname === '/') setTimeout(() => { throw new Error('canary') });";
    let outcome = Scenario::new().first_script(fail).run(async |ctx| {
        ctx.tab("/").await?;
        ctx.tab("/sign-in").await.map(drop)
    });
    let message = format!("{:#}", outcome.expect_err("the error was not noticed"));
    assert!(message.contains("canary"), "{message}");
}

#[test]
fn an_error_in_a_tab_that_was_closed_fails_its_test() {
    let outcome = Scenario::new().run(async |ctx| {
        ctx.tab("/").await?;
        let tab = ctx.tab("/").await?;
        tab.script::<()>("console.error('canary')").await?;
        tab.close().await
    });
    let message = format!("{:#}", outcome.expect_err("the error was not noticed"));
    assert!(message.contains("canary"), "{message}");
}

#[test]
fn a_failed_request_that_was_not_expected_fails_its_test() {
    let outcome = Scenario::new().run(async |ctx| {
        let tab = ctx.tab("/").await?;
        ctx.browser.console.expect(POSTS, "404");
        tab.script::<()>("fetch('/api/posts/')").await?;
        ctx.servers.wait_for_requests(POSTS, 1, Duration::from_secs(5)).await.map(drop)
    });
    let message = format!("{:#}", outcome.expect_err("the failure was not noticed"));
    assert!(message.contains("401"), "{message}");
}

#[test]
fn a_hidden_tab_is_hidden_and_the_others_are_not() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let first = ctx.tab("/").await?;
        let second = ctx.tab("/").await?;
        first.hide().await?;
        assert!(!second.is_hidden().await?);
        first.show().await?;
        second.hide().await?;
        assert!(!first.is_hidden().await?);
        Ok(())
    })
}

#[test]
fn a_bystander_hears_of_a_redirect_that_is_followed() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let other_origin = OtherOrigin::start()?;
        let tab = ctx.tab("/").await?;
        ctx.servers.turn_policy_off().await?;
        tab.reload().await?;
        ctx.servers.set_faults(&[Fault::on(POSTS).redirect(307, other_origin.origin())]).await?;
        tab.script::<()>(&format!("fetch('{POSTS}', {{headers: {{'x-canary': 'canary'}}}})")).await?;
        eventually("the other origin receives a request", Duration::from_secs(10), async || {
            Ok((!other_origin.requests().is_empty()).then_some(()))
        })
        .await
    })
}
