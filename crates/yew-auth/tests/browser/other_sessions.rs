//! Cookies of sessions that the page does not know: after the record is lost, or after another person has signed in.

use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;
use yew_auth::RequestError;

use crate::backend::{Backend, LOGOUT, POSTS, REFRESH, SESSIONS};
use crate::client::ClientApp;
use crate::page::Page;
use crate::poll::PollApp;
use crate::probe::{auth_app, sign_in, signed_in};
use crate::reply::{Gate, Reply};
use crate::transport::Transport;

async fn page() -> Page {
    Page::open_over(Transport::Cookie).await
}

#[wasm_bindgen_test]
async fn a_page_without_a_record_asks_for_sessions_once_for_all_tabs() {
    let page = page().await;
    let backend = Backend::start();
    let (_app, seen) = auth_app(&page).await;
    let (_other, _) = auth_app(&page).await;
    page.advance_secs(600).await;
    assert_eq!((backend.count(SESSIONS), backend.total()), (1, 1));
    assert_eq!(backend.last(SESSIONS).session(), Some("none"));
    assert!(seen.last().session().is_none());
}

#[wasm_bindgen_test]
async fn c3_a_session_whose_record_is_lost_is_taken_up_from_its_cookies() {
    for broken in ["", "{", "null", "{\"schema\":1}"] {
        let page = page().await;
        let backend = Backend::start();
        let (app, _) = signed_in(&page).await;
        app.close(&page).await;
        page.write_record(broken);
        let (_app, seen) = auth_app(&page).await;
        page.advance_until("the session is shown", || seen.last().session().is_some()).await;
        assert_eq!(seen.last().session().unwrap().user.username, "demo");
        seen.last().reload_user().await.unwrap();
        assert_eq!(backend.signed_in(), ["demo"]);
    }
}

#[wasm_bindgen_test]
async fn f13_with_blocked_storage_a_reload_takes_the_session_up_from_its_cookies() {
    let page = page().await;
    let backend = Backend::start();
    page.block_storage();
    let (app, _) = signed_in(&page).await;
    app.close(&page).await;
    let (_app, seen) = auth_app(&page).await;
    page.advance_until("the session is shown", || seen.last().session().is_some()).await;
    seen.last().reload_user().await.unwrap();
    assert_eq!(backend.signed_in(), ["demo"]);
}

#[wasm_bindgen_test]
async fn the_newest_of_several_sessions_is_taken_up() {
    let page = page().await;
    let backend = Backend::start();
    backend.grant();
    backend.set_username("grace");
    backend.grant();
    let (_app, seen) = auth_app(&page).await;
    page.advance_until("a session is shown", || seen.last().session().is_some()).await;
    assert_eq!(seen.last().session().unwrap().user.username, "grace");
    assert_eq!(backend.signed_in(), ["demo", "grace"], "the other one is left alone");
}

#[wasm_bindgen_test]
async fn a_list_of_sessions_that_fails_ends_nothing_and_is_asked_for_again() {
    let page = page().await;
    let backend = Backend::start();
    backend.grant();
    backend.on(SESSIONS, |_| Reply::html(502));
    let (_app, seen) = auth_app(&page).await;
    page.advance_secs(5).await;
    assert!(seen.last().session().is_none());
    backend.restore_sessions();
    page.advance_until("the session is shown", || seen.last().session().is_some()).await;
    assert_eq!(backend.count(LOGOUT), 0);
}

#[wasm_bindgen_test]
async fn a_backend_without_a_list_of_sessions_still_signs_in() {
    let page = page().await;
    let backend = Backend::start();
    backend.on(SESSIONS, |_| Reply::html(404));
    let (_app, seen) = auth_app(&page).await;
    page.advance_secs(60).await;
    sign_in(&page, &seen).await;
    page.advance_secs(300).await;
    assert!(seen.last().session().is_some());
}

#[wasm_bindgen_test]
async fn a_record_of_an_older_release_gets_its_session_id_by_one_request() {
    let page = page().await;
    let backend = Backend::start();
    let (app, _) = signed_in(&page).await;
    app.close(&page).await;
    let mut record: Value = serde_json::from_str(&page.record().unwrap()).unwrap();
    record["schema"] = 1.into();
    record["record"]["status"]["signed_in"]["credentials"] = "cookie".into();
    page.write_record(&record.to_string());
    let before = backend.count(SESSIONS);
    let (_app, seen) = auth_app(&page).await;
    assert_eq!(seen.last().session().unwrap().user.username, "demo", "it is shown at once");
    page.advance_secs(60).await;
    seen.last().reload_user().await.unwrap();
    assert_eq!(backend.count(SESSIONS), before + 1);
    assert_eq!((backend.signed_in(), backend.count(LOGOUT)), (vec!["demo".to_owned()], 0));
}

