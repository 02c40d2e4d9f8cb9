//! How many tests run at once, and the browsers that one hands on to the next.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use anyhow::Result;

use crate::chromium::Chromium;
use crate::environment::Environment;

/// Tests wait more than they work, so two processors carry these; more would need memory for their browsers.
const ALL: usize = 14;

static FREE: Mutex<Free> = Mutex::new(Free { places: ALL, browsers: Vec::new() });
static FREED: Condvar = Condvar::new();
static STARTED: AtomicUsize = AtomicUsize::new(0);

struct Free {
    places: usize,
    /// As tests that passed have left them.
    browsers: Vec<Chromium>,
}

/// One test's place on the machine; dropping it makes room for the next.
#[derive(Debug)]
pub(crate) struct Place(());

impl Place {
    /// Waits until there is one.
    pub(crate) fn take() -> Self {
        let mut free = lock();
        while free.places == 0 {
            free = FREED.wait(free).unwrap_or_else(PoisonError::into_inner);
        }
        free.places -= 1;
        Self(())
    }

    /// A browser that nobody uses.
    pub(crate) async fn browser(&self, environment: &Environment) -> Result<Chromium> {
        let used = lock().browsers.pop();
        match used {
            Some(used) => Ok(used),
            None => self.new_browser(environment).await,
        }
    }

    /// A browser that nobody has used.
    pub(crate) async fn new_browser(&self, environment: &Environment) -> Result<Chromium> {
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        Chromium::start(environment, &environment.state.join(format!("browser-{number}"))).await
    }

    /// Keeps a browser for a later test.
    pub(crate) fn hand_on(&self, browser: Chromium) {
        lock().browsers.push(browser);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        lock().places += 1;
        FREED.notify_one();
    }
}

fn lock() -> MutexGuard<'static, Free> {
    FREE.lock().unwrap_or_else(PoisonError::into_inner)
}
