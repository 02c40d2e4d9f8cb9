//! Searching posts, and the scroll position among them.

use std::time::Duration;

use anyhow::Result;
use e2e::{Scenario, Tab, eventually};

const SOON: Duration = Duration::from_secs(10);

/// Leaves the posts and returns by Back.
async fn go_and_come_back(tab: &Tab) -> Result<()> {
    tab.script::<()>("document.querySelector('.account-link').click()").await?;
    tab.has_heading("Account").await?;
    tab.script::<()>("history.back()").await?;
    tab.has_heading("Posts").await
}

/// The position of a post in the window, once it is stable: what comes into view is laid out in the next frames.
async fn position_of(tab: &Tab, post: usize) -> Result<f64> {
    let script = format!(
        "const top = () => document.querySelectorAll('.post')[{post}].getBoundingClientRect().top;
        const frame = () => new Promise(requestAnimationFrame);
        return (async () => {{ const before = top(); await frame(); await frame(); return [before, top()]; }})()"
    );
    eventually("the position is stable", SOON, async || {
        let (before, after): (f64, f64) = tab.script(&script).await?;
        Ok((before == after).then_some(after))
    })
    .await
}

async fn is_at(tab: &Tab, post: usize, position: f64) -> Result<()> {
    eventually("the position is restored", SOON, async || {
        Ok(((position_of(tab, post).await? - position).abs() < 2.0).then_some(()))
    })
    .await
}

#[test]
fn posts_are_found_by_text_and_by_author() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        tab.shows("100 posts").await?;
        tab.type_into("Find", "QUI EST").await?;
        let found = "const posts = [...document.querySelectorAll('.post')];
            return posts.every((post) => post.textContent.toLowerCase().includes('qui est')) ? posts.length : -1";
        let count = eventually("fewer posts", SOON, async || {
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
    Scenario::new().run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        tab.script::<()>("document.querySelectorAll('.post')[60].scrollIntoView()").await?;
        let position = position_of(&tab, 60).await?;
        go_and_come_back(&tab).await?;
        is_at(&tab, 60, position).await
    })
}

#[test]
fn a_link_to_the_posts_leads_to_their_top_from_far_down_among_them() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        tab.script::<()>("document.querySelectorAll('.post')[60].scrollIntoView()").await?;
        position_of(&tab, 60).await?;
        tab.script::<()>("document.querySelector('.nav a').click()").await?;
        position_of(&tab, 60).await?;
        assert_eq!(tab.script::<f64>("return scrollY").await?, 0.0);
        Ok(())
    })
}

#[test]
fn back_leads_to_a_post_far_down_a_long_list() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.tab_with_posts(1..301).await?;
        tab.script::<()>("document.querySelectorAll('.post')[208].scrollIntoView()").await?;
        let position = position_of(&tab, 208).await?;
        go_and_come_back(&tab).await?;
        is_at(&tab, 208, position).await?;
        tab.has_posts(300).await?;
        let top = "return [...document.querySelectorAll('.post')].findIndex((post) => post.getBoundingClientRect().bottom > 1)";
        assert_eq!(tab.script::<usize>(top).await?, 208);
        Ok(())
    })
}

#[test]
fn back_finds_what_was_looked_for_and_the_place_among_it() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        tab.type_into("Find", "Est").await?;
        tab.choose("Author", "user 3").await?;
        tab.shows(" of 100 posts").await?;
        let count = "return document.querySelector('.count').textContent";
        let found: String = tab.script(count).await?;
        tab.script::<()>("[...document.querySelectorAll('.post')].at(3).scrollIntoView()").await?;
        assert!(tab.script::<bool>("return scrollY > 0").await?);
        let position = position_of(&tab, 3).await?;
        go_and_come_back(&tab).await?;
        is_at(&tab, 3, position).await?;
        assert_eq!(tab.script::<String>(count).await?, found);
        assert_eq!(
            (tab.field_value("post-text").await?, tab.field_value("post-author").await?),
            ("Est".to_owned(), "3".to_owned())
        );
        Ok(())
    })
}

#[test]
fn what_somebody_looked_for_is_not_there_for_the_next_person() -> Result<()> {
    Scenario::new().run(async |ctx| {
        ctx.servers.api.register("berta", "correct horse battery").await?;
        let tab = ctx.signed_in_tab().await?;
        tab.type_into("Find", "qui est").await?;
        tab.shows(" of 100 posts").await?;
        tab.press("Sign out").await?;
        tab.has_heading("Sign in once, keep reading").await?;
        tab.follow("Posts").await?;
        tab.has_heading("Access denied").await?;
        tab.press("Sign in").await?;
        tab.submit_password("berta", "correct horse battery").await?;
        tab.has_heading("Posts").await?;
        tab.has_posts(100).await?;
        assert_eq!(tab.field_value("post-text").await?, "");
        Ok(())
    })
}

#[test]
fn a_search_that_finds_nothing_is_cleared_by_a_button() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        tab.type_into("Find", "no post says this").await?;
        tab.tab_to("Author").await?;
        tab.keys("user 3").await?;
        tab.shows("No post matches.").await?;
        tab.activate("Clear the search").await?;
        tab.has_posts(100).await?;
        tab.has_focus_on("Find").await?;
        assert_eq!(
            (tab.field_value("post-text").await?, tab.field_value("post-author").await?),
            (String::new(), String::new())
        );
        tab.hides_within("No post matches.", SOON).await?;
        tab.keys("qui est").await?;
        tab.shows(" of 100 posts").await
    })
}

#[test]
fn a_click_on_the_link_to_the_page_itself_does_not_stand_in_the_way_back() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        tab.follow("yew-auth").await?;
        tab.has_heading("Welcome back").await?;
        tab.follow("Posts").await?;
        tab.has_heading("Posts").await?;
        tab.script::<()>("scrollTo(0, 2000)").await?;
        tab.script::<()>("document.querySelector('.nav a').click()").await?;
        assert_eq!(tab.script::<i64>("return Math.round(scrollY)").await?, 0);
        tab.back().await?;
        tab.has_heading("Welcome back").await
    })
}
