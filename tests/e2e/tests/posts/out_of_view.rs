//! Posts that are out of view are still on the page.

use std::time::Duration;

use anyhow::Result;
use e2e::{Scenario, Tab, eventually};
use serde_json::{Value, json};

/// The browser decides in its next frames what it lays out.
const SOON: Duration = Duration::from_secs(10);

/// The accessible name of each post's heading.
async fn accessible_headings(tab: &Tab) -> Result<Vec<String>> {
    let tree = tab.cdp("Accessibility.getFullAXTree", json!({})).await?;
    let is_posts_heading = |node: &&Value| {
        let has_level_two = |property: &Value| property["name"] == "level" && property["value"]["value"] == 2;
        let properties = node["properties"].as_array().into_iter().flatten();
        node["role"]["value"] == "heading" && node["ignored"] == false && properties.clone().any(has_level_two)
    };
    let nodes = tree["nodes"].as_array().into_iter().flatten();
    Ok(nodes.filter(is_posts_heading).filter_map(|node| node["name"]["value"].as_str()).map(str::to_owned).collect())
}

/// The order of the tree is by level, and posts in view begin with a capital letter by style.
fn sorted(titles: Vec<String>) -> Vec<String> {
    let mut titles: Vec<_> = titles.iter().map(|title| title.to_lowercase()).collect();
    titles.sort_unstable();
    titles
}

#[test]
fn a_screen_reader_has_every_post_of_a_hundred() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        let titles: Vec<String> =
            tab.script("return [...document.querySelectorAll('.post h2')].map(title => title.textContent)").await?;
        assert_eq!(titles.len(), 100);
        let titles = sorted(titles);
        eventually("every title is in the accessibility tree", SOON, async || {
            Ok((sorted(accessible_headings(&tab).await?) == titles).then_some(()))
        })
        .await?;
        Ok(())
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
