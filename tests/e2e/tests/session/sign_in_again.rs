//! A session ends while a page is open: the page leaves the document, and comes back after the same person has signed in.
//! By keyboard alone.

use std::time::Duration;

use anyhow::Result;
use e2e::{Fault, Key, POSTS, REFRESH, Scenario, Tab, TestContext};

const DIALOG: &str = "Sign in to go on";
const REVOKED: &str = "The server has ended your session.";
/// In pixels.
const SCROLLED: i64 = 3_000;

/// The field that has the focus when the session ends.
const FIELD: &str = "Find";

/// Opens tabs on the posts, scrolls the first, and has the backend end their session.
async fn tabs_with_ended_session(ctx: &TestContext, count: usize) -> Result<Vec<Tab>> {
    ctx.browser.console.expect(POSTS, "401");
    ctx.browser.console.expect(REFRESH, "400");
    let tabs = ctx.signed_in_tabs(count).await?;
    tabs[0].script::<()>(&format!("scrollTo(0, {SCROLLED})")).await?;
    tabs[0].script::<()>("document.getElementById('post-text').focus({ preventScroll: true })").await?;
    tabs[0].script::<()>("window.kept = document.querySelector('article')").await?;
    ctx.servers.set_faults(&[Fault::refuse_refresh()]).await?;
    for tab in &tabs {
        tab.shows_within(REVOKED, Duration::from_secs(45)).await?;
        tab.has_focus_on(DIALOG).await?;
    }
    ctx.servers.clear_faults().await?;
    Ok(tabs)
}

/// Waits until the page can be used again, and the element named `focused` has the focus.
async fn is_usable_again(tab: &Tab, focused: &str) -> Result<()> {
    const IS_USABLE: &str = "return !document.querySelector('dialog, [data-kept]')";
    tab.becomes_true("the page can be used again", Duration::from_secs(20), IS_USABLE).await?;
    tab.has_focus_on(focused).await
}

#[test]
fn a_person_whose_session_was_revoked_goes_on_at_the_same_place() -> Result<()> {
    Scenario::new().access_ttl(20).run(async |ctx| {
        let tab = &tabs_with_ended_session(ctx, 1).await?[0];
        let name: String = tab.script("return document.querySelector('dialog input').value").await?;
        assert_eq!(name, "demo");
        tab.type_password("demo-password").await?;
        is_usable_again(tab, FIELD).await?;
        assert_eq!(tab.script::<i64>("return Math.round(scrollY)").await?, SCROLLED);
        assert!(
            tab.script::<bool>("return window.kept === document.querySelector('article')").await?,
            "the page was not rendered again"
        );
        let updated = tab.updated_at().await?;
        tab.is_updated_after(updated.as_deref(), Duration::from_secs(20)).await?;
        assert_eq!(tab.path().await?, "/posts");
        Ok(())
    })
}

#[test]
fn after_a_revocation_no_post_is_in_the_document_and_what_was_typed_survives() -> Result<()> {
    const SEARCH: &str = "qui";
    const TITLES: &str = "return [...document.querySelectorAll('article h2')].map(title => title.textContent)";
    Scenario::new().run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        tab.fill(FIELD, SEARCH).await?;
        let titles: Vec<String> = tab.script(TITLES).await?;
        assert!(!titles.is_empty(), "the search finds posts");
        ctx.end_session(&tab).await?;
        let document: String = tab.script("return document.documentElement.outerHTML").await?;
        assert!(titles.iter().all(|title| !document.contains(title)), "a post is still in the document");
        tab.type_password("demo-password").await?;
        is_usable_again(&tab, "Refresh").await?;
        assert_eq!(tab.field_value("post-text").await?, SEARCH);
        assert_eq!(tab.script::<Vec<String>>(TITLES).await?, titles);
        Ok(())
    })
}

#[test]
fn a_sign_in_in_one_tab_takes_up_the_pages_of_all() -> Result<()> {
    Scenario::new().access_ttl(20).run(async |ctx| {
        let tabs = tabs_with_ended_session(ctx, 2).await?;
        tabs[1].type_password("demo-password").await?;
        // In the other tab nothing had the focus.
        for (tab, focused) in tabs.iter().zip([FIELD, "Posts"]) {
            is_usable_again(tab, focused).await?;
            assert_eq!(tab.post_count().await?, 100);
        }
        Ok(())
    })
}

#[test]
fn s5_another_person_who_signs_in_there_sees_nothing_of_the_one_before() -> Result<()> {
    Scenario::new().access_ttl(20).run(async |ctx| {
        ctx.servers.api.register("berta", "correct horse battery").await?;
        let tab = &tabs_with_ended_session(ctx, 1).await?[0];
        tab.type_into("Username or email", "berta").await?;
        tab.type_password("correct horse battery").await?;
        is_usable_again(tab, "Posts").await?;
        tab.shows("berta").await?;
        tab.has_posts(100).await?;
        assert!(tab.script::<bool>("return !window.kept.isConnected").await?, "the new person has a new page");
        assert!(!tab.text().await?.contains("Demo Person"));
        Ok(())
    })
}

#[test]
fn who_does_not_want_to_sign_in_leaves_nothing_of_the_page() -> Result<()> {
    Scenario::new().access_ttl(20).run(async |ctx| {
        let tab = &tabs_with_ended_session(ctx, 1).await?[0];
        tab.activate("Not now").await?;
        tab.has_heading("Access denied").await?;
        tab.has_focus_on("Access denied").await?;
        assert_eq!(tab.post_count().await?, 0);
        Ok(())
    })
}

#[test]
fn escape_gives_nothing_up() -> Result<()> {
    Scenario::new().access_ttl(20).run(async |ctx| {
        let tab = &tabs_with_ended_session(ctx, 1).await?[0];
        tab.tab_to("Password").await?;
        tab.keys("demo").await?;
        // A page cannot prevent the second Escape in a row.
        for _ in 0..3 {
            tab.keys(Key::Escape).await?;
        }
        let has_focus = "return !!document.activeElement.closest('dialog:modal')";
        tab.becomes_true("the dialog is open and has the focus", Duration::from_secs(5), has_focus).await?;
        assert_eq!(tab.field_value("password").await?, "demo");
        tab.type_password("demo-password").await?;
        is_usable_again(tab, FIELD).await
    })
}

#[test]
fn where_a_provider_leads_away_it_is_told_what_is_lost() -> Result<()> {
    const LOSS_WARNING: &str = "what you have typed into it is not kept";
    Scenario::new().access_ttl(20).with_provider().run(async |ctx| {
        let tab = ctx.tab("/sign-in").await?;
        tab.shows("Continue with Dev OIDC").await?;
        assert!(!tab.text().await?.contains(LOSS_WARNING), "there is no page to lose");
        let tab = &tabs_with_ended_session(ctx, 1).await?[0];
        tab.shows("Continue with Dev OIDC").await?;
        tab.shows(LOSS_WARNING).await
    })
}
