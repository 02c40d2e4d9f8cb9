//! Sign-in sessions for Yew.

pub mod session;
