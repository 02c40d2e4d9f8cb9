//! The session in Yew: its provider, its hooks, and the driver that carries out what the session machine decides.

mod access_denied;
mod account;
mod attempt;
mod authorized_client;
mod callback_error;
mod config;
mod context;
mod driver;
mod kept_page;
mod poll_cache;
mod poll_entry;
mod provider;
mod return_path;
mod scope;
#[cfg(feature = "inspector")]
mod session_inspector;
mod sign_in_again;
mod sign_in_flow;
mod slots;
mod snapshot;
mod use_auth;
mod use_authorized_client;
mod use_poll;
mod use_session_end;
mod with_auth;

pub use access_denied::{AccessDenied, AccessDeniedProps};
pub use account::Registered;
pub use authorized_client::AuthorizedClient;
pub use callback_error::{CallbackError, FailedSignIn};
pub use config::AuthConfig;
pub use provider::{AuthProvider, AuthProviderProps};
pub use return_path::ReturnPath;
#[cfg(feature = "inspector")]
pub use session_inspector::SessionInspector;
pub use sign_in_again::SignInAgain;
pub use sign_in_flow::RedirectError;
pub use use_auth::{DEFAULT_INTERVAL, UseAuthHandle, use_auth, use_auth_with};
pub use use_authorized_client::use_authorized_client;
pub use use_poll::{UsePollHandle, use_poll};
pub use use_session_end::{SessionEnd, use_session_end};
pub use with_auth::{SessionProps, WithAuth, WithAuthProps};
