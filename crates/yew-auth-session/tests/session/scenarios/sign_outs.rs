use yew_auth_session::{Authorization, Event, RecordStatus, SessionState, SignOutReason, Stored};

use crate::rig::{Rig, grant, revocation_of};

over_every_transport! {
    s1_signing_out_is_told_with_its_reason_and_revokes_the_session,
    s1_another_tab_says_that_it_was_signed_out_elsewhere,
    s2_signing_out_offline_is_done_at_once_and_revokes_when_online,
    s2_a_revocation_survives_the_page,
    s2_a_revocation_that_does_not_get_through_is_tried_again,
    s2_a_revocation_that_waits_is_tried_when_the_page_wakes_or_the_network_is_back,
    s2_a_revocation_of_another_tab_is_left_to_that_tab_while_it_may_be_at_it,
    s5_a_stale_tab_adopts_the_session_of_who_signed_in_after,
    of_two_tabs_that_write_the_same_generation_the_one_that_signs_out_has_its_way,
}

const SIGNED_OUT: SessionState = SessionState::Unauthenticated(SignOutReason::SignedOut);

fn s1_signing_out_is_told_with_its_reason_and_revokes_the_session() {
    let mut rig = Rig::signed_in();
    rig.feed(|stored| Event::SignOutRequested { stored });
    assert_eq!(*rig.machine.state(), SIGNED_OUT);
    assert_eq!(rig.notices.last().unwrap().reason, Some(SignOutReason::SignedOut));
    assert_eq!(rig.revocations, [revocation_of(0)]);
    assert!(rig.record().session().is_none());
}

fn s1_another_tab_says_that_it_was_signed_out_elsewhere() {
    let mut rig = Rig::signed_in();
    let mut record = rig.record();
    record.generation = record.generation.next();
    record.status = RecordStatus::SignedOut(SignOutReason::SignedOut);
    rig.stored = Stored::Present(Box::new(record));
    rig.sync();
    assert_eq!(*rig.machine.state(), SessionState::Unauthenticated(SignOutReason::SignedOutInAnotherTab));
}

fn s2_signing_out_offline_is_done_at_once_and_revokes_when_online() {
    let mut rig = Rig::signed_in();
    rig.set_online(false);
    rig.feed(|stored| Event::SignOutRequested { stored });
    assert_eq!(*rig.machine.state(), SIGNED_OUT);
    rig.run_until(600.0);
    assert_eq!(rig.revocations, []);
    rig.set_online(true);
    // Cookies are revoked only after a look at whose they are.
    rig.run_until(602.0);
    assert_eq!(rig.revocations, [revocation_of(0)]);
}

fn s2_a_revocation_survives_the_page() {
    let mut rig = Rig::signed_in();
    rig.set_online(false);
    rig.feed(|stored| Event::SignOutRequested { stored });
    let mut next = Rig::started(rig.stored);
    assert_eq!(next.revocations, [revocation_of(0)]);
    next.feed(|stored| Event::RevokeFinished { revocation: revocation_of(0), done: true, stored });
    assert_eq!(next.record().revocations, []);
}

fn s2_a_revocation_that_does_not_get_through_is_tried_again() {
    let mut rig = Rig::signed_in();
    rig.feed(|stored| Event::SignOutRequested { stored });
    rig.feed(|stored| Event::RevokeFinished { revocation: revocation_of(0), done: false, stored });
    rig.run_until(30.0);
    assert_eq!(rig.revocations.len(), 1);
    rig.run_until(32.0);
    assert_eq!(rig.revocations.len(), 2);
}

