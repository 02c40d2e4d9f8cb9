//! Answers that sign nobody in, and addresses that nobody is sent to.

use crate::backend::Backend;
use crate::page::Page;
use crate::probe::{auth_app, signed_in};
use crate::reply::Reply;
use wasm_bindgen_test::wasm_bindgen_test;
use yew_auth::{CallbackError, RedirectError, ReturnPath};

use super::{EXCHANGE, ISSUER, accept_codes, address, provider, refusal, request_authorization, set_address};

#[wasm_bindgen_test]
async fn o3_an_answer_with_another_state_makes_no_request() {
    let page = Page::open().await;
    let backend = Backend::start();
    accept_codes(&backend);
    let (_app, seen) = auth_app(&page).await;
    for make in [
        |_: &str| "?code=c".to_owned(),
        |_: &str| "?code=c&state=".to_owned(),
        |_: &str| "?code=c&state=__proto__".to_owned(),
        |state: &str| format!("?code=c&state={state}&state={state}"),
        |state: &str| format!("?code=c&code=d&state={state}"),
        |state: &str| format!("?code=c&state={state}x"),
        |state: &str| format!("?code=c&state={}", state.to_lowercase()),
        |state: &str| format!("?state={state}"),
    ] {
        let request = request_authorization(&page, &seen).await;
        let query = format!("{}&iss={ISSUER}", make(&request.param("state")));
        set_address(&query);
        assert_eq!(refusal(&seen, "dev").await, CallbackError::NotRequested, "{query}");
        page.settle().await;
        assert_eq!((backend.total(), address().as_str()), (0, ""), "{query}");
    }
}

#[wasm_bindgen_test]
async fn o5_an_answer_on_the_callback_of_another_provider_makes_no_request() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (_app, seen) = auth_app(&page).await;
    let request = request_authorization(&page, &seen).await;
    set_address(&format!("?code=c&state={}&iss={ISSUER}", request.param("state")));
    assert_eq!(refusal(&seen, "other").await, CallbackError::NotRequested);
    assert_eq!(backend.total(), 0);
}

#[wasm_bindgen_test]
async fn o6_an_answer_that_does_not_name_the_issuer_that_was_asked_makes_no_request() {
    let page = Page::open().await;
    let backend = Backend::start();
    accept_codes(&backend);
    let (_app, seen) = auth_app(&page).await;
    for (answer, iss) in [
        ("code=c", String::new()),
        ("code=c", "&iss=https://evil.example".to_owned()),
        ("code=c", format!("&iss={ISSUER}&iss={ISSUER}")),
        ("error=access_denied", "&iss=https://evil.example".to_owned()),
    ] {
        let request = request_authorization(&page, &seen).await;
        set_address(&format!("?{answer}&state={}{iss}", request.param("state")));
        let failed = seen.last().complete_sign_in("dev").await.unwrap_err();
        assert_eq!(failed.error, CallbackError::WrongIssuer, "{answer}{iss}");
        assert_eq!(failed.return_to.as_str(), "/posts?page=2", "another try leads there too");
        page.settle().await;
        assert_eq!((backend.total(), address().as_str()), (0, ""), "{answer}{iss}");
    }
}

#[wasm_bindgen_test]
async fn a_refused_code_keeps_the_return_path() {
    let page = Page::open().await;
    let backend = Backend::start();
    backend.on(EXCHANGE, |_| Reply::html(502));
    let (_app, seen) = auth_app(&page).await;
    let request = request_authorization(&page, &seen).await;
    set_address(&format!("?code=c&state={}&iss={ISSUER}", request.param("state")));
    let failed = seen.last().complete_sign_in("dev").await.unwrap_err();
    assert!(matches!(failed.error, CallbackError::Request(_)), "{failed:?}");
    assert_eq!(failed.return_to, ReturnPath::new("/posts?page=2"));
}

#[wasm_bindgen_test]
async fn o7_an_answer_that_was_not_requested_changes_no_account() {
    let page = Page::open().await;
    let backend = Backend::start();
    accept_codes(&backend);
    let (_app, seen) = signed_in(&page).await;
    let (requests, record) = (backend.total(), page.record());
    backend.set_username("mallory");
    set_address("?code=mallorys&state=mallorys");
    assert_eq!(refusal(&seen, "dev").await, CallbackError::NotRequested);
    page.settle().await;
    assert_eq!(seen.last().session().unwrap().user.username, "demo");
    assert_eq!((backend.total(), page.record(), address().as_str()), (requests, record, ""));
}

#[wasm_bindgen_test]
async fn o8_an_error_of_the_provider_is_text_and_ends_the_authorization() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (_app, seen) = auth_app(&page).await;
    let state = request_authorization(&page, &seen).await.param("state");
    set_address(&format!("?error=%3Cb%3Ebad%3C/b%3E&state={state}&iss={ISSUER}"));
    let error = refusal(&seen, "dev").await;
    assert_eq!(error, CallbackError::Provider { code: "<b>bad</b>".to_owned(), reason: None });
    set_address(&format!("?code=c&state={state}&iss={ISSUER}"));
    assert_eq!(refusal(&seen, "dev").await, CallbackError::NotRequested);
    let state = request_authorization(&page, &seen).await.param("state");
    set_address(&format!("?error=access_denied&state={state}&iss={ISSUER}"));
    assert_eq!(refusal(&seen, "dev").await, CallbackError::Denied { reason: None });
    let state = request_authorization(&page, &seen).await.param("state");
    set_address(&format!("?error=access_denied&error_description=Please+verify&state={state}&iss={ISSUER}"));
    assert_eq!(refusal(&seen, "dev").await, CallbackError::Denied { reason: Some("Please verify".to_owned()) });
    assert_eq!(backend.total(), 0);
}

#[wasm_bindgen_test]
async fn f13_with_blocked_storage_the_page_is_not_left_for_a_provider() {
    let page = Page::open().await;
    let _backend = Backend::start();
    let (_app, seen) = auth_app(&page).await;
    set_address("");
    page.fill_storage();
    let result = seen.last().sign_in_with(&provider(), ReturnPath::default()).await;
    assert_eq!(result, Err(RedirectError::NoStorage));
    assert_eq!(address(), "");
}

#[wasm_bindgen_test]
async fn x2_the_page_is_not_left_for_a_script_address() {
    let page = Page::open().await;
    let _backend = Backend::start();
    let (_app, seen) = auth_app(&page).await;
    for url in ["javascript:alert(1)", "data:text/html,x", "//evil.example", ""] {
        let mut provider = provider();
        provider.authorize_url = url.to_owned();
        let result = seen.last().sign_in_with(&provider, ReturnPath::default()).await;
        assert_eq!(result, Err(RedirectError::BadProvider), "{url}");
    }
}
