use yew_auth_session::{Authorization, Event, Generation, Persistence, SessionState, SignOutReason, Stored};

use crate::rig::{Rig, grant};

#[test]
fn f13_where_storage_is_blocked_the_session_lives_in_memory_and_needs_no_lock() {
    let mut rig = Rig::started(Stored::Unavailable);
    rig.sign_in(grant(0, 0, 300));
    assert_eq!(rig.machine.persistence(), Persistence::MemoryOnly);
    assert!(rig.is_ready());
    rig.holder = Some(yew_auth_session::LeaseId::new("nobody's business"));
    rig.run_until(240.0);
    rig.grant_refresh(grant(1, 240, 300));
    assert!(rig.is_ready());
    assert_eq!(rig.stored, Stored::Unavailable);
}

#[test]
fn before_it_has_started_a_page_knows_nothing_and_plans_nothing() {
    let mut rig = Rig::waiting(Rig::signed_in().stored);
    assert_eq!((rig.machine.state(), rig.authorization()), (&SessionState::Loading, Authorization::Pending));
    rig.machine.handle_timeout(rig.now());
    assert_eq!((rig.machine.poll_effect(), rig.machine.poll_timeout()), (None, None));
    assert_eq!((rig.machine.state(), rig.authorization()), (&SessionState::Loading, Authorization::Pending));
}

#[test]
fn f13_a_storage_that_is_full_makes_the_session_one_of_this_page() {
    let mut rig = Rig::signed_in();
    rig.feed(|_| Event::StoreFailed);
    rig.stored = Stored::Absent;
    rig.sync();
    assert_eq!(rig.machine.persistence(), Persistence::MemoryOnly);
    assert!(rig.machine.state().session().is_some());
}

#[test]
fn f14_a_record_of_a_newer_release_is_never_overwritten() {
    let mut rig = Rig::started(Stored::Newer);
    assert_eq!(*rig.machine.state(), SessionState::Unauthenticated(SignOutReason::NewerRelease));
    rig.sign_in(grant(0, 0, 300));
    rig.run_until(240.0);
    rig.grant_refresh(grant(1, 240, 300));
    rig.feed(|stored| Event::SignOutRequested { stored });
    assert_eq!(rig.stored, Stored::Newer);
}

#[test]
fn f14_a_newer_release_that_takes_over_while_the_page_is_open_ends_the_session_here() {
    let mut rig = Rig::signed_in();
    rig.stored = Stored::Newer;
    rig.sync();
    assert_eq!(*rig.machine.state(), SessionState::Unauthenticated(SignOutReason::NewerRelease));
    rig.run_until(1_000.0);
    assert_eq!((rig.refreshes.len(), rig.stored), (0, Stored::Newer));
}

#[test]
fn f14_a_corrupt_record_is_nobody_signed_in_and_is_replaced_at_the_next_sign_in() {
    let mut rig = Rig::started(Stored::Corrupt);
    assert_eq!(*rig.machine.state(), SessionState::Unauthenticated(SignOutReason::NeverSignedIn));
    rig.sign_in(grant(0, 0, 300));
    assert!(rig.record().session().is_some());
}

#[test]
fn f14_no_stored_generation_is_so_high_that_nothing_can_follow_it() {
    for number in [u64::MAX, u64::MAX - 1, 1 << 63, (1 << 63) - 1] {
        let mut record = Rig::signed_in().record();
        record.generation = Generation::from(number);
        let mut rig = Rig::started(Stored::Present(Box::new(record)));
        assert_ne!(*rig.machine.state(), SessionState::Loading);
        // Half-way round, a first change may still count as the older one: then it is replaced, and the next follows.
        rig.sign_in(grant(5, 0, 300));
        rig.sync();
        rig.sign_in(grant(6, 0, 300));
        assert!(rig.record().generation != Generation::from(number), "the sign-in is stored over {number}");
        rig.feed(|stored| Event::SignOutRequested { stored });
        assert!(rig.record().session().is_none(), "the sign-out is stored over {number}");
        rig.sync();
        assert!(rig.machine.state().session().is_none(), "nothing comes back from {number}");
    }
}

#[test]
fn whoever_clears_the_sites_data_is_signed_out() {
    let mut rig = Rig::signed_in();
    rig.stored = Stored::Absent;
    rig.sync();
    assert_eq!(*rig.machine.state(), SessionState::Unauthenticated(SignOutReason::SignedOutInAnotherTab));
}
