//! The simulation of one browser: the real session machine in many tabs, a server, and everything that goes wrong
//! between them. One seed is one virtual hour; the same seed is the same hour.

mod beginning;
pub mod climate;
pub mod clock;
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
mod request;
mod request_checks;
pub mod server;
mod session_checks;
pub mod session_cookies;
mod steps;
pub mod trace;
mod traffic;
pub mod world;

use std::fmt;

use climate::Climate;
use invariants::Violation;
use mutant::Mutant;
use plan::Plan;
use random::Random;
use trace::Trace;
use world::World;

/// How much of the trace a failure shows.
const LAST_LINES: usize = 60;

/// A seed that broke an invariant.
#[derive(Debug)]
pub struct Failure {
    pub seed: u64,
    pub violation: Violation,
    trace: Vec<String>,
}

/// Runs one seed.
pub fn run(seed: u64, climate: &Climate, mutant: Option<Mutant>) -> Result<(), Box<Failure>> {
    world(seed, climate, mutant, false).run().map_err(|_| {
        let mut again = world(seed, climate, mutant, true);
        let violation = again.run().expect_err("the same seed is the same hour");
        let lines = again.trace.into_lines();
        let trace = lines[lines.len().saturating_sub(LAST_LINES)..].to_vec();
        Box::new(Failure { seed, violation, trace })
    })
}

/// Runs one seed, and tells all that processed.
pub fn replay(seed: u64, climate: &Climate) -> (Vec<String>, Result<(), Violation>) {
    let mut world = world(seed, climate, None, true);
    let result = world.run();
    (world.trace.into_lines(), result)
}

fn world(seed: u64, climate: &Climate, mutant: Option<Mutant>, traced: bool) -> World {
    let mut random = Random::new(seed);
    let plan = Plan::draw(&mut random, climate);
    let mut trace = Trace::new(traced);
    trace.world(0, || format!("{:?}", plan.setup));
    World::new(random, plan, mutant, trace)
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.trace {
            writeln!(f, "{line}")?;
        }
        writeln!(f, "\nseed {} breaks {}", self.seed, self.violation)?;
        write!(f, "replay it: cargo xtask simulate --seed {}", self.seed)
    }
}
