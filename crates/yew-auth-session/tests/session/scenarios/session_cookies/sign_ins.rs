//! Sign-ins that are marked, lost, refused, or answered late.

use super::*;

over_only! { SessionCookie:
    a_sign_in_that_is_lost_leaves_the_former_session_alone {
        let mut rig = Rig::signed_in();
        rig.lose_sign_in();
        assert_eq!(rig.username(), Some("ada"));
        assert!(rig.is_ready());
        assert_eq!(rig.revocations, []);
        rig.run_until(61.9);
        assert_eq!(rig.questions, [], "it may still be under way");
        rig.run_until(77.0);
        list(&mut rig, vec![found(1), found(0)]);
        assert_eq!(rig.revocations, [Revocation::Session(session_of(9))], "nobody shows it");
        assert_eq!(rig.username(), Some("ada"));
        assert_eq!(rig.record().pending_sign_ins, []);
    }

    no_more_than_eight_sign_ins_are_remembered_the_newest {
        let mut rig = Rig::signed_in();
        let attempts: Vec<_> = (0..9).map(|_| rig.start_sign_in()).collect();
        let pending = rig.record().pending_sign_ins;
        let remembered: Vec<_> = pending.iter().map(|mark| &mark.attempt).collect();
        assert_eq!(remembered, attempts[1..].iter().collect::<Vec<_>>());
    }

    a_lost_sign_in_is_taken_up_where_nobody_is_signed_in {
        let mut rig = Rig::started(Stored::Absent);
        list(&mut rig, Vec::new());
        rig.lose_sign_in();
        rig.run_until(77.0);
        list(&mut rig, vec![found(1)]);
        assert_eq!(rig.username(), Some("bob"));
    }

    a_page_that_starts_after_a_sign_in_died_asks_at_once {
        let mut died = Rig::started(Stored::Absent);
        list(&mut died, Vec::new());
        died.start_sign_in();
        let mut next = Rig::started(died.stored);
        list(&mut next, vec![found(0)]);
        assert_eq!(next.username(), Some("ada"));
    }

    a_page_that_finds_nothing_of_a_sign_in_under_way_writes_nothing {
        let mut signing_in = Rig::signed_in();
        signing_in.feed(|stored| Event::SignOutRequested { stored });
        signing_in.start_sign_in();
        let mut next = Rig::started(signing_in.stored);
        let generation = next.machine.generation();
        list(&mut next, Vec::new());
        assert_eq!(next.machine.generation(), generation);
        assert_eq!(next.record().pending_sign_ins.len(), 1, "its answer may still come");
    }

    a_sign_in_that_a_sign_out_has_cancelled_is_not_taken_up {
        let mut died = Rig::signed_in();
        died.start_sign_in();
        died.feed(|stored| Event::SignOutRequested { stored });
        let mut next = Rig::started(died.stored);
        assert_eq!(next.questions, [], "it may still be under way");
        next.run_until(80.0);
        list(&mut next, vec![found(1)]);
        assert_eq!(*next.machine.state(), SIGNED_OUT);
        assert!(next.record().revocations.contains(&Revocation::Session(session_of(9))));
    }

    of_two_sign_ins_that_are_lost_none_is_taken_for_the_other {
        let mut rig = Rig::started(Stored::Absent);
        list(&mut rig, Vec::new());
        rig.lose_sign_in();
        rig.monotonic = 5.0;
        rig.lose_sign_in();
        rig.run_until(90.0);
        list(&mut rig, vec![found(1)]);
        assert_eq!(*rig.machine.state(), NEVER);
        assert_eq!(rig.revocations, [Revocation::Session(session_of(9))]);
    }

    a_list_that_is_older_than_a_change_is_asked_for_again {
        let mut rig = Rig::started(Stored::Absent);
        rig.sign_in(grant(0, 0, 300));
        rig.feed(|stored| Event::SignOutRequested { stored });
        rig.feed(|stored| Event::RevokeFinished {
            revocation: Revocation::Session(session_of(0)),
            done: true,
            stored,
        });
        list(&mut rig, vec![found(0)]);
        assert_eq!(*rig.machine.state(), SIGNED_OUT);
    }

    a_session_that_is_being_revoked_is_not_taken_up {
        let mut died = Rig::signed_in();
        died.feed(|stored| Event::SignOutRequested { stored });
        died.start_sign_in();
        let mut next = Rig::started(died.stored);
        list(&mut next, vec![found(0)]);
        assert_eq!(*next.machine.state(), SIGNED_OUT);
    }

    whoever_signs_out_is_not_signed_in_by_an_answer_that_was_under_way {
        let mut rig = Rig::signed_in();
        let attempt = rig.start_sign_in();
        let mut other = Rig::started(rig.stored.clone());
        other.feed(|stored| Event::SignOutRequested { stored });
        rig.stored = other.stored;
        rig.finish_sign_in(attempt, grant(9, 0, 300));
        assert!(rig.machine.state().session().is_none());
        assert!(rig.record().revocations.contains(&Revocation::Session(session_of(9))));
        assert_eq!(rig.record().pending_sign_ins, []);
    }

    a_page_that_was_taken_for_dead_revokes_what_its_sign_in_brings {
        let mut frozen = Rig::signed_in();
        let attempt = frozen.start_sign_in();
        let mut awake = Rig::started(frozen.stored.clone());
        awake.run_until(77.0);
        list(&mut awake, vec![found(0)]);
        frozen.stored = awake.stored;
        frozen.monotonic = 90.0;
        frozen.finish_sign_in(attempt, grant(9, 0, 300));
        assert_eq!(frozen.username(), Some("ada"));
        assert_eq!(frozen.revocations, [Revocation::Session(session_of(9))]);
    }

    a_page_whose_sign_in_another_one_has_taken_up_shows_it_too {
        let mut frozen = Rig::started(Stored::Absent);
        list(&mut frozen, Vec::new());
        let attempt = frozen.start_sign_in();
        let mut next = Rig::started(frozen.stored.clone());
        list(&mut next, vec![FoundSession { user: User::new("1", "ada"), ..found(1) }]);
        frozen.stored = next.stored;
        frozen.finish_sign_in(attempt, grant(9, 0, 300));
        assert_eq!(frozen.machine.session_id(), Some(&session_of(9)));
        assert_eq!((frozen.record().revocations, frozen.record().pending_sign_ins), (vec![], vec![]));
    }

    a_sign_in_that_is_refused_leaves_no_mark {
        let mut rig = Rig::signed_in();
        let attempt = rig.start_sign_in();
        rig.feed(|stored| Event::SignInRefused { attempt, stored });
        assert_eq!(rig.record().pending_sign_ins, []);
        rig.run_until(200.0);
        assert_eq!(rig.questions, []);
    }

    a_sign_in_over_a_session_leaves_a_revocation_that_names_the_former_one {
        let mut rig = Rig::signed_in();
        rig.sign_in(grant(9, 0, 300));
        assert_eq!(rig.revocations, [Revocation::Session(session_of(0))]);
        assert_eq!(rig.machine.session_id(), Some(&session_of(9)));
    }

    a_sign_out_that_waits_is_still_for_its_own_session_after_the_next_sign_in {
        let mut rig = Rig::signed_in();
        rig.set_online(false);
        rig.feed(|stored| Event::SignOutRequested { stored });
        rig.set_online(true);
        rig.sign_in(grant(9, 0, 300));
        assert_eq!(rig.revocations, [Revocation::Session(session_of(0))]);
        assert_eq!(rig.machine.session_id(), Some(&session_of(9)));
    }

    clearing_the_sites_data_does_not_forget_a_sign_in_under_way {
        let mut rig = Rig::signed_in();
        let attempt = rig.start_sign_in();
        rig.stored = Stored::Absent;
        rig.sync();
        assert!(rig.machine.state().session().is_none());
        rig.finish_sign_in(attempt, grant(9, 0, 300));
        assert_eq!(rig.machine.session_id(), Some(&session_of(9)));
    }
}
