//! Who uses the keyboard sees where the focus is.

use anyhow::{Result, ensure};
use e2e::{Need, Scenario, Tab};

/// No page has more Tab stops.
const MAX_STOPS: usize = 40;

/// The width of the ring around the focus in pixels, and its contrast with what it is drawn on. The select of the theme is
/// transparent: its ring is that of the symbol below it.
const RING: &str = "
    const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const luminance = (colour) => {
        const [red, green, blue] = channels(colour).map((channel) => channel / 255)
            .map((channel) => channel <= .04045 ? channel / 12.92 : ((channel + .055) / 1.055) ** 2.4);
        return .2126 * red + .7152 * green + .0722 * blue;
    };
    const focused = document.activeElement.id === 'theme' ? document.activeElement.parentElement : document.activeElement;
    const { outlineStyle, outlineWidth, outlineColor, outlineOffset } = getComputedStyle(focused);
    let ground = parseFloat(outlineOffset) < 0 ? focused : focused.parentElement;
    while (ground.parentElement && channels(getComputedStyle(ground).backgroundColor)[3] === 0) ground = ground.parentElement;
    const [low, high] = [luminance(outlineColor), luminance(getComputedStyle(ground).backgroundColor)].sort((a, b) => a - b);
    return [outlineStyle === 'none' ? 0 : parseFloat(outlineWidth), (high + .05) / (low + .05)]";

const IS_ON_PAGE: &str = "return document.activeElement !== document.body";

/// Presses Tab until the first stop comes again.
async fn each_stop_has_a_ring(tab: &Tab, state: &str) -> Result<()> {
    let mut first = None;
    for _ in 0..MAX_STOPS {
        tab.press_tab().await?;
        if !tab.script::<bool>(IS_ON_PAGE).await? {
            continue;
        }
        let name = tab.focused_name().await?;
        let (width, contrast): (f64, f64) = tab.script(RING).await?;
        ensure!(
            width >= 2.0 && contrast >= 3.0,
            "{state}: the ring of {name:?} has {width} px, a contrast of {contrast}"
        );
        if first.as_ref() == Some(&name) {
            return Ok(());
        }
        first.get_or_insert(name);
    }
    anyhow::bail!("{state}: Tab does not come back to {first:?}")
}

async fn look(tab: &Tab, state: &str) -> Result<()> {
    for scheme in ["light", "dark"] {
        tab.prefer_scheme(scheme).await?;
        each_stop_has_a_ring(tab, &format!("{state}, {scheme}")).await?;
    }
    if tab.meets(Need::ContrastSettings)? {
        tab.force_colours("dark").await?;
        each_stop_has_a_ring(tab, &format!("{state}, forced colours")).await?;
    }
    Ok(())
}

#[test]
fn every_stop_of_a_strangers_tab_key_has_a_ring_that_can_be_seen() -> Result<()> {
    Scenario::new().needs(Need::MediaFeatures).with_provider().run(async |ctx| {
        let tab = ctx.tab("/").await?;
        ctx.tour_as_stranger(&tab, async |state| look(&tab, state).await).await
    })
}

#[test]
fn every_stop_of_the_tab_key_has_a_ring_that_can_be_seen_by_somebody_signed_in() -> Result<()> {
    Scenario::new().needs(Need::MediaFeatures).with_provider().run(async |ctx| {
        let tab = ctx.tab("/").await?;
        ctx.tour_signed_in(&tab, async |state| look(&tab, state).await).await
    })
}
