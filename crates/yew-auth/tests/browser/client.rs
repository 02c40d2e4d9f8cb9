//! Requests of a component's own: the newest token, one refresh, one replay.

use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;
use yew_auth::{AuthorizedClient, RequestError, SignOutReason, UseAuthHandle};

use crate::app::App;
use crate::backend::{Backend, LOGIN, LOGOUT, POSTS, REFRESH, not_valid};
use crate::page::Page;
use crate::probe::{AuthProbe, ClientProbe, Names, Seen, sign_in};
use crate::reply::{Gate, Reply};
use crate::task::Task;

const PATH: &str = "/api/posts/";

/// An app with a client in it.
pub struct ClientApp {
    pub app: App,
    pub auth: Seen<UseAuthHandle>,
    pub client: Seen<AuthorizedClient>,
}

impl ClientApp {
    pub async fn mount(page: &Page) -> Self {
        let (auth, client) = (Seen::new(), Seen::new());
        let (auth_probe, client_probe) = (auth.clone(), client.clone());
        let view = move || {
            html! { <><AuthProbe seen={auth_probe.clone()} /><ClientProbe seen={client_probe.clone()} /></> }
        };
        Self { app: App::mount(page, view).await, auth, client }
    }

    /// Signed in, long enough ago that a refresh is allowed.
    pub async fn signed_in(page: &Page) -> Self {
        let app = Self::mount(page).await;
        sign_in(page, &app.auth).await;
        page.advance_secs(6).await;
        app
    }

    pub async fn get(&self) -> Result<Names, RequestError> {
        self.client.last().get(PATH).await
    }

    pub fn start_get(&self) -> Task<Result<Names, RequestError>> {
        let client = self.client.last();
        Task::start(async move { client.get(PATH).await })
    }
}

#[wasm_bindgen_test]
async fn a_request_carries_the_token_and_nothing_else_that_could_leak() {
    let page = Page::open().await;
    let backend = Backend::start();
    let app = ClientApp::signed_in(&page).await;
    assert_eq!(app.get().await.unwrap(), ["first", "second"]);
    let request = backend.last(POSTS);
    assert_eq!(request.header("authorization").unwrap(), format!("Bearer {}", backend.issued()[0]));
    assert_eq!(
        (request.redirect.as_str(), request.credentials.as_str(), request.cache.as_str()),
        ("error", "omit", "no-store")
    );
}

#[wasm_bindgen_test]
async fn each_method_sends_its_verb_and_its_json() {
    let page = Page::open().await;
    let backend = Backend::start();
    let app = ClientApp::signed_in(&page).await;
    let body = json!({ "title": "ü" });
    for verb in ["POST", "PUT", "PATCH"] {
        backend.on(&format!("{verb} /api/posts/1/"), |request| Reply::ok(&request.json()));
    }
    backend.on("DELETE /api/posts/1/", |_| Reply::text(204, ""));
    let client = app.client.last();
    assert_eq!(client.post::<Value>("/api/posts/1/", &body).await, Ok(body.clone()));
    assert_eq!(client.put::<Value>("/api/posts/1/", &body).await, Ok(body.clone()));
    assert_eq!(client.patch::<Value>("/api/posts/1/", &body).await, Ok(body.clone()));
    assert_eq!(client.delete("/api/posts/1/").await, Ok(()));
    assert_eq!(backend.last("PUT /api/posts/1/").header("content-type"), Some("application/json"));
    assert_eq!(backend.last("DELETE /api/posts/1/").body, "");
}

#[wasm_bindgen_test]
async fn an_answer_without_content_is_null() {
    let page = Page::open().await;
    let backend = Backend::start();
    let app = ClientApp::signed_in(&page).await;
    backend.on("POST /api/posts/", |_| Reply::text(204, ""));
    assert_eq!(app.client.last().post::<()>(PATH, &json!({})).await, Ok(()));
}

#[wasm_bindgen_test]
async fn i7_a_rejected_request_is_replayed_once_with_its_body_after_one_refresh() {
    let page = Page::open().await;
    let backend = Backend::start();
    let app = ClientApp::signed_in(&page).await;
    backend.on("POST /api/posts/", |request| Reply::json(201, &request.json()));
    backend.reject_access_token();
    let body = json!({ "title": "kept" });
    assert_eq!(app.client.last().post::<Value>(PATH, &body).await, Ok(body.clone()));
    let sent = backend.requests("POST /api/posts/");
    assert_eq!(sent.iter().map(|request| request.json()).collect::<Vec<_>>(), [body.clone(), body]);
    assert_ne!(sent[0].header("authorization"), sent[1].header("authorization"));
    assert_eq!(backend.count(REFRESH), 1);
}

#[wasm_bindgen_test]
async fn a_second_401_is_returned_and_not_retried() {
    let page = Page::open().await;
    let backend = Backend::start();
    let app = ClientApp::signed_in(&page).await;
    backend.on(POSTS, |_| not_valid());
    let error = app.get().await.unwrap_err();
    let RequestError::Status(rejection) = error else { panic!("{error:?}") };
    assert_eq!((rejection.status, rejection.code.as_deref()), (401, Some("token_not_valid")));
    page.settle().await;
    assert_eq!((backend.count(POSTS), backend.count(REFRESH)), (2, 1));
    assert!(app.auth.last().session().is_some());
}