fn s2_a_revocation_that_waits_is_tried_when_the_page_wakes_or_the_network_is_back() {
    let waiting = || {
        let mut rig = Rig::signed_in();
        rig.feed(|stored| Event::SignOutRequested { stored });
        rig.feed(|stored| Event::RevokeFinished { revocation: revocation_of(0), done: false, stored });
        rig.monotonic = 5.0;
        rig
    };
    let mut woken = waiting();
    woken.feed(|stored| Event::Woke { stored });
    assert_eq!(woken.revocations.len(), 2);

    let mut online = waiting();
    online.feed(|_| Event::OnlineChanged(true));
    online.run_until(7.0);
    assert_eq!(online.revocations.len(), 1, "it was there all along");
    online.feed(|_| Event::OnlineChanged(false));
    online.feed(|_| Event::OnlineChanged(true));
    // Cookies are revoked only after a look at whose they are.
    online.run_until(9.0);
    assert_eq!(online.revocations.len(), 2);
}

fn s2_a_revocation_of_another_tab_is_left_to_that_tab_while_it_may_be_at_it() {
    let mut rig = Rig::signed_in();
    let mut other = Rig::started(rig.stored.clone());
    rig.feed(|stored| Event::SignOutRequested { stored });
    other.stored = rig.stored.clone();
    other.sync();
    other.feed(|stored| Event::Woke { stored });
    other.run_until(30.9);
    assert_eq!(other.revocations, []);
    let mut done = Rig { stored: other.stored.clone(), ..Rig::started(other.stored.clone()) };
    done.feed(|stored| Event::RevokeFinished { revocation: revocation_of(0), done: true, stored });
    let mut informed = Rig::started(rig.stored.clone());
    informed.revocations.clear();
    informed.stored = done.stored;
    informed.run_until(100.0);
    assert_eq!(informed.revocations, [], "it has been told");
    // That tab is gone.
    other.run_until(31.1);
    assert_eq!(other.revocations, [revocation_of(0)]);
}

#[test]
fn s2_no_more_than_eight_sessions_are_remembered_the_newest() {
    let mut rig = Rig::signed_in();
    rig.feed(|_| Event::OnlineChanged(false));
    for number in 1..=9 {
        rig.sign_in(grant(number, 0, 300));
    }
    assert_eq!(rig.record().revocations, (1..=8).map(revocation_of).collect::<Vec<_>>());
}

#[test]
fn s3_a_late_answer_does_not_resurrect_a_signed_out_session() {
    let mut rig = Rig::signed_in();
    rig.run_until(240.0);
    rig.feed(|stored| Event::SignOutRequested { stored });
    rig.grant_refresh(grant(1, 240, 300));
    assert_eq!(*rig.machine.state(), SIGNED_OUT);
    assert!(rig.record().session().is_none());
    rig.feed(|stored| Event::RevokeFinished { revocation: revocation_of(0), done: true, stored });
    assert_eq!(rig.revocations, [revocation_of(0), revocation_of(1)]);
}

fn s5_a_stale_tab_adopts_the_session_of_who_signed_in_after() {
    let mut rig = Rig::signed_in();
    let mut other = Rig::started(rig.stored.clone());
    other.feed(|stored| Event::SignOutRequested { stored });
    other.sign_in(grant(9, 0, 300));
    rig.stored = other.stored;
    rig.sync();
    let Authorization::Ready { access, session, .. } = rig.authorization() else { panic!("{:?}", rig.authorization()) };
    let expected = grant(9, 0, 300).credentials;
    assert_eq!((access.as_ref(), session.as_ref()), (expected.access_token(), expected.session()));
}

fn of_two_tabs_that_write_the_same_generation_the_one_that_signs_out_has_its_way() {
    let mut rig = Rig::signed_in();
    let mut refreshed = rig.record();
    refreshed.generation = refreshed.generation.next();
    let generation = refreshed.generation;
    rig.feed(|stored| Event::SignOutRequested { stored });
    // The other tab had not seen it, and its write came last.
    rig.stored = Stored::Present(Box::new(refreshed));
    rig.sync();
    assert_eq!(*rig.machine.state(), SIGNED_OUT);
    assert_eq!(rig.record().status, RecordStatus::SignedOut(SignOutReason::SignedOut));
    assert_eq!(rig.record().generation, generation.next());
}
