//! When `use_poll` polls: while a user is signed in and the page is visible and online.

use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;
use yew_auth::{RequestError, UsePollHandle};

use crate::app::App;
use crate::backend::{Backend, POSTS, REFRESH};
use crate::page::Page;
use crate::poll::PollApp;
use crate::probe::{AuthProbe, Names, PollProbe, Seen, sign_in};
use crate::reply::{Gate, Reply};

#[wasm_bindgen_test]
async fn without_a_session_nothing_is_polled() {
    let page = Page::open().await;
    let backend = Backend::start();
    let app = PollApp::mount(&page).await;
    page.advance_secs(60).await;
    assert_eq!(backend.total(), 0);
    assert!(!app.poll.last().is_loading);
}

#[wasm_bindgen_test]
async fn signing_out_stops_the_poll_and_forgets_its_data() {
    let page = Page::open().await;
    let backend = Backend::start();
    let app = PollApp::signed_in(&page).await;
    app.auth.last().sign_out();
    page.settle().await;
    page.advance_secs(60).await;
    assert_eq!(backend.count(POSTS), 1);
    assert!(app.poll.last().data.is_none());
    assert!(!app.app.html().contains("first"), "{}", app.app.html());
}

#[wasm_bindgen_test]
async fn s5_the_next_user_is_never_shown_the_data_of_the_previous_one() {
    let page = Page::open().await;
    let backend = Backend::start();
    backend.on(POSTS, |_| Reply::ok(&["of demo"]));
    let app = PollApp::signed_in(&page).await;
    assert!(app.app.html().contains("of demo"));
    app.auth.last().sign_out();
    page.settle().await;
    backend.set_username("grace");
    backend.on(POSTS, |_| Reply::ok(&["of grace"]).behind(&Gate::new()));
    let before = app.poll.renders();
    sign_in(&page, &app.auth).await;
    assert_eq!(backend.count(POSTS), 2);
    assert_eq!(backend.last(POSTS).header("if-none-match"), None);
    let shown = app.poll.all().split_off(before);
    assert!(shown.iter().all(|poll| poll.data.is_none()));
    assert!(!app.app.html().contains("of demo"));
}

#[wasm_bindgen_test]
async fn f12_a_hidden_page_polls_nothing_and_a_visible_one_at_once_with_a_fresh_token() {
    let page = Page::open().await;
    let backend = Backend::start();
    let app = PollApp::signed_in(&page).await;
    page.set_visible(false).await;
    page.advance_secs(200).await;
    assert_eq!(backend.count(POSTS), 1);
    // The computer sleeps for an hour: no timer fires, and the token expires.
    page.jump_wall_clock(3600.0);
    page.set_visible(true).await;
    assert_eq!((backend.count(REFRESH), backend.count(POSTS)), (1, 2));
    assert!(app.poll.all().iter().all(|poll| poll.error.is_none()));
}

#[wasm_bindgen_test]
async fn f8_an_offline_page_polls_nothing_and_is_current_as_soon_as_it_is_online() {
    let page = Page::open().await;
    let backend = Backend::start();
    let app = PollApp::signed_in(&page).await;
    page.set_online(false).await;
    page.advance_secs(600).await;
    assert_eq!(backend.count(POSTS), 1);
    assert_eq!(app.data().len(), 2);
    page.set_online(true).await;
    assert_eq!(backend.count(POSTS), 2);
    assert!(app.poll.last().error.is_none());
}

#[wasm_bindgen_test]
async fn an_unmounted_component_polls_nothing_and_finds_its_data_when_it_returns() {
    let page = Page::open().await;
    let backend = Backend::start();
    let mut app = PollApp::signed_in(&page).await;
    app.app.show(&page, || html! {}).await;
    page.advance_secs(60).await;
    assert_eq!(backend.count(POSTS), 1);
    backend.on(POSTS, |_| Reply::ok(&["third"]).behind(&Gate::new()));
    let again = show_poll(&page, &mut app).await;
    assert_eq!(*again.all()[0].data.clone().unwrap(), ["first", "second"]);
    assert_eq!(backend.count(POSTS), 2);
}

#[wasm_bindgen_test]
async fn the_data_of_a_path_that_no_component_has_used_for_five_minutes_is_forgotten() {
    let page = Page::open().await;
    let backend = Backend::start();
    let mut app = PollApp::signed_in(&page).await;
    app.app.show(&page, || html! {}).await;
    page.advance_secs(301).await;
    backend.on(POSTS, |_| Reply::ok(&["third"]).behind(&Gate::new()));
    let again = show_poll(&page, &mut app).await;
    assert!(again.all()[0].data.is_none() && again.all()[0].is_loading);
}

#[wasm_bindgen_test]
async fn s1_signing_out_forgets_the_data_that_no_component_shows() {
    let page = Page::open().await;
    let backend = Backend::start();
    let mut app = PollApp::signed_in(&page).await;
    let auth = app.auth.clone();
    app.app.show(&page, move || html! { <AuthProbe seen={auth.clone()} /> }).await;
    app.auth.last().sign_out();
    page.settle().await;
    sign_in(&page, &app.auth).await;
    backend.on(POSTS, |_| Reply::ok(&["third"]).behind(&Gate::new()));
    let again = show_poll(&page, &mut app).await;
    assert!(again.all()[0].data.is_none() && again.all()[0].is_loading);
}

/// Shows a poll of the posts, and nothing else.
async fn show_poll(page: &Page, app: &mut PollApp) -> Seen<UsePollHandle<Names>> {
    let seen = Seen::new();
    let probe = seen.clone();
    app.app.show(page, move || html! { <PollProbe seen={probe.clone()} /> }).await;
    seen
}

#[wasm_bindgen_test]
async fn t2_a_path_to_another_origin_is_not_polled() {
    let page = Page::open().await;
    let backend = Backend::start();
    let poll = Seen::new();
    let app = PollApp::signed_in(&page).await;
    let probe = poll.clone();
    let mut app = app.app;
    let before = backend.total();
    app.show(&page, move || html! { <PollProbe seen={probe.clone()} path="//evil.example/" /> }).await;
    page.advance_secs(60).await;
    assert_eq!(backend.total(), before);
    assert!(matches!(poll.last().error.as_deref(), Some(RequestError::InvalidPath(_))));
}

#[wasm_bindgen_test]
async fn an_unmounted_app_leaves_no_timer() {
    let page = Page::open().await;
    let backend = Backend::start();
    let app = PollApp::signed_in(&page).await;
    let app: App = app.app;
    app.close(&page).await;
    let (fired, total) = (page.timers_fired(), backend.total());
    page.advance_secs(600).await;
    assert_eq!((page.timers_fired(), backend.total()), (fired, total));
}
