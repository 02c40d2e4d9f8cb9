//! A page whose session has ended is out of the document until the same user is back.

use crate::backend::{Backend, POSTS};
use crate::page::Page;
use crate::probe::{auth_app, sign_in};
use wasm_bindgen_test::wasm_bindgen_test;
use yew_auth::SignOutReason;

use super::{IDLE_LIMIT, document_html, letters_app};

#[wasm_bindgen_test]
async fn a_page_whose_session_is_revoked_leaves_the_document() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (app, handles) = letters_app(&page, true).await;
    assert!(document_html().contains("first") && document_html().contains("Letters of demo"));
    let polls = backend.count(POSTS);
    backend.end_session();
    handles.auth.last().refresh();
    page.settle().await;
    assert_eq!(handles.offer.last().reason, SignOutReason::Revoked);
    assert_eq!(handles.offer.last().user.username, "demo");
    assert!(app.text().contains("Sign in again"), "{}", app.html());
    for protected in ["first", "Letters", "demo", "<input"] {
        assert!(!document_html().contains(protected), "{protected}: {}", app.html());
    }
    page.advance_secs(60).await;
    assert_eq!(backend.count(POSTS), polls, "polls rest");
}

#[wasm_bindgen_test]
async fn what_was_typed_survives_though_nothing_of_it_was_in_the_document() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (app, handles) = letters_app(&page, true).await;
    backend.end_session();
    handles.auth.last().refresh();
    page.settle().await;
    assert!(!app.has("input"), "{}", app.html());
    sign_in(&page, &handles.auth).await;
    assert_eq!(app.typed(), "half a sentence");
    assert!(app.text().contains("signed in: true, error: false"), "the page noticed nothing: {}", app.text());
    assert!(app.text().contains("first"), "{}", app.html());
}

#[wasm_bindgen_test]
async fn a_kept_page_keeps_its_room_and_comes_back_scrolled_and_focused() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (app, handles) = letters_app(&page, true).await;
    app.scroll("pre", 40);
    app.focus("input");
    let height = app.height(".yew-auth-kept-page");
    backend.end_session();
    handles.auth.last().refresh();
    page.settle().await;
    assert!(!app.has("pre"), "{}", app.html());
    assert_eq!(app.height(".yew-auth-kept-page"), height);
    sign_in(&page, &handles.auth).await;
    assert_eq!((app.scrolled("pre"), app.has("input:focus")), (40, true));
    assert!(!app.html().contains("min-height"), "{}", app.html());
}

#[wasm_bindgen_test]
async fn s1_signing_out_leaves_nothing_of_a_page_that_could_be_kept() {
    let page = Page::open().await;
    let _backend = Backend::start();
    let (app, handles) = letters_app(&page, true).await;
    handles.auth.last().sign_out();
    page.settle().await;
    assert!(app.text().contains("You have signed out.") && !app.html().contains("first"), "{}", app.html());
    assert_eq!(handles.offer.renders(), 0);
}

#[wasm_bindgen_test]
async fn s1_signing_out_in_another_tab_leaves_nothing_of_it_either() {
    let page = Page::open().await;
    let _backend = Backend::start();
    let (app, handles) = letters_app(&page, true).await;
    let (_other, other) = auth_app(&page).await;
    other.last().sign_out();
    page.advance_until("this tab has heard of it", || handles.auth.last().session().is_none()).await;
    assert!(app.text().contains("in another tab") && !app.html().contains("first"), "{}", app.html());
    assert_eq!(handles.offer.renders(), 0);
}

#[wasm_bindgen_test]
async fn a_page_of_an_idle_session_leaves_the_document_too() {
    let page = Page::open().await;
    let _backend = Backend::start();
    let (app, handles) = letters_app(&page, true).await;
    page.advance(IDLE_LIMIT).await;
    assert_eq!(handles.offer.last().reason, SignOutReason::Idle);
    assert!(!document_html().contains("first") && !app.has("input"), "{}", app.html());
    sign_in(&page, &handles.auth).await;
    assert_eq!(app.typed(), "half a sentence");
}

#[wasm_bindgen_test]
async fn a_kept_page_goes_on_rendering_out_of_the_document() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (app, handles) = letters_app(&page, true).await;
    backend.end_session();
    handles.auth.last().refresh();
    page.settle().await;
    let add_line = handles.add_line.last();
    add_line.emit(());
    page.settle().await;
    assert!(!app.has("hr"), "{}", app.html());
    sign_in(&page, &handles.auth).await;
    assert!(app.has("input + hr + pre"), "in its place: {}", app.html());
}
