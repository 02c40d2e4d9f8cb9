//! The title of each page.

use std::time::Duration;

use anyhow::Result;
use e2e::{Fault, POSTS, REFRESH, Scenario, Tab, eventually};

async fn is_titled(tab: &Tab, title: &str) -> Result<()> {
    eventually(&format!("the title {title:?}"), Duration::from_secs(20), async || {
        let found: String = tab.script("return document.title").await?;
        Ok((found == format!("{title} · yew-auth")).then_some(()))
    })
    .await
}

#[test]
fn each_page_of_a_stranger_has_its_title() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.tab("/").await?;
        for (path, title) in [
            ("/", "Home"),
            ("/sign-in", "Sign in"),
            ("/auth/callback/dev", "Sign in"),
            ("/register", "Create an account"),
            ("/password/forgotten", "Forgot password"),
            ("/password/reset", "New password"),
            ("/session", "Your session"),
            ("/posts", "Access denied"),
            ("/account", "Access denied"),
            ("/nowhere", "Page not found"),
        ] {
            tab.goto(path).await?;
            is_titled(&tab, title).await?;
        }
        Ok(())
    })
}

#[test]
fn the_title_follows_a_link_back_and_the_end_of_the_session() -> Result<()> {
    Scenario::new().run(async |ctx| {
        ctx.browser.console.expect(POSTS, "401");
        ctx.browser.console.expect(REFRESH, "400");
        let tab = ctx.signed_in_tab().await?;
        is_titled(&tab, "Posts").await?;
        tab.follow("yew-auth").await?;
        is_titled(&tab, "Home").await?;
        tab.back().await?;
        is_titled(&tab, "Posts").await?;
        ctx.servers.set_faults(&[Fault::on(POSTS).status(401), Fault::refuse_refresh()]).await?;
        tab.press("Refresh").await?;
        is_titled(&tab, "Sign in to go on").await?;
        tab.press("Not now").await?;
        tab.has_heading("Access denied").await
    })
}
