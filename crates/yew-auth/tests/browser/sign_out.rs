//! Signing out, at any time.

use wasm_bindgen_test::wasm_bindgen_test;
use yew_auth::{SessionState, SignOutReason};

use crate::backend::{Backend, LOGOUT, REFRESH};
use crate::page::Page;
use crate::probe::{auth_app, signed_in};
use crate::reply::{Gate, Reply};
use crate::transport::over_each_transport;

over_each_transport! {
    s2_a_lost_logout_is_sent_again_after_a_reload,
    s7_a_session_ends_at_its_absolute_end_without_a_request,
    s8_a_session_that_the_backend_has_ended_is_over_at_the_next_refresh_and_says_why,
}

#[wasm_bindgen_test]
async fn s1_signing_out_ends_the_session_here_and_at_the_backend() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    let tokens = backend.issued();
    seen.last().sign_out();
    page.settle().await;
    assert_eq!(*seen.last().state(), SessionState::Unauthenticated(SignOutReason::SignedOut));
    assert_eq!(backend.count(LOGOUT), 1);
    assert_eq!(backend.last(LOGOUT).json()["refresh"], tokens[1]);
    let record = page.record().unwrap();
    assert!(tokens.iter().all(|token| !record.contains(token)), "{record}");
}

#[wasm_bindgen_test]
async fn s2_signing_out_offline_takes_effect_at_once_and_reaches_the_backend_later() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    page.set_online(false).await;
    seen.last().sign_out();
    page.settle().await;
    assert!(seen.last().session().is_none());
    assert_eq!(backend.count(LOGOUT), 0);
    page.set_online(true).await;
    assert_eq!(backend.count(LOGOUT), 1);
    assert!(!page.record().unwrap().contains(&backend.issued()[1]));
}

async fn s2_a_lost_logout_is_sent_again_after_a_reload(page: Page) {
    let backend = Backend::start();
    let (app, seen) = signed_in(&page).await;
    backend.on(LOGOUT, |_| Reply::network_error());
    seen.last().sign_out();
    page.settle().await;
    app.close(&page).await;
    backend.restore_sessions();
    let (_app, seen) = auth_app(&page).await;
    page.advance_secs(60).await;
    assert!(seen.last().session().is_none());
    assert_eq!(backend.count(LOGOUT), 2);
    assert_eq!(backend.requests(LOGOUT)[0].body, backend.requests(LOGOUT)[1].body);
}

#[wasm_bindgen_test]
async fn s3_a_refresh_that_is_answered_after_the_sign_out_signs_nobody_in() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    let gate = Gate::new();
    let (late, held) = (backend.clone(), gate.clone());
    backend.on(REFRESH, move |request| late.renew(request).behind(&held));
    seen.last().refresh();
    page.settle().await;
    assert_eq!(backend.count(REFRESH), 1);
    seen.last().sign_out();
    page.settle().await;
    gate.open();
    page.settle().await;
    page.advance_secs(60).await;
    assert_eq!(*seen.last().state(), SessionState::Unauthenticated(SignOutReason::SignedOut));
    let issued = backend.issued();
    let told: Vec<_> = backend.requests(LOGOUT).iter().map(|request| request.json()["refresh"].clone()).collect();
    assert!(told.contains(&issued[3].as_str().into()), "the successor that came late must be ended too");
    assert!(issued.iter().all(|token| !page.record().unwrap().contains(token)));
}

async fn s8_a_session_that_the_backend_has_ended_is_over_at_the_next_refresh_and_says_why(page: Page) {
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    backend.end_session();
    page.advance_secs(300).await;
    assert_eq!(*seen.last().state(), SessionState::Unauthenticated(SignOutReason::Revoked));
    assert_eq!(backend.count(REFRESH), 1);
    let renders = seen.renders();
    page.advance_secs(600).await;
    assert_eq!((backend.count(REFRESH), seen.renders()), (1, renders));
}

async fn s7_a_session_ends_at_its_absolute_end_without_a_request(page: Page) {
    let backend = Backend::start();
    backend.set_session_end(page.now() + std::time::Duration::from_secs(100));
    let (_app, seen) = signed_in(&page).await;
    assert!(seen.last().session().is_some());
    page.advance_secs(100).await;
    assert_eq!(*seen.last().state(), SessionState::Unauthenticated(SignOutReason::AbsoluteEnd));
    assert_eq!(backend.count(REFRESH), 0);
}
