//! Single facts, each in the simplest hour that shows it.

mod clocks;
mod cookies;
mod ends;
mod refreshes;
mod sign_outs;
mod storage;
mod tabs;
mod transient_failures;
