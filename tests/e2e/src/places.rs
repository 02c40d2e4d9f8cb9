//! How many tests run at once.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Tests wait more than they work, so two processors carry these; more would need memory for their browsers.
const ALL: usize = 6;

static FREE: Mutex<usize> = Mutex::new(ALL);
static FREED: Condvar = Condvar::new();

/// One test's place on the machine; dropping it makes room for the next.
#[derive(Debug)]
pub(crate) struct Place(());

impl Place {
    /// Waits until there is one.
    pub(crate) fn take() -> Self {
        let mut free = lock();
        while *free == 0 {
            free = FREED.wait(free).unwrap_or_else(PoisonError::into_inner);
        }
        *free -= 1;
        Self(())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        *lock() += 1;
        FREED.notify_one();
    }
}

fn lock() -> MutexGuard<'static, usize> {
    FREE.lock().unwrap_or_else(PoisonError::into_inner)
}
