//! Signing out.

use std::time::Duration;

use anyhow::Result;
use e2e::{Fault, LOGOUT, POSTS, Scenario, Tab, eventually, holds_for, over_both_transports};

over_both_transports! {
    s1_sign_out_in_one_of_five_tabs_ends_all_within_a_second_and_leaves_no_token,
    s2_sign_out_offline_is_at_once_here_and_at_the_backend_when_online_again,
    s3_a_late_answer_does_not_resurrect_a_signed_out_session,
}

/// Records when a button was pressed and when the posts disappeared, on a clock that all tabs share.
const RECORD_TIMES: &str = "
    addEventListener('click', () => { window.pressedAt = Date.now() }, {capture: true});
    new MutationObserver(() => {
        if (!window.goneAt && !document.querySelector('article')) window.goneAt = Date.now();
    }).observe(document.body, {childList: true, subtree: true});
";

async fn recorded_time(tab: &Tab, name: &str) -> Result<i64> {
    eventually(&format!("{name} is known"), Duration::from_secs(10), async || {
        tab.script(&format!("return window.{name} ?? null")).await
    })
    .await
}

/// Everything that a tab stores and shows, in one text.
async fn readable_by_scripts(tab: &Tab) -> Result<String> {
    tab.script(
        "return JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage}) + document.cookie + \
         document.documentElement.outerHTML",
    )
    .await
}

fn s1_sign_out_in_one_of_five_tabs_ends_all_within_a_second_and_leaves_no_token(scenario: Scenario) -> Result<()> {
    scenario.run(async |ctx| {
        let tabs = ctx.signed_in_tabs(5).await?;
        for tab in &tabs {
            tab.has_posts(100).await?;
            tab.script::<()>(RECORD_TIMES).await?;
        }
        let (access, refresh) = (tabs[0].access_token().await?, tabs[0].refresh_token().await?);
        tabs[0].press("Sign out").await?;
        let pressed = recorded_time(&tabs[0], "pressedAt").await?;
        for tab in &tabs {
            let gone = recorded_time(tab, "goneAt").await?;
            assert!((0..1000).contains(&(gone - pressed)), "out after {} ms", gone - pressed);
        }
        ctx.servers.wait_for_response(LOGOUT, 200, Duration::from_secs(10)).await?;
        for tab in &tabs {
            eventually("no token is left", Duration::from_secs(10), async || {
                let readable = readable_by_scripts(tab).await?;
                Ok((!readable.contains(&access) && !readable.contains(&refresh)).then_some(()))
            })
            .await?;
        }
        for tab in &tabs[1..] {
            tab.shows("You have signed out in another tab.").await?;
        }
        assert_eq!(ctx.servers.api.refresh(&refresh).await?.0, 401);
        assert_eq!(ctx.servers.request_log().await?.of(LOGOUT).len(), 1, "one tab signs out at the backend");
        Ok(())
    })
}

fn s2_sign_out_offline_is_at_once_here_and_at_the_backend_when_online_again(scenario: Scenario) -> Result<()> {
    scenario.run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        let refresh = tab.refresh_token().await?;
        tab.set_offline(true).await?;
        tab.press("Sign out").await?;
        tab.shows_within("You are signed out.", Duration::from_secs(2)).await?;
        assert!(ctx.servers.request_log().await?.of(LOGOUT).is_empty());
        tab.set_offline(false).await?;
        ctx.servers.wait_for_response(LOGOUT, 200, Duration::from_secs(20)).await?;
        assert_eq!(ctx.servers.api.refresh(&refresh).await?.0, 401);
        eventually("the token is deleted", Duration::from_secs(10), async || {
            Ok((!readable_by_scripts(&tab).await?.contains(&refresh)).then_some(()))
        })
        .await
    })
}

#[test]
fn s2_what_is_still_to_be_revoked_outlives_a_reload() -> Result<()> {
    Scenario::new().run(async |ctx| {
        ctx.browser.console.expect(LOGOUT, "503");
        let tab = ctx.signed_in_tab().await?;
        let refresh = tab.refresh_token().await?;
        ctx.servers.set_faults(&[Fault::on(LOGOUT).status(503).times(1)]).await?;
        tab.press("Sign out").await?;
        tab.shows("You are signed out.").await?;
        ctx.servers.wait_for_response(LOGOUT, 503, Duration::from_secs(10)).await?;
        tab.reload().await?;
        ctx.servers.wait_for_response(LOGOUT, 200, Duration::from_secs(60)).await?;
        assert_eq!(ctx.servers.api.refresh(&refresh).await?.0, 401);
        Ok(())
    })
}

fn s3_a_late_answer_does_not_resurrect_a_signed_out_session(scenario: Scenario) -> Result<()> {
    scenario.access_ttl(20).run(async |ctx| {
        // The app revokes the token of the late response too, and the backend has already ended its session.
        ctx.browser.console.expect(LOGOUT, "401");
        let tab = ctx.signed_in_tab().await?;
        let refresh = tab.refresh_token().await?;
        ctx.fault_next_refresh(|refresh| refresh.delay_response(Duration::from_secs(5))).await?;
        tab.press("Sign out").await?;
        tab.shows_within("You are signed out.", Duration::from_secs(2)).await?;
        let polls = ctx.servers.request_log().await?.of(POSTS).len();
        // The late response arrives within this time.
        holds_for("signed out", Duration::from_secs(8), async || {
            let stored = tab.stored_record().await?.unwrap_or_default().to_string();
            Ok(tab.text().await?.contains("You are signed out.") && !stored.contains("\"access\""))
        })
        .await?;
        assert_eq!(ctx.servers.request_log().await?.of(POSTS).len(), polls);
        assert_eq!(ctx.servers.api.refresh(&refresh).await?.0, 401);
        assert!(!readable_by_scripts(&tab).await?.contains("eyJ"), "no token is left");
        Ok(())
    })
}

#[test]
fn s5_after_one_person_another_signs_in_and_every_tab_is_theirs() -> Result<()> {
    const RECORD_NAMES: &str = "
        window.seen = [];
        const record = () => window.seen.push(document.querySelector('.account-name')?.textContent ?? '');
        new MutationObserver(record).observe(document.body, {childList: true, subtree: true, characterData: true});
    ";
    Scenario::new().run(async |ctx| {
        ctx.servers.api.register("berta", "correct horse battery").await?;
        let tabs = ctx.signed_in_tabs(2).await?;
        tabs[1].shows("Demo Person").await?;
        tabs[0].press("Sign out").await?;
        tabs[1].has_heading("Access denied").await?;
        tabs[1].script::<()>(RECORD_NAMES).await?;
        // On the same page: loading another would cancel the sign-out request, and the app would send it again.
        tabs[0].follow("Sign in").await?;
        tabs[0].submit_password("berta", "correct horse battery").await?;
        tabs[0].has_heading("Welcome back").await?;
        tabs[1].has_heading("Posts").await?;
        tabs[1].has_posts(100).await?;
        tabs[1].shows("berta").await?;
        let seen: Vec<String> = tabs[1].script("return window.seen").await?;
        assert!(seen.iter().any(|name| name == "berta") && !seen.iter().any(|name| name.contains("Demo")), "{seen:?}");
        Ok(())
    })
}
