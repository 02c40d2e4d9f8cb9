//! Cookies that are named after their session: no token in a script's hands, and each request names its session.

use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;
use yew_auth::{Login, Misconfiguration, RequestError};

use crate::backend::{Backend, LOGIN, LOGOUT, PASSWORD, REFRESH, SESSIONS, USER};
use crate::page::Page;
use crate::probe::{auth_app, press_sign_in, sign_in, signed_in};
use crate::reply::{Gate, Reply};
use crate::transport::Transport;

async fn page() -> Page {
    Page::open_over(Transport::Cookie).await
}

/// The names of all members, at whatever depth, in their order.
fn names(value: &Value) -> Vec<&str> {
    let Value::Object(members) = value else { return Vec::new() };
    members.iter().flat_map(|(name, member)| std::iter::once(name.as_str()).chain(names(member))).collect()
}

#[wasm_bindgen_test]
async fn t1_over_cookies_the_shared_record_holds_generation_times_skew_and_user_alone() {
    let page = page().await;
    let backend = Backend::start();
    let (_app, _seen) = signed_in(&page).await;
    page.advance_secs(240).await;
    assert_eq!(backend.count(REFRESH), 1);
    let text = page.record().unwrap();
    assert!(backend.issued().iter().all(|token| !text.contains(token)), "{text}");
    let record: Value = serde_json::from_str(&text).unwrap();
    let session = &record["record"]["status"]["signed_in"];
    assert_eq!(session["credentials"], json!({ "session_cookie": { "session": backend.newest_session() } }));
    let mut known = vec!["schema", "record", "generation", "status", "signed_in", "credentials"];
    known.extend(["session_cookie", "session", "pending_sign_ins"]);
    known.extend(["user", "id", "username", "email", "first_name", "last_name", "full_name", "details"]);
    known.extend(["access_issued_at", "access_expires_at", "refresh_expires_at", "session_ends_at", "signed_in_at"]);
    known.extend(["refresh_end_is_fixed", "clock", "skew", "uncertainty", "secs", "nanos", "measured_at"]);
    known.extend(["refresh_pause", "number", "until", "since", "active_at", "revocations"]);
    let unknown: Vec<_> = names(&record).into_iter().filter(|name| !known.contains(name)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[wasm_bindgen_test]
async fn over_cookies_requests_carry_the_cookies_and_name_their_session_and_carry_no_token() {
    let page = page().await;
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    let session = backend.newest_session();
    seen.last().reload_user().await.unwrap();
    page.advance_secs(240).await;
    seen.last().sign_out();
    page.settle().await;
    for (target, named) in [(LOGIN, "none"), (USER, &session), (REFRESH, &session), (LOGOUT, &session)] {
        let request = backend.last(target);
        assert_eq!(request.credentials, "same-origin", "{target}");
        assert_eq!(request.session(), Some(named), "{target}");
        assert_eq!((request.header("authorization"), request.header("x-csrf")), (None, None), "{target}");
    }
    for target in [REFRESH, LOGOUT] {
        assert_eq!(backend.last(target).json(), json!({}), "{target}");
    }
}

#[wasm_bindgen_test]
async fn over_cookies_an_answer_with_the_refresh_token_in_its_body_signs_nobody_in() {
    let page = page().await;
    let backend = Backend::start();
    let (_app, seen) = auth_app(&page).await;
    let late = backend.clone();
    backend.on(LOGIN, move |_| {
        let mut grant = late.grant();
        grant["refresh"] = "a.b.c".into();
        Reply::ok(&grant)
    });
    let result = seen.last().sign_in(Login::new("demo", PASSWORD)).await;
    page.advance_secs(1).await;
    assert_eq!(result, Err(RequestError::Misconfigured(Misconfiguration::TokenInsteadOfCookies)));
    assert!(seen.last().session().is_none());
}

#[wasm_bindgen_test]
async fn over_cookies_a_wrong_password_ends_no_session() {
    let page = page().await;
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    let session = backend.newest_session();
    assert!(seen.last().sign_in(Login::new("grace", "wrong")).await.is_err());
    assert_eq!(backend.last(LOGIN).session(), Some(session.as_str()), "the session that the page shows");
    page.advance_secs(60).await;
    assert!(seen.last().session().is_some());
    assert_eq!((backend.count(LOGOUT), backend.count(SESSIONS)), (0, 1), "nothing is left to find out");
}

#[wasm_bindgen_test]
async fn f16_over_cookies_a_sign_in_waits_for_no_other_tab() {
    let page = page().await;
    let backend = Backend::start();
    let (_app, seen) = auth_app(&page).await;
    page.hold_lock_forever().await;
    press_sign_in(&page, &seen).await.result().unwrap();
    assert_eq!(backend.count(LOGIN), 1);
    assert!(seen.last().session().is_some());
}

#[wasm_bindgen_test]
async fn s5_over_cookies_a_late_sign_out_of_one_person_leaves_the_next_signed_in() {
    let page = page().await;
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    let (gate, first) = (Gate::new(), backend.newest_session());
    let (late, held) = (backend.clone(), gate.clone());
    backend.on(LOGOUT, move |request| late.log_out(request).behind(&held));
    seen.last().sign_out();
    page.settle().await;
    backend.set_username("grace");
    sign_in(&page, &seen).await;
    gate.open();
    page.settle().await;
    page.advance_secs(300).await;
    assert_eq!(backend.signed_in(), ["grace"]);
    assert!(backend.requests(LOGOUT).iter().all(|logout| logout.session() == Some(first.as_str())));
    seen.last().reload_user().await.unwrap();
    assert_eq!(seen.last().session().unwrap().user.username, "grace");
}

#[wasm_bindgen_test]
async fn s5_over_cookies_a_late_refresh_of_one_person_changes_nothing_for_the_next() {
    let page = page().await;
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    let gate = Gate::new();
    let (late, held) = (backend.clone(), gate.clone());
    backend.on(REFRESH, move |request| late.renew(request).behind(&held));
    seen.last().refresh();
    page.settle().await;
    backend.set_username("grace");
    sign_in(&page, &seen).await;
    let second = backend.newest_session();
    gate.open();
    page.settle().await;
    backend.restore_sessions();
    page.advance_secs(300).await;
    assert_eq!(seen.last().session().unwrap().user.username, "grace");
    assert_eq!(backend.last(REFRESH).session(), Some(second.as_str()));
    assert_eq!(backend.signed_in(), ["grace"], "the session before was revoked by its name");
}

#[wasm_bindgen_test]
async fn s2_over_cookies_a_sign_out_that_waits_is_sent_after_the_next_sign_in_and_ends_its_own_session() {
    let page = page().await;
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    let first = backend.newest_session();
    backend.on(LOGOUT, |_| Reply::html(503));
    seen.last().sign_out();
    page.settle().await;
    backend.restore_sessions();
    backend.set_username("grace");
    sign_in(&page, &seen).await;
    page.advance_until("the first session is ended", || backend.signed_in() == ["grace"]).await;
    assert_eq!(backend.last(LOGOUT).session(), Some(first.as_str()));
    assert!(seen.last().session().is_some());
}

#[wasm_bindgen_test]
async fn s2_over_cookies_only_the_backends_own_answer_is_the_end_of_a_sign_out() {
    let page = page().await;
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    let refusals = [
        Reply::json(400, &json!({ "detail": "Two cookies of one name.", "code": "cookie_conflict" })),
        Reply::html(403),
        Reply::html(404),
        Reply::html(500),
        Reply::network_error(),
    ];
    seen.last().sign_out();
    for reply in refusals {
        let before = backend.count(LOGOUT);
        backend.on(LOGOUT, move |_| reply.clone());
        page.advance_until("the sign-out is sent again", || backend.count(LOGOUT) > before).await;
    }
    backend.restore_sessions();
    page.advance_until("the sign-out is sent again", || backend.signed_in().is_empty()).await;
    let done = backend.count(LOGOUT);
    page.advance_secs(600).await;
    assert_eq!(backend.count(LOGOUT), done);
}

#[wasm_bindgen_test]
async fn s5_over_cookies_a_sign_in_whose_answer_is_lost_leaves_the_session_and_is_revoked_later() {
    let page = page().await;
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    backend.set_username("grace");
    let late = backend.clone();
    backend.on(LOGIN, move |_| {
        late.grant();
        Reply::network_error()
    });
    assert_eq!(seen.last().sign_in(Login::new("grace", PASSWORD)).await, Err(RequestError::Unreachable));
    page.advance_secs(1).await;
    assert_eq!(seen.last().session().unwrap().user.username, "demo", "cookies of grace do not touch demo's");
    assert_eq!(backend.signed_in(), ["demo", "grace"]);
    page.advance_until("the session that nobody shows is ended", || backend.signed_in() == ["demo"]).await;
    assert_eq!(seen.last().session().unwrap().user.username, "demo");
}

#[wasm_bindgen_test]
async fn s5_over_cookies_a_sign_in_whose_answer_is_lost_is_shown_where_nobody_was_signed_in() {
    let page = page().await;
    let backend = Backend::start();
    let (_app, seen) = auth_app(&page).await;
    let late = backend.clone();
    backend.on(LOGIN, move |_| {
        late.grant();
        Reply::network_error()
    });
    assert!(seen.last().sign_in(Login::new("demo", PASSWORD)).await.is_err());
    page.advance_until("the session is shown", || seen.last().session().is_some()).await;
    assert_eq!((backend.count(LOGOUT), backend.signed_in()), (0, vec!["demo".to_owned()]));
    seen.last().reload_user().await.unwrap();
}

#[wasm_bindgen_test]
async fn s3_over_cookies_a_sign_in_that_is_answered_after_a_sign_out_is_ended_and_says_so() {
    let page = page().await;
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    let (_other, other) = auth_app(&page).await;
    backend.set_username("grace");
    let (late, gate) = (backend.clone(), Gate::new());
    let held = gate.clone();
    backend.on(LOGIN, move |_| Reply::ok(&late.grant()).behind(&held));
    let late_sign_in = press_sign_in(&page, &other).await;
    seen.last().sign_out();
    page.settle().await;
    gate.open();
    page.settle().await;
    assert_eq!(late_sign_in.result(), Err(RequestError::Superseded));
    page.advance_until("both sessions are ended", || backend.signed_in().is_empty()).await;
    assert!(seen.last().session().is_none() && other.last().session().is_none());
}
