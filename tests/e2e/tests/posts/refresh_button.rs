//! The "Refresh" button of the posts, and what it announces. By keyboard alone.

use std::time::Duration;

use anyhow::Result;
use e2e::{Fault, POSTS, Scenario};

const DONE: &str = "Up to date.";
const STALE: &str = "These are the last posts that came";

#[test]
fn a_refresh_is_said_to_be_done_where_it_was_asked_for() -> Result<()> {
    /// Records each text of the live region that is not empty.
    const RECORD: &str = "
        const region = [...document.querySelectorAll('.visually-hidden[role=status]')].at(-1);
        window.announced = [];
        new MutationObserver(() => region.textContent && window.announced.push(region.textContent))
            .observe(region, { childList: true, subtree: true, characterData: true })";
    Scenario::new().run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        tab.tab_to("Refresh").await?;
        tab.script::<()>(RECORD).await?;
        let updated = tab.updated_at().await?;
        tab.is_updated_after(updated.as_deref(), Duration::from_secs(20)).await?;
        assert!(tab.script::<Vec<String>>("return announced").await?.is_empty(), "a poll announces nothing");
        for times in 1..=2 {
            let updated = tab.updated_at().await?;
            tab.press_enter().await?;
            tab.is_updated_after(updated.as_deref(), Duration::from_secs(9)).await?;
            tab.shows(DONE).await?;
            assert_eq!(tab.script::<Vec<String>>("return announced").await?, vec![DONE; times]);
            assert_eq!(tab.focused_name().await?, "Refresh");
        }
        Ok(())
    })
}

#[test]
fn a_refresh_that_failed_is_not_said_to_be_done_and_another_try_is() -> Result<()> {
    Scenario::new().run(async |ctx| {
        ctx.browser.console.expect(POSTS, "503");
        let tab = ctx.signed_in_tab().await?;
        ctx.servers.set_faults(&[Fault::on(POSTS).status(503)]).await?;
        tab.activate("Refresh").await?;
        tab.shows(STALE).await?;
        assert!(!tab.text().await?.contains(DONE));
        tab.tab_to("Try again").await?;
        ctx.servers.clear_faults().await?;
        tab.press_enter().await?;
        tab.hides_within(STALE, Duration::from_secs(10)).await?;
        tab.shows(DONE).await?;
        tab.has_focus_on("Posts").await
    })
}
