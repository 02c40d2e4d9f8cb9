//! The posts are asked for while the app itself is still on its way (`static/early.js`).

use std::time::Duration;

use anyhow::Result;
use e2e::{Drop, Fault, POSTS, Scenario};

/// Runs `then` once the page's first request of the posts is on its way.
fn once_posts_are_asked_for(then: &str) -> String {
    format!(
        "if (location.pathname === '/posts') {{
           const ask = window.fetch;
           window.fetch = (...request) => {{
             window.fetch = ask;
             const answer = ask(...request);
             {then}
             return answer;
           }};
         }}"
    )
}

#[test]
fn posts_are_asked_for_before_the_app_is_there_and_asked_for_once() -> Result<()> {
    let note = once_posts_are_asked_for("window.asked = new Error().stack;");
    Scenario::new().first_script(&note).run(async |stage| {
        let tab = stage.signed_in_tab().await?;
        let before = stage.stack.log().await?.of(POSTS).len();
        tab.goto("/posts").await?;
        tab.has_posts(100).await?;
        let asked: String = tab.script("return window.asked").await?;
        assert!(asked.contains("/early-"), "asked by {asked}");
        assert_eq!(stage.stack.log().await?.of(POSTS).after(before).len(), 1);
        Ok(())
    })
}

#[test]
fn an_early_answer_is_not_taken_for_that_of_a_session_that_came_after() -> Result<()> {
    let bump = once_posts_are_asked_for(
        "const stored = JSON.parse(localStorage.getItem('yew-auth.session'));
         stored.record.generation += 1;
         localStorage.setItem('yew-auth.session', JSON.stringify(stored));",
    );
    Scenario::new().first_script(&bump).run(async |stage| {
        let tab = stage.signed_in_tab().await?;
        let before = stage.stack.log().await?.of(POSTS).len();
        tab.goto("/posts").await?;
        tab.has_posts(100).await?;
        assert_eq!(stage.stack.log().await?.of(POSTS).after(before).len(), 2);
        Ok(())
    })
}

#[test]
fn an_early_answer_that_is_lost_is_asked_for_again_at_once() -> Result<()> {
    Scenario::new().run(async |stage| {
        let tab = stage.signed_in_tab().await?;
        stage.browser.console.expect(POSTS, "ERR_EMPTY_RESPONSE");
        // The browser itself may ask once more over another connection.
        stage.stack.faults(&[Fault::on(POSTS).times(2).drop(Drop::Before)]).await?;
        tab.goto("/posts").await?;
        tab.has_posts(100).await?;
        tab.shows_within("Posts", Duration::from_secs(1)).await
    })
}

#[test]
fn nobody_asks_early_for_a_stranger() -> Result<()> {
    Scenario::new().run(async |stage| {
        let tab = stage.tab("/posts").await?;
        tab.is_headed("Access denied").await?;
        assert!(stage.stack.log().await?.of(POSTS).is_empty());
        Ok(())
    })
}
