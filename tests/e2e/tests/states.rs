//! States of the app that more than one test looks at.

use anyhow::Result;
use e2e::{Fault, POSTS, REFRESH, Stage, Tab};
use serde_json::{Value, json};

/// The backend ends the session under the posts, and the app offers to sign in again over them.
pub(crate) async fn end_session(stage: &Stage, tab: &Tab) -> Result<()> {
    stage.browser.console.expect(POSTS, "401");
    stage.browser.console.expect(REFRESH, "400");
    let invalid_grant = json!({"error": "invalid_grant"});
    stage.stack.faults(&[Fault::on(POSTS).status(401), Fault::on(REFRESH).status(400).json(invalid_grant)]).await?;
    tab.press("Refresh").await?;
    tab.shows("Sign in to go on").await?;
    stage.stack.heal().await
}

/// The page shows these posts.
pub(crate) async fn show_posts(stage: &Stage, tab: &Tab, ids: &[u32]) -> Result<()> {
    serve_posts(stage, ids).await?;
    tab.goto("/posts").await?;
    tab.has_posts(ids.len()).await?;
    has_post_tools(tab).await
}

/// One more post has come than the page shows, and is offered.
pub(crate) async fn offer_post(stage: &Stage, tab: &Tab, shown: &[u32], new: u32) -> Result<()> {
    serve_posts(stage, &[&[new], shown].concat()).await?;
    tab.press("Refresh").await?;
    tab.shows("1 new post").await
}

/// What helps to find posts comes a moment after them.
pub(crate) async fn has_post_tools(tab: &Tab) -> Result<()> {
    tab.shows("Everyone").await
}

/// A registration that the backend refuses, with a word beside each of two fields.
pub(crate) async fn refuse_registration(stage: &Stage, tab: &Tab) -> Result<()> {
    stage.browser.console.expect("/api/auth/registration/", "400");
    tab.goto("/register").await?;
    tab.fill("Username", "demo").await?;
    tab.fill("Email", "demo@example.test").await?;
    tab.fill("Password", "123").await?;
    tab.press("Create account").await?;
    tab.shows("A user with that username already exists.").await
}

/// The backend has these posts.
pub(crate) async fn serve_posts(stage: &Stage, ids: &[u32]) -> Result<()> {
    let posts: Value = ids
        .iter()
        .map(|id| json!({"id": id, "userId": 1, "title": format!("what post {id} is about"), "body": "Its text."}))
        .collect();
    stage.stack.faults(&[Fault::on(POSTS).json(posts)]).await
}
