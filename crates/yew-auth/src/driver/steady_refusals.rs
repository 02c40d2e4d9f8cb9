//! Paths that answer 401 whatever token is sent.

use std::cell::RefCell;

/// More paths are not remembered: the oldest is asked with a fresh token again.
const MAX_PATHS: usize = 16;

/// The paths that have refused a token and also the next one, which was issued because of that. Their 401 says nothing
/// about the token, and refreshing it once more at each request would not help.
#[derive(Debug, Default)]
pub(super) struct SteadyRefusals(RefCell<Vec<String>>);

impl SteadyRefusals {
    pub(super) fn contains(&self, path: &str) -> bool {
        self.0.borrow().iter().any(|known| known == path)
    }

    pub(super) fn add(&self, path: String) {
        let mut paths = self.0.borrow_mut();
        if !paths.contains(&path) {
            paths.push(path);
        }
        let excess = paths.len().saturating_sub(MAX_PATHS);
        paths.drain(..excess);
    }

    /// The path has given another answer.
    pub(super) fn remove(&self, path: &str) {
        self.0.borrow_mut().retain(|known| known != path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c21_a_path_counts_until_it_gives_another_answer_and_the_oldest_is_forgotten() {
        let refusals = SteadyRefusals::default();
        let path = |number: usize| format!("/api/{number}/");
        for number in 0..=MAX_PATHS {
            refusals.add(path(number));
        }
        assert!(!refusals.contains(&path(0)) && refusals.contains(&path(1)));
        refusals.remove(&path(1));
        assert!(!refusals.contains(&path(1)) && refusals.contains(&path(2)));
    }
}
