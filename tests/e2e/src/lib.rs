//! The harness of the end-to-end tests: the built app in a real browser, on the real backend and provider.
//!
//! A test is a [`Scenario`]: it says how the servers are set up and runs on the [`Stage`] that holds them and the
//! browser. However it ends, all of it is taken down, and any error in the browser's console that the test did not
//! [expect](Console::expect) fails it.

mod api;
mod audit;
mod browser;
mod bystander;
mod chromium;
mod console;
mod django;
mod environment;
mod fault;
mod keyboard;
mod places;
mod port;
mod process;
mod request_log;
mod scenario;
mod stack;
mod stage;
mod stored_session;
mod tab;
mod template;
mod transport;
mod wait;
mod warm_python;
mod window_size;

pub use api::{Api, Tokens};
pub use browser::Browser;
pub use bystander::Bystander;
pub use console::Console;
pub use fault::{Drop, Fault};
pub use request_log::{Request, RequestLog};
pub use scenario::Scenario;
pub use stack::Stack;
pub use stage::Stage;
pub use stored_session::Cookie;
pub use tab::Tab;
pub use thirtyfour::Key;
pub use transport::Transport;
pub use wait::{eventually, holds_for};

/// Where the posts are.
pub const POSTS: &str = "/api/posts/";
/// Where tokens are renewed.
pub const REFRESH: &str = "/api/auth/token/refresh/";
/// Where passwords are taken.
pub const LOGIN: &str = "/api/auth/login/";
/// Where sessions are ended.
pub const LOGOUT: &str = "/api/auth/logout/";
/// Where the providers are listed.
pub const PROVIDERS: &str = "/api/social/";
