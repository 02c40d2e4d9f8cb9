//! An extension that has put something of its own in the place of `fetch`.

use wasm_bindgen_test::wasm_bindgen_test;
use yew_auth::RequestError;

use crate::backend::{Backend, POSTS, REFRESH};
use crate::client::ClientApp;
use crate::page::Page;

#[wasm_bindgen_test]
async fn f18_an_answer_that_a_wrapper_has_made_is_read_like_the_browsers_own() {
    for how in ["answers with an object", "answers by another frame"] {
        let page = Page::open().await;
        let backend = Backend::start();
        page.wrap_fetch(how);
        let app = ClientApp::signed_in(&page).await;
        assert_eq!(app.get().await.unwrap(), ["first", "second"], "{how}");
        page.advance_secs(240).await;
        assert_eq!(backend.count(REFRESH), 1, "{how}");
    }
}

#[wasm_bindgen_test]
async fn f18_whatever_else_a_wrapper_does_is_a_failed_request_and_the_session_lives() {
    for how in [
        "answers with a value",
        "answers with nothing",
        "answers with no response",
        "throws",
        "rejects with text",
        "rejects by another frame",
    ] {
        let page = Page::open().await;
        let backend = Backend::start();
        let app = ClientApp::signed_in(&page).await;
        page.wrap_fetch(how);
        assert_eq!(app.get().await, Err(RequestError::Unreachable), "{how}");
        page.advance_secs(240).await;
        assert!(app.auth.last().session().is_some(), "{how}");
        assert_eq!((backend.count(POSTS), backend.count(REFRESH)), (0, 0), "{how}");
    }
}

#[wasm_bindgen_test]
async fn f18_a_wrapper_that_ignores_the_abort_cannot_hold_a_request_beyond_its_deadline() {
    let page = Page::open().await;
    let _backend = Backend::start();
    let app = ClientApp::signed_in(&page).await;
    page.wrap_fetch("never answers");
    let get = app.start_get();
    page.advance_secs(14).await;
    assert!(!get.is_done());
    page.advance_secs(1).await;
    assert_eq!(get.result(), Err(RequestError::TimedOut));
}
