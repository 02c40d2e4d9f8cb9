use yew_auth_session::{EndCause, IssuedTokens, PlannedEnd, RefreshOutcome, SessionState, SignOutReason, Stored};

use crate::rig::{Rig, at, grant};

over_every_transport! {
    s7_a_session_ends_at_its_absolute_end_however_often_it_is_refreshed,
    s7_a_page_that_took_the_session_over_ends_it_by_its_own_clock_once_it_has_refreshed,
    s7_a_clock_that_jumps_past_the_end_ends_nothing,
    s8_f6_a_refusal_ends_the_session_once_and_says_why,
    s8_a_refusal_after_the_refresh_token_has_expired_says_so,
}

fn s7_a_session_ends_at_its_absolute_end_however_often_it_is_refreshed() {
    let mut rig = Rig::started(Stored::Absent);
    let until_1500 = |number: u32, issued_at: i64| {
        let mut grant = grant(number, issued_at, 300.min(1_500 - issued_at));
        grant.session_ends_at = Some(at(1_500));
        grant
    };
    rig.sign_in(until_1500(0, 0));
    for number in 1..=6 {
        rig.run_until_refresh();
        rig.grant_refresh(until_1500(number, rig.second()));
    }
    rig.run_until(1_490.0);
    assert_eq!(rig.sent_at(), [239, 478, 717, 956, 1_195, 1_434], "no refresh brings a token that lives longer");
    assert!(rig.machine.state().session().is_some());
    rig.run_until(1_500.0);
    assert_eq!(*rig.machine.state(), SessionState::Unauthenticated(SignOutReason::AbsoluteEnd));
}

/// A session that ends at second 1,500.
fn until_1500(number: u32, issued_at: i64) -> IssuedTokens {
    IssuedTokens { session_ends_at: Some(at(1_500)), ..grant(number, issued_at, 300) }
}

fn s7_a_page_that_took_the_session_over_ends_it_by_its_own_clock_once_it_has_refreshed() {
    let mut rig = Rig::started(Stored::Absent);
    rig.sign_in(until_1500(0, 0));
    let ended = |refreshes: bool| {
        let mut next = Rig::started(rig.stored.clone());
        next.run_until_refresh();
        if refreshes {
            next.grant_refresh(until_1500(1, next.second()));
        }
        // No refresh is answered any more.
        next.monotonic = 1_501.0;
        next.sync();
        next.machine.state().session().is_none()
    };
    assert!(ended(true));
    assert!(!ended(false), "the clock may have been set before the page was loaded");
}

fn s7_a_clock_that_jumps_past_the_end_ends_nothing() {
    let mut rig = Rig::started(Stored::Absent);
    rig.sign_in(until_1500(0, 0));
    rig.monotonic = 100.0;
    rig.sync();
    rig.jumped = 3_600;
    rig.machine.handle_timeout(rig.now());
    assert!(rig.machine.state().session().is_some());
    assert_eq!(rig.machine.planned_end(), None);
}

#[test]
fn an_absolute_end_is_planned_from_the_start_and_moved_by_no_refresh() {
    let mut rig = Rig::signed_in();
    let planned = Some(PlannedEnd { at: at(86_400), cause: EndCause::Absolute });
    assert_eq!(rig.machine.planned_end(), planned);
    rig.run_until_refresh();
    rig.grant_refresh(grant(1, rig.second(), 300));
    let moved = rig.machine.planned_end().expect("an end");
    assert!(moved.at.duration_since(at(86_400)).as_secs() < 2 && moved.cause == EndCause::Absolute, "{moved:?}");
}

#[test]
fn a_clock_that_has_jumped_plans_no_end_until_the_servers_is_known_again() {
    let mut rig = Rig::signed_in();
    rig.jumped = 3_600;
    rig.sync();
    assert_eq!(rig.machine.planned_end(), None);
    rig.run_until_refresh();
    rig.grant_refresh(grant(1, rig.second(), 300));
    let end = rig.machine.planned_end().expect("an end");
    assert_eq!(end.at.as_millis() / 60_000, at(86_400 + 3_600).as_millis() / 60_000);
}

fn s8_f6_a_refusal_ends_the_session_once_and_says_why() {
    let mut rig = Rig::signed_in();
    rig.run_until(240.0);
    rig.answer(RefreshOutcome::Refused);
    assert_eq!(*rig.machine.state(), SessionState::Unauthenticated(SignOutReason::Revoked));
    assert_eq!(rig.notices.last().unwrap().reason, Some(SignOutReason::Revoked));
    let notices = rig.notices.len();
    rig.run_until(10_000.0);
    assert_eq!((rig.refreshes.len(), rig.notices.len()), (1, notices));
}

fn s8_a_refusal_after_the_refresh_token_has_expired_says_so() {
    let mut rig = Rig::started(Stored::Absent);
    let mut short = grant(0, 0, 300);
    short.refresh_expires_at = Some(at(1_000));
    rig.sign_in(short);
    rig.set_online(false);
    rig.monotonic = 2_000.0;
    rig.set_online(true);
    rig.answer(RefreshOutcome::Refused);
    assert_eq!(*rig.machine.state(), SessionState::Unauthenticated(SignOutReason::Expired));
}
