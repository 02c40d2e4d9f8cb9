//! The built app in a real browser, on the real backend and the real provider.

mod accounts;
mod audit;
mod backend_stopped;
mod callback;
mod clock;
mod cookies;
mod early_posts;
mod find_posts;
mod harness;
mod hostile_json;
mod lifetime;
mod lock;
mod mutations;
mod new_posts;
mod out_of_view;
mod password;
mod poll_faults;
mod polling;
mod posts;
mod provider;
mod refresh_faults;
mod session;
mod session_end;
mod sign_out;
mod storage;
mod theme;
