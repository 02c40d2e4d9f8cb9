//! Sessions that are not refreshed: a key, a session token, or a session cookie.

use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;
use yew_auth::dialect::{AllauthHeadless, DjRestAuth, SessionCookie};
use yew_auth::transport::Cookie;
use yew_auth::{Misconfiguration, NewAccount, Registered, RequestError, SignOutReason};

use crate::backend::{Backend, LOGIN, LOGOUT, PASSWORD, POSTS, REFRESH, USER};
use crate::page::Page;
use crate::reply::Reply;

use super::{Signed, bearer, user};

const KEY: &str = "9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b";

fn dead_token() -> Reply {
    Reply::json(401, &json!({ "detail": "Invalid token." }))
}

fn gateway() -> Reply {
    Reply::json(401, &json!({ "message": "Unauthorized" }))
}

/// dj-rest-auth with `USE_JWT=False`, which is its default.
fn key_backend() -> Backend {
    let backend = Backend::start_bare();
    backend.on(LOGIN, |_| Reply::ok(&json!({ "key": KEY })));
    backend.on(USER, |_| user());
    backend.on(POSTS, |_| Reply::ok(&["first"]));
    backend
}

#[wasm_bindgen_test]
async fn c16_a_refresh_token_that_is_withheld_is_an_error_that_names_the_setting_and_the_session_before_stays() {
    let page = Page::open().await;
    let backend = key_backend();
    let signed = Signed::up(&page, DjRestAuth::default(), bearer()).await;
    backend.on(LOGIN, |_| Reply::ok(&json!({ "access": "a.b.c", "refresh": "", "user": { "pk": 8 } })));
    let error = signed.sign_in().await.unwrap_err();
    assert_eq!(error, RequestError::Misconfigured(Misconfiguration::RefreshTokenWithheld));
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert!(source.contains("JWT_AUTH_HTTPONLY"), "{source}");
    assert_eq!(signed.username().as_deref(), Some("demo"));
}

#[wasm_bindgen_test]
async fn a_token_that_is_not_refreshed_signs_in_and_its_user_is_asked_for() {
    let page = Page::open().await;
    let backend = key_backend();
    let signed = Signed::up(&page, DjRestAuth::default(), bearer()).await;
    assert_eq!(signed.username().as_deref(), Some("demo"));
    assert_eq!(signed.posts().await.unwrap(), ["first"]);
    let expected = format!("Token {KEY}");
    for target in [USER, POSTS] {
        assert_eq!(backend.last(target).header("authorization"), Some(expected.as_str()), "{target}");
    }
    page.advance_secs(7_200).await;
    assert_eq!(signed.posts().await.unwrap(), ["first"], "it does not expire");
    assert_eq!(backend.count(REFRESH), 0);
}

#[wasm_bindgen_test]
async fn c10_without_refresh_only_the_users_endpoint_ends_a_session() {
    let page = Page::open().await;
    let backend = key_backend();
    let signed = Signed::up(&page, DjRestAuth::default(), bearer()).await;
    backend.on(POSTS, |_| gateway());
    backend.on(USER, |_| gateway());
    let _ = signed.posts().await;
    page.advance_secs(60).await;
    assert_eq!(signed.username().as_deref(), Some("demo"), "a gateway's 401 is transient");
    backend.on(USER, |_| dead_token());
    backend.on(POSTS, |_| dead_token());
    page.advance_until("the session has ended", || signed.end() == Some(SignOutReason::Revoked)).await;
}

#[wasm_bindgen_test]
async fn c21_one_endpoint_that_refuses_a_good_token_ends_nothing_and_blocks_nothing() {
    let page = Page::open().await;
    let backend = key_backend();
    let signed = Signed::up(&page, DjRestAuth::default(), bearer()).await;
    let asked = backend.count(USER);
    backend.on("GET /api/admin/", |_| dead_token());
    for _ in 0..5 {
        let refused = signed.client.last().get::<serde_json::Value>("/api/admin/").await;
        assert!(matches!(refused, Err(RequestError::Status(rejection)) if rejection.status == 401));
        assert_eq!(signed.posts().await.unwrap(), ["first"]);
        page.advance_secs(1).await;
    }
    assert!(backend.count(USER) - asked <= 2, "{} questions", backend.count(USER) - asked);
    assert_eq!(signed.username().as_deref(), Some("demo"));
}

#[wasm_bindgen_test]
async fn a_sign_out_of_a_token_presents_it() {
    let page = Page::open().await;
    let backend = key_backend();
    backend.on(LOGOUT, |_| Reply::ok(&json!({ "detail": "Successfully logged out." })));
    let signed = Signed::up(&page, DjRestAuth::default(), bearer()).await;
    signed.auth.last().sign_out();
    page.settle().await;
    assert_eq!(backend.last(LOGOUT).header("authorization"), Some(format!("Token {KEY}").as_str()));
    page.advance_secs(120).await;
    assert_eq!(backend.count(LOGOUT), 1);
    assert!(!page.record().unwrap().contains(KEY));
}

