//! When the server is asked which sessions the browser holds, and when it is asked again.

use std::time::Duration;

use super::*;
use yew_auth_session::Connection;

const UNREACHABLE: SessionsOutcome = SessionsOutcome::Failed { cause: Degradation::Unreachable, retry_after: None };

fn limited(secs: u64) -> SessionsOutcome {
    SessionsOutcome::Failed { cause: Degradation::RateLimited, retry_after: Some(Duration::from_secs(secs)) }
}

/// Ada is shown, and the server has said at second 10 that the browser holds another session.
fn in_conflict() -> Rig {
    let mut rig = Rig::signed_in();
    rig.run_until(10.0);
    rig.feed(|stored| Event::AnotherSession { session: session_of(0), stored });
    rig
}

/// When the next question is asked.
fn asks_again(rig: &mut Rig) -> f64 {
    rig.run_until_question();
    rig.monotonic
}

/// Questions fail until the pauses do not grow any more. When the last one failed.
fn fail_for_long(rig: &mut Rig) -> f64 {
    for _ in 0..5 {
        answer(rig, UNREACHABLE);
        asks_again(rig);
    }
    answer(rig, UNREACHABLE);
    rig.monotonic
}

over_only! { SessionCookie:
    without_an_answer_a_page_in_conflict_says_why_and_asks_again_after_a_second {
        let mut rig = in_conflict();
        assert_eq!(rig.authorization(), Authorization::Pending);
        answer(&mut rig, UNREACHABLE);
        assert_eq!(rig.machine.connection(), Connection::Degraded(Degradation::Unreachable));
        assert_eq!(rig.authorization(), Authorization::Unavailable(Degradation::Unreachable));
        assert!((11.0..11.6).contains(&asks_again(&mut rig)));
        assert_eq!(rig.authorization(), Authorization::Pending);
        list(&mut rig, vec![found(1)]);
        assert_eq!((rig.username(), rig.machine.connection()), (Some("bob"), Connection::Good));
    }

    a_page_in_conflict_is_about_to_ask_within_a_second {
        let mut rig = in_conflict();
        answer(&mut rig, limited(31));
        rig.monotonic = 39.0;
        assert!(matches!(rig.authorization(), Authorization::Unavailable(_)));
        asks_again(&mut rig);
        answer(&mut rig, UNREACHABLE);
        assert!(matches!(rig.authorization(), Authorization::Unavailable(_)));
        rig.feed(|stored| Event::Woke { stored });
        assert_eq!(rig.authorization(), Authorization::Pending);
    }

    a_page_in_conflict_that_wakes_or_is_online_again_asks_within_a_second {
        for event in [true, false] {
            let mut rig = in_conflict();
            fail_for_long(&mut rig);
            rig.monotonic += 4.0;
            let improved = rig.monotonic;
            if event {
                rig.feed(|stored| Event::Woke { stored });
            } else {
                rig.set_online(false);
                assert_eq!(rig.authorization(), Authorization::Unavailable(Degradation::Offline));
                rig.set_online(true);
            }
            assert!((0.9..1.1).contains(&(asks_again(&mut rig) - improved)));
        }
    }

    not_even_a_page_that_wakes_asks_before_the_server_wants_to_be_asked {
        let mut rig = in_conflict();
        answer(&mut rig, limited(100));
        rig.feed(|stored| Event::Woke { stored });
        assert!((109.9..110.1).contains(&asks_again(&mut rig)));
        answer(&mut rig, limited(1_000_000));
        assert!((410.0..425.0).contains(&asks_again(&mut rig)), "five minutes at most");
    }

    a_page_that_can_go_on_without_the_answer_is_not_hastened {
        let mut rig = Rig::started(Stored::Absent);
        let failed = fail_for_long(&mut rig);
        assert_eq!(rig.machine.connection(), Connection::Good);
        rig.feed(|stored| Event::Woke { stored });
        assert!(asks_again(&mut rig) - failed > 31.0);
    }

    a_page_that_is_offline_asks_nothing_until_it_is_online {
        let mut rig = Rig::signed_in();
        rig.set_online(false);
        rig.feed(|stored| Event::AnotherSession { session: session_of(0), stored });
        rig.run_until(100.0);
        assert_eq!(rig.questions, []);
        rig.set_online(true);
        assert_eq!(rig.questions.len(), 1);
    }

    offline_a_page_in_conflict_waits_for_no_answer {
        let mut rig = Rig::signed_in();
        rig.set_online(false);
        rig.feed(|stored| Event::AnotherSession { session: session_of(0), stored });
        assert_eq!(rig.authorization(), Authorization::Unavailable(Degradation::Offline));
        rig.set_online(true);
        assert_eq!(rig.authorization(), Authorization::Pending, "the question is under way");
    }

    a_page_in_conflict_waits_while_a_probe_shows_whether_it_is_offline {
        let mut rig = Rig::signed_in();
        let (now, stored) = (rig.now(), rig.stored.clone());
        rig.machine.handle_event(Event::OnlineChanged(false), now);
        rig.machine.handle_event(Event::AnotherSession { session: session_of(0), stored }, now);
        assert_eq!(rig.authorization(), Authorization::Pending);
    }

    an_answer_to_another_question_is_none {
        let mut rig = Rig::started(Stored::Absent);
        let (first, _) = rig.questions[0];
        answer(&mut rig, UNREACHABLE);
        asks_again(&mut rig);
        let outcome = SessionsOutcome::Found { sessions: vec![found(0)], server_time: None };
        let sent = rig.now().monotonic;
        rig.feed(|stored| Event::SessionsListed { ticket: first, outcome, sent, stored });
        assert_eq!(*rig.machine.state(), NEVER);
        list(&mut rig, vec![found(1)]);
        assert_eq!(rig.username(), Some("bob"));
    }

    a_server_that_contradicts_itself_is_not_asked_all_the_time {
        let mut rig = in_conflict();
        let generation = rig.machine.generation();
        list(&mut rig, vec![found(0)]);
        assert_eq!(rig.machine.generation(), generation, "nothing has changed");
        rig.feed(|stored| Event::AnotherSession { session: session_of(0), stored });
        assert!((40.9..41.1).contains(&asks_again(&mut rig)));
    }

    of_a_list_that_is_too_old_another_is_asked_for_after_a_second {
        let mut rig = in_conflict();
        // The person's details come while the question is under way, and that changes the record.
        let mut user = rig.machine.state().session().unwrap().user.clone();
        user.first_name = "Ada".to_owned();
        rig.feed(|stored| Event::UserChanged { user: Box::new(user), stored });
        list(&mut rig, vec![found(1)]);
        assert_eq!(rig.username(), Some("ada"));
        assert!((10.9..11.1).contains(&asks_again(&mut rig)));
    }

    a_found_token_that_is_good_is_not_renewed_at_once_even_if_somebody_asks {
        let mut rig = in_conflict();
        list(&mut rig, vec![found(1)]);
        rig.feed(|_| Event::RefreshRequested);
        rig.run_until(14.9);
        assert_eq!(rig.refreshes, []);
        rig.run_until(15.1);
        assert_eq!(rig.named, [Some(session_of(9))]);
    }

    an_old_record_of_somebody_whom_the_browser_does_not_hold_gives_way_to_the_newest {
        let mut rig = old_page();
        let carol = FoundSession { user: User::new("3", "carol"), ..found(0) };
        list(&mut rig, vec![found(1), carol]);
        assert_eq!(rig.username(), Some("bob"));
    }

    what_was_found_and_is_being_revoked_already_is_revoked_once {
        let mut rig = Rig::signed_in();
        rig.sign_in(grant(9, 0, 300));
        assert_eq!(rig.revocations, [Revocation::Session(session_of(0))]);
        rig.lose_sign_in();
        rig.run_until(80.0);
        list(&mut rig, vec![found(1), found(0)]);
        assert_eq!(rig.record().revocations, [Revocation::Session(session_of(0))]);
        assert_eq!((rig.username(), rig.record().pending_sign_ins), (Some("ada"), vec![]));
    }
}
