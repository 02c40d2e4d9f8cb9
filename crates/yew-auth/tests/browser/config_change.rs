//! A provider whose configuration changes while its app is mounted.

use std::time::Duration;

use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;
use yew_auth::{AuthConfig, Origin};

use crate::app::App;
use crate::backend::{Backend, POSTS};
use crate::page::Page;
use crate::probe::{AuthProbe, PollProbe, Seen, sign_in};

#[wasm_bindgen_test]
async fn an_equal_configuration_restarts_nothing() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (auth, poll) = (Seen::new(), Seen::new());
    let view = {
        let (auth, poll) = (auth.clone(), poll.clone());
        move || html! { <><AuthProbe seen={auth.clone()} /><PollProbe seen={poll.clone()} /></> }
    };
    let mut app = App::mount(&page, view.clone()).await;
    sign_in(&page, &auth).await;
    app.show_with(&page, page.config(), view).await;
    assert_eq!(backend.count(POSTS), 1);
    assert!(poll.last().data.is_some());
}

#[wasm_bindgen_test]
async fn polls_continue_at_the_new_origin_only() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (auth, poll) = (Seen::new(), Seen::new());
    let view = {
        let (auth, poll) = (auth.clone(), poll.clone());
        move || html! { <><AuthProbe seen={auth.clone()} /><PollProbe seen={poll.clone()} /></> }
    };
    let mut app = App::mount(&page, view.clone()).await;
    sign_in(&page, &auth).await;
    let base = Origin::new("https://other.example").unwrap();
    app.show_with(&page, AuthConfig::bearer(base).with_name(page.name()), view).await;
    page.advance_secs(10).await;
    assert!(backend.last(POSTS).url.starts_with("https://other.example/"), "{}", backend.last(POSTS).url);
    let old = backend.requests(POSTS).iter().filter(|request| !request.url.contains("other")).count();
    assert_eq!(old, 1);
}

#[wasm_bindgen_test]
async fn the_session_is_synced_under_the_new_configuration_too() {
    let page = Page::open().await;
    let _backend = Backend::start();
    let auth = Seen::new();
    let view = {
        let auth = auth.clone();
        move || html! { <AuthProbe seen={auth.clone()} /> }
    };
    let mut app = App::mount(&page, view.clone()).await;
    sign_in(&page, &auth).await;
    app.show_with(&page, page.config().with_request_timeout(Duration::from_secs(5)), view).await;
    assert!(auth.last().session().is_some());
    // Without an event, the page has to find out by its sync.
    page.remove_record();
    page.advance_secs(20).await;
    assert!(auth.last().session().is_none());
}
