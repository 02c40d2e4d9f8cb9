//! The posts are requested while the app itself still loads.

use std::time::Duration;

use anyhow::Result;
use e2e::{Drop, Fault, POSTS, Scenario};

/// Runs `then` right after the page has sent its first request of the posts.
fn after_first_request(then: &str) -> String {
    format!(
        "if (location.pathname === '/posts') {{
           const send = window.fetch;
           window.fetch = (...request) => {{
             const response = send(...request);
             if (request[0] === '{POSTS}' || request[0].url?.endsWith('{POSTS}')) {{
               window.fetch = send;
               {then}
             }}
             return response;
           }};
         }}"
    )
}

#[test]
fn posts_are_asked_for_before_the_app_is_there_and_asked_for_once() -> Result<()> {
    let record = after_first_request("window.isAppThere = document.querySelector('.posts-head') !== null;");
    Scenario::new().first_script(&record).run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        let before = ctx.servers.request_log().await?.of(POSTS).len();
        tab.goto("/posts").await?;
        tab.has_posts(100).await?;
        assert!(!tab.script::<bool>("return window.isAppThere").await?);
        assert_eq!(ctx.servers.request_log().await?.of(POSTS).after(before).len(), 1);
        Ok(())
    })
}

#[test]
fn an_early_answer_is_not_taken_for_that_of_a_session_that_came_after() -> Result<()> {
    let bump = after_first_request(
        "const stored = JSON.parse(localStorage.getItem('yew-auth.session'));
         stored.record.generation += 1;
         localStorage.setItem('yew-auth.session', JSON.stringify(stored));
         const permit = JSON.parse(localStorage.getItem('yew-auth.prefetch'));
         permit.generation += 1;
         localStorage.setItem('yew-auth.prefetch', JSON.stringify(permit));",
    );
    Scenario::new().first_script(&bump).run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        let before = ctx.servers.request_log().await?.of(POSTS).len();
        tab.goto("/posts").await?;
        tab.has_posts(100).await?;
        assert_eq!(ctx.servers.request_log().await?.of(POSTS).after(before).len(), 2);
        Ok(())
    })
}

#[test]
fn an_early_answer_that_is_lost_is_asked_for_again_at_once() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        ctx.browser.console.expect(POSTS, "ERR_EMPTY_RESPONSE");
        // The browser itself may send the request again over another connection.
        ctx.servers.set_faults(&[Fault::on(POSTS).times(2).drop(Drop::Before)]).await?;
        tab.goto("/posts").await?;
        tab.has_posts(100).await?;
        tab.shows_within("Posts", Duration::from_secs(1)).await
    })
}

#[test]
fn nobody_asks_early_for_a_stranger() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.tab("/posts").await?;
        tab.has_heading("Access denied").await?;
        assert!(ctx.servers.request_log().await?.of(POSTS).is_empty());
        Ok(())
    })
}
