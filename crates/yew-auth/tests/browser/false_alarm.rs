//! A browser that says that it is offline, and is not.

use wasm_bindgen_test::wasm_bindgen_test;
use yew_auth::{Connection, Degradation, RequestError};

use crate::backend::{Backend, POSTS, REFRESH};
use crate::page::Page;
use crate::poll::PollApp;
use crate::probe::{auth_app, signed_in};
use crate::reply::Reply;

const PROBE: &str = "HEAD /";

#[wasm_bindgen_test]
async fn c8_a_page_polls_and_refreshes_in_a_browser_that_says_it_is_offline() {
    let page = Page::open().await;
    let backend = Backend::start();
    page.say_online(false).await;
    let app = PollApp::signed_in(&page).await;
    assert_eq!(app.data().len(), 2);
    page.advance_secs(300).await;
    assert_eq!((backend.count(REFRESH), backend.count(PROBE)), (1, 1));
    assert!(backend.count(POSTS) > 25);
    assert!(app.auth.all().iter().all(|auth| auth.connection() == Connection::Good), "nobody is told otherwise");
}

#[wasm_bindgen_test]
async fn c8_the_word_of_the_browser_does_not_interrupt_a_page() {
    let page = Page::open().await;
    let backend = Backend::start();
    let app = PollApp::signed_in(&page).await;
    page.say_online(false).await;
    page.advance_secs(20).await;
    assert_eq!(backend.count(POSTS), 3);
    assert_eq!((app.auth.last().connection(), app.poll.last().error), (Connection::Good, None));
}

#[wasm_bindgen_test]
async fn c8_a_network_that_comes_back_without_a_word_of_the_browser_is_found() {
    let page = Page::open().await;
    let backend = Backend::start();
    let app = PollApp::signed_in(&page).await;
    page.set_online(false).await;
    assert_eq!(app.auth.last().connection(), Connection::Degraded(Degradation::Offline));
    page.advance_secs(100).await;
    let polled = backend.count(POSTS);
    page.set_online(true).await;
    page.say_online(false).await;
    page.advance_secs(1).await;
    assert_eq!(app.auth.last().connection(), Connection::Good);
    assert!(backend.count(POSTS) > polled);
}

#[wasm_bindgen_test]
async fn c8_a_probe_is_answered_by_whatever_the_server_says() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (_app, seen) = auth_app(&page).await;
    for answer in [200, 404, 405, 503] {
        let before = backend.count(PROBE);
        backend.on(PROBE, move |_| Reply::text(answer, ""));
        page.say_online(false).await;
        assert_eq!(backend.count(PROBE), before + 1);
        assert_eq!(seen.last().connection(), Connection::Good, "{answer}");
    }
    let request = backend.last(PROBE);
    assert_eq!((request.credentials.as_str(), request.header("authorization")), ("omit", None));
}

#[wasm_bindgen_test]
async fn c8_a_request_that_fails_without_a_network_says_so_in_such_a_browser_too() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    page.say_online(false).await;
    assert_eq!(seen.last().connection(), Connection::Good);
    page.set_online(false).await;
    let user = seen.last().reload_user().await;
    assert_eq!(user, Err(RequestError::Offline));
    page.settle().await;
    assert_eq!(seen.last().connection(), Connection::Degraded(Degradation::Offline));
    assert!(backend.count(PROBE) > 0);
}
