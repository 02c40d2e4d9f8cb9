//! Posts that arrive while somebody reads.

use std::time::Duration;

use anyhow::Result;
use e2e::{Fault, POSTS, Scenario};
use serde_json::{Value, json};

fn posts(ids: impl Iterator<Item = u32>) -> Value {
    ids.map(|id| json!({"id": id, "userId": 1, "title": format!("post {id}."), "body": "text"})).collect()
}

#[test]
fn new_posts_are_announced_and_shown_when_they_are_asked_for() -> Result<()> {
    Scenario::new().run(async |stage| {
        stage.stack.faults(&[Fault::on(POSTS).json(posts((1..=40).rev()))]).await?;
        let tab = stage.tab("/sign-in?next=%2Fposts").await?;
        tab.submit_password("demo", "demo-password").await?;
        tab.has_posts(40).await?;
        stage.stack.faults(&[Fault::on(POSTS).json(posts((3..=43).rev()))]).await?;
        tab.enter_on("Refresh").await?;
        tab.shows("Show 3 new posts").await?;
        let first = "return document.querySelector('.post h2').textContent";
        assert_eq!(tab.script::<String>(first).await?, "post 40.", "nothing has jumped in");
        tab.shows_within("38 posts", Duration::from_secs(1)).await?;
        let region = "return document.querySelector('.offer').role";
        assert_eq!(tab.script::<String>(region).await?, "status");
        tab.enter_on("Show 3 new posts").await?;
        tab.has_posts(41).await?;
        assert_eq!(tab.script::<String>(first).await?, "post 43.");
        assert_eq!(tab.focused().await?, "Posts");
        tab.hides_within("new posts", Duration::from_secs(1)).await
    })
}
