//! A refresh that somebody asks for, and what is said of it. By keyboard alone.

use std::time::Duration;

use anyhow::Result;
use e2e::{Fault, POSTS, Scenario};

const DONE: &str = "Up to date.";
const STALE: &str = "These are the last posts that came";

#[test]
fn a_refresh_is_said_to_be_done_where_it_was_asked_for() -> Result<()> {
    // Each text that the region gets, the empty one apart.
    const LISTEN: &str = "
        const region = [...document.querySelectorAll('.visually-hidden[role=status]')].at(-1);
        window.said = [];
        new MutationObserver(() => region.textContent && window.said.push(region.textContent))
            .observe(region, { childList: true, subtree: true, characterData: true })";
    Scenario::new().run(async |stage| {
        let tab = stage.signed_in_tab().await?;
        tab.tab_to("Refresh").await?;
        tab.script::<()>(LISTEN).await?;
        let updated = tab.updated_at().await?;
        tab.is_updated_after(updated.as_deref(), Duration::from_secs(20)).await?;
        assert!(tab.script::<Vec<String>>("return said").await?.is_empty(), "nobody has asked for it");
        for times in 1..=2 {
            let updated = tab.updated_at().await?;
            tab.enter().await?;
            tab.is_updated_after(updated.as_deref(), Duration::from_secs(9)).await?;
            tab.shows(DONE).await?;
            assert_eq!(tab.script::<Vec<String>>("return said").await?, vec![DONE; times]);
            assert_eq!(tab.focused().await?, "Refresh");
        }
        Ok(())
    })
}

#[test]
fn a_refresh_that_failed_is_not_said_to_be_done_and_another_try_is() -> Result<()> {
    Scenario::new().run(async |stage| {
        stage.browser.console.expect(POSTS, "503");
        let tab = stage.signed_in_tab().await?;
        stage.stack.faults(&[Fault::on(POSTS).status(503)]).await?;
        tab.enter_on("Refresh").await?;
        tab.shows(STALE).await?;
        assert!(!tab.text().await?.contains(DONE));
        tab.tab_to("Try again").await?;
        stage.stack.heal().await?;
        tab.enter().await?;
        tab.hides_within(STALE, Duration::from_secs(10)).await?;
        tab.shows(DONE).await?;
        tab.has_focus_on("Posts").await
    })
}
