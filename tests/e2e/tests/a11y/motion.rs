//! No motion for people who prefer none.

use std::time::Duration;

use anyhow::{Result, ensure};
use e2e::{Fault, LOGIN, Need, POSTS, Scenario, Tab};

/// Elements with an animation or a transition that takes time. A mere delay has no duration.
const MOVING: &str = "
    return document.getAnimations().filter(({ effect }) => effect.getComputedTiming().duration > 0)
        .map(({ effect }) => `${effect.target.nodeName} ${effect.target.className}`)";
const SLOW: Duration = Duration::from_secs(5);

async fn nothing_moves(tab: &Tab, state: &str) -> Result<()> {
    let moving: Vec<String> = tab.script(MOVING).await?;
    ensure!(moving.is_empty(), "{state}: {moving:?}");
    Ok(())
}

/// Signs in while the response is delayed, and waits until the button is busy.
async fn submit_slowly(tab: &Tab) -> Result<()> {
    tab.goto("/sign-in?next=%2Fposts").await?;
    tab.submit_demo_password().await?;
    let is_busy = "return !!document.querySelector('.button[aria-busy]')";
    tab.becomes_true("a busy button", SLOW, is_busy).await
}

#[test]
fn nothing_moves_for_who_wants_less_motion() -> Result<()> {
    Scenario::new().needs(Need::MediaFeatures).run(async |ctx| {
        ctx.servers.set_faults(&[LOGIN, POSTS].map(|path| Fault::on(path).delay(SLOW).times(1))).await?;
        let tab = ctx.tab("/").await?;
        tab.prefer_motion("reduce").await?;
        tab.has_heading("Sign in once, keep reading").await?;
        nothing_moves(&tab, "the first page").await?;
        submit_slowly(&tab).await?;
        nothing_moves(&tab, "a busy button").await?;
        tab.shows("Loading posts…").await?;
        nothing_moves(&tab, "posts that are loading").await?;
        tab.has_posts(100).await?;
        nothing_moves(&tab, "the posts").await?;
        ctx.end_session(&tab).await?;
        nothing_moves(&tab, "a dialog").await
    })
}

#[test]
fn a_busy_button_moves_for_everybody_else() -> Result<()> {
    Scenario::new().needs(Need::MediaFeatures).run(async |ctx| {
        ctx.servers.set_faults(&[Fault::on(LOGIN).delay(SLOW)]).await?;
        let tab = ctx.tab("/").await?;
        tab.prefer_motion("no-preference").await?;
        submit_slowly(&tab).await?;
        ensure!(nothing_moves(&tab, "a busy button").await.is_err());
        tab.has_heading("Posts").await
    })
}
