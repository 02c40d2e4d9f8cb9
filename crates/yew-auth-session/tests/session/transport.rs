//! How the tokens of a test's backend travel. The machine is the same.

use std::cell::Cell;

/// One of the two ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// In cookies that no script can read.
    Cookie,
    /// In the page's hands.
    Bearer,
}

thread_local! {
    static TRANSPORT: Cell<Transport> = const { Cell::new(Transport::Bearer) };
}

/// That of the test which runs in this thread.
pub fn transport() -> Transport {
    TRANSPORT.get()
}

/// Runs a test in this way; each test has a thread of its own.
pub fn over(transport: Transport, test: fn()) {
    TRANSPORT.set(transport);
    test();
}
