//! Signing in with a password.

use wasm_bindgen_test::wasm_bindgen_test;
use yew_auth::{Login, Persistence, RequestError, SessionState, SignOutReason};

use crate::backend::{Backend, LOGIN, PASSWORD, USER};
use crate::page::Page;
use crate::probe::{auth_app, sign_in, signed_in};
use crate::reply::Reply;
use crate::transport::over_each_transport;

over_each_transport! {
    a_password_signs_in_the_user_that_the_backend_names,
    a_wrong_password_is_reported_and_signs_nobody_in,
    a_changed_user_is_shown_after_the_user_is_reloaded,
    i7_a_reload_of_the_user_with_a_rejected_token_refreshes_and_succeeds,
}

async fn a_password_signs_in_the_user_that_the_backend_names(page: Page) {
    let _backend = Backend::start();
    let (_app, seen) = auth_app(&page).await;
    assert_eq!(*seen.last().state(), SessionState::Unauthenticated(SignOutReason::NeverSignedIn));
    sign_in(&page, &seen).await;
    let auth = seen.last();
    let session = auth.session().unwrap();
    assert_eq!((session.user.id.as_str(), session.user.username.as_str()), ("pk-demo", "demo"));
    assert_eq!(auth.persistence(), Persistence::Shared);
}

#[wasm_bindgen_test]
async fn c1_a_name_is_sent_as_it_was_typed() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (_app, seen) = auth_app(&page).await;
    for name in ["demo", "demo@example.test", "ada@home"] {
        seen.last().sign_in(Login::new(name, PASSWORD)).await.unwrap();
        assert_eq!(backend.last(LOGIN).json(), serde_json::json!({ "username": name, "password": PASSWORD }));
    }
}

async fn a_wrong_password_is_reported_and_signs_nobody_in(page: Page) {
    let _backend = Backend::start();
    let (_app, seen) = auth_app(&page).await;
    let error = seen.last().sign_in(Login::new("demo", "wrong")).await.unwrap_err();
    page.settle().await;
    let RequestError::Status(rejection) = error else { panic!("{error:?}") };
    assert_eq!(rejection.detail.as_deref(), Some("Unable to log in with provided credentials."));
    assert!(seen.last().session().is_none());
    let record = page.record().unwrap_or_default();
    assert!(!record.contains("signed_in\"") && !record.contains("demo"), "{record}");
}

#[wasm_bindgen_test]
async fn s10_an_error_that_looks_like_a_login_signs_nobody_in() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (_app, seen) = auth_app(&page).await;
    let without_refresh = {
        let mut grant = backend.grant();
        grant.as_object_mut().unwrap().remove("refresh");
        grant.to_string()
    };
    let bodies = [r#"{"detail":"Try again"}"#, "{}", "null", "[]", "<html>", "", &without_refresh].map(str::to_owned);
    for body in bodies {
        let answer = body.clone();
        backend.on(LOGIN, move |_| Reply::text(200, answer.clone()));
        let result = seen.last().sign_in(Login::new("demo", PASSWORD)).await;
        page.settle().await;
        assert!(matches!(result, Err(RequestError::UnexpectedBody(_))), "{body}");
        assert!(seen.last().session().is_none(), "{body}");
        assert_eq!(page.record(), None, "{body}");
    }
}

#[wasm_bindgen_test]
async fn s10_an_error_that_looks_like_a_user_changes_nothing() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    for body in [r#"{"detail":"Try again"}"#, "null", r#"{"username":"other"}"#] {
        backend.on(USER, move |_| Reply::text(200, body));
        assert!(matches!(seen.last().reload_user().await, Err(RequestError::UnexpectedBody(_))), "{body}");
        page.settle().await;
        assert_eq!(seen.last().session().unwrap().user.username, "demo");
    }
}

async fn a_changed_user_is_shown_after_the_user_is_reloaded(page: Page) {
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    backend.on(USER, |_| Reply::ok(&serde_json::json!({ "pk": "pk-demo", "username": "demo", "first_name": "Ada" })));
    seen.last().reload_user().await.unwrap();
    page.settle().await;
    assert_eq!(seen.last().session().unwrap().user.display_name(), "Ada");
}

async fn i7_a_reload_of_the_user_with_a_rejected_token_refreshes_and_succeeds(page: Page) {
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    backend.reject_access_token();
    assert_eq!(seen.last().reload_user().await, Ok(()));
    assert_eq!(backend.count(USER), 2);
}
