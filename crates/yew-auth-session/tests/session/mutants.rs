//! A check that nothing can fail is not a check: what is done wrong on purpose must break an invariant, in an hour that
//! breaks none when it is done right.

use yew_auth_session::Rule;

use crate::simulation::climate::Climate;
use crate::simulation::invariants::Invariant::{self, *};
use crate::simulation::mutant::Mutant;
use crate::simulation::run;

/// Within so many seeds each mutant is caught. Most are within ten.
const SEEDS: u64 = 20_000;

/// Refreshes are disturbed all the time.
const HOSTILE: Climate = Climate { tabs: (2, 6), disruption: 40, ..Climate::MIXED };

/// Somebody signs in or out every few minutes, over cookies that are named after their session.
const BUSY: Climate = Climate { tabs: (2, 6), session_cookies: 100, sign_outs: (10, 30), ..Climate::MIXED };

/// Clocks are set, pages are frozen and the machine sleeps, all the time.
const RESTLESS: Climate = Climate { tabs: (2, 6), jumps: (6, 12), sleeps: (6, 10), freezes: (2, 6), ..Climate::MIXED };

fn assert_breaks(mutant: Mutant, invariants: &[Invariant], climate: &Climate) {
    let caught = (0..SEEDS).find_map(|seed| {
        let failure = run(seed, climate, Some(mutant)).err()?;
        invariants.contains(&failure.violation.invariant).then_some(seed)
    });
    let seed = caught.unwrap_or_else(|| panic!("{mutant:?} breaks nothing in {SEEDS} seeds"));
    println!("{mutant:?}: seed {seed}");
    if let Err(failure) = run(seed, climate, None) {
        panic!("without {mutant:?} it is broken, too: {failure}");
    }
}

#[test]
fn a_server_with_strict_rotation_and_no_grace_costs_the_session() {
    assert_breaks(Mutant::StrictRotation, &[NoReuseDetected], &Climate::MIXED);
}

#[test]
fn polls_by_interval_overlap() {
    assert_breaks(Mutant::PollsByInterval, &[PollsNeverOverlap], &Climate::MIXED);
}

#[test]
fn without_a_replay_a_401_reaches_the_page() {
    assert_breaks(Mutant::NoReplay, &[NoUnauthorizedReachesPage], &Climate::MIXED);
}

#[test]
fn without_the_lock_two_tabs_refresh_at_once() {
    assert_breaks(Mutant::Without(Rule::Lock), &[OneRefreshInRequest], &Climate::MIXED);
}

#[test]
fn without_reading_again_under_the_lock_a_superseded_token_is_sent() {
    assert_breaks(Mutant::Without(Rule::ReadAgainUnderLock), &[NoSupersededToken], &Climate::MIXED);
}

#[test]
fn f16_without_stealing_the_lock_a_tab_that_is_gone_keeps_the_others_from_a_token() {
    assert_breaks(Mutant::Without(Rule::Steal), &[LostAnswerRecovered, NeverStuck], &Climate::MIXED);
}

#[test]
fn stealing_a_lock_whatever_the_age_of_its_lease_makes_two_tabs_refresh_at_once() {
    assert_breaks(Mutant::Without(Rule::StealNeedsOldLease), &[OneRefreshInRequest], &HOSTILE);
}

#[test]
fn f10_by_the_raw_local_clock_expired_tokens_are_sent() {
    assert_breaks(Mutant::Without(Rule::ServerClock), &[NoExpiredToken], &Climate::MIXED);
}

#[test]
fn by_a_skew_taken_at_receipt_expired_tokens_are_sent() {
    assert_breaks(Mutant::Without(Rule::SkewAtMidpoint), &[NoExpiredToken], &Climate::MIXED);
}

#[test]
fn f10_without_watching_for_clock_jumps_expired_tokens_are_sent() {
    assert_breaks(Mutant::Without(Rule::ClockJump), &[NoExpiredToken], &Climate::MIXED);
}

#[test]
fn without_telling_the_other_tabs_that_the_clock_is_void_one_of_them_sends_an_expired_token() {
    assert_breaks(Mutant::Without(Rule::SharedClockDoubt), &[NoExpiredToken], &RESTLESS);
}

#[test]
fn without_spacing_the_tries_come_too_often() {
    assert_breaks(Mutant::Without(Rule::Spacing), &[RefreshRateBounded], &Climate::MIXED);
}

#[test]
fn without_spacing_a_request_that_was_given_up_trips_the_reuse_detection() {
    assert_breaks(Mutant::Without(Rule::Spacing), &[NoReuseDetected], &HOSTILE);
}

#[test]
fn f4_ignoring_retry_after_is_noticed() {
    assert_breaks(Mutant::Without(Rule::RetryAfter), &[RetryAfterHonoured], &Climate::MIXED);
}

#[test]
fn f5_signing_out_on_a_5xx_is_noticed() {
    assert_breaks(Mutant::Without(Rule::TransientIsNotFinal), &[TransientFailuresKeepSession], &Climate::MIXED);
}

#[test]
fn s3_without_the_commit_guard_a_late_answer_changes_another_session() {
    assert_breaks(Mutant::Without(Rule::CommitGuard), &[SignOutIsFinal, TransientFailuresKeepSession], &HOSTILE);
}

#[test]
fn without_a_mark_a_sign_in_whose_tab_died_is_neither_shown_nor_revoked() {
    assert_breaks(Mutant::Without(Rule::SignInMark), &[AcceptedSignInShownOrRevoked], &BUSY);
}

#[test]
fn a_sign_out_that_cancels_nothing_is_undone_by_an_answer_that_was_under_way() {
    assert_breaks(Mutant::Without(Rule::CancelSignIns), &[SignOutIsFinal], &BUSY);
}

#[test]
fn a_list_of_sessions_that_is_older_than_a_change_brings_one_back_or_forgets_one() {
    let invariants = [SignOutIsFinal, AcceptedSignInShownOrRevoked, TransientFailuresKeepSession];
    assert_breaks(Mutant::Without(Rule::FreshList), &invariants, &BUSY);
}

#[test]
fn f4_a_pause_that_another_tab_shortens_is_noticed() {
    assert_breaks(Mutant::Without(Rule::OwnPause), &[RetryAfterHonoured], &Climate::MIXED);
}

#[test]
fn signing_in_and_out_without_the_lock_has_late_answers_replace_newer_cookies() {
    assert_breaks(Mutant::WithoutLock, &[NewerCookiesKept], &Climate::FIXED_COOKIES);
}

#[test]
fn c25_a_server_that_ignores_the_name_of_a_session_serves_another_one() {
    assert_breaks(Mutant::IgnoresNames, &[ServedAsShown], &BUSY);
}

#[test]
fn a_server_that_ignores_the_name_of_a_session_revokes_another_one() {
    assert_breaks(Mutant::IgnoresNames, &[RevocationEndsItsSession], &BUSY);
}

#[test]
fn s5_a_page_that_shows_any_answer_shows_one_persons_data_under_anothers_name() {
    assert_breaks(Mutant::ShowsAnyAnswer, &[OwnDataOnly], &BUSY);
}
