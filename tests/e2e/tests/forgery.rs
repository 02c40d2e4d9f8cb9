//! What other scripts of the origin, other origins and the browser's own history may say of a session.

use std::time::Duration;

use anyhow::Result;
use e2e::{Bystander, REFRESH, Scenario, Tab, eventually, holds_for};

/// Says in every way that a page can be told something that the session is over, or is somebody else's.
const FORGE: &str = "
    const forged = [
        '', '{', 'null', '__proto__', '{\"generation\":99999999}',
        '{\"schema\":1,\"record\":{\"generation\":999,\"status\":{\"signed_out\":\"revoked\"}}}',
        '{\"schema\":1,\"record\":{\"generation\":999,\"status\":{\"signed_in\":{\"user\":{\"id\":\"1\",\"username\":\"mallory\"}}}}}',
    ];
    const channel = new BroadcastChannel('yew-auth');
    for (const text of forged) {
        for (const message of [text, {text}, [text], new Blob([text])]) channel.postMessage(message);
        for (const key of [null, 'yew-auth.session', 'yew-auth.attempt', 'yew-auth.refresh'])
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
    Scenario::new().run(async |stage| {
        let tabs = stage.signed_in_tabs(2).await?;
        let record = tabs[0].stored().await?;
        let updated = tabs[1].updated_at().await?;
        tabs[0].script::<()>(FORGE).await?;
        tabs[1].is_updated_after(updated.as_deref(), Duration::from_secs(15)).await?;
        for tab in &tabs {
            tab.shows("Demo Person").await?;
            assert_eq!(tab.posts().await?, 100);
        }
        assert_eq!(tabs[0].stored().await?, record);
        assert!(stage.stack.log().await?.of(REFRESH).is_empty(), "nothing was to be renewed");
        Ok(())
    })
}

/// Counts, in the first picture after the page has come back, the posts that are in it.
const COUNT_ON_RETURN: &str = "
    addEventListener('pageshow', () => requestAnimationFrame(() => {
        window.shownOnReturn = document.querySelectorAll('article').length;
    }));
";

async fn shows_nothing(tab: &Tab) -> Result<()> {
    holds_for("no post is shown", Duration::from_secs(1), async || Ok(tab.posts().await? == 0)).await?;
    tab.is_headed("Access denied").await
}

#[test]
fn s4_back_after_a_sign_out_here_or_in_another_tab_shows_nothing_that_is_protected() -> Result<()> {
    Scenario::new().run(async |stage| {
        let elsewhere = Bystander::start()?;
        let tabs = stage.signed_in_tabs(2).await?;
        tabs[0].visit(elsewhere.origin()).await?;
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
    // A browser gives up a page that it keeps when a message comes for it: this one hears of none.
    const WITHOUT_MESSAGES: &str = "delete window.BroadcastChannel;";
    Scenario::new().in_whole_browser().first_script(WITHOUT_MESSAGES).run(async |stage| {
        let elsewhere = Bystander::start()?;
        let tabs = stage.signed_in_tabs(2).await?;
        tabs[0].script::<()>(COUNT_ON_RETURN).await?;
        tabs[0].visit(elsewhere.origin()).await?;
        tabs[1].press("Sign out").await?;
        tabs[1].shows("You are signed out.").await?;
        tabs[0].back().await?;
        let shown: usize = eventually("the page that was kept is pictured", Duration::from_secs(5), async || {
            tabs[0].script("return window.shownOnReturn ?? null").await
        })
        .await?;
        assert_eq!(shown, 0, "the page shows posts");
        shows_nothing(&tabs[0]).await
    })
}
