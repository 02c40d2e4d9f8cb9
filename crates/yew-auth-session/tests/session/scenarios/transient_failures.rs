use std::time::Duration;

use yew_auth_session::{Authorization, Connection, Degradation, Event, RefreshOutcome};

use crate::rig::{Rig, grant};

over_every_transport! {
    f5_each_transient_failure_keeps_the_session_and_the_token_until_it_expires,
    f2_a_refresh_without_an_answer_is_given_up_and_tried_again_within_a_minute,
    f2_an_answer_to_a_request_that_was_given_up_is_no_answer,
    f4_retry_after_is_honoured_and_capped,
    f4_a_retry_after_of_just_the_spacing_is_honoured_to_the_last_millisecond,
    f4_the_other_tabs_honour_it_too_even_if_the_clock_is_then_set,
    f4_a_failure_without_retry_after_is_no_news_to_the_other_tabs,
    f8_offline_for_ten_minutes_and_then_online_is_one_refresh,
    f8_a_network_that_comes_back_ends_the_random_part_of_a_wait_and_nothing_else_does,
    f2_an_answer_to_the_request_before_is_not_taken_for_the_next_ones,
}

fn failed(cause: Degradation, retry_after: Option<u64>) -> RefreshOutcome {
    RefreshOutcome::Failed { cause, retry_after: retry_after.map(Duration::from_secs) }
}

fn f4_a_retry_after_of_just_the_spacing_is_honoured_to_the_last_millisecond() {
    let mut rig = Rig::signed_in();
    rig.run_until_refresh();
    let heard = rig.monotonic;
    rig.answer(failed(Degradation::RateLimited, Some(31)));
    // A page that wakes does not wait at random on top.
    for (after, refreshes) in [(30.999_5, 1), (31.001, 2)] {
        rig.monotonic = heard + after;
        rig.feed(|stored| Event::Woke { stored });
        assert_eq!(rig.refreshes.len(), refreshes, "{after}");
    }
}

fn f5_each_transient_failure_keeps_the_session_and_the_token_until_it_expires() {
    for cause in [Degradation::Unreachable, Degradation::TimedOut, Degradation::RateLimited, Degradation::BadAnswer] {
        let mut rig = Rig::signed_in();
        rig.run_until(240.0);
        rig.answer(failed(cause, None));
        assert!(rig.machine.state().session().is_some());
        assert_eq!(rig.machine.connection(), Connection::Degraded(cause));
        assert!(rig.is_ready());
        rig.monotonic = 300.0;
        assert_eq!(rig.authorization(), Authorization::Unavailable(cause));
    }
}

fn f2_a_refresh_without_an_answer_is_given_up_and_tried_again_within_a_minute() {
    let mut rig = Rig::signed_in();
    rig.run_until_refresh();
    rig.run_until_refresh();
    let [first, second] = rig.refreshes[..] else { panic!("{:?}", rig.refreshes) };
    assert!((31.0..=45.0).contains(&(second.1 - first.1)), "after {} s", second.1 - first.1);
    rig.grant_refresh(grant(1, rig.second(), 300));
    assert!(rig.is_ready());
    assert_eq!(rig.machine.connection(), Connection::Good);
}

fn f2_an_answer_to_a_request_that_was_given_up_is_no_answer() {
    let mut rig = Rig::signed_in();
    rig.run_until(256.0);
    assert_eq!(rig.machine.connection(), Connection::Degraded(Degradation::TimedOut));
    rig.grant_refresh(grant(1, 240, 300));
    assert_eq!(rig.record().session().unwrap().credentials, grant(0, 0, 300).credentials);
}

fn f4_retry_after_is_honoured_and_capped() {
    for (asked, least) in [(7, 31), (100, 100), (300, 300), (1_000_000_000, 300)] {
        let mut rig = Rig::signed_in();
        rig.run_until(240.0);
        let sent = rig.refreshes[0].1;
        rig.answer(failed(Degradation::RateLimited, Some(asked)));
        assert_eq!(rig.machine.connection(), Connection::Degraded(Degradation::RateLimited));
        rig.feed(|stored| Event::Woke { stored });
        rig.run_until(1_000.0);
        let waited = rig.refreshes[1].1 - sent;
        let least = f64::from(least);
        assert!((least..=least + 16.0).contains(&waited), "{waited} s for a Retry-After of {asked}");
    }
}

fn f4_the_other_tabs_honour_it_too_even_if_the_clock_is_then_set() {
    let mut rig = Rig::signed_in();
    let mut other = Rig::started(rig.stored.clone());
    rig.run_until(240.0);
    let notices = rig.notices.len();
    rig.answer(failed(Degradation::RateLimited, Some(200)));
    assert_eq!(rig.notices.len(), notices + 1, "the other tabs are told of the pause");
    other.monotonic = 240.0;
    other.stored = rig.stored;
    other.sync();
    other.jumped = 3_600;
    other.run_until(435.0);
    assert_eq!(other.refreshes, []);
    other.run_until(456.0);
    assert_eq!(other.refreshes.len(), 1);
}

fn f4_a_failure_without_retry_after_is_no_news_to_the_other_tabs() {
    let mut rig = Rig::signed_in();
    rig.run_until(240.0);
    let notices = rig.notices.len();
    rig.answer(failed(Degradation::Unreachable, None));
    assert_eq!(rig.notices.len(), notices, "the pause that they know of is long enough");
}

fn f8_offline_for_ten_minutes_and_then_online_is_one_refresh() {
    let mut rig = Rig::signed_in();
    rig.monotonic = 200.0;
    rig.set_online(false);
    assert_eq!(rig.machine.connection(), Connection::Degraded(Degradation::Offline));
    rig.run_until(800.0);
    assert_eq!(rig.refreshes, []);
    assert_eq!(rig.authorization(), Authorization::Unavailable(Degradation::Offline));
    assert!(rig.machine.state().session().is_some());
    rig.set_online(true);
    rig.grant_refresh(grant(1, 800, 300));
    rig.run_until(900.0);
    assert_eq!(rig.sent_at(), [800]);
    assert_eq!(rig.machine.connection(), Connection::Good);
}

fn f8_a_network_that_comes_back_ends_the_random_part_of_a_wait_and_nothing_else_does() {
    let next_try = |changes: &[bool]| {
        let mut rig = Rig::signed_in();
        rig.run_until_refresh();
        rig.answer(failed(Degradation::Unreachable, None));
        for online in changes {
            rig.feed(|_| Event::OnlineChanged(*online));
        }
        rig.run_until_refresh();
        rig.refreshes[1].1 - rig.refreshes[0].1
    };
    assert!(next_try(&[]) > 31.1);
    assert!(next_try(&[true]) > 31.1, "it was there all along");
    assert!((31.0..31.1).contains(&next_try(&[false, true])));
}

fn f2_an_answer_to_the_request_before_is_not_taken_for_the_next_ones() {
    let mut rig = Rig::signed_in();
    rig.run_until_refresh();
    rig.run_until_refresh();
    let (first, _) = rig.refreshes[0];
    rig.feed(|stored| Event::RefreshFinished { ticket: first, outcome: RefreshOutcome::Refused, stored });
    assert!(rig.machine.state().session().is_some());
    rig.grant_refresh(grant(1, rig.second(), 300));
    assert!(rig.is_ready());
}
