//! Several tabs: two providers of one name have a session machine each, and share storage, lock and channel.

use std::time::Duration;

use wasm_bindgen_test::wasm_bindgen_test;
use yew_auth::{SessionState, SignOutReason};

use crate::backend::{Backend, LOGOUT, REFRESH};
use crate::page::Page;
use crate::probe::{auth_app, sign_in, signed_in};
use crate::transport::over_each_transport;

over_each_transport! {
    a_sign_in_is_adopted_by_the_other_tab,
    s1_signing_out_in_one_tab_signs_out_the_other_at_once_and_revokes_once,
    s5_a_stale_tab_adopts_the_next_user,
    two_tabs_make_one_refresh_in_each_lifetime,
    f17_without_locks_two_tabs_still_make_one_refresh_in_each_lifetime,
    f17_with_locks_that_refuse_two_tabs_still_make_one_refresh_in_each_lifetime,
    f17_without_locks_and_channel_a_session_is_opened_refreshed_and_ended,
    f16_a_lock_is_taken_from_a_holder_that_does_not_respond,
    f16_a_web_lock_is_stolen_from_a_holder_that_does_not_respond,
}

async fn a_sign_in_is_adopted_by_the_other_tab(page: Page) {
    let _backend = Backend::start();
    let (_other, other) = auth_app(&page).await;
    let (_app, seen) = auth_app(&page).await;
    sign_in(&page, &seen).await;
    page.advance_secs(20).await;
    assert_eq!(other.last().session(), seen.last().session());
    assert!(other.last().session().is_some());
}

async fn s1_signing_out_in_one_tab_signs_out_the_other_at_once_and_revokes_once(page: Page) {
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    let (_other, other) = auth_app(&page).await;
    seen.last().sign_out();
    page.advance_until("the other tab has heard of it", || other.last().session().is_none()).await;
    assert_eq!(*other.last().state(), SessionState::Unauthenticated(SignOutReason::SignedOutInAnotherTab));
    page.advance_secs(120).await;
    assert_eq!(backend.count(LOGOUT), 1);
}

async fn s5_a_stale_tab_adopts_the_next_user(page: Page) {
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    let (_other, other) = auth_app(&page).await;
    seen.last().sign_out();
    page.settle().await;
    backend.set_username("grace");
    sign_in(&page, &seen).await;
    page.advance_secs(20).await;
    assert_eq!(other.last().session().unwrap().user.username, "grace");
}

async fn two_tabs_make_one_refresh_in_each_lifetime(page: Page) {
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    let (_other, other) = auth_app(&page).await;
    page.advance_secs(5 * 250).await;
    assert_eq!(backend.count(REFRESH), 5);
    assert!(seen.last().session().is_some() && other.last().session().is_some());
}

async fn f17_without_locks_two_tabs_still_make_one_refresh_in_each_lifetime(page: Page) {
    let backend = Backend::start();
    page.remove_locks();
    let (_app, seen) = signed_in(&page).await;
    let (_other, other) = auth_app(&page).await;
    page.advance_secs(5 * 250).await;
    assert_eq!(backend.count(REFRESH), 5);
    assert!(seen.last().session().is_some() && other.last().session().is_some());
}

async fn f17_with_locks_that_refuse_two_tabs_still_make_one_refresh_in_each_lifetime(page: Page) {
    let backend = Backend::start();
    for (throws, refreshes) in [(false, 3), (true, 6)] {
        page.refuse_locks(throws);
        let (app, seen) = signed_in(&page).await;
        let (other_app, other) = auth_app(&page).await;
        page.advance_secs(3 * 250).await;
        assert_eq!(backend.count(REFRESH), refreshes, "throws: {throws}");
        assert!(seen.last().session().is_some() && other.last().session().is_some());
        app.close(&page).await;
        other_app.close(&page).await;
    }
}

#[wasm_bindgen_test]
async fn f17_without_a_channel_the_storage_event_signs_the_other_tab_out() {
    let page = Page::open().await;
    let _backend = Backend::start();
    page.remove_broadcast();
    let (_app, seen) = signed_in(&page).await;
    let (_other, other) = auth_app(&page).await;
    seen.last().sign_out();
    page.tell_of_the_record().await;
    assert_eq!(*other.last().state(), SessionState::Unauthenticated(SignOutReason::SignedOutInAnotherTab));
}

async fn f17_without_locks_and_channel_a_session_is_opened_refreshed_and_ended(page: Page) {
    let backend = Backend::start();
    page.remove_locks();
    page.remove_broadcast();
    let (_app, seen) = signed_in(&page).await;
    page.advance_secs(3 * 240).await;
    assert_eq!(backend.count(REFRESH), 3);
    seen.last().sign_out();
    page.advance_until("the backend is told", || backend.count(LOGOUT) == 1).await;
}

async fn f16_a_lock_is_taken_from_a_holder_that_does_not_respond(page: Page) {
    let backend = Backend::start();
    page.remove_locks();
    let (_app, seen) = signed_in(&page).await;
    page.leave_a_dead_lease();
    page.advance_secs(290).await;
    assert_eq!(backend.count(REFRESH), 1);
    assert!(seen.last().session().is_some());
}

async fn f16_a_web_lock_is_stolen_from_a_holder_that_does_not_respond(page: Page) {
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    page.hold_lock_forever().await;
    page.leave_a_dead_lease();
    page.advance_secs(240).await;
    assert_eq!(backend.count(REFRESH), 0, "a lock is not stolen before its lease is old");
    page.advance_secs(50).await;
    assert_eq!(backend.count(REFRESH), 1);
    assert!(seen.last().session().is_some());
}

#[wasm_bindgen_test]
async fn x5_messages_on_the_channel_change_nothing_that_is_not_stored() {
    let page = Page::open().await;
    let backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    let (renders, requests, record) = (seen.renders(), backend.total(), page.record());
    let forger = web_sys::BroadcastChannel::new(page.name()).unwrap();
    for message in ["", "{", r#"{"generation":99999999}"#, r#"{"generation":99,"reason":"revoked"}"#, "null"] {
        forger.post_message(&message.into()).unwrap();
    }
    page.advance_secs(20).await;
    page.tell_of_the_record().await;
    forger.close();
    assert_eq!((seen.renders(), backend.total(), page.record()), (renders, requests, record));
    assert!(seen.last().session().is_some());
}

#[wasm_bindgen_test]
async fn s4_a_page_restored_from_the_cache_reads_the_record_at_once() {
    let page = Page::open().await;
    let _backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    // What another tab wrote at its sign-out, while this page was frozen and got no event.
    page.remove_record();
    page.show_again().await;
    assert!(seen.last().session().is_none());
}

#[wasm_bindgen_test]
async fn s4_a_page_restored_from_the_cache_sees_a_sign_out_whose_news_comes_late() {
    let page = Page::open().await;
    let _backend = Backend::start();
    let (_app, seen) = signed_in(&page).await;
    page.show_again().await;
    page.remove_record();
    assert!(seen.last().session().is_some(), "no event has told the page");
    page.advance(Duration::from_millis(100)).await;
    assert!(seen.last().session().is_none());
}
