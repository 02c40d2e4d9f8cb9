//! Posts that are out of view are on the page all the same.

use std::time::Duration;

use anyhow::Result;
use e2e::{Scenario, Tab, eventually};
use serde_json::{Value, json};

/// The browser decides it with its next frames.
const SOON: Duration = Duration::from_secs(10);

/// The name that a screen reader gives each post's heading.
async fn headings_read_aloud(tab: &Tab) -> Result<Vec<String>> {
    let tree = tab.cdp("Accessibility.getFullAXTree", json!({})).await?;
    let is_posts_heading = |node: &&Value| {
        let has_level_two = |property: &Value| property["name"] == "level" && property["value"]["value"] == 2;
        let properties = node["properties"].as_array().into_iter().flatten();
        node["role"]["value"] == "heading" && node["ignored"] == false && properties.clone().any(has_level_two)
    };
    let nodes = tree["nodes"].as_array().into_iter().flatten();
    Ok(nodes.filter(is_posts_heading).filter_map(|node| node["name"]["value"].as_str()).map(str::to_owned).collect())
}

/// The tree is told level by level, and where a post is laid out its first letter is a capital.
fn sorted(titles: Vec<String>) -> Vec<String> {
    let mut titles: Vec<_> = titles.iter().map(|title| title.to_lowercase()).collect();
    titles.sort_unstable();
    titles
}

#[test]
fn a_screen_reader_has_every_post_of_a_hundred() -> Result<()> {
    Scenario::new().run(async |stage| {
        let tab = stage.signed_in_tab().await?;
        let titles: Vec<String> =
            tab.script("return [...document.querySelectorAll('.post h2')].map(title => title.textContent)").await?;
        assert_eq!(titles.len(), 100);
        let titles = sorted(titles);
        eventually("every title is read aloud", SOON, async || {
            Ok((sorted(headings_read_aloud(&tab).await?) == titles).then_some(()))
        })
        .await?;
        Ok(())
    })
}

#[test]
fn find_in_page_finds_a_post_that_is_not_laid_out_and_scrolls_to_it() -> Result<()> {
    Scenario::new().run(async |stage| {
        let tab = stage.tab_with_posts(300).await?;
        let is_laid_out = "return [...document.querySelectorAll('.post')].at(-1)
            .checkVisibility({contentVisibilityAuto: true})";
        eventually("the browser leaves it out", SOON, async || {
            Ok((!tab.script::<bool>(is_laid_out).await?).then_some(()))
        })
        .await?;
        assert!(tab.script::<bool>("return window.find('post 300.')").await?);
        eventually("it is in view", SOON, async || {
            let is_in_view = "const box = [...document.querySelectorAll('.post')].at(-1).getBoundingClientRect();
                return box.bottom > 0 && box.top < innerHeight";
            Ok(tab.script::<bool>(is_in_view).await?.then_some(()))
        })
        .await?;
        assert!(tab.script::<bool>(is_laid_out).await?);
        Ok(())
    })
}
