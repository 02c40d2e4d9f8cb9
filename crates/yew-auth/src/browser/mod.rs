//! Thin wrappers of browser APIs. Whatever the browser refuses is an error, never a panic.

pub(crate) mod channel;
pub(crate) mod clock;
pub(crate) mod crypto;
#[cfg(feature = "faults")]
pub(crate) mod faults;
pub(crate) mod http;
pub(crate) mod lease;
pub(crate) mod location;
pub(crate) mod lock;
pub(crate) mod page;
pub(crate) mod prefetch;
#[cfg(feature = "dpop")]
pub(crate) mod signing_key;
pub(crate) mod storage;
pub(crate) mod timer;
