//! Cookies that are named after their session: marks, questions, takeovers.

use yew_auth_session::{
    Authorization, CredentialKind, Degradation, Event, FoundSession, RecordStatus, RefreshOutcome, Revocation,
    SessionState, SessionsOutcome, SignOutReason, Stored, User,
};

use crate::rig::{Rig, at, grant, session_of};

const NEVER: SessionState = SessionState::Unauthenticated(SignOutReason::NeverSignedIn);
const SIGNED_OUT: SessionState = SessionState::Unauthenticated(SignOutReason::SignedOut);

/// Ada's session 0 or Bob's session 1, as the server lists it; its token is good for five minutes from second 0.
fn found(number: u32) -> FoundSession {
    let name = if number == 0 { "ada" } else { "bob" };
    FoundSession {
        session: session_of(number * 9),
        user: User::new((number + 1).to_string(), name),
        signed_in_at: Some(at(0)),
        access_issued_at: Some(at(0)),
        access_expires_at: Some(at(300)),
        refresh_expires_at: Some(at(86_400)),
        session_ends_at: Some(at(86_400)),
    }
}

fn list(rig: &mut Rig, sessions: Vec<FoundSession>) {
    let server_time = Some(at(rig.second()));
    answer(rig, SessionsOutcome::Found { sessions, server_time });
}

fn answer(rig: &mut Rig, outcome: SessionsOutcome) {
    let (ticket, _) = *rig.questions.last().expect("a question was asked");
    let sent = rig.now().monotonic;
    rig.feed(|stored| Event::SessionsListed { ticket, outcome, sent, stored });
}

mod conflicts;
mod questions;
mod sign_ins;

