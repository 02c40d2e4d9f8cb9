//! What processed, for somebody who wants to understand a seed.

use std::fmt;

use super::clock::{Instant, MINUTE, SECOND};
use super::lock::PageId;

/// Costs nothing unless it is kept.
#[derive(Debug, Default)]
pub struct Trace {
    kept: bool,
    lines: Vec<String>,
}

impl Trace {
    pub const fn new(kept: bool) -> Self {
        Self { kept, lines: Vec::new() }
    }

    pub fn world(&mut self, now: Instant, what: impl FnOnce() -> String) {
        if self.kept {
            self.lines.push(format!("{}        {}", Clock(now), what()));
        }
    }

    pub fn page(&mut self, now: Instant, page: PageId, what: impl FnOnce() -> String) {
        if self.kept {
            self.lines.push(format!("{} page {page:<2}{}", Clock(now), what()));
        }
    }

    pub fn into_lines(self) -> Vec<String> {
        self.lines
    }
}

/// `12:34.567`
struct Clock(Instant);

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(now) = self;
        write!(f, "{:02}:{:02}.{:03}", now / MINUTE, now % MINUTE / SECOND, now % SECOND)
    }
}
