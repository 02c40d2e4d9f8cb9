//! The end of a session that a person wants.

use std::time::Duration;

use anyhow::Result;
use e2e::{Fault, LOGOUT, POSTS, REFRESH, Scenario, Tab, eventually, holds_for, over_both_transports};

over_both_transports! {
    s1_sign_out_in_one_of_five_tabs_ends_all_within_a_second_and_leaves_no_token,
    s2_sign_out_offline_is_at_once_here_and_at_the_backend_when_online_again,
    s3_a_late_answer_does_not_resurrect_a_signed_out_session,
}

/// Notes in the page when the posts have gone from it, and when a button was pressed, by one clock for all tabs.
const WATCH: &str = "
    addEventListener('click', () => { window.pressedAt = Date.now() }, {capture: true});
    new MutationObserver(() => {
        if (!window.goneAt && !document.querySelector('article')) window.goneAt = Date.now();
    }).observe(document.body, {childList: true, subtree: true});
";

async fn moment(tab: &Tab, name: &str) -> Result<i64> {
    eventually(&format!("{name} is known"), Duration::from_secs(10), async || {
        tab.script(&format!("return window.{name} ?? null")).await
    })
    .await
}

/// Everything a tab keeps, in one text.
async fn kept(tab: &Tab) -> Result<String> {
    tab.script(
        "return JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage}) + document.cookie + \
         document.documentElement.outerHTML",
    )
    .await
}

fn s1_sign_out_in_one_of_five_tabs_ends_all_within_a_second_and_leaves_no_token(scenario: Scenario) -> Result<()> {
    scenario.run(async |stage| {
        let tabs = stage.signed_in_tabs(5).await?;
        for tab in &tabs {
            tab.has_posts(100).await?;
            tab.script::<()>(WATCH).await?;
        }
        let (access, refresh) = (tabs[0].access_token().await?, tabs[0].refresh_token().await?);
        tabs[0].press("Sign out").await?;
        let pressed = moment(&tabs[0], "pressedAt").await?;
        for tab in &tabs {
            let gone = moment(tab, "goneAt").await?;
            assert!((0..1000).contains(&(gone - pressed)), "out after {} ms", gone - pressed);
        }
        stage.stack.answers(LOGOUT, 200, Duration::from_secs(10)).await?;
        for tab in &tabs {
            eventually("no token is kept", Duration::from_secs(10), async || {
                let kept = kept(tab).await?;
                Ok((!kept.contains(&access) && !kept.contains(&refresh)).then_some(()))
            })
            .await?;
        }
        for tab in &tabs[1..] {
            tab.shows("You have signed out in another tab.").await?;
        }
        assert_eq!(stage.stack.api.refresh(&refresh).await?.0, 401);
        assert_eq!(stage.stack.log().await?.of(LOGOUT).len(), 1, "one tab tells the backend");
        Ok(())
    })
}

fn s2_sign_out_offline_is_at_once_here_and_at_the_backend_when_online_again(scenario: Scenario) -> Result<()> {
    scenario.run(async |stage| {
        let tab = stage.signed_in_tab().await?;
        let refresh = tab.refresh_token().await?;
        tab.set_offline(true).await?;
        tab.press("Sign out").await?;
        tab.shows_within("You are signed out.", Duration::from_secs(2)).await?;
        assert!(stage.stack.log().await?.of(LOGOUT).is_empty());
        tab.set_offline(false).await?;
        stage.stack.answers(LOGOUT, 200, Duration::from_secs(20)).await?;
        assert_eq!(stage.stack.api.refresh(&refresh).await?.0, 401);
        eventually("the token is forgotten", Duration::from_secs(10), async || {
            Ok((!kept(&tab).await?.contains(&refresh)).then_some(()))
        })
        .await
    })
}

#[test]
fn s2_what_is_still_to_be_revoked_outlives_a_reload() -> Result<()> {
    Scenario::new().run(async |stage| {
        stage.browser.console.expect(LOGOUT, "503");
        let tab = stage.signed_in_tab().await?;
        let refresh = tab.refresh_token().await?;
        stage.stack.faults(&[Fault::on(LOGOUT).status(503).times(1)]).await?;
        tab.press("Sign out").await?;
        tab.shows("You are signed out.").await?;
        stage.stack.answers(LOGOUT, 503, Duration::from_secs(10)).await?;
        tab.reload().await?;
        stage.stack.answers(LOGOUT, 200, Duration::from_secs(60)).await?;
        assert_eq!(stage.stack.api.refresh(&refresh).await?.0, 401);
        Ok(())
    })
}

fn s3_a_late_answer_does_not_resurrect_a_signed_out_session(scenario: Scenario) -> Result<()> {
    scenario.access_ttl(20).run(async |stage| {
        // The late answer's token is handed back as well: its session is over by then.
        stage.browser.console.expect(LOGOUT, "401");
        let tab = stage.signed_in_tab().await?;
        let refresh = tab.refresh_token().await?;
        stage.stack.faults(&[Fault::on(REFRESH).delay_answer(Duration::from_secs(5)).times(1)]).await?;
        stage.stack.requests(REFRESH, 1, Duration::from_secs(30)).await?;
        tab.press("Sign out").await?;
        tab.shows_within("You are signed out.", Duration::from_secs(2)).await?;
        let polls = stage.stack.log().await?.of(POSTS).len();
        // The answer comes within these.
        holds_for("signed out", Duration::from_secs(8), async || {
            let stored = tab.stored().await?.unwrap_or_default().to_string();
            Ok(tab.text().await?.contains("You are signed out.") && !stored.contains("\"access\""))
        })
        .await?;
        assert_eq!(stage.stack.log().await?.of(POSTS).len(), polls);
        assert_eq!(stage.stack.api.refresh(&refresh).await?.0, 401);
        assert!(!kept(&tab).await?.contains("eyJ"), "no token is kept");
        Ok(())
    })
}

#[test]
fn s5_after_one_person_another_signs_in_and_every_tab_is_theirs() -> Result<()> {
    const SEEN: &str = "
        window.seen = [];
        const look = () => window.seen.push(document.querySelector('.account-name')?.textContent ?? '');
        new MutationObserver(look).observe(document.body, {childList: true, subtree: true, characterData: true});
    ";
    Scenario::new().run(async |stage| {
        stage.stack.api.register("berta", "correct horse battery").await?;
        let tabs = stage.signed_in_tabs(2).await?;
        tabs[1].shows("Demo Person").await?;
        tabs[0].press("Sign out").await?;
        tabs[1].is_headed("Access denied").await?;
        tabs[1].script::<()>(SEEN).await?;
        // On the same page: a new one would have the browser drop the sign-out's answer, and the app send it again.
        tabs[0].follow("Sign in").await?;
        tabs[0].submit_password("berta", "correct horse battery").await?;
        tabs[0].is_headed("Welcome back").await?;
        tabs[1].is_headed("Posts").await?;
        tabs[1].has_posts(100).await?;
        tabs[1].shows("berta").await?;
        let seen: Vec<String> = tabs[1].script("return window.seen").await?;
        assert!(seen.iter().any(|name| name == "berta") && !seen.iter().any(|name| name.contains("Demo")), "{seen:?}");
        Ok(())
    })
}
