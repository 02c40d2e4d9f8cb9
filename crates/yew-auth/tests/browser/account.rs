//! Accounts: registration, password, name.

use serde_json::json;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;
use yew_auth::{NewAccount, Registered, RequestError, ResetLink};

use crate::backend::{Backend, PASSWORD, USER};
use crate::page::Page;
use crate::probe::{auth_app, signed_in};
use crate::reply::Reply;

const REGISTRATION: &str = "POST /api/auth/registration/";
const PASSWORD_CHANGE: &str = "POST /api/auth/password/change/";
const RESET: &str = "POST /api/auth/password/reset/";
const CONFIRM: &str = "POST /api/auth/password/reset/confirm/";
const NAME_CHANGE: &str = "PATCH /api/auth/user/";

fn ada() -> NewAccount {
    NewAccount::new("ada", "ada@example.test", PASSWORD)
}

/// Opens an address like a link does.
fn arrive_at(fragment: &str) {
    let history = web_sys::window().unwrap().history().unwrap();
    history.replace_state_with_url(&JsValue::NULL, "", Some(fragment)).unwrap();
}

fn fragment() -> String {
    web_sys::window().unwrap().location().hash().unwrap()
}

#[wasm_bindgen_test]
async fn a_new_user_is_signed_in_after_registration() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (_app, seen) = auth_app(&page).await;
    let grant = backend.grant();
    backend.on(REGISTRATION, move |_| Reply::json(201, &grant));
    assert_eq!(seen.last().register(ada()).await, Ok(Registered::SignedIn));
    page.settle().await;
    assert_eq!(seen.last().session().unwrap().user.username, "demo");
    let sent = json!({ "username": "ada", "email": "ada@example.test", "password1": PASSWORD, "password2": PASSWORD });
    assert_eq!(backend.last(REGISTRATION).json(), sent);
    assert_eq!(backend.last(REGISTRATION).header("authorization"), None);
}

#[wasm_bindgen_test]
async fn a_registration_that_needs_confirmation_signs_nobody_in() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (_app, seen) = auth_app(&page).await;
    for reply in [Reply::json(201, &json!({ "detail": "Verification e-mail sent." })), Reply::text(204, "")] {
        backend.on(REGISTRATION, move |_| reply.clone());
        assert_eq!(seen.last().register(ada()).await, Ok(Registered::AwaitsConfirmation));
        page.settle().await;
        assert!(seen.last().session().is_none());
    }
}

#[wasm_bindgen_test]
async fn s10_an_error_that_looks_like_a_registration_creates_no_account() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (_app, seen) = auth_app(&page).await;
    for body in [r#"{"detail":"Try again"}"#, "<html>", ""] {
        backend.on(REGISTRATION, move |_| Reply::text(200, body));
        assert!(matches!(seen.last().register(ada()).await, Err(RequestError::UnexpectedBody(_))), "{body}");
    }
}

#[wasm_bindgen_test]
async fn errors_are_reported_for_each_field() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (_app, seen) = auth_app(&page).await;
    backend.on(REGISTRATION, |_| Reply::json(400, &json!({ "email": ["Taken."], "username": ["Bad.", "Worse."] })));
    let Err(RequestError::Status(rejection)) = seen.last().register(ada()).await else { panic!("it was taken") };
    let fields: Vec<_> = rejection.fields.iter().map(|(name, messages)| (name.as_str(), messages.len())).collect();
    assert_eq!(fields, [("email", 1), ("username", 2)]);
}

#[wasm_bindgen_test]
async fn t1_a_reset_link_is_taken_out_of_the_address_and_does_not_print() {
    let _page = Page::open().await;
    arrive_at("#uid=abc&token=a-secret%2Bone");
    let link = ResetLink::take_from_address().unwrap();
    assert_eq!(fragment(), "");
    assert!(!format!("{link:?}").contains("secret"));
    assert_eq!(ResetLink::take_from_address(), None);
    for incomplete in ["#uid=abc", "#token=a-secret", "#uid=&token=x"] {
        arrive_at(incomplete);
        assert_eq!(ResetLink::take_from_address(), None, "{incomplete}");
        assert_eq!(fragment(), "", "{incomplete}");
    }
    arrive_at("#main");
    assert_eq!(ResetLink::take_from_address(), None);
    assert_eq!(fragment(), "#main", "what is no link stays");
    arrive_at("#");
}

#[wasm_bindgen_test]
async fn a_password_is_set_with_what_the_link_carries() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (_app, seen) = auth_app(&page).await;
    for target in [RESET, CONFIRM] {
        backend.on(target, |_| Reply::ok(&json!({ "detail": "Fine." })));
    }
    seen.last().request_password_reset("ada@example.test").await.unwrap();
    assert_eq!(backend.last(RESET).json(), json!({ "email": "ada@example.test" }));
    arrive_at("#uid=abc&token=a%2Bb");
    let link = ResetLink::take_from_address().unwrap();
    seen.last().confirm_password_reset(&link, "new").await.unwrap();
    let sent = json!({ "uid": "abc", "token": "a+b", "new_password1": "new", "new_password2": "new" });
    assert_eq!(backend.last(CONFIRM).json(), sent);
}

#[wasm_bindgen_test]
async fn i7_a_change_of_the_password_with_a_rejected_token_refreshes_and_succeeds() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    backend.on(PASSWORD_CHANGE, |_| Reply::ok(&json!({ "detail": "Fine." })));
    backend.reject_access_token();
    assert_eq!(seen.last().change_password(PASSWORD, "new").await, Ok(()));
    assert_eq!(backend.count(PASSWORD_CHANGE), 2);
    let sent = json!({ "old_password": PASSWORD, "new_password1": "new", "new_password2": "new" });
    assert_eq!(backend.last(PASSWORD_CHANGE).json(), sent);
    assert!(seen.last().session().is_some());
}

#[wasm_bindgen_test]
async fn a_changed_name_is_in_the_session_at_once() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    let user = json!({ "pk": "pk-demo", "username": "demo", "first_name": "Ada", "last_name": "L." });
    backend.on(NAME_CHANGE, move |_| Reply::ok(&user));
    seen.last().change_name("Ada", "L.").await.unwrap();
    page.settle().await;
    assert_eq!(seen.last().session().unwrap().user.display_name(), "Ada L.");
    assert_eq!(backend.last(NAME_CHANGE).json(), json!({ "first_name": "Ada", "last_name": "L." }));
    assert_eq!(backend.count(USER), 0, "the answer is the user");
}
