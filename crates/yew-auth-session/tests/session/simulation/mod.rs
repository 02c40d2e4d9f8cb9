//! The simulation of one browser: the real session machine in many tabs, a server, and everything that goes wrong
//! between them. One seed is one virtual hour; the same seed is the same hour.

mod beginning;
pub mod climate;
pub mod clock;
mod clock_checks;
pub mod cookies;
mod driver;
mod exclusive;
pub mod invariants;
pub mod lock;
pub mod mutant;
pub mod network;
mod page;
mod person;
pub mod plan;
mod polling;
mod queue;
pub mod random;
mod recovery_checks;
mod request;
mod request_checks;
pub mod server;
mod session_checks;
pub mod session_cookies;
mod shrink;
mod steps;
pub mod trace;
mod traffic;
pub mod world;

use std::fmt;
use std::time::Duration;

use climate::Climate;
use invariants::Violation;
use mutant::Mutant;
use plan::Plan;
use random::Random;
use shrink::Case;

/// How much of the trace a failure shows.
const LAST_LINES: usize = 60;

/// A seed that broke an invariant.
#[derive(Debug)]
pub struct Failure {
    pub seed: u64,
    pub violation: Violation,
    case: Case,
}

/// Runs one seed.
pub fn run(seed: u64, climate: &Climate, mutant: Option<Mutant>) -> Result<(), Box<Failure>> {
    let case = case(seed, climate, mutant);
    case.run().map_err(|violation| Box::new(Failure { seed, violation, case }))
}

/// Runs one seed, and tells all that has happened.
pub fn replay(seed: u64, climate: &Climate) -> (Vec<String>, Result<(), Violation>) {
    case(seed, climate, None).replay()
}

fn case(seed: u64, climate: &Climate, mutant: Option<Mutant>) -> Case {
    let mut random = Random::new(seed);
    let plan = Plan::draw(&mut random, climate);
    Case::new(plan, random, mutant)
}

impl Failure {
    /// The shortest history that still breaks the invariant, for a person to read.
    pub fn shrunk(&self) -> String {
        let steps = self.case.plan.steps.len();
        let shrunk = self.case.clone().shrunk(&self.violation);
        let (lines, result) = shrunk.replay();
        let Plan { setup, steps: left, .. } = &shrunk.plan;
        let mut text = format!("{} of {steps} steps are enough, with {setup:?}\n", left.len());
        for (at, step) in left {
            text += &format!("  {:>9.3} s  {step:?}\n", Duration::from_millis(*at).as_secs_f64());
        }
        for line in &lines[lines.len().saturating_sub(LAST_LINES)..] {
            text += line;
            text.push('\n');
        }
        if let Err(violation) = result {
            text += &format!("which breaks {violation}\n");
        }
        text
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "seed {} breaks {}", self.seed, self.violation)?;
        write!(f, "the whole hour: cargo xtask simulate --seed {}", self.seed)
    }
}
