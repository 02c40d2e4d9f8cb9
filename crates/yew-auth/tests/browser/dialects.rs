//! Backends that are not this repository's: sessions without refresh, refresh tokens that stay, and answers that say less.

use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;
use yew_auth::dialect::{AllauthHeadless, Dialect, DjRestAuth, Djoser, OAuth2Password, SessionCookie, SimpleJwt};
use yew_auth::transport::{Bearer, Cookie, Transport};
use yew_auth::{
    AuthConfig, AuthorizedClient, Login, Misconfiguration, NewAccount, Origin, Registered, RequestError, SignOutReason,
    UseAuthHandle,
};

use crate::app::App;
use crate::backend::{Backend, LOGIN, LOGOUT, PASSWORD, POSTS, REFRESH, USER};
use crate::page::{self, Page};
use crate::probe::{AuthProbe, ClientProbe, Seen};
use crate::reply::Reply;
use crate::tokens::jwt;

const KEY: &str = "9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b";
const MINUTES: std::time::Duration = std::time::Duration::from_secs(300);

/// An app with its own backend.
struct Signed {
    _app: App,
    auth: Seen<UseAuthHandle>,
    client: Seen<AuthorizedClient>,
}

impl Signed {
    async fn out(page: &Page, dialect: impl Dialect + 'static, transport: impl Transport + 'static) -> Self {
        let (auth, client) = (Seen::new(), Seen::new());
        let (auth_probe, client_probe) = (auth.clone(), client.clone());
        let view =
            move || html! { <><AuthProbe seen={auth_probe.clone()} /><ClientProbe seen={client_probe.clone()} /></> };
        let config = AuthConfig::new(dialect, transport).with_name(page.name());
        Self { _app: App::mount_with(page, config, view).await, auth, client }
    }

    async fn up(page: &Page, dialect: impl Dialect + 'static, transport: impl Transport + 'static) -> Self {
        let signed = Self::out(page, dialect, transport).await;
        signed.sign_in().await.unwrap();
        page.advance_secs(6).await;
        signed
    }

    async fn sign_in(&self) -> Result<(), RequestError> {
        self.auth.last().sign_in(Login::new("demo", PASSWORD)).await
    }

    async fn posts(&self) -> Result<Vec<String>, RequestError> {
        self.client.last().get("/api/posts/").await
    }

    fn username(&self) -> Option<String> {
        self.auth.last().session().map(|session| session.user.username.clone())
    }

    fn end(&self) -> Option<SignOutReason> {
        match self.auth.last().state() {
            yew_auth::SessionState::Unauthenticated(reason) => Some(*reason),
            _ => None,
        }
    }
}

fn bearer() -> Bearer {
    Bearer::new(Origin::same_origin())
}

fn dead_token() -> Reply {
    Reply::json(401, &json!({ "detail": "Invalid token." }))
}

fn gateway() -> Reply {
    Reply::json(401, &json!({ "message": "Unauthorized" }))
}

