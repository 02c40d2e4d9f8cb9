//! Sessions with an idle limit.

use std::time::Duration;

use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;
use yew_auth::{RefreshPolicy, SessionState, SignOutReason, UseAuthHandle};

use crate::app::App;
use crate::backend::{Backend, LOGOUT, POSTS};
use crate::page::Page;
use crate::probe::{AuthProbe, ClientProbe, Names, PollProbe, Seen, sign_in};

const LIMIT: Duration = Duration::from_secs(600);

async fn polling_app(page: &Page, view: impl Fn() -> Html + 'static) -> (App, Seen<UseAuthHandle>) {
    let mut policy = RefreshPolicy::default();
    policy.idle_limit = Some(LIMIT);
    let seen = Seen::new();
    let probe = seen.clone();
    let view = move || html! { <><AuthProbe seen={probe.clone()} /><PollProbe seen={Seen::new()} />{ view() }</> };
    let app = App::mount_with(page, page.config().with_policy(policy), view).await;
    sign_in(page, &seen).await;
    (app, seen)
}

#[wasm_bindgen_test]
async fn polls_do_not_keep_an_idle_session_alive() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (_app, seen) = polling_app(&page, || html! {}).await;
    page.advance(LIMIT - Duration::from_secs(1)).await;
    assert!(seen.last().session().is_some());
    page.advance_secs(2).await;
    assert_eq!(*seen.last().state(), SessionState::Unauthenticated(SignOutReason::Idle));
    assert_eq!(backend.count(LOGOUT), 1);
    let polls = backend.count(POSTS);
    page.advance_secs(60).await;
    assert_eq!(backend.count(POSTS), polls);
}

#[wasm_bindgen_test]
async fn input_and_requests_of_the_app_keep_a_session_alive() {
    let page = Page::open().await;
    let _backend = Backend::start();
    let client = Seen::new();
    let probe = client.clone();
    let (_app, seen) = polling_app(&page, move || html! { <ClientProbe seen={probe.clone()} /> }).await;
    page.advance(LIMIT * 2 / 3).await;
    page.press_key();
    page.advance(LIMIT * 2 / 3).await;
    client.last().get::<Names>("/api/posts/").await.unwrap();
    page.advance(LIMIT * 2 / 3).await;
    assert!(seen.last().session().is_some());
}
