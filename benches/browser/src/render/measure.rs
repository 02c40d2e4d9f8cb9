//! One row of the table: what is done, how often, and the median of what it took.

use anyhow::{Result, ensure};

use super::feed::{Feed, Poll};
use super::page::{Load, Mutations, Page};
use super::server::Server;
use crate::median::median;

/// The medians of one step.
#[derive(Debug)]
pub struct Row {
    pub posts: usize,
    pub step: &'static str,
    pub figures: Figures,
}

#[derive(Debug)]
pub enum Figures {
    /// The first list.
    FirstList(Load),
    /// A poll: milliseconds of the page's main thread, and what changed in the DOM.
    Poll { scripting: f64, all: f64, mutations: Mutations },
}

/// All steps for a list of this size.
pub async fn measure(page: &Page, server: &Server, size: usize, runs: usize) -> Result<Vec<Row>> {
    let mut feed = Feed::new(size);
    server.set_posts(feed.answer()?);
    let (mut painted, mut complete) = (Vec::with_capacity(runs), Vec::with_capacity(runs));
    for _ in 0..runs {
        let load = page.load(size).await?;
        painted.push(load.painted);
        complete.push(load.complete);
    }
    let first_list = Figures::FirstList(Load { painted: median(painted), complete: median(complete) });
    let mut rows = vec![Row { posts: size, step: "first list", figures: first_list }];
    for poll in Poll::ALL {
        let figures = measure_poll(page, server, &mut feed, poll, runs).await?;
        rows.push(Row { posts: size, step: poll.name(), figures });
    }
    Ok(rows)
}

async fn measure_poll(page: &Page, server: &Server, feed: &mut Feed, poll: Poll, runs: usize) -> Result<Figures> {
    let (mut scripting, mut all) = (Vec::with_capacity(runs), Vec::with_capacity(runs));
    for _ in 0..runs {
        make_ready(page, server, feed, poll).await?;
        let before = page.work().await?;
        page.poll().await?;
        let work = page.work().await?.since(before);
        scripting.push(work.scripting);
        all.push(work.all);
    }
    // Counting costs time of its own.
    make_ready(page, server, feed, poll).await?;
    let mutations = page.poll_counted().await?;
    let rows = page.rows().await?;
    ensure!(rows == feed.len(), "the page shows {rows} posts of {}", feed.len());
    Ok(Figures::Poll { scripting: median(scripting), all: median(all), mutations })
}

async fn make_ready(page: &Page, server: &Server, feed: &mut Feed, poll: Poll) -> Result<()> {
    feed.prepare(poll);
    server.set_posts(feed.answer()?);
    page.next_second().await
}