fn user() -> Reply {
    Reply::ok(&json!({ "pk": 7, "username": "demo" }))
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

#[wasm_bindgen_test]
async fn c15_a_refresh_token_that_is_not_replaced_stays_in_use() {
    let page = Page::open().await;
    let backend = Backend::start_bare();
    let access = || jwt("access", "a", page::now(), MINUTES);
    let pair = move || json!({ "access": access(), "refresh": jwt("refresh", "r", page::now(), MINUTES * 100) });
    backend.on("POST /api/token/", move |_| Reply::ok(&pair()));
    backend.on("POST /api/token/refresh/", move |_| Reply::ok(&json!({ "access": access() })));
    let signed = Signed::up(&page, SimpleJwt::default(), bearer()).await;
    assert_eq!(signed.auth.last().session().unwrap().user.id, "7", "from the claims");
    let sent = |number: usize| backend.requests("POST /api/token/refresh/")[number].json()["refresh"].clone();
    page.advance_secs(600).await;
    assert!(backend.count("POST /api/token/refresh/") >= 2, "across two expiries");
    assert_eq!(sent(0), sent(1));
    assert!(signed.end().is_none());
    assert!(signed.auth.last().session().unwrap().ends_at.is_some(), "the end of the token that stays is still known");
}

#[wasm_bindgen_test]
async fn a_sign_out_without_a_blacklist_needs_no_request() {
    let page = Page::open().await;
    let backend = Backend::start_bare();
    let pair = json!({
        "access": jwt("access", "a", page::now(), MINUTES), "refresh": jwt("refresh", "r", page::now(), MINUTES * 9),
    });
    backend.on("POST /api/token/", move |_| Reply::ok(&pair));
    let signed = Signed::up(&page, SimpleJwt::default(), bearer()).await;
    signed.auth.last().sign_out();
    page.advance_secs(60).await;
    assert_eq!((signed.end(), backend.total()), (Some(SignOutReason::SignedOut), 1));
}

#[wasm_bindgen_test]
async fn djoser_signs_in_and_describes_its_user_by_an_endpoint_of_its_own() {
    let page = Page::open().await;
    let backend = Backend::start_bare();
    let pair = json!({
        "access": jwt("access", "a", page::now(), MINUTES), "refresh": jwt("refresh", "r", page::now(), MINUTES * 9),
    });
    backend.on("POST /auth/jwt/create/", move |_| Reply::ok(&pair));
    backend.on("GET /auth/users/me/", |_| Reply::ok(&json!({ "id": 7, "username": "demo", "email": "" })));
    let signed = Signed::up(&page, Djoser::default().with_scheme("JWT"), bearer()).await;
    assert_eq!(signed.username().as_deref(), Some("demo"));
    assert!(backend.last("GET /auth/users/me/").header("authorization").unwrap().starts_with("JWT "));
}

#[wasm_bindgen_test]
async fn an_oauth_token_is_asked_for_by_a_form_and_expires_when_the_answer_says() {
    let page = Page::open().await;
    let backend = Backend::start_bare();
    let grant = json!({ "access_token": "opaque", "token_type": "Bearer", "expires_in": 300, "refresh_token": "r1" });
    backend.on("POST /token", move |_| Reply::ok(&grant));
    backend.on("GET /me", |_| user());
    let dialect = OAuth2Password::new("/token").with_client_id("spa").with_user_path("/me");
    let signed = Signed::up(&page, dialect, bearer()).await;
    let request = backend.last("POST /token");
    assert_eq!(request.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(request.body, "grant_type=password&username=demo&password=correct%20horse&client_id=spa");
    page.advance_secs(240).await;
    assert_eq!(backend.last("POST /token").body, "grant_type=refresh_token&refresh_token=r1&client_id=spa");
    backend.on("POST /token", |_| Reply::json(400, &json!({ "error": "invalid_grant" })));
    page.advance_secs(300).await;
    assert_eq!(signed.end(), Some(SignOutReason::Revoked));
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

#[wasm_bindgen_test]
async fn what_a_backend_lacks_is_an_error_and_no_request() {
    let page = Page::open().await;
    let backend = Backend::start_bare();
    let signed = Signed::out(&page, SimpleJwt::default(), bearer()).await;
    let account = NewAccount::new("demo", "demo@example.test", PASSWORD);
    assert_eq!(signed.auth.last().register(account).await, Err(RequestError::Unsupported));
    assert_eq!(signed.auth.last().providers().await, Err(RequestError::Unsupported));
    assert_eq!(signed.auth.last().request_password_reset("demo@example.test").await, Err(RequestError::Unsupported));
    assert_eq!(backend.total(), 0);
}

#[wasm_bindgen_test]
async fn a_wrong_answer_says_what_was_expected_and_where() {
    let page = Page::open().await;
    let backend = Backend::start_bare();
    backend.on("POST /api/token/", |_| Reply::ok(&json!({ "access": "a.b.c" })));
    let signed = Signed::out(&page, SimpleJwt::default(), bearer()).await;
    let error = signed.sign_in().await.unwrap_err();
    assert_eq!(error.to_string(), "the answer of /api/token/ lacks a refresh token");
}
