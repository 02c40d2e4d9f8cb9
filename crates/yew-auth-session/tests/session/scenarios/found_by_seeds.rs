//! What the simulation has found, one seed in 19,000, in the simplest hour that shows it.

use std::time::Duration;

use yew_auth_session::{Authorization, CredentialKind, Degradation, Event, LeaseId, RefreshOutcome, Stored};

use super::tabs::{KINDS, browser, run};
use crate::rig::{Rig, grant};
use crate::simulation::clock::{MINUTE, SECOND};
use crate::simulation::network::Fault;
use crate::simulation::plan::Step;
use crate::simulation::server::Family;
use crate::simulation::world::World;
use crate::transport::over;

over_every_transport! {
    seed_29932_a_401_that_comes_after_a_change_of_the_name_does_not_replay_the_same_token,
    seed_681780_a_frozen_tab_hears_of_a_jump_that_a_sleep_has_taken_back,
    seed_938377_a_pause_that_was_heard_outlives_a_jump_and_what_another_page_makes_of_it,
    seed_44617_a_page_that_finds_the_clock_set_back_tells_the_pages_after_it,
    seed_44617_a_page_that_wakes_after_a_jump_tells_of_an_estimate_that_may_be_older,
    seed_47990_an_answer_that_waited_for_its_page_tells_nothing_of_two_moves_of_the_clock_meanwhile,
    seeds_5243376_and_5915279_a_page_waits_for_one_spacing_and_one_lease_where_a_frozen_page_holds_the_lock,
    seed_5223631_a_page_that_starts_keeps_a_retry_after_that_is_as_long_as_the_spacing,
    seed_5915279_a_page_that_wakes_with_an_overdue_refresh_sends_the_next_one_at_once,
}

/// Ada's session.
const ADA: Family = 0;
/// Bob's, who signs in after her.
const BOB: Family = 1;

fn assert_all_show(world: &World, family: Family) {
    let shown: Vec<_> = world.live_pages().map(|page| world.pages[page].shows).collect();
    assert_eq!(shown, vec![Some(family); shown.len()]);
    assert_eq!(world.server.alive(family, world.now), Ok(()));
    assert!(world.jar.named.contains_key(&family), "the browser holds its cookies");
}

#[test]
fn seeds_21619_and_29565_a_late_sign_out_of_one_person_leaves_the_next_one_signed_in() {
    over(CredentialKind::SessionCookie, || {
        for kind in KINDS {
            let mut world = browser(2, kind, Vec::new());
            run(&mut world, MINUTE);
            world.next_delivery = Some((100, 14 * SECOND));
            world.step(Step::SignOut(1));
            run(&mut world, MINUTE + SECOND);
            world.step(Step::SignIn(0, "bob"));
            run(&mut world, MINUTE + 10 * SECOND);
            assert_all_show(&world, BOB);
            run(&mut world, 10 * MINUTE);
            assert_all_show(&world, BOB);
            assert!(world.server.alive(ADA, world.now).is_err(), "and ends the session it was meant for");
        }
    });
}

#[test]
fn seeds_28740_and_128882_a_sign_out_that_waits_does_not_end_a_session_whose_tab_sleeps() {
    over(CredentialKind::SessionCookie, || {
        let mut world = browser(2, KINDS[0], Vec::new());
        run(&mut world, MINUTE);
        world.fault = Some(Fault::RateLimited { retry_after: 0 });
        world.step(Step::SignOut(0));
        run(&mut world, MINUTE + SECOND);
        world.fault = None;
        world.next_delivery = Some((100, 2 * SECOND));
        world.step(Step::SignIn(1, "bob"));
        world.step(Step::Freeze(1, 2 * MINUTE));
        world.plan_step(2 * MINUTE, Step::Thaw(1));
        run(&mut world, 2 * MINUTE - SECOND);
        assert!(world.server.alive(ADA, world.now).is_err(), "the sign-out was sent again meanwhile");
        assert_eq!(world.server.alive(BOB, world.now), Ok(()));
        run(&mut world, 3 * MINUTE);
        assert_all_show(&world, BOB);
    });
}

