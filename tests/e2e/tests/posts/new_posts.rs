//! Posts that arrive while a person reads.

use std::time::Duration;

use anyhow::Result;
use e2e::Scenario;

#[test]
fn new_posts_are_announced_and_shown_when_they_are_asked_for() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.tab_with_posts((1..41).rev()).await?;
        ctx.serve_posts((3..44).rev()).await?;
        tab.activate("Refresh").await?;
        tab.shows("Show 3 new posts").await?;
        let first = "return document.querySelector('.post h2').textContent";
        assert_eq!(tab.script::<String>(first).await?, "post 40.", "the list has not moved");
        tab.shows_within("38 posts", Duration::from_secs(1)).await?;
        let region = "return document.querySelector('.offer').role";
        assert_eq!(tab.script::<String>(region).await?, "status");
        tab.activate("Show 3 new posts").await?;
        tab.has_posts(41).await?;
        assert_eq!(tab.script::<String>(first).await?, "post 43.");
        assert_eq!(tab.focused_name().await?, "Posts");
        tab.hides_within("new posts", Duration::from_secs(1)).await
    })
}
