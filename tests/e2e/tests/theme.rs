//! Light, dark, or as the system has it.

use anyhow::Result;
use e2e::{Scenario, Tab};

const BLOCKED: &str =
    "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })";

async fn paper(tab: &Tab) -> Result<String> {
    tab.script("return getComputedStyle(document.body).backgroundColor").await
}

async fn choose(tab: &Tab, theme: &str) -> Result<()> {
    tab.tab_to("Theme").await?;
    tab.keys(theme).await
}

#[test]
fn a_chosen_theme_is_kept_over_a_reload_and_shown_in_other_tabs() -> Result<()> {
    Scenario::new().run(async |stage| {
        let tab = stage.tab("/").await?;
        tab.is_headed("Sign in once, keep reading").await?;
        let light = paper(&tab).await?;
        choose(&tab, "Dark").await?;
        let dark = paper(&tab).await?;
        assert_ne!(dark, light);
        let other = stage.tab("/posts").await?;
        assert_eq!(paper(&other).await?, dark);
        tab.reload().await?;
        // Before the app is there, and when it is.
        assert_eq!(paper(&tab).await?, dark);
        tab.is_headed("Sign in once, keep reading").await?;
        assert_eq!(tab.value("theme").await?, "dark");
        choose(&tab, "As").await?;
        assert_eq!(paper(&tab).await?, light);
        Ok(())
    })
}

#[test]
fn a_theme_can_be_chosen_where_storage_is_blocked() -> Result<()> {
    Scenario::new().first_script(BLOCKED).run(async |stage| {
        let tab = stage.tab("/").await?;
        tab.is_headed("Sign in once, keep reading").await?;
        let light = paper(&tab).await?;
        choose(&tab, "Dark").await?;
        assert_ne!(paper(&tab).await?, light);
        Ok(())
    })
}

/// Colours that a browser without `light-dark()` would lack, or have otherwise than in the light.
const WITHOUT_PAIRS: &str = r"
    const rules = [...document.styleSheets].flatMap(({ cssRules }) => [...cssRules]);
    const pairs = rules.find(({ selectorText }) => selectorText === ':root').style;
    const single = rules.find((rule) => rule instanceof CSSSupportsRule).cssRules[0].style;
    const light = (value) => value.match(/light-dark\(([^,]+),/)?.[1].trim();
    const colours = [...pairs].filter((name) => light(pairs.getPropertyValue(name)));
    const other = colours.filter((name) =>
        light(pairs.getPropertyValue(name)) !== single.getPropertyValue(name).trim());
    return [colours.length, other.join()]";

#[test]
fn a_browser_that_knows_no_pairs_of_colours_has_those_of_the_light() -> Result<()> {
    Scenario::new().run(async |stage| {
        let tab = stage.tab("/").await?;
        let (colours, other): (usize, String) = tab.script(WITHOUT_PAIRS).await?;
        assert!(colours > 10, "{colours} colours");
        assert_eq!(other, "");
        Ok(())
    })
}
