//! Text at 200 %, by zoom and by text size: nothing is cut off, and nothing with the focus is covered.

use std::time::Duration;

use anyhow::{Result, ensure};
use e2e::{LOGIN, Need, Scenario, Tab, TestContext};

/// Elements that cut off their content, except those that scroll and those for screen readers only.
const CUT_OFF: &str = "
    const cuts = (overflow, content, room) => overflow !== 'visible' && content > room + 1;
    return [...document.querySelectorAll('body, body *:not(.visually-hidden, input, select, option)')].filter((element) => {
        const { overflowX, overflowY, display } = getComputedStyle(element);
        if (display === 'inline' || display === 'contents') return false;
        const scrolls = ['auto', 'scroll'].includes(overflowY);
        return cuts(overflowX, element.scrollWidth, element.clientWidth) ||
            (!scrolls && cuts(overflowY, element.scrollHeight, element.clientHeight));
    }).map(({ nodeName, className, innerText }) => `${nodeName}.${className}: ${innerText}`)";

const IS_TOO_WIDE: &str = "return document.documentElement.scrollWidth > document.body.offsetWidth";

/// The notices' share of the window's height.
const NOTICES: &str = "return document.getElementById('notices').getBoundingClientRect().height / innerHeight";

/// Whether the focused element is under a notice or outside the window.
const IS_COVERED: &str = "
    const { activeElement } = document, notices = document.getElementById('notices');
    if (activeElement === document.body || notices.contains(activeElement)) return false;
    const { top, bottom } = activeElement.getBoundingClientRect();
    return top < 0 || bottom > notices.getBoundingClientRect().top";

/// The width and height of the viewport, and the size of the text in percent. 1280 px at a zoom of 200 % are 640 px.
const VIEWS: [(u32, u32, u32); 6] =
    [(1280, 800, 100), (640, 400, 100), (390, 700, 100), (320, 568, 100), (390, 700, 200), (320, 568, 200)];

async fn nothing_is_cut_off(tab: &Tab, state: &str) -> Result<()> {
    for (width, height, percent) in VIEWS {
        tab.resize(width, height).await?;
        tab.scale_text(percent).await?;
        let view = format!("{state}, {width} px, text at {percent} %");
        let cut_off: Vec<String> = tab.script(CUT_OFF).await?;
        ensure!(cut_off.is_empty(), "{view}: {cut_off:?}");
        ensure!(!tab.script::<bool>(IS_TOO_WIDE).await?, "{view}: too wide");
        let notices: f64 = tab.script(NOTICES).await?;
        ensure!(notices <= 0.41, "{view}: the notices take {notices} of the height");
    }
    tab.scale_text(100).await
}

async fn opens_uncut(tab: &Tab, path: &str, heading: &str) -> Result<()> {
    tab.visit("about:blank").await?;
    tab.open(path, heading).await?;
    nothing_is_cut_off(tab, path).await
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
        ensure!(!tab.script::<bool>(IS_COVERED).await?, "{focused:?} is covered");
    }
}

#[test]
fn no_page_of_a_stranger_is_cut_off() -> Result<()> {
    Scenario::new().needs(Need::Viewport).with_provider().run(async |ctx| {
        let tab = ctx.tab("/").await?;
        opens_uncut(&tab, "/", "Sign in once, keep reading").await?;
        opens_uncut(&tab, "/posts", "Access denied").await?;
        opens_uncut(&tab, "/password/forgotten", "Forgot your password?").await?;
        opens_uncut(&tab, "/password/reset", "This link is not complete").await?;
        opens_uncut(&tab, "/password/reset#uid=x&token=y", "Set a new password").await?;
        opens_uncut(&tab, "/auth/callback/dev", "This sign-in cannot be finished").await?;
        opens_uncut(&tab, "/nowhere", "Page not found").await?;
        ctx.refuse_registration(&tab).await?;
        nothing_is_cut_off(&tab, "a refused registration").await?;
        tab.goto("/sign-in").await?;
        tab.shows("Continue with Dev OIDC").await?;
        nothing_is_cut_off(&tab, "/sign-in").await
    })
}

#[test]
fn no_page_of_somebody_signed_in_is_cut_off_nor_its_dialog() -> Result<()> {
    Scenario::new().needs(Need::Viewport).with_provider().run(async |ctx| {
        ctx.servers.rename_user("demo", "Wilhelmina Konstantina", "von und zu Hohenfels-Wolfenbüttel")?;
        ctx.browser.console.expect(LOGIN, "400");
        let tab = ctx.signed_in_tab().await?;
        opens_uncut(&tab, "/", "Welcome back").await?;
        opens_uncut(&tab, "/account", "Account").await?;
        opens_uncut(&tab, "/session", "Your session").await?;
        tab.goto("/posts").await?;
        tab.has_posts(100).await?;
        tab.has_post_search().await?;
        nothing_is_cut_off(&tab, "/posts").await?;
        ctx.end_session(&tab).await?;
        tab.shows("Continue with Dev OIDC").await?;
        tab.fill("Password", "wrong").await?;
        tab.press("Sign in").await?;
        tab.shows("Unable to log in").await?;
        nothing_is_cut_off(&tab, "signing in again").await
    })
}

#[test]
fn the_word_before_a_session_ends_is_not_cut_off() -> Result<()> {
    Scenario::new().needs(Need::Viewport).setting("SESSION_TTL", 110).run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        tab.shows("Your session ends soon").await?;
        nothing_is_cut_off(&tab, "the warning before a session ends").await
    })
}

#[test]
fn a_notice_leaves_most_of_the_page_free_and_covers_nothing_that_has_the_focus() -> Result<()> {
    Scenario::new().needs(Need::Viewport).run(async |ctx| {
        let tab = offline_on_account(ctx).await?;
        nothing_is_cut_off(&tab, "a notice").await?;
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
