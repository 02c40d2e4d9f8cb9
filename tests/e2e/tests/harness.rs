//! The harness itself: a check that cannot fail is not a check.

use std::time::Duration;

use anyhow::Result;
use e2e::{Bystander, Fault, POSTS, Scenario, eventually};

#[test]
fn an_uncaught_error_in_any_tab_fails_its_test() {
    let outcome = Scenario::new().run(async |stage| {
        let tab = stage.tab("/").await?;
        stage.tab("/sign-in").await?;
        tab.script::<()>("setTimeout(() => { throw new Error('canary') })").await
    });
    let message = format!("{:#}", outcome.expect_err("the error was not noticed"));
    assert!(message.contains("canary"), "{message}");
}

#[test]
fn an_error_in_a_tab_that_was_closed_fails_its_test() {
    let outcome = Scenario::new().run(async |stage| {
        stage.tab("/").await?;
        let tab = stage.tab("/").await?;
        tab.script::<()>("console.error('canary')").await?;
        tab.close().await
    });
    let message = format!("{:#}", outcome.expect_err("the error was not noticed"));
    assert!(message.contains("canary"), "{message}");
}

#[test]
fn a_failed_request_that_was_not_expected_fails_its_test() {
    let outcome = Scenario::new().run(async |stage| {
        let tab = stage.tab("/").await?;
        stage.browser.console.expect(POSTS, "404");
        tab.script::<()>("fetch('/api/posts/')").await?;
        stage.stack.requests(POSTS, 1, Duration::from_secs(5)).await.map(drop)
    });
    let message = format!("{:#}", outcome.expect_err("the failure was not noticed"));
    assert!(message.contains("401"), "{message}");
}

#[test]
fn a_hidden_tab_is_hidden_and_the_others_are_not() -> Result<()> {
    Scenario::new().run(async |stage| {
        let first = stage.tab("/").await?;
        let second = stage.tab("/").await?;
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
    Scenario::new().run(async |stage| {
        let bystander = Bystander::start()?;
        let tab = stage.tab("/").await?;
        tab.ignore_policy().await?;
        tab.reload().await?;
        stage.stack.faults(&[Fault::on(POSTS).redirect(307, bystander.origin())]).await?;
        tab.script::<()>(&format!("fetch('{POSTS}', {{headers: {{'x-canary': 'canary'}}}})")).await?;
        eventually("it hears", Duration::from_secs(10), async || Ok((!bystander.heard().is_empty()).then_some(())))
            .await
    })
}
