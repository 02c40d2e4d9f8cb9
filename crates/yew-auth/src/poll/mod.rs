//! Polled data, shared by all components that ask for the same path.

mod cache;
mod entry;
mod state;

pub(crate) use cache::PollCache;
pub(crate) use entry::PollEntry;