#[test]
fn seed_126883_a_tab_frozen_with_a_sign_in_under_way_leaves_no_page_with_another_persons_requests() {
    over(CredentialKind::SessionCookie, || {
        let mut world = browser(3, KINDS[0], Vec::new());
        run(&mut world, MINUTE);
        world.next_delivery = Some((100, 2 * SECOND));
        world.step(Step::SignIn(1, "bob"));
        world.step(Step::Freeze(1, 20 * MINUTE));
        world.plan_step(20 * MINUTE, Step::Thaw(1));
        run(&mut world, MINUTE + 30 * SECOND);
        assert_eq!(world.server.alive(BOB, world.now), Ok(()), "it may still be shown");
        run(&mut world, 4 * MINUTE);
        assert!(world.server.alive(BOB, world.now).is_err(), "nobody shows it, so it is revoked");
        run(&mut world, 20 * MINUTE - SECOND);
        assert_eq!((world.pages[0].shows, world.pages[2].shows), (Some(ADA), Some(ADA)));
        // Whoever comes back to the frozen tab is told to try again, and perhaps does.
        run(&mut world, 23 * MINUTE);
        let shown = world.pages[1].shows.expect("somebody is signed in");
        assert_ne!(shown, BOB);
        assert_all_show(&world, shown);
    });
}

fn seed_29932_a_401_that_comes_after_a_change_of_the_name_does_not_replay_the_same_token() {
    let mut rig = Rig::signed_in();
    rig.monotonic = 20.0;
    let sent = rig.token();
    let mut user = rig.machine.state().session().unwrap().user.clone();
    user.first_name = "Ada".to_owned();
    rig.feed(|stored| Event::UserChanged { user: Box::new(user), stored });
    assert_eq!(rig.token(), sent, "it is the same token");
    rig.feed(|_| Event::AccessTokenRejected(sent));
    assert_eq!(rig.authorization(), Authorization::Pending);
}

fn seed_681780_a_frozen_tab_hears_of_a_jump_that_a_sleep_has_taken_back() {
    let mut awake = Rig::signed_in();
    let mut frozen = Rig::started(awake.stored.clone());
    for rig in [&mut awake, &mut frozen] {
        rig.monotonic = 100.0;
        rig.sync();
    }
    awake.jumped = -276;
    awake.sync();
    let retry_after = Some(Duration::from_secs(7));
    awake.answer(RefreshOutcome::Failed { cause: Degradation::RateLimited, retry_after });
    // The computer sleeps for 277 seconds, and the monotonic clock with it.
    frozen.jumped = -276 + 277;
    frozen.stored = awake.stored;
    frozen.sync();
    assert!(!frozen.is_ready(), "{:?}", frozen.authorization());
}

fn seed_938377_a_pause_that_was_heard_outlives_a_jump_and_what_another_page_makes_of_it() {
    let mut awake = Rig::signed_in();
    awake.run_until(240.0);
    let retry_after = Some(Duration::from_secs(200));
    awake.answer(RefreshOutcome::Failed { cause: Degradation::RateLimited, retry_after });
    // The clock is set forward, and a page that is loaded then cannot know that the pause is not over.
    let mut loaded = Rig { jumped: 948 + 240, ..Rig::waiting(awake.stored.clone()) };
    loaded.feed(|stored| Event::Started { stored, online: true });
    loaded.monotonic = 40.0;
    let mut user = loaded.machine.state().session().unwrap().user.clone();
    user.first_name = "Ada".to_owned();
    loaded.feed(|stored| Event::UserChanged { user: Box::new(user), stored });
    awake.monotonic = 280.0;
    awake.jumped = 948;
    awake.stored = loaded.stored;
    awake.run_until(439.0);
    assert_eq!(awake.refreshes.len(), 1);
    awake.run_until_refresh();
    assert!(awake.monotonic < 456.0, "{} s", awake.monotonic);
    awake.grant_refresh(grant(1, awake.second(), 300));
    assert!(awake.is_ready());
}

fn seed_44617_a_page_that_finds_the_clock_set_back_tells_the_pages_after_it() {
    let signed_in = Rig::signed_in_for(900);
    let found = started_at(-1_000, signed_in.stored);
    assert!(!found.is_ready(), "the estimate is from the future");
    // That page is closed without a fresh token. The next one can no longer see that the estimate is void.
    let next = started_at(100, found.stored);
    assert!(!next.is_ready(), "{:?}", next.authorization());
}

