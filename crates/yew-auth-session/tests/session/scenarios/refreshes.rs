use std::time::Duration;

use yew_auth_session::{
    Authorization, Connection, Degradation, Event, IssuedTokens, RefreshOutcome, RefreshPause, Stored,
};

use crate::rig::{Rig, at, grant};

over_every_transport! {
    a_page_is_given_the_access_token_that_it_holds,
    a_token_is_refreshed_a_minute_before_it_expires_and_by_the_second_that_iat_leaves_out_earlier,
    t6_a_token_that_expires_in_2099_makes_no_hot_loop,
    a_lifetime_shorter_than_the_margin_does_not_loop,
    a_tab_adopts_what_another_has_refreshed_and_sends_nothing,
    a_refresh_under_way_in_another_tab_is_waited_for,
    a_tab_that_waits_for_the_lock_waits_no_longer_when_nothing_is_to_be_sent,
    a_tab_that_gets_the_lock_after_another_has_tried_in_vain_sends_nothing,
    a_token_whose_predecessor_another_tab_has_presented_too_is_not_presented_meanwhile,
    an_answer_about_a_token_that_another_tab_has_renewed_changes_nothing,
    seed_147091_a_pause_is_kept_though_another_tab_has_renewed_the_token_meanwhile,
    seed_25544_a_pause_that_a_frozen_page_hears_late_is_no_longer_news,
    nothing_that_a_page_shows_changes_with_a_refresh,
    a_refresh_that_is_asked_for_and_fails_leaves_the_token_usable,
    a_refresh_that_is_asked_for_right_after_another_comes_as_soon_as_it_may,
    a_change_of_the_users_name_during_a_refresh_does_not_throw_its_answer_away,
}

fn a_page_is_given_the_access_token_that_it_holds() {
    let rig = Rig::signed_in();
    assert_eq!(rig.machine.access_token(), grant(0, 0, 300).credentials.access_token());
}

fn a_token_is_refreshed_a_minute_before_it_expires_and_by_the_second_that_iat_leaves_out_earlier() {
    let mut rig = Rig::signed_in();
    rig.run_until_refresh();
    rig.grant_refresh(grant(1, rig.second(), 300));
    rig.run_until_refresh();
    rig.grant_refresh(grant(2, rig.second(), 300));
    assert_eq!(rig.sent_at(), [239, 478]);
}

fn t6_a_token_that_expires_in_2099_makes_no_hot_loop() {
    for lifetime in [2_335_219_200, i64::MAX / 2_000, i64::MAX - 2_000_000] {
        let said = grant(0, 0, lifetime);
        for session_ends_at in [said.session_ends_at, None] {
            let mut rig = Rig::started(Stored::Absent);
            rig.sign_in(IssuedTokens { session_ends_at, ..said.clone() });
            rig.run_until(86_000.0);
            assert_eq!(rig.refreshes, [], "{lifetime}");
            assert!(rig.wakes < 10, "{} wake-ups", rig.wakes);
            assert!(rig.is_ready());
        }
    }
}

fn a_lifetime_shorter_than_the_margin_does_not_loop() {
    for (lifetime, most) in [(50, 30), (10, 120), (1, 120), (0, 20), (-100, 20)] {
        let mut rig = Rig::signed_in_for(lifetime);
        let mut answered = 0;
        for second in 1..=600 {
            rig.run_until(f64::from(second));
            if rig.refreshes.len() > answered {
                answered = rig.refreshes.len();
                rig.grant_refresh(grant(u32::try_from(answered).unwrap(), i64::from(second), lifetime));
            }
        }
        assert!(answered <= most, "{answered} refreshes in ten minutes for {lifetime} s");
        assert!(rig.wakes < 2_000, "{} wake-ups for {lifetime} s", rig.wakes);
    }
}

fn a_tab_adopts_what_another_has_refreshed_and_sends_nothing() {
    let mut rig = Rig::signed_in();
    let mut other = Rig::started(rig.stored.clone());
    other.run_until(240.0);
    other.grant_refresh(grant(1, 240, 300));
    rig.monotonic = 240.0;
    rig.stored = other.stored;
    rig.sync();
    assert_eq!(rig.refreshes, []);
    assert!(rig.is_ready());
    assert_eq!(rig.record().session().unwrap().credentials, grant(1, 240, 300).credentials);
}

fn a_refresh_under_way_in_another_tab_is_waited_for() {
    let mut rig = Rig::signed_in();
    rig.holder = Some(yew_auth_session::LeaseId::new("other"));
    rig.run_until(300.0 - 60.0 + 10.0);
    assert_eq!(rig.refreshes, []);
    assert_eq!(rig.authorization(), Authorization::Pending);
}

fn a_tab_that_waits_for_the_lock_waits_no_longer_when_nothing_is_to_be_sent() {
    let waiting = || {
        let mut rig = Rig::signed_in();
        rig.holder = Some(yew_auth_session::LeaseId::new("other"));
        rig.run_until(240.0);
        rig
    };
    let wait = |rig: &Rig| rig.machine.poll_timeout().expect("the session ends").duration_since(rig.now().wall);
    let mut contended = waiting();
    let before = contended.wakes;
    contended.run_until(250.0);
    let wakes = contended.wakes - before;
    assert!((5..=20).contains(&wakes), "{wakes}: it asks for the lock again, every second or two");

    let mut offline = waiting();
    offline.set_online(false);
    assert!(wait(&offline).as_secs() > 30, "only the network is probed");

    let mut other = Rig::signed_in();
    other.run_until_refresh();
    other.grant_refresh(grant(1, other.second(), 300));
    let mut refreshed = waiting();
    refreshed.stored = other.stored;
    refreshed.sync();
    assert!(wait(&refreshed).as_secs() > 200);
}

