//! What becomes of a session whose estimate of the server's clock is void.

use yew_auth_session::{AccessToken, CredentialKind, Credentials, Event, IssuedTokens, RefreshOutcome, Stored};

use crate::rig::{Rig, at, grant};
use crate::transport::over;

over_every_transport! {
    a_session_that_is_only_confirmed_after_a_jump_is_used_until_the_api_refuses_it,
    a_jump_before_somebody_signs_in_makes_no_doubt_of_their_token,
    a_jump_that_is_noticed_before_the_record_is_read_ends_no_session,
    f5_a_refresh_that_is_overdue_when_the_network_comes_back_is_sent_anew_at_once,
}

fn a_session_that_is_only_confirmed_after_a_jump_is_used_until_the_api_refuses_it() {
    let mut rig = Rig::signed_in_for(3_000);
    let token = rig.token();
    rig.feed(|_| Event::AccessTokenAccepted(token));
    rig.monotonic = 100.0;
    rig.jumped = 30;
    rig.sync();
    assert_eq!(rig.refreshes.len(), 1);
    rig.answer(RefreshOutcome::Confirmed);
    rig.run_until(2_000.0);
    rig.sync();
    assert!(rig.is_ready(), "{:?}", rig.authorization());
    assert_eq!(rig.refreshes.len(), 1, "no later refresh could tell more");
    let token = rig.token();
    rig.feed(|_| Event::AccessTokenRejected(token));
    assert_eq!(rig.refreshes.len(), 2);
}

#[test]
fn a_jump_sends_no_refresh_of_a_token_that_nothing_can_renew() {
    over(CredentialKind::Bearer, || {
        let mut rig = Rig::started(Stored::Absent);
        let credentials = Credentials::Bearer { access: AccessToken::new("access").expect("a token"), refresh: None };
        rig.sign_in(IssuedTokens { credentials, ..grant(0, 0, 3_000) });
        rig.monotonic = 100.0;
        rig.sync();
        rig.jumped = 30;
        rig.sync();
        rig.run_until(2_000.0);
        assert!(rig.is_ready(), "{:?}", rig.authorization());
        assert_eq!(rig.refreshes.len(), 0);
    });
}

fn a_jump_before_somebody_signs_in_makes_no_doubt_of_their_token() {
    let mut rig = Rig::started(Stored::Absent);
    rig.monotonic = 60.0;
    rig.jumped = 10;
    rig.sync();
    rig.sign_in(grant(0, 60, 300));
    rig.monotonic = 61.0;
    rig.sync();
    assert!(rig.is_ready(), "{:?}", rig.authorization());
}

fn a_jump_that_is_noticed_before_the_record_is_read_ends_no_session() {
    let mut rig = Rig::started(Stored::Absent);
    rig.sign_in(IssuedTokens { access_expires_at: None, session_ends_at: Some(at(1_500)), ..grant(0, 0, 300) });
    rig.monotonic = 100.0;
    rig.jumped = 3_600;
    rig.feed(|_| Event::OnlineChanged(true));
    assert!(rig.machine.state().session().is_some());
}

fn f5_a_refresh_that_is_overdue_when_the_network_comes_back_is_sent_anew_at_once() {
    let mut rig = Rig::signed_in();
    rig.run_until_refresh();
    rig.set_online(false);
    rig.monotonic = 400.0;
    rig.set_online(true);
    assert_eq!(rig.sent_at(), [239, 400]);
}
