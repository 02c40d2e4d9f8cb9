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

use browser::{Browser, Budget};
use stateright::{Checker, Model};

/// How deep the search goes in a plain `cargo test`. `cargo xtask model` goes as deep as two minutes allow.
const DEFAULT_DEPTH: usize = 5;

/// `YEW_AUTH_MODEL_SECONDS`: how long. `YEW_AUTH_MODEL_DEPTH`: how deep.
#[test]
fn every_interleaving_keeps_every_invariant() {
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<usize>().expect("a number"));
    let seconds = number("YEW_AUTH_MODEL_SECONDS");
    let depth = number("YEW_AUTH_MODEL_DEPTH").unwrap_or(if seconds.is_some() { usize::MAX } else { DEFAULT_DEPTH });
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut checker = actions::TwoTabs { budget: Budget::FULL }.checker().threads(cores).target_max_depth(depth);
    if let Some(seconds) = seconds {
        checker = checker.timeout(Duration::from_secs(seconds as u64));
    }
    let started = Instant::now();
    let checker = checker.spawn_bfs().join();
    let (states, depth) = (checker.unique_state_count(), checker.max_depth());
    println!("{states} states to depth {depth} in {:.1} s", started.elapsed().as_secs_f64());
    if let Some((name, path)) = checker.discoveries().into_iter().next() {
        let last = path.last_state().clone();
        for action in path.into_actions() {
            println!("{action:?}");
        }
        panic!("{name}: {}", last.what_is_wrong().unwrap_or_default());
    }
}

/// What the checker is for: a rule that is not kept is noticed.
#[test]
fn without_a_mark_a_sign_in_whose_tab_died_is_noticed() {
    let mut died = Browser::new(Budget::FULL, Some(yew_auth_session::Rule::SignInMark));
    died.sign_in(0, browser::BOB);
    died.deliver(0);
    died.crash(0);
    died.answer(0, true);
    assert!(died.what_is_wrong().is_some());
}
