//! Forged messages from other scripts and origins, and pages from the browser's history.

use std::time::Duration;

use anyhow::Result;
use e2e::{COOKIE_PAGE, REFRESH, Scenario, Tab, eventually, holds_for};

/// Claims, over every channel that a page listens to, that the session is over or somebody else's.
const FORGE: &str = "
    const forged = [
        '', '{', 'null', '__proto__', '{\"generation\":99999999}',
        '{\"schema\":1,\"record\":{\"generation\":999,\"status\":{\"signed_out\":\"revoked\"}}}',
        '{\"schema\":1,\"record\":{\"generation\":999,\"status\":{\"signed_in\":{\"user\":{\"id\":\"1\",\"username\":\"mallory\"}}}}}',
    ];
    const channel = new BroadcastChannel('yew-auth');
    for (const text of forged) {
        for (const message of [text, {text}, [text], new Blob([text])]) channel.postMessage(message);
        for (const key of [null, 'yew-auth.session', 'yew-auth.authorization', 'yew-auth.refresh'])
            dispatchEvent(new StorageEvent('storage', {key, newValue: text, oldValue: null}));
        window.postMessage(text, '*');
        window.postMessage({type: 'yew-auth', text}, '*');
    }
    localStorage.setItem('yew-auth.session.', forged[5]);
    localStorage.setItem('yew-auth', forged[6]);
    channel.close();
";

#[test]
fn x5_forged_messages_storage_events_and_posts_change_nothing_in_any_tab() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tabs = ctx.signed_in_tabs(2).await?;
        let record = tabs[0].stored_record().await?;
        let updated = tabs[1].updated_at().await?;
        tabs[0].script::<()>(FORGE).await?;
        tabs[1].is_updated_after(updated.as_deref(), Duration::from_secs(15)).await?;
        for tab in &tabs {
            tab.shows("Demo Person").await?;
            assert_eq!(tab.post_count().await?, 100);
        }
        assert_eq!(tabs[0].stored_record().await?, record);
        assert!(ctx.servers.request_log().await?.of(REFRESH).is_empty(), "no refresh was due");
        Ok(())
    })
}

/// Counts the posts in the first frame after the page has returned.
const COUNT_ON_RETURN: &str = "
    addEventListener('pageshow', () => requestAnimationFrame(() => {
        window.shownOnReturn = document.querySelectorAll('article').length;
    }));
";

async fn shows_nothing(tab: &Tab) -> Result<()> {
    holds_for("no post is shown", Duration::from_secs(1), async || Ok(tab.post_count().await? == 0)).await?;
    tab.has_heading("Access denied").await
}

#[test]
fn s4_back_after_a_sign_out_here_or_in_another_tab_shows_nothing_that_is_protected() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tabs = ctx.signed_in_tabs(2).await?;
        tabs[0].goto(COOKIE_PAGE).await?;
        tabs[1].press("Sign out").await?;
        tabs[1].shows("You are signed out.").await?;
        tabs[0].back().await?;
        shows_nothing(&tabs[0]).await?;
        tabs[1].back().await?;
        shows_nothing(&tabs[1]).await
    })
}

#[test]
fn s4_a_page_that_the_browser_kept_comes_back_after_a_sign_out_with_nothing_that_is_protected() -> Result<()> {
    // A browser evicts a page from the back/forward cache when a message arrives for it. This page receives none.
    const WITHOUT_MESSAGES: &str = "delete window.BroadcastChannel;";
    Scenario::new().in_full_browser().first_script(WITHOUT_MESSAGES).run(async |ctx| {
        // Firefox asks for this icon when a kept page comes back, though the page names another.
        ctx.browser.console.expect("/favicon.ico", "404");
        // Nothing has been clicked in the second tab. Firefox keeps no page that somebody listens to for `unload`, and its
        // driver never stops to listen once it has clicked.
        let tabs = ctx.signed_in_tabs(2).await?;
        // Firefox keeps no page that waits for a response: the second module is the last that comes.
        tabs[1].has_second_module().await?;
        tabs[1].script::<()>(COUNT_ON_RETURN).await?;
        tabs[1].goto(COOKIE_PAGE).await?;
        tabs[0].press("Sign out").await?;
        tabs[0].shows("You are signed out.").await?;
        tabs[1].back().await?;
        let shown: usize = eventually("the cached page has rendered a frame", Duration::from_secs(5), async || {
            tabs[1].script("return window.shownOnReturn ?? null").await
        })
        .await?;
        assert_eq!(shown, 0, "the page shows posts");
        shows_nothing(&tabs[1]).await
    })
}
