//! How a poll changes the DOM: only what is new changes.

use std::time::Duration;

use anyhow::{Context, Result};
use e2e::{POSTS, Scenario, Tab, TestContext};
use serde::Deserialize;
use serde_json::{Value, json};

/// The counter of the render benchmark.
const COUNTER: &str = include_str!("../../../../benches/browser/src/render/mutations.js");

/// The longest time from one poll to the end of the next.
const POLL: Duration = Duration::from_secs(20);

/// The DOM mutations of one poll.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Mutations {
    /// Mutations in rows.
    rows: usize,
    /// The type of each mutation in the "Updated" line.
    updated: Vec<String>,
    /// Mutations elsewhere.
    elsewhere: usize,
    /// The titles of the rows with a mutation.
    titles: Vec<String>,
    /// Rows that were added.
    new_rows: usize,
    /// Rows that were removed.
    gone_rows: usize,
}

impl Mutations {
    /// Only the time in the "Updated" line has changed; its text still says "just now".
    fn ensure_only_the_time_is_updated(&self) {
        assert_eq!(self.updated, ["attributes"], "{self:?}");
    }
}

fn run(test: impl AsyncFnOnce(&TestContext, &Tab) -> Result<()>) -> Result<()> {
    Scenario::new().first_script(COUNTER).run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        test(ctx, &tab).await
    })
}

/// Counts mutations until the page shows a new time of update.
async fn mutations_of_next_poll(tab: &Tab) -> Result<Mutations> {
    let before = tab.updated_at().await?;
    tab.script::<()>("window.endCounting = countMutations()").await?;
    tab.is_updated_after(before.as_deref(), POLL).await?;
    tab.script("return endCounting()").await
}

/// Counts mutations while the one offered post is shown.
async fn mutations_of_showing_one(tab: &Tab) -> Result<Mutations> {
    let before = tab.post_count().await?;
    tab.script::<()>("window.endCounting = countMutations()").await?;
    tab.press("Show 1 new post").await?;
    tab.has_posts(before + 1).await?;
    tab.script("return endCounting()").await
}

/// The posts on the page.
async fn posts(tab: &Tab) -> Result<Vec<Value>> {
    tab.script(
        "return [...document.querySelectorAll('.post')].map((row, index) => ({
            id: index + 1,
            userId: Number(row.querySelector('.post-author').textContent.match(/[0-9]+/)[0]),
            title: row.querySelector('h2').textContent,
            body: row.querySelector('.post-body').textContent,
        }))",
    )
    .await
}

#[test]
fn a_304_changes_nothing_on_the_page_but_its_age() -> Result<()> {
    run(async |ctx, tab| {
        let mutations = mutations_of_next_poll(tab).await?;
        let last = ctx.servers.request_log().await?.of(POSTS).last().cloned().context("no poll")?;
        assert_eq!(last.status, Some(304));
        assert_eq!((mutations.rows, mutations.elsewhere), (0, 0), "{mutations:?}");
        mutations.ensure_only_the_time_is_updated();
        Ok(())
    })
}

#[test]
fn the_same_posts_with_a_200_change_nothing_on_the_page_but_its_age() -> Result<()> {
    run(async |ctx, tab| {
        ctx.serve(posts(tab).await?).await?;
        let mutations = mutations_of_next_poll(tab).await?;
        let last = ctx.servers.request_log().await?.of(POSTS).last().cloned().context("no poll")?;
        assert_eq!(last.status, Some(200));
        assert_eq!((mutations.rows, mutations.elsewhere), (0, 0), "{mutations:?}");
        mutations.ensure_only_the_time_is_updated();
        Ok(())
    })
}

#[test]
fn one_changed_post_changes_its_own_text_alone() -> Result<()> {
    run(async |ctx, tab| {
        let mut changed = posts(tab).await?;
        changed[41]["title"] = json!("another title");
        ctx.serve(changed.clone()).await?;
        let mutations = mutations_of_next_poll(tab).await?;
        assert_eq!((mutations.rows, mutations.elsewhere), (1, 0), "{mutations:?}");
        assert_eq!(mutations.titles, ["another title"]);
        assert_eq!((mutations.new_rows, mutations.gone_rows), (0, 0), "{mutations:?}");
        mutations.ensure_only_the_time_is_updated();
        assert_eq!(posts(tab).await?, changed);
        Ok(())
    })
}

#[test]
fn one_new_post_on_top_touches_no_row_and_adds_its_own_alone_when_it_is_shown() -> Result<()> {
    run(async |ctx, tab| {
        let mut more = posts(tab).await?;
        more.insert(0, json!({"id": 101, "userId": 1, "title": "a new post", "body": "and its text"}));
        ctx.serve(more).await?;
        let offered = mutations_of_next_poll(tab).await?;
        assert_eq!((offered.rows, offered.new_rows), (0, 0), "{offered:?}");
        offered.ensure_only_the_time_is_updated();
        let mutations = mutations_of_showing_one(tab).await?;
        assert_eq!(mutations.titles, ["a new post"]);
        assert_eq!((mutations.new_rows, mutations.gone_rows), (1, 0), "{mutations:?}");
        assert_eq!(posts(tab).await?[0]["title"], "a new post");
        tab.has_posts(101).await
    })
}

#[test]
fn posts_that_come_go_and_move_leave_the_rows_of_all_others_in_place() -> Result<()> {
    run(async |ctx, tab| {
        let before = posts(tab).await?;
        let mut after = before.clone();
        after.remove(70);
        let moved = after.remove(3);
        after.push(moved);
        after.insert(50, json!({"id": 101, "userId": 1, "title": "a post between", "body": "and its text"}));
        ctx.serve(after.clone()).await?;
        let mutations = mutations_of_next_poll(tab).await?;
        // A row that moves to another chunk of the list is rendered again.
        assert_eq!((mutations.new_rows, mutations.gone_rows), (1, 2), "{mutations:?}");
        let mutations = mutations_of_showing_one(tab).await?;
        assert_eq!((mutations.new_rows, mutations.gone_rows), (1, 0), "{mutations:?}");
        let titles = |posts: &[Value]| posts.iter().map(|post| post["title"].clone()).collect::<Vec<_>>();
        assert_eq!(titles(&posts(tab).await?), titles(&after));
        Ok(())
    })
}
