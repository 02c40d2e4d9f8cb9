//! The library in a real browser engine: hooks, components and browser wrappers, with a backend that lives in the page.
//!
//! `page` controls the browser's clocks, timers, storage and network, `backend` answers `fetch` in the dialect of
//! dj-rest-auth, `app` mounts components, and `probe` records what a hook returns to its component. Time stands still until
//! a test moves it, so no test depends on its speed.

#![cfg(target_family = "wasm")]

mod app;
mod backend;
mod page;
mod probe;
mod proofs;
mod reply;
mod task;
mod tokens;
mod transport;

mod account;
mod blocked_cookies;
mod canary;
mod client;
mod client_faults;
mod config_change;
mod cookies;
mod dialects;
mod dpop;
mod extensions;
mod failed_sign_in;
mod false_alarm;
mod fixed_cookies;
mod idle;
mod inspector;
mod misconfigurations;
mod other_sessions;
mod poll;
mod poll_conditions;
mod poll_faults;
mod prefetch;
mod prefetched;
mod prerendering;
mod provider_sign_out;
mod refresh;
mod router;
mod session_warning;
mod sign_in;
mod sign_in_again;
mod sign_in_with_provider;
mod sign_out;
mod steady_refusal;
mod storage;
mod tabs;
mod user;
mod with_auth;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
