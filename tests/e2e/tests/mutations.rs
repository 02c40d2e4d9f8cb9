//! What a poll does to the DOM: nothing, where nothing is new; and no more than what is new.

use std::time::Duration;

use anyhow::{Context, Result};
use e2e::{Fault, POSTS, Scenario, Stage, Tab};
use serde::Deserialize;
use serde_json::{Value, json};

/// The counter that the benchmark of the same page uses.
const COUNTER: &str = include_str!("../../../benches/browser/src/render/mutations.js");

/// From one poll to the end of the next.
const POLL: Duration = Duration::from_secs(20);

/// The mutations of one poll.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Mutations {
    /// In rows.
    rows: usize,
    /// The kind of each one in "Updated".
    updated: Vec<String>,
    /// Neither in a row nor in "Updated".
    elsewhere: usize,
    /// The titles of the rows in which there was one.
    titles: Vec<String>,
    /// Rows whose nodes have come.
    new_rows: usize,
    /// Rows whose nodes have gone.
    gone_rows: usize,
}

impl Mutations {
    /// Of the "Updated" line, the moment has changed and nothing else: "just now" it is again.
    fn ensure_only_the_time_is_updated(&self) {
        assert_eq!(self.updated, ["attributes"], "{self:?}");
    }
}

fn run(test: impl AsyncFnOnce(&Stage, &Tab) -> Result<()>) -> Result<()> {
    Scenario::new().first_script(COUNTER).run(async |stage| {
        let tab = stage.signed_in_tab().await?;
        test(stage, &tab).await
    })
}

/// Counts until the page says that the posts are of another moment.
async fn mutations_of_next_poll(tab: &Tab) -> Result<Mutations> {
    let before = tab.updated_at().await?;
    tab.script::<()>("window.endCounting = countMutations()").await?;
    tab.is_updated_after(before.as_deref(), POLL).await?;
    tab.script("return endCounting()").await
}

/// Shows the one post that is offered.
async fn mutations_of_showing_one(tab: &Tab) -> Result<Mutations> {
    let before = tab.posts().await?;
    tab.script::<()>("window.endCounting = countMutations()").await?;
    tab.press("Show 1 new post").await?;
    tab.has_posts(before + 1).await?;
    tab.script("return endCounting()").await
}

/// The posts that the page has.
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

/// From now on the posts are these.
async fn serve(stage: &Stage, posts: Vec<Value>) -> Result<()> {
    stage.stack.faults(&[Fault::on(POSTS).json(posts.into())]).await
}

#[test]
fn a_304_changes_nothing_on_the_page_but_its_age() -> Result<()> {
    run(async |stage, tab| {
        let mutations = mutations_of_next_poll(tab).await?;
        let last = stage.stack.log().await?.of(POSTS).last().cloned().context("no poll")?;
        assert_eq!(last.status, Some(304));
        assert_eq!((mutations.rows, mutations.elsewhere), (0, 0), "{mutations:?}");
        mutations.ensure_only_the_time_is_updated();
        Ok(())
    })
}

#[test]
fn the_same_posts_with_a_200_change_nothing_on_the_page_but_its_age() -> Result<()> {
    run(async |stage, tab| {
        serve(stage, posts(tab).await?).await?;
        let mutations = mutations_of_next_poll(tab).await?;
        let last = stage.stack.log().await?.of(POSTS).last().cloned().context("no poll")?;
        assert_eq!(last.status, Some(200));
        assert_eq!((mutations.rows, mutations.elsewhere), (0, 0), "{mutations:?}");
        mutations.ensure_only_the_time_is_updated();
        Ok(())
    })
}

#[test]
fn one_changed_post_changes_its_own_text_alone() -> Result<()> {
    run(async |stage, tab| {
        let mut changed = posts(tab).await?;
        changed[41]["title"] = json!("another title");
        serve(stage, changed.clone()).await?;
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
    run(async |stage, tab| {
        let mut more = posts(tab).await?;
        more.insert(0, json!({"id": 101, "userId": 1, "title": "a new post", "body": "and its text"}));
        serve(stage, more).await?;
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
    run(async |stage, tab| {
        let before = posts(tab).await?;
        let mut after = before.clone();
        after.remove(70);
        let moved = after.remove(3);
        after.push(moved);
        after.insert(50, json!({"id": 101, "userId": 1, "title": "a post between", "body": "and its text"}));
        serve(stage, after.clone()).await?;
        let mutations = mutations_of_next_poll(tab).await?;
        // The one that moved from part to part is drawn anew.
        assert_eq!((mutations.new_rows, mutations.gone_rows), (1, 2), "{mutations:?}");
        let mutations = mutations_of_showing_one(tab).await?;
        assert_eq!((mutations.new_rows, mutations.gone_rows), (1, 0), "{mutations:?}");
        let titles = |posts: &[Value]| posts.iter().map(|post| post["title"].clone()).collect::<Vec<_>>();
        assert_eq!(titles(&posts(tab).await?), titles(&after));
        Ok(())
    })
}