#[wasm_bindgen_test]
async fn i7_twenty_rejected_requests_make_one_refresh_and_twenty_successes() {
    let page = Page::open().await;
    let backend = Backend::start();
    let app = ClientApp::signed_in(&page).await;
    backend.reject_access_token();
    let tasks: Vec<_> = (0..20).map(|_| app.start_get()).collect();
    page.settle().await;
    assert!(tasks.iter().all(|task| task.result().is_ok()));
    assert_eq!((backend.count(REFRESH), backend.count(POSTS)), (1, 40));
}

#[wasm_bindgen_test]
async fn i2_twenty_requests_with_an_expired_token_wait_for_one_refresh_and_send_none_that_is_expired() {
    let page = Page::open().await;
    let backend = Backend::start();
    let app = ClientApp::signed_in(&page).await;
    // The computer sleeps: the clocks go on, and no timer fires.
    page.jump_wall_clock(3600.0);
    let tasks: Vec<_> = (0..20).map(|_| app.start_get()).collect();
    page.settle().await;
    assert!(tasks.iter().all(|task| task.result().is_ok()));
    assert_eq!((backend.count(REFRESH), backend.count(POSTS)), (1, 20));
}

#[wasm_bindgen_test]
async fn a_request_during_a_refresh_waits_for_it_and_carries_the_new_token() {
    let page = Page::open().await;
    let backend = Backend::start();
    let app = ClientApp::signed_in(&page).await;
    let gate = Gate::new();
    let (late, held) = (backend.clone(), gate.clone());
    backend.on(REFRESH, move |request| late.renew(request).behind(&held));
    page.advance_secs(235).await;
    let task = app.start_get();
    page.settle().await;
    assert!(!task.is_done());
    assert_eq!(backend.count(POSTS), 0);
    gate.open();
    page.settle().await;
    assert!(task.result().is_ok());
    assert_eq!(backend.count(POSTS), 1);
}

#[wasm_bindgen_test]
async fn login_refresh_and_logout_carry_no_authorization() {
    let page = Page::open().await;
    let backend = Backend::start();
    let app = ClientApp::signed_in(&page).await;
    page.advance_secs(240).await;
    sign_in(&page, &app.auth).await;
    app.auth.last().sign_out();
    page.settle().await;
    for target in [LOGIN, REFRESH, LOGOUT] {
        let requests = backend.requests(target);
        assert!(!requests.is_empty(), "{target}");
        assert!(requests.iter().all(|request| request.header("authorization").is_none()), "{target}");
    }
}

#[wasm_bindgen_test]
async fn t2_a_path_to_another_origin_is_refused_without_a_request() {
    let page = Page::open().await;
    let backend = Backend::start();
    let app = ClientApp::signed_in(&page).await;
    let before = backend.total();
    let evil =
        ["https://evil.example/", "//evil.example/", "/\\evil.example", "/..%2fevil", "/a/../b", "/%2e%2e/b", "api"];
    for path in evil {
        let error = app.client.last().get::<Value>(path).await.unwrap_err();
        assert!(matches!(error, RequestError::InvalidPath(_)), "{path}: {error:?}");
    }
    page.settle().await;
    assert_eq!(backend.total(), before);
}

#[wasm_bindgen_test]
async fn without_a_session_no_request_is_sent() {
    let page = Page::open().await;
    let backend = Backend::start();
    let app = ClientApp::mount(&page).await;
    assert_eq!(app.get().await, Err(RequestError::SignedOut(SignOutReason::NeverSignedIn)));
    assert_eq!(backend.total(), 0);
}

#[wasm_bindgen_test]
async fn a_request_is_aborted_when_its_component_is_unmounted() {
    let page = Page::open().await;
    let backend = Backend::start();
    let mut app = ClientApp::signed_in(&page).await;
    backend.on(POSTS, |_| Reply::ok(&["late"]).behind(&Gate::new()));
    let task = app.start_get();
    page.settle().await;
    assert_eq!((task.is_done(), page.requests_aborted()), (false, 0));
    app.app.show(&page, || html! {}).await;
    assert_eq!(task.result(), Err(RequestError::Cancelled));
    assert_eq!(page.requests_aborted(), 1);
    assert_eq!(app.get().await, Err(RequestError::Cancelled));
    assert_eq!(backend.count(POSTS), 1);
}

#[wasm_bindgen_test]
async fn s5_a_rejected_request_of_one_person_is_not_replayed_as_the_next() {
    let page = Page::open().await;
    let backend = Backend::start();
    let app = ClientApp::signed_in(&page).await;
    let gate = Gate::new();
    let held = gate.clone();
    backend.on("POST /api/posts/", move |_| not_valid().behind(&held));
    let client = app.client.last();
    let task = Task::start(async move { client.post::<Value>(PATH, &json!({ "from": "demo" })).await });
    page.settle().await;
    app.auth.last().sign_out();
    backend.set_username("grace");
    sign_in(&page, &app.auth).await;
    gate.open();
    page.settle().await;
    assert_eq!(backend.count("POST /api/posts/"), 1);
    assert!(matches!(task.result(), Err(RequestError::SignedOut(_))));
    assert_eq!(app.auth.last().session().unwrap().user.username, "grace");
}

#[wasm_bindgen_test]
async fn f20_a_name_and_a_password_in_the_pages_address_stay_out_of_its_requests() {
    let page = Page::open().await;
    let backend = Backend::start();
    page.add_credentials_to_the_address();
    let app = ClientApp::signed_in(&page).await;
    assert_eq!(app.get().await.unwrap(), ["first", "second"]);
    assert!(!backend.last(POSTS).url.contains('@'));
}
