use yew_auth_session::{Authorization, Event, Stored};

use crate::rig::{Rig, at, grant};

over_every_transport! {
    f10_a_clock_that_is_an_hour_off_from_the_start_makes_no_difference,
    f10_after_a_jump_of_the_clock_a_request_waits_for_a_fresh_token,
    f10_another_tab_that_sees_the_jump_only_with_the_fresh_token_takes_that_for_fresh,
    f10_a_page_loaded_after_the_clock_was_set_back_does_not_trust_the_stored_estimate,
    f10_a_clock_that_moves_by_no_more_than_two_seconds_has_not_jumped,
    f10_a_stored_estimate_from_no_more_than_two_seconds_ahead_is_trusted,
    f11_an_answer_that_was_slept_through_does_not_make_an_old_token_fresh,
    a_session_is_not_ended_by_a_clock_that_was_set_before_the_page_was_loaded,
}

fn f10_a_clock_that_is_an_hour_off_from_the_start_makes_no_difference() {
    for skew in [-3_600, 3_600] {
        let mut rig = Rig::started(Stored::Absent);
        rig.sign_in(grant(0, skew, 300));
        rig.run_until(238.9);
        assert_eq!(rig.refreshes, [], "{skew}");
        assert!(rig.is_ready());
        rig.run_until(240.0);
        assert_eq!(rig.refreshes.len(), 1, "{skew}");
    }
}

fn f10_after_a_jump_of_the_clock_a_request_waits_for_a_fresh_token() {
    for jump in [-3_600, -30, 30, 3_600] {
        let mut rig = Rig::signed_in();
        rig.monotonic = 100.0;
        rig.sync();
        rig.jumped = jump;
        rig.sync();
        assert_eq!(rig.authorization(), Authorization::Pending, "{jump}");
        rig.grant_refresh(grant(1, 100, 300));
        assert!(rig.is_ready());
        rig.run_until(338.9);
        assert_eq!(rig.refreshes.len(), 1, "{jump}");
        rig.run_until(340.0);
        assert_eq!(rig.refreshes.len(), 2, "{jump}");
    }
}

fn f10_another_tab_that_sees_the_jump_only_with_the_fresh_token_takes_that_for_fresh() {
    let mut rig = Rig::signed_in();
    let mut other = Rig::started(rig.stored.clone());
    rig.monotonic = 100.0;
    rig.sync();
    rig.jumped = 3_600;
    rig.sync();
    rig.grant_refresh(grant(1, 100, 300));
    other.monotonic = 101.0;
    other.jumped = 3_600;
    other.stored = rig.stored;
    other.sync();
    assert!(other.is_ready());
    assert_eq!(other.refreshes, []);
}

fn f10_a_page_loaded_after_the_clock_was_set_back_does_not_trust_the_stored_estimate() {
    let mut next = loaded_after_jump(Rig::signed_in(), -3_600);
    assert!(!next.is_ready());
    next.run_until_refresh();
    assert_eq!(next.sent_at(), [5], "and keeps the distance from the sign-in");
}

fn f10_a_clock_that_moves_by_no_more_than_two_seconds_has_not_jumped() {
    for (jump, is_ready) in [(2, true), (-2, true), (3, false), (-3, false)] {
        let mut rig = Rig::signed_in();
        rig.monotonic = 100.0;
        rig.sync();
        rig.jumped = jump;
        rig.sync();
        assert_eq!(rig.is_ready(), is_ready, "{jump}");
    }
}

fn f10_a_stored_estimate_from_no_more_than_two_seconds_ahead_is_trusted() {
    assert!(loaded_after_jump(Rig::signed_in(), -2).is_ready());
    assert!(!loaded_after_jump(Rig::signed_in(), -3).is_ready());
}

fn f11_an_answer_that_was_slept_through_does_not_make_an_old_token_fresh() {
    let mut rig = Rig::signed_in();
    rig.run_until(240.0);
    // The machine sleeps for ten minutes, and the monotonic clock with it.
    rig.jumped = 600;
    rig.grant_refresh(grant(1, 240, 300));
    assert!(!rig.is_ready());
    rig.run_until(250.0);
    assert_eq!(rig.refreshes.len(), 2);
    rig.grant_refresh(grant(2, 849, 300));
    assert!(rig.is_ready());
}

fn a_session_is_not_ended_by_a_clock_that_was_set_before_the_page_was_loaded() {
    let mut rig = Rig::started(Stored::Absent);
    let mut short = grant(0, 0, 300);
    short.session_ends_at = Some(at(1_500));
    rig.sign_in(short);
    let next = loaded_after_jump(rig, 3_600);
    assert!(next.machine.state().session().is_some());
    assert_eq!(next.refreshes.len(), 1, "the server decides");
}

/// Another page, after the first is gone and the clock was set.
fn loaded_after_jump(rig: Rig, by: i64) -> Rig {
    let mut next = Rig { jumped: by, ..Rig::waiting(rig.stored) };
    next.feed(|stored| Event::Started { stored, online: true });
    next
}