#[wasm_bindgen_test]
async fn s5_c25_a_request_of_a_session_without_cookies_is_not_served_for_the_next_user() {
    let page = page().await;
    let backend = Backend::start();
    let app = ClientApp::signed_in(&page).await;
    let shown = backend.newest_session();
    backend.forget_cookies();
    backend.set_username("grace");
    backend.grant();
    let answer = app.start_get();
    page.advance_until("the request has ended", || answer.is_done()).await;
    assert!(matches!(answer.result(), Err(RequestError::SignedOut(_))));
    assert_eq!(backend.last(POSTS).session(), Some(shown.as_str()), "nothing was sent in grace's name");
    assert_eq!(app.auth.last().session().unwrap().user.username, "grace", "whose cookies the browser holds");
}

#[wasm_bindgen_test]
async fn a_request_of_a_session_without_cookies_is_replayed_for_the_same_user() {
    let page = page().await;
    let backend = Backend::start();
    let app = ClientApp::signed_in(&page).await;
    backend.forget_cookies();
    backend.grant();
    let answer = app.start_get();
    page.advance_until("the request has ended", || answer.is_done()).await;
    assert_eq!(answer.result().unwrap(), ["first", "second"]);
    assert_eq!(backend.last(POSTS).session(), Some(backend.newest_session().as_str()));
    assert_eq!(backend.count(POSTS), 2);
}

#[wasm_bindgen_test]
async fn a_409_ends_no_session_and_makes_no_hot_loop() {
    let page = page().await;
    let backend = Backend::start();
    let app = ClientApp::signed_in(&page).await;
    backend.on(POSTS, |_| Reply::json(409, &json!({ "detail": "Another session.", "code": "another_session" })));
    let answer = app.start_get();
    page.advance_until("the request has ended", || answer.is_done()).await;
    assert!(matches!(answer.result(), Err(RequestError::Status(rejection)) if rejection.status == 409));
    page.advance_secs(600).await;
    assert!(app.auth.last().session().is_some());
    assert!(backend.count(POSTS) <= 2 && backend.count(SESSIONS) <= 3, "no hot loop");
}

#[wasm_bindgen_test]
async fn s5_a_refresh_that_meets_another_users_cookies_shows_that_user() {
    let page = page().await;
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    backend.forget_cookies();
    backend.set_username("grace");
    backend.grant();
    seen.last().refresh();
    let is_grace = || seen.last().session().is_some_and(|session| session.user.username == "grace");
    page.advance_until("grace is shown", is_grace).await;
    assert_eq!(backend.signed_in(), ["demo", "grace"], "a 409 ends no session");
}

#[wasm_bindgen_test]
async fn s5_an_answer_that_names_another_session_is_no_refresh() {
    let page = page().await;
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    let forged = backend.clone();
    backend.on(REFRESH, move |_| Reply::ok(&forged.grant()));
    let before = page.record();
    seen.last().refresh();
    page.settle().await;
    let session = |record: Option<String>| {
        let record: Value = serde_json::from_str(&record.unwrap()).unwrap();
        record["record"]["status"]["signed_in"]["credentials"].clone()
    };
    assert_eq!(session(page.record()), session(before));
}

#[wasm_bindgen_test]
async fn s5_an_answer_that_comes_after_the_next_sign_in_is_not_delivered() {
    let page = page().await;
    let backend = Backend::start();
    let app = ClientApp::signed_in(&page).await;
    let gate = Gate::new();
    let held = gate.clone();
    backend.on(POSTS, move |_| Reply::ok(&["of demo"]).behind(&held));
    let answer = app.start_get();
    page.settle().await;
    backend.set_username("grace");
    sign_in(&page, &app.auth).await;
    gate.open();
    page.settle().await;
    assert!(matches!(answer.result(), Err(RequestError::SignedOut(_))));
}

#[wasm_bindgen_test]
async fn over_cookies_a_poll_names_the_session_of_its_page() {
    let page = page().await;
    let backend = Backend::start();
    let app = PollApp::signed_in(&page).await;
    let first = backend.newest_session();
    assert_eq!(backend.last(POSTS).session(), Some(first.as_str()));
    backend.set_username("grace");
    sign_in(&page, &app.auth).await;
    page.advance_secs(10).await;
    assert_eq!(backend.last(POSTS).session(), Some(backend.newest_session().as_str()));
    assert_ne!(backend.newest_session(), first);
}

#[wasm_bindgen_test]
async fn an_address_for_requests_without_headers_names_the_session_over_cookies_alone() {
    let page = page().await;
    let backend = Backend::start();
    let app = ClientApp::signed_in(&page).await;
    let session = backend.newest_session();
    assert_eq!(app.client.last().url("/api/file/"), Ok(format!("/api/file/?session={session}")));
    assert_eq!(app.client.last().url("/api/file/?page=2"), Ok(format!("/api/file/?page=2&session={session}")));
    assert!(matches!(app.client.last().url("//evil.example/"), Err(RequestError::InvalidPath(_))));
    app.auth.last().sign_out();
    page.settle().await;
    assert!(matches!(app.client.last().url("/api/file/"), Err(RequestError::SignedOut(_))));
    for transport in [Transport::FixedCookie, Transport::Bearer] {
        let page = Page::open_over(transport).await;
        let _backend = Backend::start();
        let app = ClientApp::signed_in(&page).await;
        assert_eq!(app.client.last().url("/api/file/"), Ok("/api/file/".to_owned()), "{transport:?}");
    }
}
