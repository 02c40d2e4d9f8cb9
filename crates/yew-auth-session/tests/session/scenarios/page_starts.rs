use std::time::Duration;

use yew_auth_session::{Authorization, Degradation, Event, LeaseId, RefreshOutcome, Stored};

use crate::rig::{Rig, grant};

over_every_transport! {
    a_session_expired_at_load_is_refreshed_not_dropped,
    c12_a_page_that_starts_after_a_refresh_whose_page_is_gone_does_not_wait_for_its_answer,
    c12_a_page_that_starts_while_another_one_refreshes_waits_for_it,
    c12_a_page_that_starts_after_an_early_try_leaves_the_new_token_alone_for_as_long_as_any_page_would,
    c12_a_page_that_starts_with_a_good_token_keeps_to_the_pause,
    c12_a_page_that_starts_honours_retry_after,
}

fn a_session_expired_at_load_is_refreshed_not_dropped() {
    let rig = Rig::signed_in();
    let mut next = Rig::started(Stored::Absent);
    next.monotonic = 5_000.0;
    next.stored = rig.stored;
    next.sync();
    assert_eq!(next.authorization(), Authorization::Pending);
    assert_eq!(next.refreshes.len(), 1);
}

/// The token has expired, and a page has sent a refresh at second 400.
fn refreshing_at_400() -> Rig {
    let mut rig = Rig::signed_in();
    rig.monotonic = 400.0;
    rig.sync();
    assert_eq!(rig.sent_at(), [400]);
    rig
}

fn start_at(second: f64, stored: Stored) -> Rig {
    let mut rig = Rig::waiting(stored);
    rig.monotonic = second;
    rig
}

fn start(rig: &mut Rig) {
    rig.feed(|stored| Event::Started { stored, online: true });
}

fn c12_a_page_that_starts_after_a_refresh_whose_page_is_gone_does_not_wait_for_its_answer() {
    let mut rig = start_at(403.0, refreshing_at_400().stored);
    start(&mut rig);
    assert_eq!(rig.sent_at(), [403]);
    rig.grant_refresh(grant(1, 403, 300));
    assert!(rig.is_ready());
    // Once is enough: the next try keeps its distance from this one.
    let mut rig = start_at(403.0, refreshing_at_400().stored);
    start(&mut rig);
    rig.answer(RefreshOutcome::Failed { cause: Degradation::Unreachable, retry_after: None });
    rig.run_until(433.0);
    assert_eq!(rig.sent_at(), [403]);
}

fn c12_a_page_that_starts_while_another_one_refreshes_waits_for_it() {
    let mut other = refreshing_at_400();
    let mut rig = start_at(403.0, other.stored.clone());
    rig.holder = Some(LeaseId::new("the other page"));
    start(&mut rig);
    rig.run_until(410.0);
    assert_eq!((rig.refreshes.len(), rig.authorization()), (0, Authorization::Pending));
    other.monotonic = 411.0;
    other.grant_refresh(grant(1, 411, 300));
    (rig.monotonic, rig.stored) = (411.0, other.stored);
    rig.sync();
    assert!(rig.is_ready());
    assert_eq!(rig.refreshes, []);
}

fn c12_a_page_that_starts_after_an_early_try_leaves_the_new_token_alone_for_as_long_as_any_page_would() {
    let mut rig = start_at(403.0, refreshing_at_400().stored);
    start(&mut rig);
    rig.grant_refresh(grant(1, 403, 10));
    rig.run_until(430.0);
    assert_eq!(rig.sent_at(), [403], "the request of the page that is gone may still arrive, with the old token");
    rig.run_until(432.0);
    assert_eq!(rig.sent_at(), [403, 431]);
}

fn c12_a_page_that_starts_with_a_good_token_keeps_to_the_pause() {
    let mut other = Rig::signed_in();
    other.run_until_refresh();
    let mut rig = start_at(245.0, other.stored);
    start(&mut rig);
    assert!(rig.is_ready());
    rig.run_until(269.0);
    assert_eq!(rig.refreshes, []);
}

fn c12_a_page_that_starts_honours_retry_after() {
    let mut other = refreshing_at_400();
    let retry_after = Some(Duration::from_secs(120));
    other.answer(RefreshOutcome::Failed { cause: Degradation::RateLimited, retry_after });
    let mut rig = start_at(403.0, other.stored);
    start(&mut rig);
    rig.run_until(519.0);
    assert_eq!(rig.refreshes, []);
}
