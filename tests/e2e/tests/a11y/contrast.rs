//! Contrast: of what is no text, and for people who ask for more of it.

use anyhow::{Result, ensure};
use e2e::{Need, Scenario, Tab};

/// The contrast of each pair of the colours in static/styles/tokens.css that stand on each other, in the colour scheme of the page.
/// axe-core measures that of text; these are borders of controls, the ring of the focus, and symbols.
const CONTRASTS: &str = "
    const luminance = (name) => {
        const probe = document.body.appendChild(document.createElement('i'));
        probe.style.color = `var(--${name})`;
        const channels = getComputedStyle(probe).color.match(/[\\d.]+/g).map((channel) => channel / 255)
            .map((channel) => channel <= .04045 ? channel / 12.92 : ((channel + .055) / 1.055) ** 2.4);
        probe.remove();
        return .2126 * channels[0] + .7152 * channels[1] + .0722 * channels[2];
    };
    const contrast = (one, other) => {
        const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
        return (high + .05) / (low + .05);
    };
    return ['line-control', 'accent', 'berry', 'ink-soft']
        .flatMap((colour) => ['paper', 'surface'].map((ground) => [`${colour} on ${ground}`, contrast(colour, ground)]))";

const SCHEMES: [&str; 2] = ["light", "dark"];

/// WCAG 1.4.11.
const NO_TEXT: f64 = 3.0;

#[test]
fn borders_rings_and_symbols_have_a_contrast_of_three() -> Result<()> {
    Scenario::new().needs(Need::MediaFeatures).run(async |ctx| {
        let tab = ctx.tab("/").await?;
        for scheme in SCHEMES {
            tab.prefer_scheme(scheme).await?;
            let contrasts: Vec<(String, f64)> = tab.script(CONTRASTS).await?;
            ensure!(contrasts.len() == 8, "{contrasts:?}");
            ensure!(contrasts.iter().all(|(_, contrast)| *contrast >= NO_TEXT), "{scheme}: {contrasts:?}");
        }
        Ok(())
    })
}

async fn audit(tab: &Tab, state: &str) -> Result<()> {
    for scheme in SCHEMES {
        tab.prefer_more_contrast(scheme).await?;
        tab.audit_enhanced_contrast(&format!("{state}, more contrast, {scheme}")).await?;
    }
    Ok(())
}

#[test]
fn text_has_a_contrast_of_seven_for_who_asks_for_more() -> Result<()> {
    Scenario::new().needs(Need::ContrastSettings).with_axe().with_provider().run(async |ctx| {
        let tab = ctx.tab("/").await?;
        ctx.tour_as_stranger(&tab, async |state| audit(&tab, state).await).await?;
        ctx.tour_signed_in(&tab, async |state| audit(&tab, state).await).await
    })
}
