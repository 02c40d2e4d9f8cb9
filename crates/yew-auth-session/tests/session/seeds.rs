//! Many seeds, on all cores.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Instant;

use crate::simulation::climate::Climate;
use crate::simulation::{Failure, replay, run};

const DEFAULT_SEEDS: u64 = 5_000;

/// No more failures are told: one is enough to work on, a few say whether they are of one kind.
const MOST_FAILURES: usize = 20;

/// `YEW_AUTH_SIM_SEEDS`: how many. `YEW_AUTH_SIM_FIRST`: from which on. `YEW_AUTH_SIM_SEED`: only this one, told in full.
#[test]
fn every_invariant_holds_in_the_simulation() {
    assert_invariants_hold(&Climate::MIXED);
}

/// With a stock backend, and exactly the exemptions that docs/limits.md names.
#[test]
fn every_invariant_holds_in_the_simulation_with_fixed_cookies() {
    assert_invariants_hold(&Climate::FIXED_COOKIES);
}

/// With stock backends that keep their refresh tokens, or whose sessions are not refreshed at all.
#[test]
fn every_invariant_holds_in_the_simulation_without_rotation_and_without_refresh() {
    assert_invariants_hold(&Climate::WITHOUT_ROTATION);
}

#[test]
fn the_same_seed_is_the_same_hour() {
    for seed in 0..5 {
        assert_eq!(replay(seed, &Climate::MIXED).0, replay(seed, &Climate::MIXED).0);
    }
}

fn assert_invariants_hold(climate: &Climate) {
    if let Some(seed) = variable("YEW_AUTH_SIM_SEED") {
        return tell(seed, climate);
    }
    let first = variable("YEW_AUTH_SIM_FIRST").unwrap_or(0);
    let count = variable("YEW_AUTH_SIM_SEEDS").unwrap_or(DEFAULT_SEEDS);
    let started = Instant::now();
    let failures = failures(first, count, climate);
    let took = started.elapsed().as_secs_f64();
    if let [failure, others @ ..] = &failures[..] {
        for other in others {
            eprintln!("seed {} breaks {}", other.seed, other.violation);
        }
        panic!("{}\n{failure}", failure.shrunk());
    }
    #[expect(clippy::cast_precision_loss, reason = "a rate for people to read")]
    let rate = count as f64 / took;
    println!("{}: {count} seeds from {first} on in {took:.1} s: {rate:.0} seeds/s", climate.name);
}

/// The seeds that fail, the lowest first.
fn failures(first: u64, count: u64, climate: &Climate) -> Vec<Failure> {
    let next = AtomicU64::new(first);
    let found = Mutex::new(Vec::new());
    let work = || {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            let is_enough = found.lock().expect("no panic").len() >= MOST_FAILURES;
            if seed >= first + count || is_enough {
                return;
            }
            if let Err(failure) = run(seed, climate, None) {
                found.lock().expect("no panic").push(*failure);
            }
        }
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(work);
        }
    });
    let mut failures = found.into_inner().expect("no panic");
    failures.sort_by_key(|failure| failure.seed);
    failures
}

fn tell(seed: u64, climate: &Climate) {
    let (trace, result) = replay(seed, climate);
    for line in trace {
        println!("{line}");
    }
    if let Err(violation) = result {
        panic!("seed {seed} breaks {violation}");
    }
}

fn variable(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name} is no number: {text}")))
}