fn a_tab_that_gets_the_lock_after_another_has_tried_in_vain_sends_nothing() {
    let mut rig = Rig::signed_in();
    let mut other = Rig::started(rig.stored.clone());
    other.run_until(240.0);
    rig.holder = Some(yew_auth_session::LeaseId::new("other"));
    rig.run_until(240.0);
    other.answer(RefreshOutcome::Failed { cause: Degradation::Unreachable, retry_after: None });
    (rig.stored, rig.holder) = (other.stored, None);
    rig.run_until(269.0);
    assert_eq!(rig.refreshes, []);
    rig.run_until(286.0);
    assert_eq!(rig.refreshes.len(), 1);
}

fn a_token_whose_predecessor_another_tab_has_presented_too_is_not_presented_meanwhile() {
    let mut rig = Rig::signed_in();
    rig.run_until(240.0);
    // It has taken this one for gone, and has the answer for until second 287.
    let mut record = rig.record();
    let number = record.refresh_pause.expect("a refresh was sent").number + 1;
    record.refresh_pause = Some(RefreshPause { number, since: at(256), until: at(287) });
    rig.stored = Stored::Present(Box::new(record));
    rig.monotonic = 258.0;
    rig.grant_refresh(grant(1, 240, 300));
    rig.feed(|_| Event::RefreshRequested);
    rig.run_until(286.9);
    assert_eq!(rig.refreshes.len(), 1);
    rig.run_until(287.1);
    assert_eq!(rig.refreshes.len(), 2);
}

/// Rig's refresh is on its way, and another tab, which has taken it for gone, has renewed the token.
fn renewed_by_another_tab() -> Rig {
    let mut rig = Rig::signed_in();
    rig.run_until_refresh();
    let mut other = Rig::started(Stored::Absent);
    other.sign_in(grant(0, 0, 300));
    other.run_until_refresh();
    other.grant_refresh(grant(1, other.second(), 300));
    let mut record = other.record();
    record.generation = rig.record().generation.next();
    rig.stored = Stored::Present(Box::new(record));
    rig
}

fn an_answer_about_a_token_that_another_tab_has_renewed_changes_nothing() {
    let late = [
        RefreshOutcome::Refused,
        RefreshOutcome::Failed { cause: Degradation::BadAnswer, retry_after: None },
        RefreshOutcome::AnotherSession,
    ];
    for outcome in late {
        let mut rig = renewed_by_another_tab();
        rig.answer(outcome);
        assert!(rig.is_ready());
        assert_eq!((rig.machine.connection(), rig.questions.len()), (Connection::Good, 0));
    }
}

fn seed_147091_a_pause_is_kept_though_another_tab_has_renewed_the_token_meanwhile() {
    let mut rig = renewed_by_another_tab();
    // The new token is due before that.
    let over = rig.monotonic + 290.0;
    let retry_after = Some(Duration::from_secs(290));
    rig.answer(RefreshOutcome::Failed { cause: Degradation::RateLimited, retry_after });
    assert_eq!((rig.is_ready(), rig.machine.connection()), (true, Connection::Good));
    rig.run_until(over - 1.0);
    assert_eq!(rig.sent_at().len(), 1, "no refresh before the pause is over");
    rig.run_until(over + 20.0);
    assert_eq!(rig.sent_at().len(), 2);
}

fn seed_25544_a_pause_that_a_frozen_page_hears_late_is_no_longer_news() {
    let mut rig = renewed_by_another_tab();
    let due = rig.monotonic + 240.0;
    rig.monotonic += 60.0;
    let retry_after = Some(Duration::from_secs(290));
    rig.answer(RefreshOutcome::Failed { cause: Degradation::RateLimited, retry_after });
    rig.run_until(due + 1.0);
    assert_eq!(rig.sent_at().len(), 2, "the new token is renewed when it is due");
}

fn nothing_that_a_page_shows_changes_with_a_refresh() {
    let mut rig = Rig::signed_in();
    let before = rig.machine.state().clone();
    rig.run_until(240.0);
    rig.monotonic = 249.0;
    rig.grant_refresh(grant(1, 240, 300));
    assert_eq!(*rig.machine.state(), before);
}

fn a_refresh_that_is_asked_for_and_fails_leaves_the_token_usable() {
    let mut rig = Rig::signed_in();
    rig.monotonic = 10.0;
    rig.feed(|_| Event::RefreshRequested);
    assert_eq!(rig.refreshes.len(), 1);
    assert!(rig.is_ready(), "while it is under way");
    rig.answer(RefreshOutcome::Failed { cause: Degradation::BadAnswer, retry_after: None });
    assert!(rig.is_ready(), "after it has failed");
}

fn a_refresh_that_is_asked_for_right_after_another_comes_as_soon_as_it_may() {
    let mut rig = Rig::signed_in();
    rig.feed(|_| Event::RefreshRequested);
    assert_eq!(rig.refreshes, []);
    rig.run_until(6.0);
    assert_eq!(rig.sent_at(), [5]);
}

fn a_change_of_the_users_name_during_a_refresh_does_not_throw_its_answer_away() {
    let mut rig = Rig::signed_in();
    rig.run_until(240.0);
    let mut user = rig.machine.state().session().unwrap().user.clone();
    user.first_name = "Ada".to_owned();
    rig.feed(|stored| Event::UserChanged { user: Box::new(user), stored });
    rig.grant_refresh(grant(1, 240, 300));
    let record = rig.record();
    let session = record.session().unwrap();
    assert_eq!(session.user.first_name, "Ada");
    assert_eq!(session.credentials, grant(1, 240, 300).credentials);
}
