//! Refresh tokens over bearer tokens, of backends that say less or keep them.

use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;
use yew_auth::SignOutReason;
use yew_auth::dialect::{Djoser, OAuth2Password, SimpleJwt};

use crate::backend::Backend;
use crate::page::{self, Page};
use crate::reply::Reply;
use crate::tokens::jwt;

use super::{MINUTES, Signed, bearer, user};

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
