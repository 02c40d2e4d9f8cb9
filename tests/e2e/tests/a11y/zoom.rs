//! Widths, zoom and large text: everything can be read, and nothing with the focus is covered.

use std::time::Duration;

use anyhow::{Result, ensure};
use e2e::{Scenario, Tab, TestContext};

/// The share of the window's height that the notices cover.
const NOTICES: &str = "
    const notices = document.getElementById('notices');
    return getComputedStyle(notices).position === 'static' ? 0 : notices.getBoundingClientRect().height / innerHeight";

/// How long the browser may take to scroll.
const SCROLL: Duration = Duration::from_secs(2);

/// Whether the focused element is inside the window and under no notice.
const IS_UNCOVERED: &str = "
    const { activeElement } = document, notices = document.getElementById('notices');
    if (activeElement === document.body || notices.contains(activeElement)) return true;
    const { top, bottom } = activeElement.getBoundingClientRect();
    return top >= 0 && bottom <= notices.getBoundingClientRect().top";

/// The width and height of the viewport, and the size of the text in percent: a desktop at a zoom of 100, 200 and 400 %,
/// phones, one of them on its side, and phones with large text. WCAG 1.4.10 asks for 320 by 256 px, 1.4.4 for 200 %.
const VIEWS: [(u32, u32, u32); 8] = [
    (1280, 1024, 100),
    (640, 512, 100),
    (320, 256, 100),
    (390, 844, 100),
    (320, 568, 100),
    (844, 390, 100),
    (390, 844, 200),
    (320, 568, 200),
];

/// The distances of WCAG 1.4.12: between lines, paragraphs, letters and words.
const SPACE_OUT: &str = "
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
        p { margin-block-end: 2em !important }`);
    document.adoptedStyleSheets = [sheet]";

async fn everything_is_readable(tab: &Tab, state: &str) -> Result<()> {
    for (width, height, percent) in VIEWS {
        tab.resize(width, height).await?;
        tab.scale_text(percent).await?;
        let view = format!("{state}, {width} px, text at {percent} %");
        tab.ensure_laid_out(&view).await?;
        let notices: f64 = tab.script(NOTICES).await?;
        ensure!(notices <= 0.41, "{view}: the notices take {notices} of the height");
    }
    tab.scale_text(100).await
}

/// Presses Tab through the whole page, until the focus is back at the first stop.
async fn no_stop_is_covered(tab: &Tab) -> Result<()> {
    tab.tab_to("Skip to content").await?;
    loop {
        tab.press_tab().await?;
        let focused = tab.focused_name().await?;
        if focused == "Skip to content" {
            return Ok(());
        }
        // Firefox moves the focus first, and scrolls then.
        tab.becomes_true(&format!("{focused:?} is uncovered"), SCROLL, IS_UNCOVERED).await?;
    }
}

#[test]
fn every_page_of_a_stranger_is_readable_at_every_width_and_zoom() -> Result<()> {
    Scenario::new().with_provider().run(async |ctx| {
        let tab = ctx.tab("/").await?;
        ctx.tour_as_stranger(&tab, async |state| everything_is_readable(&tab, state).await).await
    })
}

#[test]
fn every_page_of_somebody_signed_in_is_readable_at_every_width_and_zoom() -> Result<()> {
    Scenario::new().with_provider().run(async |ctx| {
        ctx.servers.rename_user("demo", "Wilhelmina Konstantina", "von und zu Hohenfels-Wolfenbüttel")?;
        let tab = ctx.tab("/").await?;
        ctx.tour_signed_in(&tab, async |state| everything_is_readable(&tab, state).await).await
    })
}

#[test]
fn text_that_is_spaced_out_stays_readable() -> Result<()> {
    Scenario::new().with_provider().run(async |ctx| {
        let tab = ctx.tab("/").await?;
        let look = async |state: &str| {
            tab.script::<()>(SPACE_OUT).await?;
            for width in [1280, 390, 320] {
                tab.resize(width, 800).await?;
                tab.ensure_laid_out(&format!("{state}, spaced out, {width} px")).await?;
            }
            Ok(())
        };
        ctx.tour_as_stranger(&tab, &look).await?;
        ctx.tour_signed_in(&tab, &look).await
    })
}

#[test]
fn the_word_before_a_session_ends_is_readable() -> Result<()> {
    Scenario::new().setting("SESSION_TTL", 110).run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        tab.shows("Your session ends soon").await?;
        everything_is_readable(&tab, "the warning before a session ends").await
    })
}

#[test]
fn a_notice_leaves_most_of_the_page_free_and_covers_nothing_that_has_the_focus() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = offline_on_account(ctx).await?;
        everything_is_readable(&tab, "a notice").await?;
        for (width, height, percent) in VIEWS {
            tab.resize(width, height).await?;
            tab.scale_text(percent).await?;
            no_stop_is_covered(&tab).await?;
        }
        Ok(())
    })
}

async fn offline_on_account(ctx: &TestContext) -> Result<Tab> {
    let tab = ctx.signed_in_tab().await?;
    tab.open("/account", "Account").await?;
    tab.set_offline(true).await?;
    tab.shows_within("You are offline.", Duration::from_secs(40)).await?;
    Ok(tab)
}
