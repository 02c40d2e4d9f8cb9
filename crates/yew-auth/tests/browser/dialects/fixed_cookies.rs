//! Stock dj-rest-auth over cookies with fixed names.

use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;
use yew_auth::dialect::DjRestAuth;
use yew_auth::transport::Cookie;
use yew_auth::{NewAccount, Registered};

use crate::backend::{Backend, LOGIN, PASSWORD, POSTS, REFRESH};
use crate::page::Page;
use crate::reply::Reply;

use super::Signed;

/// Stock dj-rest-auth with JWTs in cookies. The test keeps no cookies: the access token is good until `refuse` is called.
fn jwt_cookie_backend() -> Backend {
    let backend = Backend::start_bare();
    let login = json!({ "access": "canary.access.token", "refresh": "", "user": { "pk": 7, "username": "demo" } });
    backend.on(LOGIN, move |_| Reply::ok(&login));
    backend.on(REFRESH, |_| Reply::ok(&json!({ "access": "canary.access.token" })));
    backend.on(POSTS, |_| Reply::ok(&["first"]));
    backend
}

#[wasm_bindgen_test]
async fn t1_over_fixed_cookies_a_token_in_the_body_is_dropped() {
    let page = Page::open().await;
    let backend = jwt_cookie_backend();
    let signed = Signed::up(&page, DjRestAuth::default(), Cookie::with_fixed_names()).await;
    assert_eq!(signed.posts().await.unwrap(), ["first"]);
    assert_eq!(backend.last(POSTS).header("authorization"), None);
    assert!(!page.record().unwrap().contains("canary"));
}

#[wasm_bindgen_test]
async fn over_fixed_cookies_a_token_whose_end_is_not_known_is_refreshed_once_it_is_refused() {
    let page = Page::open().await;
    let backend = jwt_cookie_backend();
    let signed = Signed::up(&page, DjRestAuth::default(), Cookie::with_fixed_names()).await;
    page.advance_secs(3_600).await;
    assert_eq!(backend.count(REFRESH), 0);
    let late = backend.clone();
    backend.on(POSTS, move |_| match late.count(REFRESH) {
        0 => Reply::json(401, &json!({ "detail": "Token is expired", "code": "token_not_valid" })),
        _ => Reply::ok(&["second"]),
    });
    assert_eq!(signed.posts().await.unwrap(), ["second"], "no 401 reaches the page");
    assert_eq!((backend.count(REFRESH), backend.last(REFRESH).json()), (1, json!({})));
}

#[wasm_bindgen_test]
async fn over_fixed_cookies_requests_carry_djangos_csrf_token() {
    let page = Page::open().await;
    let backend = jwt_cookie_backend();
    page.set_cookie("csrftoken", Some("s3cret"));
    let signed = Signed::up(&page, DjRestAuth::default(), Cookie::with_fixed_names()).await;
    assert_eq!(backend.last(LOGIN).header("x-csrftoken"), Some("s3cret"));
    page.set_cookie("csrftoken", Some("rotated"));
    signed.posts().await.unwrap();
    assert_eq!(backend.last(POSTS).header("x-csrftoken"), Some("rotated"));
    page.set_cookie("csrftoken", None);
}

#[wasm_bindgen_test]
async fn over_fixed_cookies_a_registration_that_sets_no_cookie_is_followed_by_a_sign_in() {
    let page = Page::open().await;
    let backend = jwt_cookie_backend();
    backend.on("POST /api/auth/registration/", |_| {
        Reply::json(201, &json!({ "access": "a.b.c", "refresh": "d.e.f", "user": { "pk": 7 } }))
    });
    let signed = Signed::out(&page, DjRestAuth::default(), Cookie::with_fixed_names()).await;
    let account = NewAccount::new("demo", "demo@example.test", PASSWORD);
    assert_eq!(signed.auth.last().register(account).await, Ok(Registered::SignedIn));
    assert_eq!(backend.last(LOGIN).json(), json!({ "username": "demo", "password": PASSWORD }));
    page.settle().await;
    assert_eq!(signed.username().as_deref(), Some("demo"));
}
