//! Finding posts, and one's place among them.

use anyhow::Result;
use e2e::{Scenario, eventually};

#[test]
fn posts_are_found_by_text_and_by_author() -> Result<()> {
    Scenario::new().run(async |stage| {
        let tab = stage.signed_in_tab().await?;
        tab.shows("100 posts").await?;
        tab.type_into("Find", "QUI EST").await?;
        let found = "const posts = [...document.querySelectorAll('.post')];
            return posts.every((post) => post.textContent.toLowerCase().includes('qui est')) ? posts.length : -1";
        let count = eventually("fewer posts", std::time::Duration::from_secs(10), async || {
            let count: i32 = tab.script(found).await?;
            Ok((count > 0).then_some(count))
        })
        .await?;
        tab.shows(&format!("{count} of 100 posts")).await?;
        tab.retype("no post says this").await?;
        tab.shows("0 of 100 posts").await?;
        tab.has_posts(0).await?;
        tab.retype(" ").await?;
        tab.has_posts(100).await?;
        tab.tab_to("Author").await?;
        tab.keys("user 3").await?;
        tab.shows("10 of 100 posts").await?;
        let authors: usize = tab
            .script("return new Set([...document.querySelectorAll('.post-author')].map((p) => p.textContent)).size")
            .await?;
        assert_eq!(authors, 1);
        Ok(())
    })
}

#[test]
fn back_leads_to_the_post_that_one_has_left() -> Result<()> {
    Scenario::new().run(async |stage| {
        let tab = stage.signed_in_tab().await?;
        tab.script::<()>("document.querySelectorAll('.post')[60].scrollIntoView()").await?;
        let place: f64 = tab.script("return scrollY").await?;
        tab.script::<()>("document.querySelector('.account-link').click()").await?;
        tab.is_headed("Account").await?;
        tab.script::<()>("history.back()").await?;
        tab.is_headed("Posts").await?;
        eventually("the place is kept", std::time::Duration::from_secs(10), async || {
            let now: f64 = tab.script("return scrollY").await?;
            Ok(((now - place).abs() < 2.0).then_some(()))
        })
        .await
    })
}
