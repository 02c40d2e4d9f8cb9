//! The posts, and who may see them.

use std::time::Duration;

use anyhow::Result;
use e2e::{Fault, POSTS, Scenario};

#[test]
fn posts_arrive_and_keep_being_polled() -> Result<()> {
    Scenario::new().run(async |stage| {
        let tab = stage.signed_in_tab().await?;
        let complete: usize = tab
            .script(
                "return [...document.querySelectorAll('article')].filter(post => \
                 post.querySelector('h2').textContent && post.querySelector('.post-author').textContent && \
                 post.querySelector('.post-body').textContent).length",
            )
            .await?;
        assert_eq!(complete, 100);
        let first = tab.updated_at().await?;
        let polls = stage.stack.requests(POSTS, 4, Duration::from_secs(50)).await?;
        assert!(polls.gaps().iter().all(|gap| gap.as_secs_f64() > 9.9 && gap.as_secs_f64() < 12.0), "{polls:?}");
        tab.is_updated_after(first.as_deref(), Duration::from_secs(5)).await?;
        assert_eq!(stage.stack.log().await?.of(POSTS).with_status(304).len(), 3, "nothing has changed meanwhile");
        Ok(())
    })
}

#[test]
fn a_stranger_at_the_posts_is_denied_signs_in_and_comes_back() -> Result<()> {
    Scenario::new().run(async |stage| {
        let tab = stage.tab("/posts").await?;
        tab.is_headed("Access denied").await?;
        tab.press("Sign in").await?;
        tab.is_headed("Sign in").await?;
        tab.submit_password("demo", "demo-password").await?;
        tab.is_headed("Posts").await?;
        tab.has_posts(100).await?;
        assert_eq!(tab.path().await?, "/posts");
        let asked = stage.stack.log().await?;
        assert!(asked.of(POSTS).with_status(401).is_empty(), "a stranger's page asked for the posts");
        Ok(())
    })
}

#[test]
fn waiting_is_told_when_it_lasts() -> Result<()> {
    Scenario::new().run(async |stage| {
        stage.stack.faults(&[Fault::on(POSTS).delay(Duration::from_secs(2))]).await?;
        let tab = stage.tab("/sign-in?next=%2Fposts").await?;
        tab.submit_password("demo", "demo-password").await?;
        tab.shows("Loading posts…").await?;
        tab.has_posts(100).await?;
        tab.hides_within("Loading posts…", Duration::from_secs(1)).await
    })
}
