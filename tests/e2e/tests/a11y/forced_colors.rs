//! Forced colours: the system paints everything, without the page's backgrounds and shadows.

use anyhow::{Result, ensure};
use e2e::{Need, Scenario, Tab};

/// What has lost its edge. A link is underlined or stands in the bar at the top; the theme's own symbol is beside its
/// select, and the button that shows a password lies in its field.
const WITHOUT_EDGE: &str = "
    const isPainted = (colour) => !/^rgba\\(.* 0\\)$|^transparent$/.test(colour);
    const hasEdge = (element) => {
        const style = getComputedStyle(element);
        return ['Top', 'Right', 'Bottom', 'Left'].some((side) => parseFloat(style[`border${side}Width`]) >= 1 &&
            style[`border${side}Style`] !== 'none' && isPainted(style[`border${side}Color`]));
    };
    return [...document.querySelectorAll('.button, input, select:not(#theme), .alert, .banner, .notice, .card, .dialog, .avatar')]
        .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !hasEdge(element))
        .map(({ localName, className, innerText }) => `${localName}.${className}: ${innerText}`)";

const OPEN_PAGE: &str = "
    const { borderBottomWidth, borderBottomStyle } = getComputedStyle(document.querySelector('.nav [aria-current]'));
    return borderBottomStyle === 'solid' && parseFloat(borderBottomWidth) >= 2";

/// The width of the border of a field with an error, and of one without.
const FIELDS: &str = "return [...document.querySelectorAll('.dialog input:not([hidden])')]
    .map((field) => [field.ariaInvalid === 'true', parseFloat(getComputedStyle(field).borderTopWidth)])";

async fn look(tab: &Tab, state: &str) -> Result<()> {
    for scheme in ["light", "dark"] {
        tab.force_colours(scheme).await?;
        let without: Vec<String> = tab.script(WITHOUT_EDGE).await?;
        ensure!(without.is_empty(), "{state}, forced colours, {scheme}: no edge: {without:?}");
    }
    Ok(())
}

#[test]
fn everything_keeps_its_edge_where_the_system_sets_the_colours() -> Result<()> {
    Scenario::new().needs(Need::ContrastSettings).with_provider().run(async |ctx| {
        let tab = ctx.tab("/").await?;
        ctx.tour_as_stranger(&tab, async |state| look(&tab, state).await).await?;
        ctx.tour_signed_in(&tab, async |state| look(&tab, state).await).await
    })
}

#[test]
fn what_a_colour_says_is_also_said_by_a_line() -> Result<()> {
    Scenario::new().needs(Need::ContrastSettings).run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        tab.force_colours("dark").await?;
        ensure!(tab.script::<bool>(OPEN_PAGE).await?, "the open page is not marked");
        ctx.end_session(&tab).await?;
        ctx.browser.console.expect(e2e::LOGIN, "400");
        tab.fill("Password", "wrong").await?;
        tab.press("Sign in").await?;
        tab.shows("Unable to log in").await?;
        let fields: Vec<(bool, f64)> = tab.script(FIELDS).await?;
        let [(false, plain), (true, wrong)] = fields[..] else { anyhow::bail!("{fields:?}") };
        ensure!(wrong > plain, "a wrong field looks like any other: {fields:?}");
        Ok(())
    })
}