fn seed_44617_a_page_that_wakes_after_a_jump_tells_of_an_estimate_that_may_be_older() {
    let mut awake = Rig::signed_in_for(110);
    let mut frozen = Rig::started(awake.stored.clone());
    awake.run_until_refresh();
    awake.grant_refresh(grant(1, awake.second(), 900));
    frozen.monotonic = 150.0;
    frozen.jumped = -30;
    frozen.stored = awake.stored;
    frozen.sync();
    assert!(!frozen.is_ready(), "the token may have been issued before the jump");
    let next = started_at(400, frozen.stored);
    assert!(!next.is_ready(), "{:?}", next.authorization());
}

/// A page that is loaded when the wall clock shows this second.
fn started_at(second: i64, stored: Stored) -> Rig {
    let mut rig = Rig { jumped: second, ..Rig::waiting(stored) };
    rig.feed(|stored| Event::Started { stored, online: true });
    rig
}

/// Nobody can see that a clock was set back and that the computer has slept for just as long since: no page was awake in
/// between, and the sum is nothing. So the simulation lets the page send a token that has expired.
fn seed_47990_an_answer_that_waited_for_its_page_tells_nothing_of_two_moves_of_the_clock_meanwhile() {
    const BACK: i64 = -250_000;
    let mut world = browser(1, KINDS[0], Vec::new());
    run(&mut world, MINUTE);
    world.next_delivery = Some((100, 2 * SECOND));
    world.step(Step::RequestRefresh(0));
    let (frozen, slept) = (MINUTE + SECOND, MINUTE + 20 * SECOND);
    run(&mut world, frozen);
    let thawed = slept + 2 * SECOND;
    world.step(Step::Freeze(0, thawed));
    world.plan_step(thawed, Step::Thaw(0));
    run(&mut world, frozen + 5 * SECOND);
    world.step(Step::JumpClock(BACK));
    run(&mut world, slept);
    let awake = slept + BACK.unsigned_abs();
    world.step(Step::SleepUntil(awake));
    world.plan_step(awake, Step::WakeUp);
    let polls = world.checks.polls;
    run(&mut world, awake + 2 * MINUTE);
    assert!(world.checks.polls > polls, "it takes the token for good");
}

/// The clock may have been set since the pause was written, so the whole spacing counts from when it is read.
fn seeds_5243376_and_5915279_a_page_waits_for_one_spacing_and_one_lease_where_a_frozen_page_holds_the_lock() {
    let mut sender = Rig::signed_in();
    let mut rig = Rig::started(sender.stored.clone());
    sender.run_until_refresh();
    rig.monotonic = 250.0;
    rig.jumped = 441;
    rig.stored = sender.stored;
    rig.holder = Some(LeaseId::new("frozen"));
    rig.sync();
    rig.run_until(250.0 + 31.0 + 17.0);
    assert_eq!(rig.refreshes.len(), 0);
    rig.run_until(250.0 + 31.0 + 17.0 + 2.1);
    assert_eq!(rig.refreshes.len(), 1);
}

fn seed_5915279_a_page_that_wakes_with_an_overdue_refresh_sends_the_next_one_at_once() {
    let mut rig = Rig::signed_in();
    rig.run_until_refresh();
    rig.monotonic = 400.0;
    rig.feed(|stored| Event::Woke { stored });
    assert_eq!(rig.sent_at(), [239, 400]);
}

fn seed_5223631_a_page_that_starts_keeps_a_retry_after_that_is_as_long_as_the_spacing() {
    for retry_after in [7, 31] {
        let mut rig = Rig::signed_in();
        rig.monotonic = 299.5;
        rig.sync();
        let retry_after = Some(Duration::from_secs(retry_after));
        rig.answer(RefreshOutcome::Failed { cause: Degradation::RateLimited, retry_after });
        let started = started_at(305, rig.stored);
        assert!(!started.is_ready());
        assert_eq!(started.refreshes.len(), 0, "{retry_after:?}");
    }
}
