//! Signing out at the provider, after a session that was opened there.

use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{UrlSearchParams, window};

use crate::backend::Backend;
use crate::page::Page;
use crate::probe::{auth_app, sign_in};
use crate::sign_in_with_provider::{set_address, sign_in_with_provider};

#[wasm_bindgen_test]
async fn c23_after_a_sign_in_with_a_provider_a_sign_out_can_go_on_at_the_provider() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (app, seen) = auth_app(&page).await;
    sign_in_with_provider(&page, &backend, &seen).await;
    assert_eq!(seen.last().provider_session(), None, "somebody is signed in");
    seen.last().sign_out();
    page.settle().await;
    app.close(&page).await;
    // Another page has it too.
    let (_app, seen) = auth_app(&page).await;
    let session = seen.last().provider_session().unwrap();
    assert_eq!(session.provider_name(), "Dev");
    seen.last().sign_out_at_provider(&session).unwrap();
    page.settle().await;
    let hash = window().unwrap().location().hash().unwrap();
    let (path, query) = hash.split_once('?').unwrap();
    assert_eq!(query.split('&').count(), 2, "nothing but the client and the way back: {hash}");
    let query = UrlSearchParams::new_with_str(query).unwrap();
    let home = window().unwrap().location().origin().unwrap() + "/";
    assert_eq!(path, "#end-session");
    assert_eq!(query.get("client_id").as_deref(), Some("the client"));
    assert_eq!(query.get("post_logout_redirect_uri"), Some(home));
    assert_eq!(seen.last().provider_session(), None, "it is offered once");
    set_address("");
}

#[wasm_bindgen_test]
async fn c23_a_later_sign_in_by_password_leaves_nothing_to_end_at_the_provider() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (_app, seen) = auth_app(&page).await;
    sign_in_with_provider(&page, &backend, &seen).await;
    seen.last().sign_out();
    page.settle().await;
    sign_in(&page, &seen).await;
    seen.last().sign_out();
    page.settle().await;
    assert_eq!(seen.last().provider_session(), None);
    set_address("");
}

#[wasm_bindgen_test]
async fn c23_a_stored_address_that_is_no_web_address_is_not_offered() {
    let page = Page::open().await;
    let _backend = Backend::start();
    let forged = json!({ "name": "Dev", "client_id": "c", "end_session_url": "javascript:alert(1)" });
    let storage = window().unwrap().local_storage().unwrap().unwrap();
    storage.set_item(&format!("{}.provider", page.name()), &forged.to_string()).unwrap();
    let (_app, seen) = auth_app(&page).await;
    assert_eq!(seen.last().provider_session(), None);
}
