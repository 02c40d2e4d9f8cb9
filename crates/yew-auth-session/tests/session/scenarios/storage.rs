use yew_auth_session::{Event, Persistence, SessionState, SignOutReason, Stored};

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
fn whoever_clears_the_sites_data_is_signed_out() {
    let mut rig = Rig::signed_in();
    rig.stored = Stored::Absent;
    rig.sync();
    assert_eq!(*rig.machine.state(), SessionState::Unauthenticated(SignOutReason::SignedOutInAnotherTab));
}
