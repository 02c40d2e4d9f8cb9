//! The theme: light, dark, or the system's.

use anyhow::Result;
use e2e::{Scenario, Tab};

const BLOCKED: &str =
    "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })";

async fn background(tab: &Tab) -> Result<String> {
    tab.script("return getComputedStyle(document.body).backgroundColor").await
}

async fn choose(tab: &Tab, theme: &str) -> Result<()> {
    tab.tab_to("Theme").await?;
    tab.keys(theme).await
}

#[test]
fn a_chosen_theme_is_kept_over_a_reload_and_shown_in_other_tabs() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.tab("/").await?;
        tab.has_heading("Sign in once, keep reading").await?;
        let light = background(&tab).await?;
        choose(&tab, "Dark").await?;
        let dark = background(&tab).await?;
        assert_ne!(dark, light);
        let other = ctx.tab("/posts").await?;
        assert_eq!(background(&other).await?, dark);
        tab.reload().await?;
        // Before and after the app has started.
        assert_eq!(background(&tab).await?, dark);
        tab.has_heading("Sign in once, keep reading").await?;
        assert_eq!(tab.field_value("theme").await?, "dark");
        choose(&tab, "System").await?;
        assert_eq!(background(&tab).await?, light);
        Ok(())
    })
}

#[test]
fn a_theme_can_be_chosen_where_storage_is_blocked() -> Result<()> {
    Scenario::new().first_script(BLOCKED).run(async |ctx| {
        let tab = ctx.tab("/").await?;
        tab.has_heading("Sign in once, keep reading").await?;
        let light = background(&tab).await?;
        choose(&tab, "Dark").await?;
        assert_ne!(background(&tab).await?, light);
        Ok(())
    })
}

/// Colours whose fallback, for browsers without `light-dark()`, is missing or differs from the light theme.
const WRONG_FALLBACKS: &str = r"
    const rules = [...document.styleSheets].flatMap(({ cssRules }) => [...cssRules]);
    const pairs = rules.find(({ selectorText }) => selectorText === ':root').style;
    const single = rules.find((rule) => rule instanceof CSSSupportsRule).cssRules[0].style;
    const light = (value) => value.match(/light-dark\(([^,]+),/)?.[1].trim();
    const colours = [...pairs].filter((name) => light(pairs.getPropertyValue(name)));
    const wrong = colours.filter((name) =>
        light(pairs.getPropertyValue(name)) !== single.getPropertyValue(name).trim());
    return [colours.length, wrong.join()]";

#[test]
fn a_browser_that_knows_no_pairs_of_colours_has_those_of_the_light() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.tab("/").await?;
        let (colours, wrong): (usize, String) = tab.script(WRONG_FALLBACKS).await?;
        assert!(colours > 10, "{colours} colours");
        assert_eq!(wrong, "");
        Ok(())
    })
}
