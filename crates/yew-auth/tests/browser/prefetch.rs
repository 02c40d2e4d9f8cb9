//! The permit for a script in the page's head to send a request early.

use serde_json::Value;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::backend::Backend;
use crate::page::Page;
use crate::probe::signed_in;
use crate::transport::Transport;

fn permit(page: &Page) -> Option<Value> {
    Some(serde_json::from_str(&page.prefetch_permit()?).unwrap())
}

fn record(page: &Page) -> Value {
    let stored: Value = serde_json::from_str(&page.record().unwrap()).unwrap();
    stored["record"].clone()
}

fn expires_at(page: &Page) -> i64 {
    record(page)["status"]["signed_in"]["access_expires_at"].as_i64().unwrap()
}

#[wasm_bindgen_test]
async fn over_cookies_a_script_may_prefetch_until_the_token_is_refreshed_and_is_told_of_the_next() {
    let page = Page::open_over(Transport::Cookie).await;
    let _backend = Backend::start();
    let (_app, _seen) = signed_in(&page).await;
    let first = permit(&page).unwrap();
    // The clocks agree, and the app refreshes the token 60 s before its end.
    assert_eq!(first["until"], expires_at(&page) - 60_000, "{first}");
    assert_eq!(first["generation"], record(&page)["generation"]);
    page.advance_secs(240).await;
    let second = permit(&page).unwrap();
    assert_eq!(second["until"], expires_at(&page) - 60_000, "{second}");
    assert!(second["until"].as_i64() > first["until"].as_i64(), "{second}");
    assert_eq!(second["generation"], record(&page)["generation"]);
    assert_ne!(second["generation"], first["generation"]);
}

#[wasm_bindgen_test]
async fn a_sign_out_ends_the_permit_to_prefetch() {
    let page = Page::open_over(Transport::Cookie).await;
    let _backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    assert!(permit(&page).is_some());
    seen.last().sign_out();
    page.settle().await;
    assert_eq!(permit(&page), None);
}

#[wasm_bindgen_test]
async fn f13_a_record_that_cannot_be_stored_leaves_no_permit_to_prefetch() {
    let page = Page::open_over(Transport::Cookie).await;
    let _backend = Backend::start();
    let (_app, _seen) = signed_in(&page).await;
    page.fill_storage();
    page.advance_secs(240).await;
    assert_eq!((page.record(), permit(&page)), (None, None));
}

#[wasm_bindgen_test]
async fn tokens_that_a_script_would_have_to_hold_permit_no_prefetch() {
    let page = Page::open_over(Transport::Bearer).await;
    let _backend = Backend::start();
    let (_app, _seen) = signed_in(&page).await;
    assert!(page.record().is_some());
    assert_eq!(permit(&page), None);
}
