//! Every interleaving, not only the likely ones: two tabs with the real session machine, two people, one server whose
//! cookies are named after their session, and each message delivered, lost, doubled or late, with one freeze and one
//! crash. stateright searches breadth first, so that a counterexample is the shortest there is.

mod actions;
mod browser;
mod driver;
mod server;
mod settle;
mod wire;

use std::time::{Duration, Instant};

use actions::TwoTabs;
use browser::Budget;
use stateright::{Checker, Model};
use yew_auth_session::Rule;

/// How deep a search goes in a plain `cargo test`. `cargo xtask model` goes as deep as two minutes allow.
const DEFAULT_DEPTH: usize = 5;

/// Each takes about two kilobytes.
const MOST_STATES: usize = 2_000_000;

/// With fewer kinds of trouble a search goes deeper.
const SEARCHES: [(&str, Budget); 2] = [
    ("every trouble", Budget::FULL),
    ("a sign-in and a sign-out, one of them lost, and a crash", Budget::SIGN_IN_AND_OUT),
];

/// `YEW_AUTH_MODEL_SECONDS`: how long, together.
#[test]
fn every_interleaving_keeps_every_invariant() {
    let seconds = std::env::var("YEW_AUTH_MODEL_SECONDS").ok().map(|text| text.parse::<u32>().expect("a number"));
    for (name, budget) in SEARCHES {
        let limit = match seconds {
            Some(seconds) => Limit::Time(Duration::from_secs(seconds.into()) / SEARCHES.len() as u32),
            None => Limit::Depth(DEFAULT_DEPTH),
        };
        let started = Instant::now();
        let found = search(TwoTabs { budget, off: None }, limit);
        let Found { states, depth, counterexample } = found;
        println!("{name}: {states} states to depth {depth} in {:.1} s", started.elapsed().as_secs_f64());
        if let Some(counterexample) = counterexample {
            panic!("{counterexample}");
        }
    }
}

/// A search that can find nothing proves nothing.
#[test]
fn without_a_mark_a_sign_in_whose_tab_died_is_found() {
    let model = TwoTabs { budget: Budget::SIGN_IN_AND_OUT, off: Some(Rule::SignInMark) };
    let counterexample = search(model, Limit::Depth(6)).counterexample.expect("a counterexample");
    assert!(counterexample.contains("nobody shows it"), "{counterexample}");
}

#[test]
fn a_sign_out_that_cancels_no_sign_in_is_found() {
    let model = TwoTabs { budget: Budget::SIGN_IN_AND_OUT, off: Some(Rule::CancelSignIns) };
    let counterexample = search(model, Limit::Depth(8)).counterexample.expect("a counterexample");
    assert!(counterexample.contains("is back"), "{counterexample}");
}

enum Limit {
    Depth(usize),
    Time(Duration),
}

struct Found {
    states: usize,
    depth: usize,
    counterexample: Option<String>,
}

/// Breadth first, on all cores.
fn search(model: TwoTabs, limit: Limit) -> Found {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let checker = model.checker().threads(cores).target_state_count(MOST_STATES);
    let checker = match limit {
        Limit::Depth(depth) => checker.target_max_depth(depth),
        Limit::Time(time) => checker.timeout(time),
    };
    let checker = checker.spawn_bfs().join();
    let counterexample = checker.discoveries().into_iter().next().map(|(name, path)| {
        let wrong = path.last_state().what_is_wrong().unwrap_or_default();
        let actions: Vec<_> = path.into_actions().iter().map(|action| format!("{action:?}")).collect();
        format!("{name}: {wrong}, after {}", actions.join(", "))
    });
    Found { states: checker.unique_state_count(), depth: checker.max_depth(), counterexample }
}
