//! The second WebAssembly module: everything that the posts do not wait for.

use std::time::Duration;

use anyhow::Result;
use e2e::{Scenario, eventually, lose_second_module, lose_second_stylesheet};

/// Whether it was requested after the posts had loaded, or null until it is requested.
const WAS_REQUESTED_AFTER_POSTS: &str = "
  const [posts, later] = ['/api/posts/', '/lazy-'].map((part) =>
    performance.getEntriesByType('resource').find(({ name }) => name.includes(part)));
  return later ? later.startTime > posts.responseEnd : null";

/// Records the integrity that each module is requested with.
const RECORD_INTEGRITIES: &str = "
  const reach = window.fetch;
  window.integrities = [];
  window.fetch = (what, options) => {
    if (/[.](wasm|css)$/.test(what)) window.integrities.push([String(what), options?.integrity]);
    return reach(what, options);
  };";

/// Whether each recorded integrity is that of the file, or null until there are three.
const ARE_RIGHT: &str = "
  if (window.integrities.length < 3) return null;
  const checks = window.integrities.map(async ([address, integrity]) => {
    const content = await (await fetch(address)).arrayBuffer();
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-384', content));
    return integrity === 'sha384-' + btoa(String.fromCharCode(...hash));
  });
  return Promise.all(checks);";

#[test]
fn the_browser_checks_what_both_modules_and_the_stylesheet_hold() -> Result<()> {
    Scenario::new().first_script(RECORD_INTEGRITIES).run(async |ctx| {
        let tab = ctx.tab("/sign-in").await?;
        tab.has_heading("Sign in").await?;
        let check = async || tab.script::<Option<Vec<bool>>>(ARE_RIGHT).await;
        assert_eq!(eventually("both modules", Duration::from_secs(10), check).await?, [true; 3]);
        Ok(())
    })
}

#[test]
fn a_page_that_could_not_be_loaded_says_so_and_opens_on_another_try() -> Result<()> {
    Scenario::new().first_script(&lose_second_module(2)).run(async |ctx| {
        let tab = ctx.tab("/sign-in").await?;
        tab.shows("could not be loaded").await?;
        tab.press("Try again").await?;
        tab.shows("could not be loaded").await?;
        tab.press("Try again").await?;
        tab.has_heading("Sign in").await
    })
}

#[test]
fn no_page_is_shown_without_its_styles() -> Result<()> {
    Scenario::new().first_script(&lose_second_stylesheet(1)).run(async |ctx| {
        let tab = ctx.tab("/sign-in").await?;
        tab.shows("could not be loaded").await?;
        tab.press("Try again").await?;
        tab.has_heading("Sign in").await?;
        let display: String = tab.script("return getComputedStyle(document.querySelector('.card')).display").await?;
        assert_eq!(display, "grid");
        Ok(())
    })
}

#[test]
fn what_could_not_be_loaded_for_one_page_is_loaded_for_the_next() -> Result<()> {
    Scenario::new().first_script(&lose_second_module(1)).run(async |ctx| {
        let tab = ctx.tab("/session").await?;
        tab.shows("could not be loaded").await?;
        tab.follow("Sign in").await?;
        tab.has_heading("Sign in").await
    })
}

#[test]
fn a_stranger_without_it_still_reads_what_needs_none() -> Result<()> {
    Scenario::new().first_script(&lose_second_module(1)).run(async |ctx| {
        let tab = ctx.tab("/posts").await?;
        tab.has_heading("Access denied").await?;
        tab.press("Sign in").await?;
        tab.has_heading("Sign in").await
    })
}

#[test]
fn the_posts_need_none_of_it() -> Result<()> {
    let lost_at_the_posts = format!("if (location.pathname === '/posts') {{ {} }}", lose_second_module(u32::MAX));
    Scenario::new().first_script(&lost_at_the_posts).run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        tab.reload().await?;
        tab.has_posts(100).await?;
        tab.shows("100 posts").await?;
        tab.press("Refresh").await?;
        tab.shows("Updated just now").await?;
        tab.type_into("Find", "no post says this").await?;
        tab.shows("0 of 100 posts").await?;
        tab.follow("yew-auth").await?;
        tab.shows("could not be loaded").await?;
        Ok(())
    })
}

#[test]
fn it_is_fetched_by_itself_once_the_posts_are_there() -> Result<()> {
    Scenario::new().run(async |ctx| {
        let tab = ctx.signed_in_tab().await?;
        tab.goto("/posts").await?;
        tab.has_posts(100).await?;
        let check = async || tab.script::<Option<bool>>(WAS_REQUESTED_AFTER_POSTS).await;
        assert!(eventually("the second module", Duration::from_secs(10), check).await?);
        Ok(())
    })
}
