use yew_auth_session::Authorization;

use crate::rig::{Rig, grant};
use crate::simulation::clock::{Instant, MINUTE, SECOND};
use crate::simulation::lock::LockKind;
use crate::simulation::network::NetworkQuality;
use crate::simulation::plan::{Beginning, News, Plan, Setup, Step};
use crate::simulation::random::Random;
use crate::simulation::server::{Lifetimes, Renewal};
use crate::simulation::trace::Trace;
use crate::simulation::world::World;
use crate::transport::transport;

over_every_transport! {
    f17_five_tabs_over_five_lifetimes_refresh_exactly_five_times_whatever_the_browser_offers,
    s1_signing_out_in_one_of_five_tabs_signs_all_out_within_a_second,
    f11_six_tabs_refresh_once_after_eight_hours_of_sleep,
    f15_a_tab_killed_while_it_holds_the_lock_delays_the_others_by_twenty_seconds_at_most,
    f16_the_lease_of_a_tab_that_is_frozen_for_ten_minutes_is_stolen,
    s6_a_stolen_refresh_token_ends_the_session_in_every_tab,
    f12_a_tab_that_was_hidden_for_long_has_a_fresh_token_for_its_first_request,
    a_tab_that_wakes_while_another_refreshes_waits_for_that_answer_but_no_longer_than_it_can_take,
}

pub const KINDS: [(LockKind, News); 4] = [
    (LockKind::WebLock, News::Channel),
    (LockKind::WebLock, News::StorageEvent),
    (LockKind::Lease, News::Channel),
    (LockKind::Lease, News::StorageEvent),
];

/// So many tabs, opened within seconds and signed in at second 5, on a good day.
pub fn browser(tabs: usize, (lock, news): (LockKind, News), mut steps: Vec<(Instant, Step)>) -> World {
    let setup = Setup {
        tabs,
        kind: transport(),
        renewal: Renewal::Rotates,
        beginning: Beginning::Fresh,
        lock,
        news,
        skew: -1_234_567,
        monotonic_counts_sleep: false,
        lifetimes: Lifetimes { access: 300, refresh: 7 * 86_400, session: 30 * 86_400 },
        disruption: 0,
    };
    steps.push((0, Step::Open(0)));
    steps.push((2 * SECOND, Step::SignIn(0, "ada")));
    for tab in 1..tabs {
        steps.push((5 * SECOND, Step::Open(tab)));
    }
    for tab in 0..tabs {
        steps.push((6 * SECOND, Step::Show(tab)));
    }
    World::new(Random::new(1), Plan { setup, steps, end: Instant::MAX }, None, Trace::new(false))
}

pub fn run(world: &mut World, until: Instant) {
    if let Err(violation) = world.run_until(until) {
        panic!("{violation}");
    }
}

/// Goes on until a refresh is under way, and tells in which tab.
fn refresh_under_way(world: &mut World) -> usize {
    let (before, begun) = (world.checks.refreshes, world.now);
    while world.checks.refreshes == before {
        assert!(world.now < begun + 10 * MINUTE, "nothing is refreshed");
        let next = world.now + 5;
        run(world, next);
    }
    let (_, request) = world.open_refreshes().next().expect("it takes longer than that");
    world.pages[request.page].tab
}

fn is_ready(world: &World, tab: usize) -> bool {
    let page = &world.pages[world.tabs[tab].expect("the tab is open")];
    matches!(page.machine.authorization(page.read_clocks(world.now, &world.clocks)), Authorization::Ready { .. })
}

fn f17_five_tabs_over_five_lifetimes_refresh_exactly_five_times_whatever_the_browser_offers() {
    for kind in KINDS {
        let mut world = browser(5, kind, Vec::new());
        run(&mut world, 5 * 4 * MINUTE + 30 * SECOND);
        assert_eq!(world.checks.refreshes, 5, "{kind:?}");
    }
}

fn s1_signing_out_in_one_of_five_tabs_signs_all_out_within_a_second() {
    for kind in KINDS {
        let mut world = browser(5, kind, vec![(MINUTE, Step::SignOut(3))]);
        run(&mut world, MINUTE - 1);
        assert!(world.live_pages().all(|page| world.pages[page].shows.is_some()));
        run(&mut world, MINUTE + SECOND);
        assert!(world.live_pages().all(|page| world.pages[page].shows.is_none()), "{kind:?}");
    }
}

