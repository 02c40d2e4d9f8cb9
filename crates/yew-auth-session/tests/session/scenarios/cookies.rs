use yew_auth_session::{CredentialKind, Event, Revocation, SessionState, SignOutReason};

use crate::rig::{Rig, grant};
use crate::transport::over;

const SIGNED_OUT: SessionState = SessionState::Unauthenticated(SignOutReason::SignedOut);

#[test]
fn s3_over_cookies_a_late_answer_does_not_resurrect_a_signed_out_session() {
    over(CredentialKind::Cookie, || {
        let mut rig = Rig::signed_in();
        rig.run_until(240.0);
        rig.feed(|stored| Event::SignOutRequested { stored });
        rig.grant_refresh(grant(1, 240, 300));
        assert_eq!(*rig.machine.state(), SIGNED_OUT);
        assert_eq!(rig.revocations, [Revocation::Cookie], "whatever the cookies are by then");
    });
}

#[test]
fn s5_a_sign_in_whose_answer_was_lost_leaves_nobody_signed_in() {
    over(CredentialKind::Cookie, || {
        let mut rig = Rig::signed_in();
        rig.lose_sign_in();
        assert_eq!(*rig.machine.state(), SIGNED_OUT);
        assert_eq!(rig.revocations, [Revocation::Cookie]);
        assert!(rig.record().session().is_none());
    });
}

#[test]
fn what_a_strangers_lost_sign_in_may_have_left_is_revoked() {
    over(CredentialKind::Cookie, || {
        let mut rig = Rig::started(yew_auth_session::Stored::Absent);
        rig.lose_sign_in();
        assert_eq!(rig.revocations, [Revocation::Cookie]);
        rig.feed(|stored| Event::RevokeFinished { revocation: Revocation::Cookie, done: true, stored });
        assert_eq!(rig.record().revocations, []);
    });
}

#[test]
fn a_sign_out_of_cookies_that_waits_is_not_for_the_next_session() {
    over(CredentialKind::Cookie, || {
        let mut rig = Rig::signed_in();
        rig.set_online(false);
        rig.feed(|stored| Event::SignOutRequested { stored });
        assert!(rig.machine.is_to_revoke(&Revocation::Cookie));
        rig.set_online(true);
        rig.sign_in(grant(1, 0, 300));
        assert!(!rig.machine.is_to_revoke(&Revocation::Cookie));
        rig.run_until(200.0);
        assert_eq!(rig.revocations, []);
    });
}
