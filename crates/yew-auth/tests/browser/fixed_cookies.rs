//! Cookies with the same names in every session: one change of the cookies at a time.

use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;
use yew_auth::{Login, RequestError, SessionState, SignOutReason};

use crate::backend::{Backend, LOGIN, LOGOUT, PASSWORD, REFRESH, USER};
use crate::page::Page;
use crate::probe::{auth_app, press_sign_in, sign_in, signed_in};
use crate::reply::{Gate, Reply};
use crate::transport::Transport;

async fn page() -> Page {
    Page::open_over(Transport::FixedCookie).await
}

#[wasm_bindgen_test]
async fn over_fixed_cookies_requests_carry_the_csrf_header_and_name_no_session() {
    let page = page().await;
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    seen.last().reload_user().await.unwrap();
    page.advance_secs(240).await;
    seen.last().sign_out();
    page.settle().await;
    for target in [LOGIN, USER, REFRESH, LOGOUT] {
        let request = backend.last(target);
        assert_eq!((request.header("x-csrf"), request.session()), (Some("1"), None), "{target}");
    }
}

#[wasm_bindgen_test]
async fn over_cookies_a_sign_in_waits_for_the_refresh_of_another_tab() {
    let page = page().await;
    let backend = Backend::start();
    let (_other, other) = signed_in(&page).await;
    let (_app, seen) = auth_app(&page).await;
    let gate = Gate::new();
    let (late, held) = (backend.clone(), gate.clone());
    backend.on(REFRESH, move |request| late.renew(request).behind(&held));
    other.last().refresh();
    page.advance_until("the other tab refreshes", || backend.count(REFRESH) == 1).await;
    press_sign_in(&page, &seen).await;
    page.advance_secs(5).await;
    assert_eq!(backend.count(LOGIN), 1, "its answer would be overwritten by that of the refresh");
    gate.open();
    page.settle().await;
    page.advance_secs(1).await;
    assert_eq!(backend.count(LOGIN), 2);
}

#[wasm_bindgen_test]
async fn over_cookies_a_sign_in_waits_for_the_sign_out_before_it() {
    let page = page().await;
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    let gate = Gate::new();
    let held = gate.clone();
    backend.on(LOGOUT, move |_| Reply::ok(&json!({})).behind(&held));
    seen.last().sign_out();
    page.settle().await;
    assert_eq!(backend.count(LOGOUT), 1);
    press_sign_in(&page, &seen).await;
    page.advance_secs(5).await;
    assert_eq!(backend.count(LOGIN), 1);
    gate.open();
    page.settle().await;
    page.advance_secs(1).await;
    assert_eq!(backend.count(LOGIN), 2);
    assert!(seen.last().session().is_some());
}

#[wasm_bindgen_test]
async fn over_cookies_a_sign_out_waits_for_the_refresh_that_is_under_way() {
    let page = page().await;
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    let gate = Gate::new();
    let (late, held) = (backend.clone(), gate.clone());
    backend.on(REFRESH, move |request| late.renew(request).behind(&held));
    seen.last().refresh();
    page.settle().await;
    seen.last().sign_out();
    page.settle().await;
    assert_eq!(*seen.last().state(), SessionState::Unauthenticated(SignOutReason::SignedOut), "here it is at once");
    assert_eq!(backend.count(LOGOUT), 0);
    gate.open();
    page.settle().await;
    page.advance_secs(1).await;
    assert_eq!(backend.count(LOGOUT), 1);
    assert_eq!(*seen.last().state(), SessionState::Unauthenticated(SignOutReason::SignedOut));
}

#[wasm_bindgen_test]
async fn f16_over_cookies_a_dead_tab_does_not_block_a_sign_in() {
    let page = page().await;
    let backend = Backend::start();
    let (_app, seen) = auth_app(&page).await;
    page.hold_lock_forever().await;
    page.leave_a_dead_lease();
    press_sign_in(&page, &seen).await;
    page.advance_secs(16).await;
    assert_eq!(backend.count(LOGIN), 0, "it may be at work");
    page.advance_secs(3).await;
    assert_eq!(backend.count(LOGIN), 1);
    assert!(seen.last().session().is_some());
}

#[wasm_bindgen_test]
async fn s2_over_cookies_a_sign_out_that_waits_is_dropped_at_the_next_sign_in() {
    let page = page().await;
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    backend.on(LOGOUT, |_| Reply::html(503));
    seen.last().sign_out();
    page.settle().await;
    assert_eq!(backend.count(LOGOUT), 1);
    backend.restore_sessions();
    sign_in(&page, &seen).await;
    page.advance_secs(120).await;
    assert_eq!(backend.count(LOGOUT), 1, "it would end the new session");
    assert!(seen.last().session().is_some());
}

#[wasm_bindgen_test]
async fn s5_over_cookies_a_sign_in_whose_answer_is_lost_leaves_nobody_signed_in() {
    let page = page().await;
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    let (_other, other) = auth_app(&page).await;
    backend.set_username("grace");
    let late = backend.clone();
    backend.on(LOGIN, move |_| {
        late.grant();
        Reply::network_error()
    });
    assert_eq!(seen.last().sign_in(Login::new("grace", PASSWORD)).await, Err(RequestError::Unreachable));
    page.advance_secs(1).await;
    assert!(seen.last().session().is_none(), "the cookies are another person's than the page would say");
    page.advance_until("the other tab has heard of it", || other.last().session().is_none()).await;
    assert_eq!(backend.count(LOGOUT), 1);
    backend.restore_sessions();
    sign_in(&page, &seen).await;
    assert_eq!(seen.last().session().unwrap().user.username, "grace");
}

#[wasm_bindgen_test]
async fn s5_over_cookies_an_unreadable_answer_to_a_strangers_sign_in_leaves_nobody_signed_in() {
    let page = page().await;
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    backend.set_username("grace");
    let late = backend.clone();
    backend.on(LOGIN, move |_| {
        late.grant();
        Reply::text(200, "{\"user\": ")
    });
    assert!(seen.last().sign_in(Login::new("grace", PASSWORD)).await.is_err());
    page.advance_secs(1).await;
    assert!(seen.last().session().is_none());
    assert_eq!(backend.count(LOGOUT), 1);
}

#[wasm_bindgen_test]
async fn over_cookies_a_wrong_password_ends_no_session() {
    let page = page().await;
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    assert!(seen.last().sign_in(Login::new("grace", "wrong")).await.is_err());
    page.advance_secs(60).await;
    assert!(seen.last().session().is_some());
    assert_eq!(backend.count(LOGOUT), 0);
}
