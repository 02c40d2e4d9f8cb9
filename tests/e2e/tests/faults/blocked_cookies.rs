//! A browser that keeps no cookies.

use anyhow::Result;
use e2e::{LOGIN, Need, Scenario};

const SENTENCE: &str = "This browser does not keep the app's cookies, so you cannot stay signed in.";

#[test]
fn c13_a_browser_whose_cookies_are_blocked_is_named_before_and_after_the_password_and_sends_none() -> Result<()> {
    Scenario::new().needs(Need::BlockedCookies).with_cookies_blocked().run(async |ctx| {
        let tab = ctx.tab("/sign-in").await?;
        tab.has_heading("Sign in").await?;
        tab.shows(SENTENCE).await?;
        assert!(!tab.text().await?.contains("does not let the app store anything"), "one reason, not two");
        tab.submit_demo_password().await?;
        let said = "return document.body.innerText.split('does not keep').length - 1";
        tab.becomes_true("the form says it too", std::time::Duration::from_secs(10), &format!("{said} === 2")).await?;
        assert!(ctx.servers.request_log().await?.of(LOGIN).is_empty(), "the password stays here");
        for (path, heading) in [("/posts", "Access denied"), ("/", "Sign in once, keep reading")] {
            tab.open(path, heading).await?;
            tab.shows(SENTENCE).await?;
        }
        Ok(())
    })
}
