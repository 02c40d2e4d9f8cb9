//! What can go wrong with a request, and how it is reported.

use std::time::Duration;

use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::RequestCredentials;
use yew::prelude::*;
use yew_auth::dialect::AnswerError;
use yew_auth::transport::{Header, TokenResponse, Transport};
use yew_auth::{AuthConfig, AuthorizedClient, Login, Origin, RequestError};
use yew_auth_session::{CredentialKind, IssuedTokens, SessionId};

use crate::app::App;
use crate::backend::{Backend, PASSWORD, POSTS};
use crate::client::ClientApp;
use crate::page::Page;
use crate::probe::{AuthProbe, ClientProbe, Names, Seen, sign_in};
use crate::reply::{Gate, Reply};
use crate::task::Task;

async fn answered_by(reply: Reply) -> Result<Value, RequestError> {
    let page = Page::open().await;
    let backend = Backend::start();
    let app = ClientApp::signed_in(&page).await;
    backend.on(POSTS, move |_| reply.clone());
    app.client.last().get("/api/posts/").await
}

async fn client_with(page: &Page, config: AuthConfig) -> (App, AuthorizedClient) {
    let (auth, client) = (Seen::new(), Seen::new());
    let (auth_probe, client_probe) = (auth.clone(), client.clone());
    let view =
        move || html! { <><AuthProbe seen={auth_probe.clone()} /><ClientProbe seen={client_probe.clone()} /></> };
    let app = App::mount_with(page, config, view).await;
    sign_in(page, &auth).await;
    (app, client.last())
}

