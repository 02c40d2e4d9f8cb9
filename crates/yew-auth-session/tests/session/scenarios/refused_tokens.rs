use yew_auth_session::{Authorization, Connection, Degradation, Event, RefreshOutcome, Stored, TokenId};

use crate::rig::{Rig, grant};

over_every_transport! {
    a_401_makes_the_token_unusable_until_there_is_another,
    c21_while_the_refresh_is_down_a_401_to_one_request_leaves_the_token_to_the_others,
    c21_requests_wait_for_the_refresh_that_a_401_has_started,
    c21_a_401_right_after_the_token_was_issued_is_waited_out,
    c21_a_401_where_the_session_lives_on_with_its_token_is_the_requests_own,
    a_late_401_to_the_token_before_does_not_make_the_present_one_good,
    a_page_without_a_session_waits_for_no_proof_of_its_cookies,
}

fn a_401_makes_the_token_unusable_until_there_is_another() {
    let mut rig = Rig::signed_in();
    rig.monotonic = 20.0;
    let refused = rig.token();
    rig.feed(|_| Event::AccessTokenAccepted(refused.clone()));
    rig.feed(|_| Event::AccessTokenRejected(refused.clone()));
    assert_eq!(rig.authorization(), Authorization::Pending);
    rig.grant_refresh(grant(1, 20, 300));
    assert!(rig.is_ready());
    rig.feed(|_| Event::AccessTokenRejected(refused));
    assert!(rig.is_ready(), "that one is known");
}

fn refuse(rig: &mut Rig) -> TokenId {
    let refused = rig.token();
    rig.feed(|_| Event::AccessTokenAccepted(refused.clone()));
    rig.feed(|_| Event::AccessTokenRejected(refused.clone()));
    refused
}

fn c21_while_the_refresh_is_down_a_401_to_one_request_leaves_the_token_to_the_others() {
    let mut rig = Rig::signed_in();
    rig.monotonic = 20.0;
    let refused = refuse(&mut rig);
    let instead = |rig: &Rig| rig.machine.authorization_instead_of(&refused, rig.now());
    assert_eq!(instead(&rig), Authorization::Pending);
    rig.answer(RefreshOutcome::Failed { cause: Degradation::Unreachable, retry_after: None });
    assert!(rig.is_ready(), "the token is good for the others");
    assert_eq!(instead(&rig), Authorization::Unavailable(Degradation::Unreachable));
    rig.run_until(230.0);
    assert!(rig.is_ready());
    rig.run_until(301.0);
    assert!(!rig.is_ready());
}

fn c21_requests_wait_for_the_refresh_that_a_401_has_started() {
    let mut rig = Rig::signed_in();
    rig.monotonic = 20.0;
    let refused = refuse(&mut rig);
    assert_eq!(rig.authorization(), Authorization::Pending);
    rig.grant_refresh(grant(1, 20, 300));
    assert!(rig.is_ready());
    assert!(matches!(rig.machine.authorization_instead_of(&refused, rig.now()), Authorization::Ready { .. }));
}

fn c21_a_401_right_after_the_token_was_issued_is_waited_out() {
    let mut rig = Rig::signed_in();
    rig.run_until(1.0);
    let refused = refuse(&mut rig);
    assert!(rig.is_ready());
    assert_eq!(rig.machine.authorization_instead_of(&refused, rig.now()), Authorization::Pending);
    rig.run_until(5.1);
    assert_eq!(rig.refreshes.len(), 1);
}

fn c21_a_401_where_the_session_lives_on_with_its_token_is_the_requests_own() {
    let mut rig = Rig::signed_in();
    rig.monotonic = 20.0;
    let refused = refuse(&mut rig);
    rig.answer(RefreshOutcome::Confirmed);
    assert_eq!((rig.token(), rig.machine.connection()), (refused.clone(), Connection::Good));
    assert_eq!(rig.machine.authorization_instead_of(&refused, rig.now()), rig.authorization());
    // What the backend has just said still holds.
    rig.monotonic = 24.0;
    refuse(&mut rig);
    assert!(rig.is_ready());
    rig.run_until(50.0);
    assert_eq!(rig.sent_at(), [20]);
    refuse(&mut rig);
    assert_eq!((rig.sent_at(), rig.authorization()), (vec![20, 50], Authorization::Pending));
}

fn a_late_401_to_the_token_before_does_not_make_the_present_one_good() {
    let mut rig = Rig::signed_in();
    let former = rig.token();
    rig.run_until_refresh();
    rig.grant_refresh(grant(1, rig.second(), 300));
    rig.monotonic += 20.0;
    refuse(&mut rig);
    assert_eq!(rig.authorization(), Authorization::Pending);
    rig.feed(|_| Event::AccessTokenRejected(former));
    assert_eq!(rig.authorization(), Authorization::Pending);
}

fn a_page_without_a_session_waits_for_no_proof_of_its_cookies() {
    let mut rig = Rig::started(Stored::Absent);
    assert!(!rig.machine.awaits_proof());
    rig.sign_in(grant(0, 0, 300));
    rig.feed(|stored| Event::SignOutRequested { stored });
    assert!(!rig.machine.awaits_proof());
}
