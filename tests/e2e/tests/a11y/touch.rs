//! A phone: fingers, and a screen that is held either way.

use anyhow::{Result, ensure};
use e2e::{Need, Scenario, Tab};

/// What a finger is told to hit, and is smaller than 44 CSS pixels (WCAG 2.5.5, level AAA; 2.5.8 asks for 24). A link in
/// a sentence is as high as its line.
const TOO_SMALL: &str = "
    const isInSentence = (element) => element.matches('p:not(.card-foot) a');
    return [...document.querySelectorAll('a, button, input, select')]
        .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !isInSentence(element))
        .filter((element) => !element.matches('.skip-link'))
        .map((element) => [element.getBoundingClientRect(), element.innerText || element.id])
        .filter(([{ width, height }]) => width < 43.9 || height < 43.9)
        .map(([{ width, height }, name]) => `${name}: ${width} by ${height} px`)";

/// Notes how each click comes about.
const NOTE_POINTERS: &str =
    "addEventListener('click', ({ pointerType }) => (window.pointers ??= []).push(pointerType), true)";

/// A phone upright and on its side.
const PHONES: [(u32, u32); 2] = [(390, 844), (844, 390)];

async fn look(tab: &Tab, state: &str) -> Result<()> {
    for (width, height) in PHONES {
        tab.become_touch_screen(width, height).await?;
        tab.ensure_laid_out(&format!("{state}, {width} px")).await?;
        let too_small: Vec<String> = tab.script(TOO_SMALL).await?;
        ensure!(too_small.is_empty(), "{state}, {width} px: {too_small:?}");
    }
    Ok(())
}

#[test]
fn a_finger_hits_everything_on_every_page_however_the_phone_is_held() -> Result<()> {
    Scenario::new().needs(Need::Touch).with_provider().run(async |ctx| {
        let tab = ctx.tab("/").await?;
        ctx.tour_as_stranger(&tab, async |state| look(&tab, state).await).await?;
        ctx.tour_signed_in(&tab, async |state| look(&tab, state).await).await
    })
}

#[test]
fn a_finger_alone_signs_in_reads_and_signs_out() -> Result<()> {
    Scenario::new().needs(Need::Touch).first_script(NOTE_POINTERS).run(async |ctx| {
        let tab = ctx.tab("/").await?;
        tab.become_touch_screen(390, 844).await?;
        ensure!(tab.script::<bool>("return matchMedia('(hover: none) and (pointer: coarse)').matches").await?);
        tab.has_heading("Sign in once, keep reading").await?;
        tab.tap("Sign in").await?;
        tab.fill("Username or email", "demo").await?;
        tab.fill("Password", "demo-password").await?;
        tab.tap("Sign in").await?;
        tab.has_heading("Welcome back").await?;
        tab.tap("Read the posts").await?;
        tab.has_posts(100).await?;
        tab.tap("Refresh").await?;
        tab.tap("Sign out").await?;
        tab.has_heading("Sign in once, keep reading").await?;
        tab.shows("You are signed out.").await?;
        let pointers: Vec<String> = tab.script("return window.pointers").await?;
        ensure!(pointers.len() >= 5 && pointers.iter().all(|pointer| pointer == "touch"), "{pointers:?}");
        Ok(())
    })
}

#[test]
fn no_colour_stays_on_a_button_after_the_finger_has_left() -> Result<()> {
    const HOVER_RULES: &str = "
        const isHover = (rule) => rule.selectorText?.includes(':hover');
        const inside = (rules, isGuarded) => [...rules].flatMap((rule) => rule.cssRules?.length
            ? inside(rule.cssRules, isGuarded || rule.media?.mediaText === '(hover: hover)')
            : isHover(rule) ? [[rule.selectorText, isGuarded]] : []);
        return [...document.styleSheets].flatMap(({ cssRules }) => inside(cssRules, false))";
    Scenario::new().run(async |ctx| {
        let tab = ctx.tab("/sign-in").await?;
        tab.has_heading("Sign in").await?;
        let rules: Vec<(String, bool)> = tab.script(HOVER_RULES).await?;
        ensure!(rules.len() > 3, "{rules:?}");
        ensure!(rules.iter().all(|(_, is_guarded)| *is_guarded), "without (hover: hover): {rules:?}");
        Ok(())
    })
}
