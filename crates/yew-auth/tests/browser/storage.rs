//! Storage that is blocked, full, corrupt, or written by a newer release.

use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;
use yew_auth::session::SCHEMA;
use yew_auth::{Persistence, SessionState, SignOutReason};

use crate::backend::{Backend, POSTS, REFRESH};
use crate::page::Page;
use crate::probe::{auth_app, sign_in, signed_in};

#[wasm_bindgen_test]
async fn f13_with_blocked_storage_the_session_lives_in_memory_and_says_so() {
    let page = Page::open().await;
    let backend = Backend::start();
    page.block_storage();
    let (_app, seen) = auth_app(&page).await;
    assert_eq!(seen.last().persistence(), Persistence::MemoryOnly);
    sign_in(&page, &seen).await;
    assert_eq!(seen.last().session().unwrap().user.username, "demo");
    page.advance_secs(2 * 240).await;
    assert_eq!(backend.count(REFRESH), 2);
    seen.last().sign_out();
    page.settle().await;
    assert_eq!(*seen.last().state(), SessionState::Unauthenticated(SignOutReason::SignedOut));
}

#[wasm_bindgen_test]
async fn f13_with_full_storage_the_session_lives_in_memory_and_no_used_token_stays_stored() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    assert_eq!(seen.last().persistence(), Persistence::Shared);
    page.fill_storage();
    page.advance_secs(240).await;
    assert_eq!(backend.count(REFRESH), 1);
    assert_eq!(seen.last().persistence(), Persistence::MemoryOnly);
    assert!(seen.last().session().is_some());
    assert_eq!(page.record(), None);
}

#[wasm_bindgen_test]
async fn f14_a_corrupt_record_is_no_session_and_is_replaced_by_the_next_sign_in() {
    for text in ["", "{", "null", "[]", r#"{"schema":1}"#, r#"{"schema":1,"record":{}}"#, r#"{"schema":"1"}"#, "\u{0}"]
    {
        let page = Page::open().await;
        let _backend = Backend::start();
        page.write_record(text);
        let (app, seen) = auth_app(&page).await;
        assert!(seen.last().session().is_none(), "{text}");
        sign_in(&page, &seen).await;
        app.close(&page).await;
        let (_app, seen) = auth_app(&page).await;
        assert!(seen.last().session().is_some(), "{text}");
    }
}

#[wasm_bindgen_test]
async fn f14_a_record_of_a_newer_release_is_never_overwritten() {
    let page = Page::open().await;
    let _backend = Backend::start();
    let newer = r#"{"schema":999,"record":{"new":"form"}}"#;
    page.write_record(newer);
    let (_app, seen) = auth_app(&page).await;
    assert_eq!(*seen.last().state(), SessionState::Unauthenticated(SignOutReason::NewerRelease));
    sign_in(&page, &seen).await;
    page.advance_secs(300).await;
    seen.last().sign_out();
    page.settle().await;
    assert_eq!(page.record().as_deref(), Some(newer));
}

#[wasm_bindgen_test]
async fn f14_a_newer_release_in_another_tab_ends_the_session_here_and_says_why() {
    let page = Page::open().await;
    let _backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    page.write_record(&format!(r#"{{"schema":{},"record":null}}"#, SCHEMA + 1));
    page.tell_of_the_record().await;
    assert_eq!(*seen.last().state(), SessionState::Unauthenticated(SignOutReason::NewerRelease));
}

#[wasm_bindgen_test]
async fn x5_a_record_with_a_token_that_no_header_can_carry_is_no_session() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (app, seen) = signed_in(&page).await;
    app.close(&page).await;
    let mut record: Value = serde_json::from_str(&page.record().unwrap()).unwrap();
    record["record"]["status"]["signed_in"]["credentials"]["bearer"]["access"] = json!("a\r\nx-evil: 1");
    page.write_record(&record.to_string());
    drop(seen);
    let (_app, seen) = auth_app(&page).await;
    assert!(seen.last().session().is_none());
    assert_eq!(backend.count(POSTS), 0);
}

#[wasm_bindgen_test]
async fn a_record_that_was_cleared_signs_out() {
    let page = Page::open().await;
    let _backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    page.remove_record();
    page.tell_of_the_record().await;
    assert!(seen.last().session().is_none());
}
