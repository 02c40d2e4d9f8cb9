//! A session that ends under a page: the page stays, and goes on once its person is back. By keyboard alone.

use std::time::Duration;

use anyhow::Result;
use e2e::{Fault, Key, POSTS, REFRESH, Scenario, Stage, Tab, eventually};
use serde_json::json;

const DIALOG: &str = "Sign in to go on";
const REVOKED: &str = "The server has ended your session.";
const SCROLLED: i64 = 3_000;

/// Tabs on the posts, scrolled, whose session the backend has ended.
async fn ended_tabs(stage: &Stage, count: usize) -> Result<Vec<Tab>> {
    stage.browser.console.expect(POSTS, "401");
    stage.browser.console.expect(REFRESH, "400");
    let tabs = stage.signed_in_tabs(count).await?;
    tabs[0].script::<()>(&format!("scrollTo(0, {SCROLLED})")).await?;
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

async fn is_back(tab: &Tab) -> Result<()> {
    eventually("the page is within reach again", Duration::from_secs(20), async || {
        let is_free: bool =
            tab.script("return !document.querySelector('dialog') && !document.querySelector('[inert]')").await?;
        Ok(is_free.then_some(()))
    })
    .await
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
        is_back(tab).await?;
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
        for tab in &tabs {
            is_back(tab).await?;
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
        is_back(tab).await?;
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
        tab.keys(Key::Escape).await?;
        tab.is_headed("Access denied").await?;
        tab.has_focus_on("Access denied").await?;
        assert_eq!(tab.posts().await?, 0);
        Ok(())
    })
}