fn f11_six_tabs_refresh_once_after_eight_hours_of_sleep() {
    const SLEEP: Instant = 8 * 60 * MINUTE;
    for kind in KINDS {
        let steps = vec![(MINUTE, Step::SleepUntil(MINUTE + SLEEP)), (MINUTE + SLEEP, Step::WakeUp)];
        let mut world = browser(6, kind, steps);
        run(&mut world, MINUTE + SLEEP);
        assert_eq!(world.checks.refreshes, 0);
        run(&mut world, MINUTE + SLEEP + 2 * MINUTE);
        assert_eq!(world.checks.refreshes, 1, "{kind:?}");
        assert!((0..6).all(|tab| is_ready(&world, tab)));
    }
}

fn f15_a_tab_killed_while_it_holds_the_lock_delays_the_others_by_twenty_seconds_at_most() {
    for kind in KINDS {
        let mut world = browser(4, kind, Vec::new());
        world.network_quality = NetworkQuality { slowest: 800, loss: 0 };
        let killed = refresh_under_way(&mut world);
        world.close(killed);
        let until = world.now + 20 * SECOND;
        run(&mut world, until);
        for tab in (0..4).filter(|tab| *tab != killed) {
            assert!(is_ready(&world, tab), "{kind:?}");
        }
        let until = world.now + MINUTE;
        run(&mut world, until);
        assert_eq!(world.checks.refreshes, 2, "{kind:?}");
    }
}

fn f16_the_lease_of_a_tab_that_is_frozen_for_ten_minutes_is_stolen() {
    for kind in KINDS {
        let mut world = browser(4, kind, Vec::new());
        let frozen = refresh_under_way(&mut world);
        let thaw = world.now + 10 * MINUTE;
        world.step(Step::Freeze(frozen, thaw));
        world.plan_step(thaw, Step::Thaw(frozen));
        let until = world.now + MINUTE;
        run(&mut world, until);
        assert!((0..4).all(|tab| tab == frozen || is_ready(&world, tab)), "{kind:?}");
        run(&mut world, thaw + SECOND);
        assert!(is_ready(&world, frozen), "{kind:?}");
        assert_eq!(world.checks.refreshes, 4, "{kind:?}: the frozen tab's, and one for each lifetime");
    }
}

fn s6_a_stolen_refresh_token_ends_the_session_in_every_tab() {
    let mut world = browser(3, KINDS[0], Vec::new());
    let stored = |world: &World| {
        let session = world.record.as_ref().and_then(|record| record.session()).expect("signed in");
        let jar = world.jar.named.values().chain([&world.jar.fixed]).find_map(|pair| pair.refresh.as_ref());
        session.credentials.refresh_token().or(jar).expect("in the page, or in the jar").clone()
    };
    run(&mut world, MINUTE);
    let stolen = stored(&world);
    run(&mut world, 9 * MINUTE);
    assert_eq!(world.checks.refreshes, 2);
    assert!(world.server.refresh(Some(&stolen), world.now).is_err());
    run(&mut world, 9 * MINUTE + 30 * SECOND);
    assert!(world.live_pages().all(|page| world.pages[page].shows.is_none()));
}

fn f12_a_tab_that_was_hidden_for_long_has_a_fresh_token_for_its_first_request() {
    let steps = vec![(MINUTE, Step::Hide(0)), (MINUTE + 1, Step::Freeze(0, 20 * MINUTE)), (20 * MINUTE, Step::Thaw(0))];
    let mut world = browser(1, KINDS[0], steps);
    world.plan_step(20 * MINUTE + SECOND, Step::Show(0));
    run(&mut world, 21 * MINUTE);
    assert_eq!(world.checks.refreshes, 1);
    assert!(is_ready(&world, 0));
}

fn a_tab_that_wakes_while_another_refreshes_waits_for_that_answer_but_no_longer_than_it_can_take() {
    let mut refreshing = Rig::signed_in();
    let mut waking = Rig::started(refreshing.stored.clone());
    for rig in [&mut refreshing, &mut waking] {
        rig.monotonic = 400.0;
    }
    refreshing.sync();
    waking.stored = refreshing.stored.clone();
    waking.sync();
    assert_eq!((refreshing.refreshes.len(), waking.refreshes.len()), (1, 0));
    assert_eq!(waking.authorization(), Authorization::Pending);
    waking.run_until(414.9);
    assert_eq!(waking.authorization(), Authorization::Pending);
    waking.monotonic = 415.0;
    assert!(matches!(waking.authorization(), Authorization::Unavailable(_)), "whether the timer has fired or not");
    waking.run_until(415.1);
    assert!(matches!(waking.authorization(), Authorization::Unavailable(_)), "{:?}", waking.authorization());

    refreshing.grant_refresh(grant(1, 400, 300));
    waking.stored = refreshing.stored.clone();
    waking.sync();
    assert!(waking.is_ready());
}
