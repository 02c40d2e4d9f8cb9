//! How the sessions of a test's backend are proven. The machine is the same.

use std::cell::Cell;

use yew_auth_session::CredentialKind;

thread_local! {
    static TRANSPORT: Cell<CredentialKind> = const { Cell::new(CredentialKind::Bearer) };
}

/// That of the test which runs in this thread.
pub fn transport() -> CredentialKind {
    TRANSPORT.get()
}

/// Runs a test in this way; each test has a thread of its own.
pub fn over(transport: CredentialKind, test: fn()) {
    TRANSPORT.set(transport);
    test();
}
