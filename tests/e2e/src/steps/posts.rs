//! Posts that a test makes up.

use anyhow::Result;
use serde_json::{Value, json};

use crate::{Fault, POSTS, Tab, TestContext};

impl Fault {
    /// Posts with these ids in place of the backend's, each titled "post" with its id.
    #[must_use]
    pub fn posts(ids: impl IntoIterator<Item = u32>) -> Self {
        let post = |id| json!({"id": id, "userId": 1, "title": format!("post {id}."), "body": "Its text."});
        Self::on(POSTS).json(ids.into_iter().map(post).collect())
    }
}

impl TestContext {
    /// Serves these posts in place of the backend's.
    pub async fn serve(&self, posts: impl Into<Value>) -> Result<()> {
        self.servers.set_faults(&[Fault::on(POSTS).json(posts.into())]).await
    }

    /// Serves posts with these ids, each titled "post" with its id.
    pub async fn serve_posts(&self, ids: impl IntoIterator<Item = u32>) -> Result<()> {
        self.servers.set_faults(&[Fault::posts(ids)]).await
    }

    /// Serves posts with these ids, and opens the page with them.
    pub async fn show_posts(&self, tab: &Tab, ids: &[u32]) -> Result<()> {
        self.serve_posts(ids.iter().copied()).await?;
        tab.goto("/posts").await?;
        tab.has_posts(ids.len()).await?;
        tab.has_post_search().await
    }

    /// Serves one post more than the page shows, so that the page offers it.
    pub async fn offer_post(&self, tab: &Tab, shown: &[u32], new: u32) -> Result<()> {
        self.serve_posts([&[new], shown].concat()).await?;
        tab.press("Refresh").await?;
        tab.shows("1 new post").await
    }

    /// Opens a tab on the posts with these ids, signed in as the demo account.
    pub async fn tab_with_posts(&self, ids: impl IntoIterator<Item = u32, IntoIter: ExactSizeIterator>) -> Result<Tab> {
        let ids = ids.into_iter();
        let count = ids.len();
        self.serve_posts(ids).await?;
        let tab = self.tab("/sign-in?next=%2Fposts").await?;
        tab.submit_demo_password().await?;
        tab.has_posts(count).await?;
        Ok(tab)
    }
}
