//! The warning before a session ends. By keyboard alone.

use std::time::Duration;

use anyhow::Result;
use e2e::{Key, LOGIN, Scenario, Tab, eventually};

/// Writes a limit into the page's head, as somebody who deploys the app writes it into `index.html`.
pub(crate) const IDLE_LIMIT: &str = "
    new MutationObserver((_, observer) => {
        if (!document.head) return;
        const meta = document.createElement('meta');
        meta.name = 'idle-limit';
        meta.content = '20';
        document.head.append(meta);
        observer.disconnect();
    }).observe(document, {childList: true, subtree: true});
";

async fn no_dialog(tab: &Tab) -> Result<()> {
    eventually("no dialog is open", Duration::from_secs(20), async || {
        Ok(tab.script::<bool>("return !document.querySelector('dialog')").await?.then_some(()))
    })
    .await
}

#[test]
fn before_the_absolute_end_a_new_session_begins_in_place() -> Result<()> {
    // The warning comes after 32 s, between two polls: one that meets the sign-in is refused, which the console notes,
    // and asked again.
    Scenario::new().setting("SESSION_TTL", 152).run(async |stage| {
        let tab = stage.signed_in_tab().await?;
        tab.script::<()>("scrollTo(0, 2000)").await?;
        tab.shows_within("Your session ends soon", Duration::from_secs(60)).await?;
        tab.has_focus_on("Your session ends soon").await?;
        tab.tab_to("Password").await?;
        tab.keys("demo-password").await?;
        tab.enter().await?;
        no_dialog(&tab).await?;
        assert_eq!(stage.stack.log().await?.of(LOGIN).with_status(200).len(), 2);
        assert_eq!(tab.script::<i64>("return Math.round(scrollY)").await?, 2000);
        assert_eq!(tab.posts().await?, 100);
        Ok(())
    })
}

#[test]
fn who_is_still_there_stays_signed_in_and_who_is_not_finds_the_page_hidden() -> Result<()> {
    Scenario::new().first_script(IDLE_LIMIT).run(async |stage| {
        let tab = stage.signed_in_tab().await?;
        let long = Duration::from_secs(40);
        tab.shows_within("Are you still there?", long).await?;
        tab.tab_to("Stay signed in").await?;
        tab.enter().await?;
        no_dialog(&tab).await?;
        assert_eq!(tab.posts().await?, 100);
        tab.shows_within("Sign in to go on", long).await?;
        tab.shows("You were inactive for a while").await?;
        let is_hidden = "return getComputedStyle(document.querySelector('article')).visibility === 'hidden'";
        assert!(tab.script::<bool>(is_hidden).await?);
        tab.tab_to("Password").await?;
        tab.keys("demo-password").await?;
        tab.enter().await?;
        no_dialog(&tab).await?;
        tab.has_posts(100).await
    })
}

#[test]
fn the_word_before_the_absolute_end_can_be_dismissed() -> Result<()> {
    Scenario::new().setting("SESSION_TTL", 110).run(async |stage| {
        let tab = stage.signed_in_tab().await?;
        tab.has_focus_on("Your session ends soon").await?;
        tab.enter_on("Not now").await?;
        no_dialog(&tab).await?;
        tab.has_focus_on("Posts").await?;
        tab.reload().await?;
        tab.has_focus_on("Your session ends soon").await?;
        tab.keys(Key::Escape).await?;
        no_dialog(&tab).await?;
        tab.has_posts(100).await?;
        assert!(tab.text().await?.contains("Demo Person"));
        Ok(())
    })
}

#[test]
fn who_is_asked_may_sign_out_at_once() -> Result<()> {
    Scenario::new().first_script(IDLE_LIMIT).run(async |stage| {
        let tab = stage.signed_in_tab().await?;
        tab.shows_within("You will be signed out in", Duration::from_secs(40)).await?;
        tab.has_focus_on("Are you still there?").await?;
        tab.enter_on("Sign out now").await?;
        no_dialog(&tab).await?;
        tab.is_headed("Access denied").await?;
        tab.has_focus_on("Access denied").await?;
        assert_eq!(tab.posts().await?, 0);
        Ok(())
    })
}
