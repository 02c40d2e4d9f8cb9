//! The shortest history that still breaks the same invariant: fewer events, fewer tabs, less time.

use super::clock::Instant;
use super::invariants::{Invariant, Violation};
use super::mutant::Mutant;
use super::plan::{Plan, Step};
use super::random::Random;
use super::trace::Trace;
use super::world::World;

/// How many histories are tried.
const MOST_TRIES: u32 = 300;

/// Without a step the rest is drawn differently: so many draws are tried for each history.
const DRAWS: u64 = 3;

/// A history that breaks an invariant.
#[derive(Clone, Debug)]
pub struct Case {
    pub plan: Plan,
    random: Random,
    mutant: Option<Mutant>,
}

impl Case {
    pub const fn new(plan: Plan, random: Random, mutant: Option<Mutant>) -> Self {
        Self { plan, random, mutant }
    }

    /// Runs it, and tells all that has happened.
    pub fn replay(&self) -> (Vec<String>, Result<(), Violation>) {
        let mut world = self.world(Trace::new(true));
        let result = world.run();
        (world.trace.into_lines(), result)
    }

    pub fn run(&self) -> Result<(), Violation> {
        self.world(Trace::new(false)).run()
    }

    fn world(&self, trace: Trace) -> World {
        World::new(self.random.clone(), self.plan.clone(), self.mutant, trace)
    }

    /// The shortest history that was found.
    pub fn shrunk(self, violation: &Violation) -> Self {
        let mut search = Search { best: self, invariant: violation.invariant, left: MOST_TRIES };
        search.cut_after(violation.at);
        loop {
            let before = search.size();
            search.drop_steps();
            search.drop_tabs();
            search.drop_disruptions();
            if search.size() == before || search.left == 0 {
                return search.best;
            }
        }
    }
}

struct Search {
    best: Case,
    invariant: Invariant,
    left: u32,
}

impl Search {
    fn size(&self) -> (usize, usize, u64) {
        let Plan { setup, steps, .. } = &self.best.plan;
        (steps.len(), setup.tabs, setup.disruption)
    }

    /// Keeps the plan if it breaks the same invariant. What begins in it also ends.
    fn keep_if_it_fails(&mut self, mut plan: Plan) -> bool {
        let ends: Vec<_> = plan.steps.iter().filter_map(|(_, step)| step.end()).collect();
        for end in ends {
            if !plan.steps.contains(&end) {
                plan.steps.push(end);
            }
        }
        for draw in 0..DRAWS {
            if self.left == 0 {
                return false;
            }
            self.left -= 1;
            let random = if draw == 0 { self.best.random.clone() } else { Random::new(draw) };
            let case = Case { plan: plan.clone(), random, mutant: self.best.mutant };
            if case.run().is_err_and(|violation| violation.invariant == self.invariant) {
                self.best = case;
                return true;
            }
        }
        false
    }

    /// What comes after the violation has not caused it.
    fn cut_after(&mut self, at: Instant) {
        let mut plan = self.best.plan.clone();
        plan.steps.retain(|(when, _)| *when <= at);
        self.keep_if_it_fails(plan);
    }

    /// Half of the steps, a quarter, and so on, down to each alone.
    fn drop_steps(&mut self) {
        let mut chunk = self.best.plan.steps.len().div_ceil(2);
        while chunk > 0 {
            let mut start = 0;
            while start < self.best.plan.steps.len() {
                let mut plan = self.best.plan.clone();
                let end = (start + chunk).min(plan.steps.len());
                let dropped: Vec<_> = plan.steps.drain(start..end).collect();
                // What an hour must come to in the end, it must come to when nothing is wrong any more.
                plan.steps.extend(dropped.into_iter().filter(|(_, step)| *step == Step::Quiet));
                if plan.steps.len() == self.best.plan.steps.len() {
                    start += chunk;
                    continue;
                }
                if !self.keep_if_it_fails(plan) {
                    start += chunk;
                }
            }
            chunk /= 2;
        }
    }

    fn drop_tabs(&mut self) {
        while self.best.plan.setup.tabs > 1 {
            let mut plan = self.best.plan.clone();
            plan.setup.tabs -= 1;
            let tabs = plan.setup.tabs;
            plan.steps.retain(|(_, step)| step.tab().is_none_or(|tab| tab < tabs));
            if !self.keep_if_it_fails(plan) {
                return;
            }
        }
    }

    fn drop_disruptions(&mut self) {
        let mut plan = self.best.plan.clone();
        if std::mem::take(&mut plan.setup.disruption) > 0 {
            self.keep_if_it_fails(plan);
        }
    }
}

impl Step {
    /// When what begins with this step ends, and with which one.
    const fn end(&self) -> Option<(Instant, Self)> {
        match *self {
            Self::Freeze(tab, until) => Some((until, Self::Thaw(tab))),
            Self::SleepUntil(until) => Some((until, Self::WakeUp)),
            Self::Offline(until) => Some((until, Self::Online)),
            Self::Fault(_, until) => Some((until, Self::Mend)),
            _ => None,
        }
    }

    const fn tab(&self) -> Option<usize> {
        match self {
            Self::Open(tab)
            | Self::Crash(tab)
            | Self::Reload(tab)
            | Self::Freeze(tab, _)
            | Self::Thaw(tab)
            | Self::Hide(tab)
            | Self::Show(tab)
            | Self::SignIn(tab, _)
            | Self::SignOut(tab)
            | Self::RequestRefresh(tab)
            | Self::ChangeUser(tab) => Some(*tab),
            _ => None,
        }
    }
}

#[test]
fn a_history_is_shrunk_to_what_breaks_the_invariant() {
    use super::climate::Climate;
    use yew_auth_session::Rule;

    let mutant = Some(Mutant::Without(Rule::Spacing));
    let broken = (0..).find_map(|seed| {
        let case = super::case(seed, &Climate::MIXED, mutant);
        Some((case.run().err()?, case))
    });
    let (violation, case) = broken.expect("it is found soon");
    let steps = case.plan.steps.len();
    let shrunk = case.shrunk(&violation);
    let again = shrunk.run().expect_err("it still breaks");
    assert_eq!(again.invariant, violation.invariant);
    assert!(shrunk.plan.steps.len() * 2 < steps, "{} of {steps} steps are left", shrunk.plan.steps.len());
}
