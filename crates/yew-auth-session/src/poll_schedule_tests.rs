use super::*;

const TEN: Duration = Duration::from_secs(10);

fn at(secs: u64) -> Duration {
    Duration::from_secs(secs)
}

fn wanted() -> PollSchedule {
    let mut schedule = PollSchedule::new(TEN, 1);
    schedule.set_wanted(true);
    schedule
}

#[test]
fn a_poll_is_due_at_once_and_then_every_interval_after_its_end() {
    let mut schedule = wanted();
    assert!(schedule.start(at(100)));
    schedule.finish(PollOutcome::Fresh, at(103));
    assert_eq!(schedule.delay(at(104)), Some(at(9)));
    assert!(!schedule.start(at(112)));
    assert!(schedule.start(at(113)));
}

#[test]
fn f1_polls_never_overlap_however_long_one_takes() {
    let mut schedule = wanted();
    assert!(schedule.start(at(0)));
    assert_eq!(schedule.delay(at(500)), None);
}

#[test]
fn f12_an_unwanted_poll_does_not_run_and_is_due_at_once_when_it_is_wanted_again() {
    let mut schedule = wanted();
    assert!(schedule.start(at(0)));
    schedule.finish(PollOutcome::Fresh, at(1));
    schedule.set_wanted(false);
    assert_eq!(schedule.delay(at(400)), None);
    schedule.set_wanted(true);
    assert_eq!(schedule.delay(at(400)), Some(Duration::ZERO));
}

#[test]
fn a_poll_is_due_at_once_only_when_it_was_not_wanted_before() {
    let mut schedule = wanted();
    assert!(schedule.start(at(0)));
    schedule.finish(PollOutcome::Fresh, at(0));
    schedule.set_wanted(true);
    assert_eq!(schedule.delay(at(1)), Some(at(9)));
    schedule.set_wanted(false);
    schedule.set_wanted(true);
    assert_eq!(schedule.delay(at(1)), Some(at(0)));
}

#[test]
fn failures_back_off_and_success_returns_to_the_interval() {
    let mut schedule = wanted();
    assert!(schedule.start(at(0)));
    schedule.finish(PollOutcome::Fresh, at(0));
    let mut delays = Vec::new();
    for n in 0..6 {
        schedule.revalidate();
        assert!(schedule.start(at(1000 * n)));
        schedule.finish(PollOutcome::Failed(None), at(1000 * n));
        delays.push(schedule.delay(at(1000 * n)).unwrap());
    }
    assert!(delays[0] >= TEN && delays[0] < at(13));
    assert!(delays[1] >= at(20) && delays[1] < at(25));
    assert!(delays[5] >= at(30) && delays[5] < at(38));
    schedule.revalidate();
    assert!(schedule.start(at(9000)));
    schedule.finish(PollOutcome::Fresh, at(9000));
    assert_eq!(schedule.delay(at(9000)), Some(TEN));
}

#[test]
fn c26_until_the_first_data_a_failed_poll_is_retried_after_1_s_then_2_then_4() {
    let mut schedule = wanted();
    let mut now = at(0);
    let mut delays = Vec::new();
    for _ in 0..7 {
        assert!(schedule.start(now));
        schedule.finish(PollOutcome::Failed(None), now);
        let delay = schedule.delay(now).unwrap();
        delays.push(delay.as_secs_f64());
        now += delay;
    }
    let shortest = [1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0];
    for (delay, shortest) in delays.iter().zip(shortest) {
        assert!((shortest..=shortest * 1.25).contains(delay), "{delays:?}");
    }
    assert!(schedule.start(now));
    schedule.finish(PollOutcome::Fresh, now);
    assert_eq!(schedule.delay(now), Some(TEN));
}

#[test]
fn c26_a_poll_that_has_data_waits_for_its_interval_after_a_failure() {
    let mut schedule = wanted();
    assert!(schedule.start(at(0)));
    schedule.finish(PollOutcome::Fresh, at(0));
    assert!(schedule.start(at(10)));
    schedule.finish(PollOutcome::Failed(None), at(10));
    assert!(schedule.delay(at(10)).unwrap() >= TEN);
    schedule.forget();
    schedule.revalidate();
    assert!(schedule.start(at(20)));
    schedule.finish(PollOutcome::Failed(None), at(20));
    assert!(schedule.delay(at(20)).unwrap() < at(2), "the data is gone");
}

#[test]
fn c26_a_retry_without_data_still_honours_retry_after() {
    let mut schedule = wanted();
    assert!(schedule.start(at(0)));
    schedule.finish(PollOutcome::Failed(Some(at(50))), at(0));
    assert_eq!(schedule.delay(at(0)), Some(at(50)));
}

#[test]
fn f4_retry_after_is_honoured_even_when_the_page_wakes_and_is_capped() {
    let mut schedule = wanted();
    assert!(schedule.start(at(0)));
    schedule.finish(PollOutcome::Failed(Some(at(50))), at(0));
    schedule.revalidate();
    assert_eq!(schedule.delay(at(0)), Some(at(50)));
    assert!(schedule.start(at(50)));
    schedule.finish(PollOutcome::Failed(Some(at(1_000_000_000))), at(50));
    assert_eq!(schedule.delay(at(50)), Some(at(300)));
}

#[test]
fn a_revalidation_asked_for_during_a_poll_follows_it() {
    let mut schedule = wanted();
    assert!(schedule.start(at(0)));
    schedule.revalidate();
    assert_eq!(schedule.delay(at(1)), None);
    schedule.finish(PollOutcome::Fresh, at(2));
    assert_eq!(schedule.delay(at(2)), Some(Duration::ZERO));
}

#[test]
fn an_interval_of_nothing_is_no_hot_loop() {
    let mut schedule = wanted();
    schedule.set_interval(Duration::ZERO, at(0));
    assert!(schedule.start(at(0)));
    schedule.finish(PollOutcome::Fresh, at(0));
    assert_eq!(schedule.delay(at(0)), Some(at(1)));
}

#[test]
fn the_longest_interval_there_is_does_not_overflow() {
    let mut schedule = PollSchedule::new(Duration::MAX, 1);
    schedule.set_interval(Duration::MAX, at(5));
    schedule.set_wanted(true);
    assert!(schedule.start(at(4)));
    schedule.finish(PollOutcome::Fresh, at(4));
    schedule.revalidate();
    assert!(schedule.start(at(5)));
    schedule.finish(PollOutcome::Failed(None), at(6));
    assert!(schedule.delay(at(6)).unwrap() > at(1_000_000_000));
    schedule.revalidate();
    assert!(schedule.start(at(7)));
    schedule.finish(PollOutcome::Fresh, at(8));
    assert!(!schedule.start(at(1_000_000_000)));
}

#[test]
fn a_shorter_interval_takes_effect_at_once() {
    let mut schedule = wanted();
    assert!(schedule.start(at(0)));
    schedule.finish(PollOutcome::Fresh, at(0));
    schedule.set_interval(at(3), at(1));
    assert_eq!(schedule.delay(at(1)), Some(at(3)));
}
