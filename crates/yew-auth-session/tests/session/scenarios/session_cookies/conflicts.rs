//! Sessions that are nobody's, or not the one that is shown.

use yew_auth_session::{Authorization, Connection, Degradation, Event, SessionsOutcome, Stored};

use super::{answer, found, list};
use crate::rig::{Rig, grant, revocation_of, session_of};

over_only! { SessionCookie:
    an_answer_that_settles_a_conflict_ends_the_degradation {
        let mut rig = Rig::signed_in();
        rig.run_until(10.0);
        rig.feed(|stored| Event::AnotherSession { session: session_of(0), stored });
        answer(&mut rig, SessionsOutcome::Failed { cause: Degradation::Unreachable, retry_after: None });
        rig.run_until_question();
        list(&mut rig, vec![found(0)]);
        assert_eq!((rig.is_ready(), rig.machine.connection()), (true, Connection::Good));
    }

    a_late_conflict_of_a_session_that_is_not_shown_does_not_hide_that_of_the_shown_one {
        let mut rig = Rig::signed_in();
        rig.run_until(10.0);
        rig.feed(|stored| Event::AnotherSession { session: session_of(0), stored });
        rig.feed(|stored| Event::AnotherSession { session: session_of(9), stored });
        assert_eq!(rig.authorization(), Authorization::Pending);
        list(&mut rig, vec![found(1)]);
        assert_eq!(rig.username(), Some("bob"));
    }

    f14_a_sign_in_beside_a_newer_release_shows_and_ends_nobody_elses_session {
        let mut rig = Rig::started(Stored::Newer);
        rig.run_until(1_000.0);
        let attempt = rig.start_sign_in();
        assert_eq!(rig.questions, []);
        rig.finish_sign_in(attempt, grant(9, 1_000, 300));
        assert_eq!(rig.revocations, []);
    }

    a_page_that_started_beside_two_sign_ins_does_not_ask_during_a_later_one {
        let mut rig = Rig::signed_in();
        rig.feed(|stored| Event::SignOutRequested { stored });
        let attempts = [rig.start_sign_in(), rig.start_sign_in()];
        let mut next = Rig::started(rig.stored.clone());
        for attempt in attempts {
            rig.feed(|stored| Event::SignInRefused { attempt, stored });
        }
        next.stored = rig.stored;
        next.sync();
        next.monotonic = 1_000.0;
        next.start_sign_in();
        assert_eq!(next.questions, []);
    }

    clearing_the_sites_data_forgets_nothing_that_is_to_be_revoked {
        let mut rig = Rig::signed_in();
        let former = revocation_of(0);
        rig.sign_in(grant(9, 0, 300));
        rig.feed(|stored| Event::RevokeFinished { revocation: former.clone(), done: false, stored });
        rig.revocations.clear();
        rig.stored = Stored::Absent;
        rig.sync();
        assert_eq!(rig.username(), None);
        rig.run_until(100.0);
        assert_eq!(rig.revocations, [former]);
    }
}
