//! Posts that are out of view are still on the page.

use std::time::Duration;

use anyhow::Result;
use e2e::{Scenario, eventually};

/// The browser decides in its next frames what it lays out.
const SOON: Duration = Duration::from_secs(10);

/// Posts in view begin with a capital letter by style, which the accessible name follows.
fn lowercase(titles: &[String]) -> Vec<String> {
    titles.iter().map(|title| title.to_lowercase()).collect()
}

#[test]
fn a_screen_reader_has_every_post_of_a_hundred() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        let titles: Vec<String> =
            tab.script("return [...document.querySelectorAll('.post h2')].map(title => title.textContent)").await?;
        assert_eq!(titles.len(), 100);
        let titles = lowercase(&titles);
        eventually("every title is in the accessibility tree", SOON, async || {
            let headings = tab.accessible_headings(".post h2").await?;
            Ok((lowercase(&headings) == titles).then_some(()))
        })
        .await
    })
}

#[test]
fn find_in_page_finds_a_post_that_is_not_laid_out_and_scrolls_to_it() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.tab_with_posts(1..301).await?;
        let is_laid_out = "return [...document.querySelectorAll('.post')].at(-1)
            .checkVisibility({contentVisibilityAuto: true})";
        tab.becomes_true("the browser skips its layout", SOON, &is_laid_out.replace("return ", "return !")).await?;
        assert!(tab.script::<bool>("return window.find('post 300.')").await?);
        let is_in_view = "const box = [...document.querySelectorAll('.post')].at(-1).getBoundingClientRect();
            return box.bottom > 0 && box.top < innerHeight";
        tab.becomes_true("it is in view", SOON, is_in_view).await?;
        assert!(tab.script::<bool>(is_laid_out).await?);
        Ok(())
    })
}
