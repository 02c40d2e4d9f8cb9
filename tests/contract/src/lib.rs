//! The contract tests: an app that uses the library, in a real browser, against backends as their authors publish them.
//!
//! A [`Backend`] says how its server starts, how the app names it, and what is expected to hold. [`Backend::keep`] runs
//! the steps of the contract and compares. `docs/backends.md` is written from the same expectations, so the tests prove
//! what it says.

mod backend;
mod backends;
mod document;
mod environment;
mod exchange;
mod lose;
mod origin;
mod server;
mod steps;

pub use backend::{App, Backend, EndedBy, FirstRefresh, LostRefresh, Outcome, Refreshes, Revoked, Server, SignOut};
pub use backends::*;
pub use document::document;
pub use environment::repository;
pub use server::RunningServer;
