//! The harness of the end-to-end tests: the built app in a real browser, on the real backend and identity provider.
//!
//! A test is a [`Scenario`]. It configures the servers and the browser, and runs on the [`TestContext`] that holds
//! them. All of it is torn down, however the test ends. An error in the browser's console that the test did not
//! [expect](Console::expect) fails the test.

mod browser;
mod browser_alone;
mod claims;
mod database;
mod frame;
mod machine;
mod page_script;
mod scenario;
mod servers;
mod steps;
mod tab;
mod test_context;
mod transport;
mod wait;

pub use browser::{Browser, Console, Engine, Need};
pub use browser_alone::run_in_browser;
pub use claims::{id_of, session_of};
pub use machine::Process;
pub use scenario::Scenario;
pub use servers::{Api, Drop, Fault, OtherOrigin, Request, RequestLog, Servers, Tokens};
pub use steps::{DPOP, IDLE_LIMIT, ISSUER, PROVIDER_EXCHANGE, lose_second_module, lose_second_stylesheet};
pub use tab::{Announcement, LISTEN, ReadAloud, Tab};
pub use test_context::TestContext;
pub use thirtyfour::{Key, SameSite};
pub use transport::Transport;
pub use wait::{eventually, holds_for};

/// A page that is not the app's, on which the tests read cookies. A backend without the middleware of the tests answers it with 404.
pub const COOKIE_PAGE: &str = "/api/auth/__e2e__/";
/// The list of posts.
pub const POSTS: &str = "/api/posts/";
/// Renews the tokens.
pub const REFRESH: &str = "/api/auth/token/refresh/";
/// Signs in with a password.
pub const LOGIN: &str = "/api/auth/login/";
/// Ends a session.
pub const LOGOUT: &str = "/api/auth/logout/";
/// Creates an account.
pub const REGISTRATION: &str = "/api/auth/registration/";
/// The list of identity providers.
pub const PROVIDERS: &str = "/api/social/";
