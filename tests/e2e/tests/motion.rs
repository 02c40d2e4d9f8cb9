//! Motion, for people who want none of it.

use std::time::Duration;

use anyhow::{Result, ensure};
use e2e::{Fault, LOGIN, POSTS, Scenario, Tab, eventually};
use serde_json::json;

use crate::states::end_session;

/// What moves, or changes by and by. A style that merely comes later takes no time of its own.
const MOVING: &str = "
    return document.getAnimations().filter(({ effect }) => effect.getComputedTiming().duration > 0)
        .map(({ effect }) => `${effect.target.nodeName} ${effect.target.className}`)";
const SLOW: Duration = Duration::from_secs(5);

async fn prefer_motion(tab: &Tab, preference: &str) -> Result<()> {
    let features = json!([{"name": "prefers-reduced-motion", "value": preference}]);
    tab.cdp("Emulation.setEmulatedMedia", json!({ "features": features })).await.map(drop)
}

async fn nothing_moves(tab: &Tab, state: &str) -> Result<()> {
    let moving: Vec<String> = tab.script(MOVING).await?;
    ensure!(moving.is_empty(), "{state}: {moving:?}");
    Ok(())
}

/// Signs in with an answer that takes its time, so that the button is busy.
async fn wait_for_sign_in(tab: &Tab) -> Result<()> {
    tab.goto("/sign-in?next=%2Fposts").await?;
    tab.submit_password("demo", "demo-password").await?;
    let is_busy = "return !!document.querySelector('.button[aria-busy]')";
    eventually("a busy button", SLOW, async || Ok(tab.script::<bool>(is_busy).await?.then_some(()))).await
}

#[test]
fn nothing_moves_for_who_wants_less_motion() -> Result<()> {
    Scenario::new().run(async |stage| {
        stage.stack.faults(&[LOGIN, POSTS].map(|path| Fault::on(path).delay(SLOW).times(1))).await?;
        let tab = stage.tab("/").await?;
        prefer_motion(&tab, "reduce").await?;
        tab.is_headed("Sign in once, keep reading").await?;
        nothing_moves(&tab, "the first page").await?;
        wait_for_sign_in(&tab).await?;
        nothing_moves(&tab, "a busy button").await?;
        tab.shows("Loading posts…").await?;
        nothing_moves(&tab, "posts on their way").await?;
        tab.has_posts(100).await?;
        nothing_moves(&tab, "the posts").await?;
        end_session(stage, &tab).await?;
        nothing_moves(&tab, "a dialog").await
    })
}

#[test]
fn a_busy_button_moves_for_everybody_else() -> Result<()> {
    Scenario::new().run(async |stage| {
        stage.stack.faults(&[Fault::on(LOGIN).delay(SLOW)]).await?;
        let tab = stage.tab("/").await?;
        prefer_motion(&tab, "no-preference").await?;
        wait_for_sign_in(&tab).await?;
        ensure!(nothing_moves(&tab, "a busy button").await.is_err());
        tab.is_headed("Posts").await
    })
}
