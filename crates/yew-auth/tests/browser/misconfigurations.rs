//! A backend that is set up differently: the console and the inspector say so, once.

#![cfg(feature = "inspector")]

use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;
use yew_auth::dialect::{Dialect, DjRestAuth, SimpleJwt};
use yew_auth::transport::{Bearer, Cookie, Transport};
use yew_auth::{AuthConfig, Login, Origin, SessionInspector, UseAuthHandle};

use crate::app::App;
use crate::backend::{Backend, LOGIN, LOGOUT, PASSWORD, POSTS, REFRESH, not_valid};
use crate::page::{self, Page};
use crate::probe::{AuthProbe, PollProbe, Seen};
use crate::reply::Reply;
use crate::tokens::jwt;

const MINUTES: std::time::Duration = std::time::Duration::from_secs(300);

async fn app(
    page: &Page,
    dialect: impl Dialect + 'static,
    transport: impl Transport + 'static,
) -> (App, Seen<UseAuthHandle>) {
    let (auth, polls) = (Seen::new(), Seen::new());
    let (probe, poll) = (auth.clone(), polls.clone());
    let view = move || {
        html! { <><AuthProbe seen={probe.clone()} /><PollProbe seen={poll.clone()} /><SessionInspector /></> }
    };
    let config = AuthConfig::new(dialect, transport).with_name(page.name());
    let app = App::mount_with(page, config, view).await;
    let _ = auth.last().sign_in(Login::new("demo", PASSWORD)).await;
    page.settle().await;
    (app, auth)
}

/// The console and the inspector name the setting, once each.
fn assert_named_once(page: &Page, app: &App, setting: &str) {
    assert_eq!(page.console().matches(setting).count(), 1, "{setting}: {}", page.console());
    assert_eq!(app.text().matches(setting).count(), 1, "{setting}: {}", app.text());
}

fn pair(issued_at: yew_auth::Timestamp) -> serde_json::Value {
    json!({ "access": jwt("access", "a", issued_at, MINUTES), "refresh": jwt("refresh", "r", issued_at, MINUTES * 99) })
}

#[wasm_bindgen_test]
async fn a_backend_that_does_not_rotate_is_named_once() {
    let page = Page::open().await;
    let backend = Backend::start_bare();
    backend.on(POSTS, |_| Reply::ok(&["first"]));
    backend.on("POST /api/token/", |_| Reply::ok(&pair(page::now())));
    backend
        .on("POST /api/token/refresh/", |_| Reply::ok(&json!({ "access": jwt("access", "a", page::now(), MINUTES) })));
    let (app, _auth) = app(&page, SimpleJwt::default(), Bearer::new(Origin::same_origin())).await;
    assert!(!app.text().contains("What does not fit"), "{}", app.text());
    page.advance_secs(600).await;
    assert!(backend.count("POST /api/token/refresh/") >= 2);
    assert_named_once(&page, &app, "ROTATE_REFRESH_TOKENS");
}

#[wasm_bindgen_test]
async fn a_token_without_a_known_end_is_named_once() {
    let page = Page::open().await;
    let backend = Backend::start_bare();
    backend.on(POSTS, |_| Reply::ok(&["first"]));
    backend.on(LOGIN, |_| Reply::ok(&json!({ "access": "a.b.c", "refresh": "", "user": { "pk": 7 } })));
    let (app, auth) = app(&page, DjRestAuth::default(), Cookie::with_fixed_names()).await;
    page.advance_secs(6).await;
    auth.last().sign_in(Login::new("demo", PASSWORD)).await.unwrap();
    page.settle().await;
    assert_named_once(&page, &app, "JWT_AUTH_RETURN_EXPIRATION");
}

#[wasm_bindgen_test]
async fn c13_cookies_that_the_browser_does_not_keep_are_named() {
    let page = Page::open().await;
    let backend = Backend::start_bare();
    backend.on(LOGIN, |_| Reply::ok(&json!({ "access": "a.b.c", "refresh": "", "user": { "pk": 7 } })));
    backend.on(POSTS, |_| not_valid());
    backend.on(REFRESH, |_| not_valid());
    let (app, auth) = app(&page, DjRestAuth::default(), Cookie::with_fixed_names()).await;
    page.advance_until("the session has ended", || auth.last().session().is_none()).await;
    assert_named_once(&page, &app, "does not keep the cookies");
}

#[wasm_bindgen_test]
async fn a_clock_that_is_days_off_is_named() {
    let page = Page::open().await;
    let backend = Backend::start_bare();
    backend.on(POSTS, |_| Reply::ok(&["first"]));
    let date = "Wed, 13 Jan 2027 07:00:00 GMT";
    backend.on("POST /api/token/", move |_| Reply::ok(&pair(page::now())).header("date", date));
    let (app, _auth) = app(&page, SimpleJwt::default(), Bearer::new(Origin::same_origin())).await;
    assert_named_once(&page, &app, "more than a day apart");
}

#[wasm_bindgen_test]
async fn headers_that_cors_hides_are_named() {
    let page = Page::open().await;
    let backend = Backend::start_bare();
    backend.on(POSTS, |_| Reply::ok(&["first"]));
    backend.on("POST /api/token/", |_| Reply::ok(&pair(page::now())));
    let (app, _auth) = app(&page, SimpleJwt::default(), Bearer::new(Origin::new("https://api.example").unwrap())).await;
    page.advance_secs(30).await;
    assert_named_once(&page, &app, "CORS_EXPOSE_HEADERS");
}

#[wasm_bindgen_test]
async fn a_sign_out_that_is_not_found_is_named() {
    let page = Page::open().await;
    let backend = Backend::start_bare();
    backend.on(POSTS, |_| Reply::ok(&["first"]));
    backend.on(LOGIN, |_| {
        let mut pair = pair(page::now());
        pair["user"] = json!({ "pk": 7 });
        Reply::ok(&pair)
    });
    let (app, auth) = app(&page, DjRestAuth::default(), Bearer::new(Origin::same_origin())).await;
    auth.last().sign_out();
    page.advance_secs(90).await;
    assert!(backend.count(LOGOUT) >= 2);
    assert_named_once(&page, &app, "set the paths of the dialect");
}