over_only! { SessionCookie:
    a_request_and_a_refresh_name_the_session_that_is_shown {
        let mut rig = Rig::signed_in();
        let Authorization::Ready { access, session, .. } = rig.authorization() else { panic!("no token") };
        assert_eq!((access, session), (None, Some(session_of(0))));
        rig.run_until_refresh();
        assert_eq!(rig.named, [Some(session_of(0))]);
    }

    a_refresh_that_brings_another_session_is_no_answer {
        let mut rig = Rig::signed_in();
        rig.run_until_refresh();
        rig.grant_refresh(grant(9, 240, 300));
        assert_eq!(rig.machine.session_id(), Some(&session_of(0)));
        assert_eq!(rig.record().session().unwrap().access_issued_at, at(0));
    }

    c3_without_a_record_the_sessions_are_asked_for_once_and_the_first_paint_waits_for_nothing {
        for stored in [Stored::Absent, Stored::Corrupt, Stored::Unavailable] {
            let mut rig = Rig::started(stored);
            assert_eq!(*rig.machine.state(), NEVER);
            assert!(matches!(rig.authorization(), Authorization::Unauthenticated(_)));
            list(&mut rig, vec![found(1), found(0)]);
            assert_eq!(rig.username(), Some("bob"), "the newest");
            assert!(rig.is_ready());
            rig.run_until(200.0);
            assert_eq!((rig.questions.len(), rig.revocations.len()), (1, 0), "the others are left alone");
        }
    }

    a_browser_without_sessions_is_not_asked_about_at_each_start {
        let mut rig = Rig::started(Stored::Absent);
        list(&mut rig, Vec::new());
        assert_eq!(*rig.machine.state(), NEVER);
        let next = Rig::started(rig.stored);
        assert_eq!(next.questions, []);
    }

    c26_a_question_that_fails_is_asked_again_about_a_second_later_then_with_growing_pauses {
        let mut rig = Rig::started(Stored::Absent);
        let mut pauses = Vec::new();
        for _ in 0..7 {
            answer(&mut rig, SessionsOutcome::Failed { cause: Degradation::Unreachable, retry_after: None });
            let failed = rig.monotonic;
            rig.run_until_question();
            pauses.push(rig.monotonic - failed);
        }
        for (pause, shortest) in pauses.iter().zip([1.0, 2.0, 4.0, 8.0, 16.0, 31.0, 31.0]) {
            assert!((shortest..shortest * 1.5).contains(pause), "{pauses:?}");
        }
    }

    c26_after_an_answer_the_pauses_are_short_again {
        let mut rig = Rig::signed_in();
        let fail_once = |rig: &mut Rig| {
            rig.run_until(rig.monotonic + 1.1);
            answer(rig, SessionsOutcome::Failed { cause: Degradation::Unreachable, retry_after: None });
            let failed = rig.monotonic;
            rig.run_until_question();
            rig.monotonic - failed
        };
        rig.feed(|stored| Event::AnotherSession { session: session_of(0), stored });
        let pauses = [fail_once(&mut rig), fail_once(&mut rig), fail_once(&mut rig)];
        assert!(pauses[2] >= 4.0, "{pauses:?}");
        list(&mut rig, vec![found(1)]);
        rig.feed(|stored| Event::AnotherSession { session: session_of(9), stored });
        let pause = fail_once(&mut rig);
        assert!(pause < 1.7, "{pause}");
    }

    f4_a_question_honours_retry_after {
        let mut rig = Rig::started(Stored::Absent);
        let retry_after = Some(std::time::Duration::from_secs(100));
        answer(&mut rig, SessionsOutcome::Failed { cause: Degradation::RateLimited, retry_after });
        rig.run_until(99.0);
        assert_eq!(rig.questions.len(), 1);
        rig.run_until(101.0);
        assert_eq!(rig.questions.len(), 2);
    }

    c13_cookies_that_are_not_kept_are_noticed_at_the_first_request {
        let mut rig = Rig::signed_in();
        rig.run_until(2.0);
        let token = rig.token();
        rig.feed(|_| Event::AccessTokenRejected(token));
        assert_eq!(rig.authorization(), Authorization::Pending);
        list(&mut rig, Vec::new());
        assert_eq!(*rig.machine.state(), SessionState::Unauthenticated(SignOutReason::CookiesNotKept));
        assert_eq!((rig.refreshes.len(), rig.revocations.len()), (0, 0));
    }

    c13_a_first_request_that_is_refused_for_another_reason_ends_nothing {
        let mut rig = Rig::signed_in();
        rig.run_until(2.0);
        let token = rig.token();
        rig.feed(|_| Event::AccessTokenRejected(token));
        list(&mut rig, vec![found(0)]);
        assert_eq!(rig.username(), Some("ada"));
        rig.run_until_refresh();
        rig.answer(RefreshOutcome::Refused);
        assert_eq!(*rig.machine.state(), SessionState::Unauthenticated(SignOutReason::Revoked));
    }

    c13_a_session_that_was_accepted_once_and_is_refused_later_is_left_to_the_refresh {
        let mut rig = Rig::signed_in();
        let questions = rig.questions.len();
        let token = rig.token();
        assert!(rig.machine.awaits_proof());
        rig.feed(|_| Event::AccessTokenAccepted(token.clone()));
        assert!(!rig.machine.awaits_proof());
        rig.run_until(10.0);
        rig.feed(|_| Event::AccessTokenRejected(token));
        assert_eq!((rig.questions.len(), rig.refreshes.len()), (questions, 1));
        rig.answer(RefreshOutcome::Refused);
        assert_eq!(*rig.machine.state(), SessionState::Unauthenticated(SignOutReason::Revoked));
    }

    a_session_that_is_found_without_a_token_is_refreshed_at_once {
        let mut rig = Rig::started(Stored::Absent);
        list(&mut rig, vec![FoundSession { access_issued_at: None, access_expires_at: None, ..found(0) }]);
        assert_eq!(rig.username(), Some("ada"));
        assert_eq!(rig.named, [Some(session_of(0))]);
    }

    without_the_servers_time_a_found_token_is_not_trusted {
        let mut rig = Rig::started(Stored::Absent);
        answer(&mut rig, SessionsOutcome::Found { sessions: vec![found(0)], server_time: None });
        assert_eq!(rig.authorization(), Authorization::Pending);
        rig.grant_refresh(grant(0, 0, 300));
        assert!(rig.is_ready());
    }

    an_old_record_is_given_its_name_silently {
        let mut rig = old_page();
        assert_eq!(rig.username(), Some("ada"));
        assert_eq!(rig.authorization(), Authorization::Pending);
        list(&mut rig, vec![found(1), found(0)]);
        assert_eq!((rig.username(), rig.machine.session_id()), (Some("ada"), Some(&session_of(0))), "the same person");
        assert!(rig.is_ready());
        assert_eq!(rig.refreshes, []);
    }

    an_old_record_without_a_living_session_is_signed_out {
        let mut rig = old_page();
        list(&mut rig, Vec::new());
        assert_eq!(*rig.machine.state(), SessionState::Unauthenticated(SignOutReason::Revoked));
    }

    a_sign_out_that_an_old_release_could_not_send_is_sent_by_name {
        let mut old = Rig::waiting(Stored::Absent);
        old.machine = old_machine();
        old.feed(|stored| Event::Started { stored, online: true });
        old.sign_in(fixed());
        old.set_online(false);
        old.feed(|stored| Event::SignOutRequested { stored });
        let mut rig = Rig::started(old.stored);
        list(&mut rig, vec![found(0)]);
        assert_eq!(rig.revocations, [Revocation::Session(session_of(0))]);
        assert_eq!(*rig.machine.state(), SIGNED_OUT);
    }

    another_session_looks_at_the_record_first {
        let mut rig = Rig::signed_in();
        let mut other = Rig::started(rig.stored.clone());
        other.sign_in(grant(9, 0, 300));
        rig.stored = other.stored;
        rig.feed(|stored| Event::AnotherSession { session: session_of(0), stored });
        assert_eq!((rig.machine.session_id(), rig.questions.len()), (Some(&session_of(9)), 0));
    }

    another_session_asks_once_and_takes_up_the_newest {
        let mut rig = Rig::signed_in();
        rig.monotonic = 5.0;
        rig.feed(|stored| Event::AnotherSession { session: session_of(0), stored });
        assert_eq!(rig.authorization(), Authorization::Pending);
        assert_eq!(rig.username(), Some("ada"), "it ends no session");
        list(&mut rig, vec![found(1)]);
        assert_eq!(rig.username(), Some("bob"));
        assert_eq!(rig.machine.session_id(), Some(&session_of(9)));
        rig.run_until(200.0);
        assert_eq!((rig.questions.len(), rig.revocations.len()), (1, 0));
    }

    a_refresh_answered_with_another_session_asks_too_and_ends_nothing {
        let mut rig = Rig::signed_in();
        rig.run_until_refresh();
        rig.answer(RefreshOutcome::AnotherSession);
        assert_eq!((rig.username(), rig.questions.len()), (Some("ada"), 1));
        list(&mut rig, vec![found(0)]);
        assert_eq!(rig.username(), Some("ada"), "its cookies are back");
    }

    another_session_that_is_gone_again_is_left_to_the_refresh {
        let mut rig = Rig::signed_in();
        rig.monotonic = 10.0;
        rig.feed(|stored| Event::AnotherSession { session: session_of(0), stored });
        list(&mut rig, Vec::new());
        assert_eq!(rig.username(), Some("ada"));
        assert_eq!(rig.refreshes.len(), 1);
    }
}

fn old_machine() -> yew_auth_session::SessionMachine {
    yew_auth_session::SessionMachine::new(yew_auth_session::RefreshPolicy::default(), CredentialKind::Cookie, 7)
}

fn fixed() -> yew_auth_session::IssuedTokens {
    yew_auth_session::IssuedTokens { credentials: yew_auth_session::Credentials::Cookie, ..grant(0, 0, 300) }
}

/// A page of this release that finds the record of one that knew fixed names only.
fn old_page() -> Rig {
    let mut old = Rig::waiting(Stored::Absent);
    old.machine = old_machine();
    old.feed(|stored| Event::Started { stored, online: true });
    old.sign_in(fixed());
    let RecordStatus::SignedIn(_) = old.record().status else { panic!("signed in") };
    Rig::started(old.stored)
}
