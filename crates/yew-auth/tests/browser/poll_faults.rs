//! `use_poll` and errors: it keeps the data, waits, and recovers.

use std::rc::Rc;
use std::time::Duration;

use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;
use yew_auth::{Connection, RequestError};

use crate::backend::{Backend, POSTS, REFRESH};
use crate::page::Page;
use crate::poll::PollApp;
use crate::probe::{AuthProbe, PollProbe, Seen, signed_in};
use crate::reply::{Gate, Reply};

#[wasm_bindgen_test]
async fn an_error_is_reported_and_the_last_data_stays() {
    let page = Page::open().await;
    let backend = Backend::start();
    let app = PollApp::signed_in(&page).await;
    let (data, updated_at) = (app.data(), app.poll.last().updated_at);
    backend.on(POSTS, |_| Reply::html(502));
    page.advance_secs(10).await;
    let poll = app.poll.last();
    assert!(matches!(poll.error.as_deref(), Some(RequestError::Status(rejection)) if rejection.status == 502));
    assert!(Rc::ptr_eq(&data, &app.data()));
    assert_eq!(poll.updated_at, updated_at);
    assert!(app.auth.last().session().is_some());
}

#[wasm_bindgen_test]
async fn f2_f3_f5_a_poll_recovers_from_each_fault_by_itself() {
    let faults: [fn() -> Reply; 6] = [
        Reply::network_error,
        || Reply::html(200),
        || Reply::text(200, "[\"cut"),
        || Reply::html(403),
        || Reply::html(500),
        || Reply::html(520),
    ];
    for fault in faults {
        let page = Page::open().await;
        let backend = Backend::start();
        let app = PollApp::signed_in(&page).await;
        backend.on(POSTS, move |_| fault());
        page.advance_secs(10).await;
        assert!(app.poll.last().error.is_some());
        backend.on(POSTS, |_| Reply::ok(&["healed"]));
        page.advance_secs(60).await;
        assert!(app.poll.last().error.is_none());
        assert_eq!(*app.data(), ["healed"]);
    }
}

#[wasm_bindgen_test]
async fn a_poll_that_fails_again_and_again_backs_off_and_returns_to_its_interval() {
    let page = Page::open().await;
    let backend = Backend::start();
    let _app = PollApp::signed_in(&page).await;
    backend.on(POSTS, |_| Reply::html(503));
    page.advance_secs(310).await;
    let failed = backend.count(POSTS) - 1;
    assert!((8..=12).contains(&failed), "{failed} polls in 310 s");
    backend.on(POSTS, |_| Reply::ok(&["healed"]));
    page.advance_secs(38).await;
    let healed = backend.count(POSTS);
    page.advance_secs(60).await;
    assert_eq!(backend.count(POSTS), healed + 6);
}

#[wasm_bindgen_test]
async fn f4_a_poll_waits_as_long_as_retry_after_says() {
    let page = Page::open().await;
    let backend = Backend::start();
    let app = PollApp::signed_in(&page).await;
    backend.on(POSTS, |_| Reply::html(429).header("retry-after", "100"));
    page.advance_secs(10).await;
    assert_eq!(backend.count(POSTS), 2);
    page.set_visible(false).await;
    page.set_visible(true).await;
    app.poll.last().revalidate();
    page.advance_secs(99).await;
    assert_eq!(backend.count(POSTS), 2);
    backend.on(POSTS, |_| Reply::ok(&["patient"]));
    page.advance_secs(1).await;
    assert_eq!(backend.count(POSTS), 3);
    assert!(app.poll.last().error.is_none());
}

#[wasm_bindgen_test]
async fn f1_a_poll_without_an_answer_times_out_and_is_retried() {
    let page = Page::open().await;
    let backend = Backend::start();
    let app = PollApp::signed_in(&page).await;
    backend.on(POSTS, |_| Reply::ok(&["late"]).behind(&Gate::new()));
    page.advance_secs(25).await;
    assert_eq!(app.poll.last().error.as_deref(), Some(&RequestError::TimedOut));
    assert_eq!(app.data().len(), 2);
    backend.on(POSTS, |_| Reply::ok(&["healed"]));
    page.advance_secs(13).await;
    assert_eq!(*app.data(), ["healed"]);
}

#[wasm_bindgen_test]
async fn f2_a_poll_that_waited_for_the_session_runs_as_soon_as_it_is_refreshed() {
    let page = Page::open().await;
    let backend = Backend::start();
    let app = PollApp::signed_in(&page).await;
    backend.on(REFRESH, |_| Reply::network_error());
    page.advance_secs(360).await;
    assert!(app.poll.last().error.is_some(), "the token has expired and cannot be renewed");
    assert!(app.auth.last().session().is_some());
    backend.restore_sessions();
    page.advance_until("the session is renewed", || app.auth.last().connection() == Connection::Good).await;
    assert!(app.poll.last().error.is_none());
}

#[wasm_bindgen_test]
async fn f2_a_poll_that_begins_during_an_outage_runs_as_soon_as_the_session_is_refreshed() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (mut app, _) = signed_in(&page).await;
    backend.on(REFRESH, |_| Reply::network_error());
    page.advance_secs(360).await;
    let (poll, auth) = (Seen::new(), Seen::new());
    let (poll_probe, auth_probe) = (poll.clone(), auth.clone());
    app.show(&page, move || {
        html! {
            <>
                <AuthProbe seen={auth_probe.clone()} />
                <PollProbe seen={poll_probe.clone()} interval={Duration::from_secs(600)} />
            </>
        }
    })
    .await;
    assert!(poll.last().error.is_some());
    backend.restore_sessions();
    page.advance_until("the session is renewed", || auth.last().connection() == Connection::Good).await;
    assert_eq!(poll.last().data.as_deref().map(Vec::len), Some(2));
}

#[wasm_bindgen_test]
async fn c26_the_first_data_comes_about_a_second_after_one_failure() {
    let faults: [fn() -> Reply; 4] =
        [Reply::network_error, || Reply::html(502), || Reply::html(200), || Reply::text(200, "[\"cut")];
    for fault in faults {
        let page = Page::open().await;
        let backend = Backend::start();
        backend.on(POSTS, move |_| fault());
        let app = PollApp::signed_in(&page).await;
        assert!(app.poll.last().error.is_some());
        backend.on(POSTS, |_| Reply::ok(&["healed"]));
        page.advance(Duration::from_millis(1_250)).await;
        assert_eq!(*app.data(), ["healed"]);
        assert!(app.poll.last().error.is_none());
    }
}

#[wasm_bindgen_test]
async fn c26_without_data_a_poll_is_repeated_with_growing_pauses_whatever_its_interval() {
    let page = Page::open().await;
    let backend = Backend::start();
    backend.on(POSTS, |_| Reply::html(502));
    let (mut app, _) = signed_in(&page).await;
    let poll = Seen::new();
    let probe = poll.clone();
    app.show(&page, move || html! { <PollProbe seen={probe.clone()} interval={Duration::from_secs(3_600)} /> }).await;
    page.advance_secs(20).await;
    assert_eq!(backend.count(POSTS), 5, "at 0, 1, 3, 7 and 15 s, and up to a quarter later");
    backend.on(POSTS, |_| Reply::ok(&["healed"]));
    page.advance_secs(20).await;
    assert!(poll.last().data.is_some());
    assert_eq!(backend.count(POSTS), 6);
}
