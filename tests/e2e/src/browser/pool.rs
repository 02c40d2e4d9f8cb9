//! How many tests run at once, and the browsers that they reuse.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use anyhow::Result;

use super::running::RunningBrowser;
use crate::machine::Environment;

/// Tests wait more than they compute, so two processors carry this many; more would need memory for their browsers.
const SLOTS: usize = 10;

static POOL: Mutex<Pool> = Mutex::new(Pool { free_slots: SLOTS, idle: Vec::new() });
static SLOT_FREED: Condvar = Condvar::new();
static STARTED: AtomicUsize = AtomicUsize::new(0);

struct Pool {
    free_slots: usize,
    /// Browsers that passed tests have returned.
    idle: Vec<RunningBrowser>,
}

/// The right of one test to run; dropping it lets the next test run.
#[derive(Debug)]
pub(crate) struct Slot(());

impl Slot {
    /// Waits until a slot is free.
    pub(crate) fn acquire() -> Self {
        let mut pool = lock();
        while pool.free_slots == 0 {
            pool = SLOT_FREED.wait(pool).unwrap_or_else(PoisonError::into_inner);
        }
        pool.free_slots -= 1;
        Self(())
    }

    /// An idle browser, or a new one.
    pub(crate) async fn browser(&self, environment: &Environment) -> Result<RunningBrowser> {
        let idle = lock().idle.pop();
        match idle {
            Some(browser) => Ok(browser),
            None => self.new_browser(environment).await,
        }
    }

    /// A new browser.
    pub(crate) async fn new_browser(&self, environment: &Environment) -> Result<RunningBrowser> {
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        RunningBrowser::start(environment, &environment.state.join(format!("browser-{number}"))).await
    }

    /// Returns a browser for a later test.
    pub(crate) fn return_browser(&self, browser: RunningBrowser) {
        lock().idle.push(browser);
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        lock().free_slots += 1;
        SLOT_FREED.notify_one();
    }
}

fn lock() -> MutexGuard<'static, Pool> {
    POOL.lock().unwrap_or_else(PoisonError::into_inner)
}