/// A transport of an app's own, with this value in a header of each request.
#[derive(Debug, PartialEq)]
struct Says(&'static str);

impl Transport for Says {
    fn base(&self) -> Origin {
        Origin::same_origin()
    }

    fn kind(&self) -> CredentialKind {
        CredentialKind::Bearer
    }

    fn cookies(&self) -> RequestCredentials {
        RequestCredentials::Omit
    }

    fn headers(&self, _: Option<&SessionId>) -> Vec<Header> {
        vec![("x-app", self.0.to_owned())]
    }

    fn grant(&self, _: TokenResponse) -> Result<IssuedTokens, AnswerError> {
        Err(AnswerError::Lacks("anything"))
    }
}

#[wasm_bindgen_test]
async fn t4_a_header_with_a_line_feed_or_a_euro_sign_is_an_error_and_is_not_sent() {
    let page = Page::open().await;
    let backend = Backend::start();
    for text in ["a\nb", "a\r\nx-evil: 1", "a€b", "\0"] {
        let auth = Seen::new();
        let probe = auth.clone();
        let config = AuthConfig::over(Says(text)).with_name(page.name());
        let _app = App::mount_with(&page, config, move || html! { <AuthProbe seen={probe.clone()} /> }).await;
        let error = auth.last().sign_in(Login::new("demo", PASSWORD)).await.unwrap_err();
        assert_eq!(error, RequestError::Unsendable, "{text:?}");
        assert!(!error.is_transient());
    }
    assert_eq!(backend.total(), 0);
}

#[wasm_bindgen_test]
async fn drfs_errors_reach_the_caller() {
    let body = json!({ "title": ["This field is required."], "non_field_errors": ["No."] });
    let error = answered_by(Reply::json(400, &body)).await.unwrap_err();
    assert!(!error.is_transient());
    let RequestError::Status(rejection) = error else { panic!("{error:?}") };
    assert_eq!(rejection.fields, [("title".to_owned(), vec!["This field is required.".to_owned()])]);
    assert_eq!(rejection.detail.as_deref(), Some("No."));
}

#[wasm_bindgen_test]
async fn f5_a_server_error_is_transient_and_a_refusal_is_not() {
    for status in [408, 429, 500, 501, 502, 503, 520] {
        assert!(answered_by(Reply::html(status)).await.unwrap_err().is_transient(), "{status}");
    }
    for status in [400, 403, 404, 409, 410, 422] {
        assert!(!answered_by(Reply::html(status)).await.unwrap_err().is_transient(), "{status}");
    }
}

#[wasm_bindgen_test]
async fn f4_retry_after_reaches_the_caller_in_seconds_and_as_a_date() {
    let seconds = answered_by(Reply::html(429).header("retry-after", "7")).await.unwrap_err();
    assert_eq!(seconds.retry_after(), Some(Duration::from_secs(7)));
    // The test's clocks start at 2027-01-15 08:00:00 GMT; signing in has taken six seconds.
    let date = "Fri, 15 Jan 2027 08:01:06 GMT";
    let date = answered_by(Reply::html(503).header("retry-after", date)).await.unwrap_err();
    assert_eq!(date.retry_after(), Some(Duration::from_secs(60)));
    let garbage = answered_by(Reply::html(503).header("retry-after", "soon")).await.unwrap_err();
    assert_eq!(garbage.retry_after(), None);
}

#[wasm_bindgen_test]
async fn f3_an_answer_that_is_not_json_is_an_error_of_its_own() {
    let replies = [Reply::html(200), Reply::text(200, r#"{"cut":"#), Reply::text(200, "\u{fffe}")];
    for reply in replies {
        assert!(matches!(answered_by(reply).await, Err(RequestError::UnexpectedBody(_))));
    }
}

#[wasm_bindgen_test]
async fn c19_an_answer_with_an_empty_body_is_read_as_null() {
    for status in [200, 201, 202] {
        assert_eq!(answered_by(Reply::text(status, "")).await, Ok(Value::Null), "{status}");
    }
}

#[wasm_bindgen_test]
async fn an_answer_with_a_byte_order_mark_is_read_like_one_without() {
    assert_eq!(answered_by(Reply::text(200, "\u{feff}[1]")).await, Ok(json!([1])));
}

#[wasm_bindgen_test]
async fn x3_json_that_is_two_hundred_levels_deep_is_an_error_and_no_crash() {
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    assert!(matches!(answered_by(Reply::text(200, deep)).await, Err(RequestError::UnexpectedBody(_))));
}

#[wasm_bindgen_test]
async fn x3_an_endless_body_is_aborted_at_the_limit() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (_app, client) = client_with(&page, page.config().with_max_body(100_000)).await;
    backend.on(POSTS, |_| Reply::endless(&"a".repeat(10_000)));
    let error = client.get::<Names>("/api/posts/").await.unwrap_err();
    assert_eq!(error, RequestError::TooLarge);
    assert!(!error.is_transient());
}

#[wasm_bindgen_test]
async fn f1_a_request_without_an_answer_times_out() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (_app, client) = client_with(&page, page.config()).await;
    backend.on(POSTS, |_| Reply::ok(&["late"]).behind(&Gate::new()));
    let task = Task::start(async move { client.get::<Names>("/api/posts/").await });
    page.advance(Duration::from_millis(14_999)).await;
    assert!(!task.is_done());
    page.advance(Duration::from_millis(1)).await;
    assert_eq!(task.result(), Err(RequestError::TimedOut));
    assert_eq!(page.requests_aborted(), 1);
}

#[wasm_bindgen_test]
async fn f9_the_timeout_includes_the_body() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (_app, client) = client_with(&page, page.config()).await;
    backend.on(POSTS, |_| Reply::silent_after(r#"["fir"#));
    let task = Task::start(async move { client.get::<Names>("/api/posts/").await });
    page.advance(Duration::from_millis(14_999)).await;
    assert!(!task.is_done());
    page.advance(Duration::from_millis(1)).await;
    assert_eq!(task.result(), Err(RequestError::TimedOut));
}

#[wasm_bindgen_test]
async fn f7_a_broken_connection_is_distinguished_from_an_offline_browser() {
    let page = Page::open().await;
    let backend = Backend::start();
    let app = ClientApp::signed_in(&page).await;
    backend.on(POSTS, |_| Reply::network_error());
    let broken = app.get().await.unwrap_err();
    page.set_online(false).await;
    let offline = app.get().await.unwrap_err();
    assert_eq!((&broken, &offline), (&RequestError::Unreachable, &RequestError::Offline));
    assert!(broken.is_transient() && offline.is_transient());
}

#[wasm_bindgen_test]
async fn f4_f10_a_date_in_retry_after_is_compared_with_the_servers_clock() {
    let reply = Reply::html(503)
        .header("date", "Fri, 15 Jan 2027 09:00:00 GMT")
        .header("retry-after", "Fri, 15 Jan 2027 09:00:30 GMT");
    assert_eq!(answered_by(reply).await.unwrap_err().retry_after(), Some(Duration::from_secs(30)));
}

#[wasm_bindgen_test]
async fn a_body_of_just_the_limit_is_read_and_one_byte_more_is_not() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (_app, client) = client_with(&page, page.config().with_max_body(1000)).await;
    let names = |length| Reply::text(200, format!("[\"{}\"]", "a".repeat(length)));
    backend.on(POSTS, move |_| names(996));
    assert!(client.get::<Names>("/api/posts/").await.is_ok());
    backend.on(POSTS, move |_| names(997));
    assert_eq!(client.get::<Names>("/api/posts/").await, Err(RequestError::TooLarge));
}
