//! What is left of one person's session when the next person signs in.

use yew_auth_session::{Connection, CredentialKind, Event, RefreshOutcome, SessionState, SignOutReason, Stored};

use crate::rig::{Rig, grant, revocation_of};
use crate::transport::over;

over_every_transport! {
    s5_a_tab_that_has_missed_that_the_sites_data_was_cleared_adopts_who_has_signed_in_since,
    s5_nor_does_such_a_tab_end_their_session,
    s5_a_refresh_that_is_given_up_says_nothing_of_the_next_persons_session,
    a_doubled_answer_to_a_revocation_leaves_no_timer,
}

/// A tab that shows Ada, refreshed twice, and one in which Bob has signed in after the site's data was cleared.
fn cleared_and_signed_in_by_bob() -> (Rig, Rig) {
    let mut rig = Rig::signed_in();
    for (number, issued_at) in [(1, 240), (2, 480)] {
        rig.run_until_refresh();
        rig.grant_refresh(grant(number, issued_at, 300));
    }
    let mut other = Rig::waiting(Stored::Absent);
    other.monotonic = rig.monotonic;
    other.feed(|stored| Event::Started { stored, online: true });
    other.find_no_session();
    other.sign_in_bob(grant(9, 480, 300));
    rig.monotonic += 5.0;
    rig.stored = other.stored.clone();
    rig.sync();
    (rig, other)
}

fn s5_a_tab_that_has_missed_that_the_sites_data_was_cleared_adopts_who_has_signed_in_since() {
    let (rig, _) = cleared_and_signed_in_by_bob();
    assert_eq!(rig.username(), Some("bob"));
}

fn s5_nor_does_such_a_tab_end_their_session() {
    let (mut rig, mut other) = cleared_and_signed_in_by_bob();
    rig.run_until_refresh();
    let issued_at = rig.second();
    rig.grant_refresh(grant(10, issued_at, 300));
    other.monotonic = rig.monotonic;
    other.stored = rig.stored.clone();
    other.sync();
    assert_eq!((rig.username(), other.username()), (Some("bob"), Some("bob")));
}

fn s5_a_refresh_that_is_given_up_says_nothing_of_the_next_persons_session() {
    let mut rig = Rig::signed_in();
    rig.run_until_refresh();
    let mut other = Rig::started(rig.stored.clone());
    other.monotonic = rig.monotonic + 1.0;
    other.feed(|stored| Event::SignOutRequested { stored });
    other.sign_in_bob(grant(9, 240, 300));
    rig.monotonic += 2.0;
    rig.stored = other.stored;
    rig.sync();
    rig.run_until(260.0);
    assert_eq!((rig.username(), rig.machine.connection()), (Some("bob"), Connection::Good));
}

fn a_doubled_answer_to_a_revocation_leaves_no_timer() {
    let mut rig = Rig::signed_in();
    rig.feed(|stored| Event::SignOutRequested { stored });
    for done in [false, true] {
        rig.feed(|stored| Event::RevokeFinished { revocation: revocation_of(0), done, stored });
    }
    assert_eq!(rig.machine.poll_timeout(), None);
}

#[test]
fn s5_the_next_persons_refresh_is_not_put_off_by_the_one_before() {
    over(CredentialKind::Bearer, || {
        let mut rig = Rig::signed_in();
        rig.run_until_refresh();
        rig.feed(|stored| Event::SignOutRequested { stored });
        // Due at half its life, at second 254, just before the refresh of the former session is given up.
        rig.sign_in_bob(grant(9, 239, 30));
        rig.run_until(265.0);
        assert_eq!((rig.machine.connection(), rig.sent_at().len()), (Connection::Good, 2));
    });
}

/// The successor of a token whose session is over has nobody to end it.
#[test]
fn s3_a_late_successor_is_revoked_where_somebody_else_is_signed_in() {
    over(CredentialKind::Bearer, || {
        let mut rig = Rig::signed_in();
        rig.run_until_refresh();
        rig.feed(|stored| Event::SignOutRequested { stored });
        rig.feed(|stored| Event::RevokeFinished { revocation: revocation_of(0), done: true, stored });
        rig.sign_in_bob(grant(9, 240, 300));
        rig.grant_refresh(grant(1, 240, 300));
        assert_eq!(rig.username(), Some("bob"));
        assert_eq!(rig.revocations, [revocation_of(0), revocation_of(1)]);
    });
}

#[test]
fn f14_a_late_successor_is_not_revoked_where_a_newer_release_has_taken_the_session_over() {
    over(CredentialKind::Bearer, || {
        let mut rig = Rig::signed_in();
        rig.run_until_refresh();
        rig.stored = Stored::Newer;
        rig.answer(RefreshOutcome::Granted(Box::new(grant(1, 240, 300))));
        assert_eq!(*rig.machine.state(), SessionState::Unauthenticated(SignOutReason::NewerRelease));
        assert_eq!(rig.revocations, []);
    });
}
