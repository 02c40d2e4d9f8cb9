//! Many seeds, on all cores.

use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Instant;

use crate::simulation::climate::Climate;
use crate::simulation::{Failure, replay, run};

const DEFAULT_SEEDS: u64 = 5_000;

/// `YEW_AUTH_SIM_SEEDS`: how many. `YEW_AUTH_SIM_FIRST`: from which on. `YEW_AUTH_SIM_SEED`: only this one, told in full.
#[test]
fn every_invariant_holds_in_the_simulation() {
    if let Some(seed) = variable("YEW_AUTH_SIM_SEED") {
        return tell(seed);
    }
    let first = variable("YEW_AUTH_SIM_FIRST").unwrap_or(0);
    let count = variable("YEW_AUTH_SIM_SEEDS").unwrap_or(DEFAULT_SEEDS);
    let started = Instant::now();
    let failure = first_failure(first, count);
    let took = started.elapsed().as_secs_f64();
    if let Some(failure) = failure {
        panic!("{failure}");
    }
    #[expect(clippy::cast_precision_loss, reason = "a rate for people to read")]
    let rate = count as f64 / took;
    println!("{count} seeds from {first} on in {took:.1} s: {rate:.0} seeds/s");
}

#[test]
fn the_same_seed_is_the_same_hour() {
    for seed in 0..5 {
        assert_eq!(replay(seed, &Climate::MIXED).0, replay(seed, &Climate::MIXED).0);
    }
}

/// The failure of the lowest seed that fails.
fn first_failure(first: u64, count: u64) -> Option<Box<Failure>> {
    let next = AtomicU64::new(first);
    let stop = AtomicU64::new(first + count);
    let work = || {
        let mut found = None;
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= stop.load(Ordering::Relaxed) {
                return found;
            }
            if let Err(failure) = run(seed, &Climate::MIXED, None) {
                stop.fetch_min(seed, Ordering::Relaxed);
                found = Some(failure);
            }
        }
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        workers.into_iter().filter_map(|worker| worker.join().expect("no panic")).min_by_key(|failure| failure.seed)
    })
}

fn tell(seed: u64) {
    let (trace, result) = replay(seed, &Climate::MIXED);
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
