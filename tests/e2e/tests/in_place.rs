//! A session that ends under a page: the page stays, and goes on once its person is back. By keyboard alone.

use std::time::Duration;

use anyhow::Result;
use e2e::{Fault, Key, POSTS, REFRESH, Scenario, Stage, Tab, eventually};
use serde_json::json;

const DIALOG: &str = "Sign in to go on";
const REVOKED: &str = "The server has ended your session.";
const SCROLLED: i64 = 3_000;

/// What had the focus before.
const FIELD: &str = "Find";

/// Tabs on the posts, scrolled, whose session the backend has ended.
async fn ended_tabs(stage: &Stage, count: usize) -> Result<Vec<Tab>> {
    stage.browser.console.expect(POSTS, "401");
    stage.browser.console.expect(REFRESH, "400");
    let tabs = stage.signed_in_tabs(count).await?;
    tabs[0].script::<()>(&format!("scrollTo(0, {SCROLLED})")).await?;
    tabs[0].script::<()>("document.getElementById('post-text').focus({ preventScroll: true })").await?;
    stage.stack.faults(&[Fault::on(REFRESH).status(400).json(json!({"error": "invalid_grant"}))]).await?;
    for tab in &tabs {
        tab.shows_within(REVOKED, Duration::from_secs(45)).await?;
        tab.has_focus_on(DIALOG).await?;
    }
    stage.stack.heal().await?;
    Ok(tabs)
}

async fn type_password(tab: &Tab, password: &str) -> Result<()> {
    tab.tab_to("Password").await?;
    tab.keys(password).await?;
    tab.enter().await
}

/// The page is within reach, and what is called `focused` has the focus.
async fn is_back(tab: &Tab, focused: &str) -> Result<()> {
    eventually("the page is within reach again", Duration::from_secs(20), async || {
        let is_free: bool =
            tab.script("return !document.querySelector('dialog') && !document.querySelector('[inert]')").await?;
        Ok(is_free.then_some(()))
    })
    .await?;
    tab.has_focus_on(focused).await
}

#[test]
fn a_person_whose_session_was_revoked_goes_on_at_the_same_place() -> Result<()> {
    Scenario::new().access_ttl(20).run(async |stage| {
        let tab = &ended_tabs(stage, 1).await?[0];
        let name: String = tab.script("return document.querySelector('dialog input').value").await?;
        assert_eq!((name.as_str(), tab.posts().await?), ("demo", 100));
        let updated = tab.updated_at().await?;
        tab.script::<()>("window.kept = document.querySelector('article')").await?;
        type_password(tab, "demo-password").await?;
        is_back(tab, FIELD).await?;
        assert_eq!(tab.script::<i64>("return Math.round(scrollY)").await?, SCROLLED);
        assert!(
            tab.script::<bool>("return window.kept === document.querySelector('article')").await?,
            "not drawn anew"
        );
        tab.is_updated_after(updated.as_deref(), Duration::from_secs(20)).await?;
        assert_eq!(tab.path().await?, "/posts");
        Ok(())
    })
}

#[test]
fn a_sign_in_in_one_tab_takes_up_the_pages_of_all() -> Result<()> {
    Scenario::new().access_ttl(20).run(async |stage| {
        let tabs = ended_tabs(stage, 2).await?;
        type_password(&tabs[1], "demo-password").await?;
        // The other tab had the focus nowhere.
        for (tab, focused) in tabs.iter().zip([FIELD, "Posts"]) {
            is_back(tab, focused).await?;
            assert_eq!(tab.posts().await?, 100);
        }
        Ok(())
    })
}

#[test]
fn s5_another_person_who_signs_in_there_sees_nothing_of_the_one_before() -> Result<()> {
    Scenario::new().access_ttl(20).run(async |stage| {
        stage.stack.api.register("berta", "correct horse battery").await?;
        let tab = &ended_tabs(stage, 1).await?[0];
        tab.script::<()>("window.kept = document.querySelector('article')").await?;
        tab.tab_to("Username or email").await?;
        tab.keys("berta").await?;
        type_password(tab, "correct horse battery").await?;
        is_back(tab, "Posts").await?;
        tab.shows("berta").await?;
        tab.has_posts(100).await?;
        assert!(tab.script::<bool>("return !window.kept.isConnected").await?, "a page of their own");
        assert!(!tab.text().await?.contains("Demo Person"));
        Ok(())
    })
}

#[test]
fn who_does_not_want_to_sign_in_leaves_nothing_of_the_page() -> Result<()> {
    Scenario::new().access_ttl(20).run(async |stage| {
        let tab = &ended_tabs(stage, 1).await?[0];
        tab.enter_on("Not now").await?;
        tab.is_headed("Access denied").await?;
        tab.has_focus_on("Access denied").await?;
        assert_eq!(tab.posts().await?, 0);
        Ok(())
    })
}

#[test]
fn escape_gives_nothing_up() -> Result<()> {
    Scenario::new().access_ttl(20).run(async |stage| {
        let tab = &ended_tabs(stage, 1).await?[0];
        tab.tab_to("Password").await?;
        tab.keys("demo").await?;
        // The second in a row is one that a page cannot prevent.
        for _ in 0..3 {
            tab.keys(Key::Escape).await?;
        }
        tab.has_focus_on(DIALOG).await?;
        assert!(tab.script::<bool>("return document.querySelector('dialog').matches(':modal')").await?);
        assert_eq!((tab.value("password").await?.as_str(), tab.posts().await?), ("demo", 100));
        type_password(tab, "demo-password").await?;
        is_back(tab, FIELD).await
    })
}

#[test]
fn where_a_provider_leads_away_it_is_told_what_is_lost() -> Result<()> {
    const LOSS: &str = "what you have typed into it is not kept";
    Scenario::new().access_ttl(20).with_provider().run(async |stage| {
        let tab = stage.tab("/sign-in").await?;
        tab.shows("Continue with Dev OIDC").await?;
        assert!(!tab.text().await?.contains(LOSS), "there is no page below");
        let tab = &ended_tabs(stage, 1).await?[0];
        tab.shows("Continue with Dev OIDC").await?;
        tab.shows(LOSS).await
    })
}
