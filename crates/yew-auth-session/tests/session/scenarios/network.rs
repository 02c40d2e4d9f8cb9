//! The browser says that it is offline: true or not.

use yew_auth_session::{Authorization, Connection, Degradation, Effect, Event, RefreshOutcome, Ticket};

use crate::rig::{Rig, grant};

over_every_transport! {
    c8_a_browser_that_is_wrong_about_being_offline_is_proven_wrong_by_one_probe,
    c8_a_page_that_starts_in_such_a_browser_works,
    c8_offline_the_network_is_probed_at_intervals_and_nothing_else_is_sent,
    c8_a_wake_up_probes_at_once,
    c8_once_proven_wrong_the_browser_is_right_again_when_a_request_fails,
    c8_a_request_that_needs_a_token_waits_for_the_probe,
    c8_offline_a_request_waits_for_no_answer_to_another_page,
    c8_while_a_probe_is_under_way_nothing_wakes_the_page_for_it,
    c8_a_probe_that_fails_once_the_browser_is_online_again_is_no_news,
}

/// The browser says so, and nothing has changed.
fn say_offline(rig: &mut Rig) {
    rig.feed(|_| Event::OnlineChanged(false));
}

fn c8_a_browser_that_is_wrong_about_being_offline_is_proven_wrong_by_one_probe() {
    let mut rig = Rig::signed_in();
    rig.run_until(10.0);
    say_offline(&mut rig);
    assert_eq!(rig.machine.connection(), Connection::Good);
    rig.run_until_refresh();
    rig.grant_refresh(grant(1, 240, 300));
    rig.run_until(500.0);
    assert_eq!(rig.probes, [10.0], "what is proven is not asked again");
    assert_eq!(rig.refreshes.len(), 2);
}

fn c8_a_page_that_starts_in_such_a_browser_works() {
    let stored = Rig::signed_in_for(100).stored;
    let mut rig = Rig::waiting(stored);
    rig.monotonic = 200.0;
    rig.feed(|stored| Event::Started { stored, online: false });
    assert_eq!(rig.sent_at(), [200]);
    rig.grant_refresh(grant(1, 200, 300));
    assert!(rig.is_ready());
    assert_eq!(rig.machine.connection(), Connection::Good);
}

fn c8_offline_the_network_is_probed_at_intervals_and_nothing_else_is_sent() {
    let mut rig = Rig::signed_in();
    rig.run_until(200.0);
    rig.set_online(false);
    assert_eq!(rig.machine.connection(), Connection::Degraded(Degradation::Offline));
    rig.run_until(800.0);
    assert_eq!(rig.refreshes, []);
    assert_eq!(rig.authorization(), Authorization::Unavailable(Degradation::Offline));
    let pauses: Vec<f64> = rig.probes.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(pauses.len() > 12 && pauses.iter().all(|pause| (31.0..=45.1).contains(pause)), "{pauses:?}");
    // The network comes back, and the browser does not notice.
    rig.network = true;
    rig.run_until_refresh();
    assert!(rig.monotonic < 846.0, "{}", rig.monotonic);
    rig.grant_refresh(grant(1, rig.second(), 300));
    assert_eq!(rig.machine.connection(), Connection::Good);
}

fn c8_a_wake_up_probes_at_once() {
    let mut rig = Rig::signed_in();
    rig.run_until(100.0);
    rig.set_online(false);
    rig.network = true;
    rig.run_until(110.0);
    rig.feed(|stored| Event::Woke { stored });
    assert_eq!(rig.probes, [100.0, 110.0]);
    assert_eq!(rig.machine.connection(), Connection::Good);
}

fn c8_once_proven_wrong_the_browser_is_right_again_when_a_request_fails() {
    let mut rig = Rig::signed_in();
    rig.run_until(10.0);
    say_offline(&mut rig);
    rig.run_until_refresh();
    rig.network = false;
    rig.answer(RefreshOutcome::Failed { cause: Degradation::Offline, retry_after: None });
    assert_eq!(rig.machine.connection(), Connection::Degraded(Degradation::Offline));
    rig.run_until(400.0);
    assert_eq!((rig.refreshes.len(), rig.is_ready()), (1, false));
    rig.network = true;
    rig.run_until(446.0);
    assert_eq!(rig.refreshes.len(), 2);
}

fn c8_a_request_that_needs_a_token_waits_for_the_probe() {
    let stored = Rig::signed_in_for(100).stored;
    let mut rig = Rig::waiting(stored);
    rig.monotonic = 200.0;
    let now = rig.now();
    rig.machine.handle_event(Event::Started { stored: rig.stored.clone(), online: false }, now);
    assert_eq!(rig.authorization(), Authorization::Pending, "the probe is under way");
    while let Some(effect) = rig.machine.poll_effect() {
        let Effect::ProbeNetwork(ticket) = effect else { continue };
        rig.machine.handle_event(Event::ProbeFinished { ticket, reached: false }, now);
    }
    assert_eq!(rig.authorization(), Authorization::Unavailable(Degradation::Offline));
}

fn c8_offline_a_request_waits_for_no_answer_to_another_page() {
    let mut rig = Rig::signed_in();
    let mut other = Rig::started(rig.stored.clone());
    (rig.monotonic, other.monotonic) = (400.0, 400.0);
    other.sync();
    rig.stored = other.stored;
    rig.sync();
    assert_eq!((rig.refreshes.len(), rig.authorization()), (0, Authorization::Pending));
    rig.set_online(false);
    assert_eq!(rig.authorization(), Authorization::Unavailable(Degradation::Offline));
}

/// The browser says that it is offline, and the probe is on its way.
fn probing() -> (Rig, Ticket) {
    let mut rig = Rig::signed_in();
    rig.run_until(10.0);
    let now = rig.now();
    rig.machine.handle_event(Event::OnlineChanged(false), now);
    let Some(Effect::ProbeNetwork(ticket)) = rig.machine.poll_effect() else { panic!("a probe is sent") };
    (rig, ticket)
}

fn c8_while_a_probe_is_under_way_nothing_wakes_the_page_for_it() {
    let (rig, _) = probing();
    let next = rig.machine.poll_timeout().expect("the session ends").duration_since(rig.now().wall);
    assert!(next.as_secs() > 60, "in {next:?}");
}

fn c8_a_probe_that_fails_once_the_browser_is_online_again_is_no_news() {
    let (mut rig, ticket) = probing();
    rig.feed(|_| Event::OnlineChanged(true));
    rig.feed(|_| Event::ProbeFinished { ticket, reached: false });
    assert_eq!(rig.machine.connection(), Connection::Good);
    rig.run_until_refresh();
    assert_eq!(rig.sent_at(), [239]);
}
