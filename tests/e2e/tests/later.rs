//! What the posts do not wait for is a second module (`src/app/later.rs`).

use std::time::Duration;

use anyhow::Result;
use e2e::{Scenario, eventually};

/// Has the module be out of reach so many times.
pub(crate) fn lost(times: u32) -> String {
    format!(
        "const reach = window.fetch;
         let lost = {times};
         window.fetch = (what, ...rest) =>
           String(what).includes('/later-') && lost-- > 0 ? Promise.reject(new TypeError('lost')) : reach(what, ...rest);"
    )
}

/// Whether it was asked for after the posts had come; nothing while it was not asked for.
const IS_AFTER_THE_POSTS: &str = "
  const [posts, later] = ['/api/posts/', '/later-'].map((part) =>
    performance.getEntriesByType('resource').find(({ name }) => name.includes(part)));
  return later ? later.startTime > posts.responseEnd : null";

/// Notes what the browser is asked to check, and what there is to be checked.
const NOTE_INTEGRITIES: &str = "
  const reach = window.fetch;
  window.integrities = [];
  window.fetch = (what, options) => {
    if (String(what).endsWith('.wasm')) window.integrities.push([String(what), options?.integrity]);
    return reach(what, options);
  };";

const IS_CHECKED: &str = "
  if (window.integrities.length < 2) return null;
  const checked = window.integrities.map(async ([address, asked]) => {
    const content = await (await fetch(address)).arrayBuffer();
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-384', content));
    return asked === 'sha384-' + btoa(String.fromCharCode(...hash));
  });
  return Promise.all(checked);";

#[test]
fn the_browser_checks_what_both_modules_hold() -> Result<()> {
    Scenario::new().first_script(NOTE_INTEGRITIES).run(async |stage| {
        let tab = stage.tab("/sign-in").await?;
        tab.is_headed("Sign in").await?;
        let look = async || tab.script::<Option<Vec<bool>>>(IS_CHECKED).await;
        assert_eq!(eventually("both modules", Duration::from_secs(10), look).await?, [true, true]);
        Ok(())
    })
}

#[test]
fn a_page_that_could_not_be_loaded_says_so_and_opens_on_another_try() -> Result<()> {
    Scenario::new().first_script(&lost(2)).run(async |stage| {
        let tab = stage.tab("/sign-in").await?;
        tab.shows("could not be loaded").await?;
        tab.press("Try again").await?;
        tab.shows("could not be loaded").await?;
        tab.press("Try again").await?;
        tab.is_headed("Sign in").await
    })
}

#[test]
fn what_could_not_be_loaded_for_one_page_is_loaded_for_the_next() -> Result<()> {
    Scenario::new().first_script(&lost(1)).run(async |stage| {
        let tab = stage.tab("/session").await?;
        tab.shows("could not be loaded").await?;
        tab.follow("Sign in").await?;
        tab.is_headed("Sign in").await
    })
}

#[test]
fn a_stranger_without_it_still_reads_what_needs_none() -> Result<()> {
    Scenario::new().first_script(&lost(1)).run(async |stage| {
        let tab = stage.tab("/posts").await?;
        tab.is_headed("Access denied").await?;
        tab.press("Sign in").await?;
        tab.is_headed("Sign in").await
    })
}

#[test]
fn the_posts_need_none_of_it() -> Result<()> {
    let lost_at_the_posts = format!("if (location.pathname === '/posts') {{ {} }}", lost(u32::MAX));
    Scenario::new().first_script(&lost_at_the_posts).run(async |stage| {
        let tab = stage.signed_in_tab().await?;
        tab.reload().await?;
        tab.has_posts(100).await?;
        tab.shows("100 posts").await?;
        tab.press("Refresh").await?;
        tab.shows("Updated just now").await?;
        assert_eq!(tab.script::<usize>("return document.querySelectorAll('#post-text').length").await?, 0);
        Ok(())
    })
}

#[test]
fn it_is_fetched_by_itself_once_the_posts_are_there() -> Result<()> {
    Scenario::new().run(async |stage| {
        let tab = stage.signed_in_tab().await?;
        tab.goto("/posts").await?;
        tab.has_posts(100).await?;
        let look = async || tab.script::<Option<bool>>(IS_AFTER_THE_POSTS).await;
        assert!(eventually("the second module", Duration::from_secs(10), look).await?);
        Ok(())
    })
}
