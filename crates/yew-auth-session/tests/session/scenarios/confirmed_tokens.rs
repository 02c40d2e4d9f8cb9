//! Tokens that nothing can renew: the backend only says whether their session lives.

use std::time::Duration;

use yew_auth_session::{
    AccessToken, Authorization, CredentialKind, Credentials, Degradation, Event, IssuedTokens, RefreshOutcome, Stored,
};

use crate::rig::{Rig, at, grant};
use crate::transport::over;

/// The token of DRF's `authtoken`: the same one at each sign-in.
fn only_access(expires_at: Option<i64>) -> IssuedTokens {
    IssuedTokens {
        credentials: Credentials::Bearer { access: AccessToken::new("same").expect("a token"), refresh: None },
        access_issued_at: None,
        access_expires_at: expires_at.map(at),
        refresh_expires_at: None,
        session_ends_at: None,
    }
}

fn signed_in(expires_at: Option<i64>) -> Rig {
    let mut rig = Rig::started(Stored::Absent);
    rig.sign_in(only_access(expires_at));
    rig
}

/// The backend confirms the session whenever it is asked.
fn confirm_until(rig: &mut Rig, end: f64) {
    while rig.monotonic < end {
        let asked = rig.refreshes.len();
        rig.run_until(rig.monotonic + 1.0);
        rig.sync();
        if rig.refreshes.len() > asked {
            rig.answer(RefreshOutcome::Confirmed);
        }
    }
}

over_only! { Bearer:
    a_sign_in_that_brings_the_same_token_again_does_not_revoke_it {
        let mut rig = signed_in(None);
        rig.monotonic = 100.0;
        rig.sign_in(only_access(None));
        assert_eq!(rig.revocations, []);
    }

    a_sign_out_that_did_not_get_through_is_not_sent_for_the_same_token_of_a_new_sign_in {
        let mut rig = signed_in(None);
        rig.feed(|stored| Event::SignOutRequested { stored });
        let revocation = rig.revocations.pop().expect("the server is told");
        rig.feed(|stored| Event::RevokeFinished { revocation, done: false, stored });
        rig.sign_in(only_access(None));
        rig.run_until(200.0);
        assert_eq!(rig.revocations, []);
    }

    a_confirmed_token_is_used_though_a_jump_came_with_the_loss_of_the_storage {
        let mut rig = signed_in(Some(3_000));
        rig.monotonic = 10.0;
        rig.sync();
        rig.jumped = 7_200;
        rig.stored = Stored::Unavailable;
        confirm_until(&mut rig, 120.0);
        assert!(rig.is_ready(), "{:?} after {:?}", rig.authorization(), rig.sent_at());
        assert_eq!(rig.refreshes.len(), 1);
    }

    a_confirmed_token_is_used_where_the_clock_was_set_before_the_page_was_loaded {
        let mut next = Rig { jumped: 7_200, ..Rig::waiting(signed_in(Some(3_000)).stored) };
        next.feed(|stored| Event::Started { stored, online: true });
        if !next.refreshes.is_empty() {
            next.answer(RefreshOutcome::Confirmed);
        }
        confirm_until(&mut next, 120.0);
        assert!(next.is_ready(), "{:?} after {:?}", next.authorization(), next.sent_at());
        assert_eq!(next.refreshes.len(), 1);
    }

    a_confirmed_token_is_used_where_the_clock_is_ahead_and_nobody_knows_the_servers {
        let mut rig = Rig { jumped: 7_200, ..Rig::waiting(Stored::Absent) };
        rig.feed(|stored| Event::Started { stored, online: true });
        rig.sign_in(only_access(Some(3_000)));
        confirm_until(&mut rig, 120.0);
        assert!(rig.is_ready(), "{:?} after {:?}", rig.authorization(), rig.sent_at());
        assert!(rig.refreshes.len() <= 2, "{:?}", rig.sent_at());
    }

    a_token_that_is_confirmed_before_its_end_keeps_that_end {
        let mut rig = signed_in(Some(600));
        rig.monotonic = 100.0;
        let refused = rig.token();
        rig.feed(|_| Event::AccessTokenRejected(refused));
        rig.answer(RefreshOutcome::Confirmed);
        let ends_at = rig.record().session().and_then(|session| session.access_expires_at);
        assert_eq!(ends_at, Some(at(600)));
    }

    a_token_that_nothing_renews_is_asked_about_at_its_end_and_not_before {
        let mut rig = signed_in(Some(600));
        confirm_until(&mut rig, 590.0);
        assert_eq!(rig.refreshes, []);
        confirm_until(&mut rig, 700.0);
        assert_eq!((rig.refreshes.len(), rig.is_ready()), (1, true));
    }
}

/// A backend with fixed cookies may confirm a session, too.
#[test]
fn f4_a_confirmation_keeps_the_pause_that_another_tab_was_asked_for() {
    over(CredentialKind::Cookie, || {
        let mut rig = Rig::signed_in();
        rig.monotonic = 20.0;
        rig.feed(|_| Event::RefreshRequested);
        // This page is frozen. Another one takes its lock, asks too, and is told to wait.
        let mut other = Rig::started(rig.stored.clone());
        other.monotonic = 60.0;
        other.feed(|_| Event::RefreshRequested);
        let retry_after = Some(Duration::from_secs(200));
        other.answer(RefreshOutcome::Failed { cause: Degradation::RateLimited, retry_after });
        rig.monotonic = 61.0;
        rig.stored = other.stored;
        rig.answer(RefreshOutcome::Confirmed);
        rig.monotonic = 70.0;
        let token = rig.token();
        rig.feed(|_| Event::AccessTokenRejected(token));
        rig.run_until(259.0);
        assert_eq!(rig.sent_at(), [20]);
    });
}

#[test]
fn what_was_confirmed_of_one_session_says_nothing_of_the_next() {
    over(CredentialKind::Bearer, || {
        let mut rig = Rig::signed_in();
        rig.monotonic = 20.0;
        rig.feed(|_| Event::RefreshRequested);
        rig.answer(RefreshOutcome::Confirmed);
        let mut other = Rig::started(rig.stored.clone());
        other.monotonic = 21.0;
        other.sign_in_bob(grant(9, 21, 300));
        rig.monotonic = 22.0;
        rig.stored = other.stored;
        rig.sync();
        assert_eq!(rig.username(), Some("bob"));
        let refused = rig.token();
        rig.feed(|_| Event::AccessTokenRejected(refused.clone()));
        let instead = rig.machine.authorization_instead_of(&refused, rig.now());
        assert!(!matches!(instead, Authorization::Ready { .. }), "{instead:?}");
    });
}