#[wasm_bindgen_test]
async fn c2_a_sign_out_that_a_gateway_has_answered_is_sent_again() {
    let page = Page::open().await;
    let backend = key_backend();
    let signed = Signed::up(&page, DjRestAuth::default(), bearer()).await;
    for reply in [Reply::html(403), Reply::html(404), Reply::html(200), gateway()] {
        backend.on(LOGOUT, move |_| reply.clone());
        let sent = backend.count(LOGOUT);
        if sent == 0 {
            signed.auth.last().sign_out();
        }
        page.advance_until("it is sent again", || backend.count(LOGOUT) > sent).await;
    }
    backend.on(LOGOUT, |_| Reply::ok(&json!({ "detail": "Successfully logged out." })));
    let sent = backend.count(LOGOUT);
    page.advance_secs(120).await;
    assert_eq!(backend.count(LOGOUT), sent + 1);
}

fn session_cookie() -> SessionCookie {
    SessionCookie::new("/login", "/logout", "/me")
}

#[wasm_bindgen_test]
async fn one_session_cookie_lasts_until_the_users_endpoint_says_otherwise() {
    let page = Page::open().await;
    let backend = Backend::start_bare();
    backend.on("POST /login", |_| Reply::text(204, ""));
    backend.on("GET /me", |_| Reply::ok(&json!({ "id": "u1", "username": "demo" })));
    backend.on(POSTS, |_| Reply::ok(&["first"]));
    let signed = Signed::up(&page, session_cookie(), Cookie::with_fixed_names()).await;
    assert_eq!(signed.username().as_deref(), Some("demo"));
    page.advance_secs(7_200).await;
    assert_eq!(signed.posts().await.unwrap(), ["first"]);
    backend.on(POSTS, |_| Reply::text(401, ""));
    backend.on("GET /me", |_| Reply::html(502));
    let _ = signed.posts().await;
    page.advance_secs(60).await;
    assert_eq!(signed.end(), None, "a bad gateway ends nothing");
    backend.on("GET /me", |_| Reply::text(401, ""));
    page.advance_until("the session has ended", || signed.end() == Some(SignOutReason::Revoked)).await;
}

#[wasm_bindgen_test]
async fn allauths_browser_client_is_signed_out_before_it_signs_in_again() {
    let page = Page::open().await;
    let backend = Backend::start_bare();
    let (login, session) = ("POST /_allauth/browser/v1/auth/login", "DELETE /_allauth/browser/v1/auth/session");
    let late = backend.clone();
    backend.on(login, move |_| match late.count("DELETE /_allauth/browser/v1/auth/session") {
        0 => Reply::json(409, &json!({ "status": 409 })),
        _ => Reply::ok(&json!({
            "status": 200, "data": { "user": { "id": 7, "username": "demo" } }, "meta": { "is_authenticated": true },
        })),
    });
    backend.on(session, |_| Reply::json(401, &json!({ "status": 401, "meta": { "is_authenticated": false } })));
    backend.on("GET /_allauth/browser/v1/config", |_| Reply::ok(&json!({})));
    let signed = Signed::up(&page, AllauthHeadless::browser(), Cookie::with_fixed_names()).await;
    assert_eq!(signed.username().as_deref(), Some("demo"));
    assert_eq!((backend.count(login), backend.count(session)), (2, 1));
    assert_eq!(backend.count("GET /_allauth/browser/v1/config"), 1, "there was no CSRF token");
}

#[wasm_bindgen_test]
async fn allauths_next_step_of_a_sign_in_is_named_and_an_account_to_be_confirmed_was_made() {
    let page = Page::open().await;
    let backend = Backend::start_bare();
    let next = |step: &str| {
        Reply::json(
            401,
            &json!({
                "status": 401,
                "data": { "flows": [{ "id": "login" }, { "id": step, "is_pending": true }] },
                "meta": { "is_authenticated": false, "session_token": "pending" },
            }),
        )
    };
    backend.on("POST /_allauth/app/v1/auth/login", move |_| next("mfa_authenticate"));
    backend.on("POST /_allauth/app/v1/auth/signup", move |_| next("verify_email"));
    let signed = Signed::out(&page, AllauthHeadless::app(), bearer()).await;
    let Err(RequestError::Status(rejection)) = signed.sign_in().await else { panic!("it was let in") };
    assert_eq!(rejection.code.as_deref(), Some("mfa_authenticate"));
    assert!(rejection.words().is_some_and(|words| words.contains("second factor")));
    let account = NewAccount::new("demo", "demo@example.test", PASSWORD);
    assert_eq!(signed.auth.last().register(account).await, Ok(Registered::AwaitsConfirmation));
    assert_eq!(signed.username(), None);
}
