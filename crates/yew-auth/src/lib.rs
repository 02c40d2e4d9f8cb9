#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod access_denied;
mod answer_error;
mod authorization_code;
mod browser;
mod client;
mod config;
pub mod dialect;
mod driver;
mod json;
mod misconfiguration;
mod poll;
mod provider;
mod return_path;
#[cfg(feature = "router")]
mod router;
#[cfg(feature = "inspector")]
mod session_inspector;
mod slots;
pub mod transport;
mod use_auth;
mod use_authorized_client;
mod use_poll;
mod use_session_end;
mod use_user;
mod with_auth;

pub use yew_auth_session as session;

pub use access_denied::{AccessDenied, AccessDeniedProps};
pub use authorization_code::{CallbackError, FailedSignIn, ProviderSession, RedirectError};
pub use client::{Expectation, RequestError};
pub use config::AuthConfig;
pub use dialect::{IdentityProvider, Login, Misconfiguration, NewAccount, Rejection, ResetLink};
pub use provider::{AuthProvider, AuthProviderProps};
pub use return_path::ReturnPath;
#[cfg(feature = "router")]
#[cfg_attr(docsrs, doc(cfg(feature = "router")))]
pub use router::{RedirectToSignIn, RedirectToSignInProps, ReturnQuery, use_return_after_sign_in, use_return_path};
#[cfg(feature = "inspector")]
#[cfg_attr(docsrs, doc(cfg(feature = "inspector")))]
pub use session_inspector::SessionInspector;
pub use transport::{InvalidOrigin, InvalidPath, Origin};
pub use use_auth::{DEFAULT_INTERVAL, Registered, UseAuthHandle, use_auth, use_auth_with};
pub use use_authorized_client::{AuthorizedClient, use_authorized_client};
pub use use_poll::{UsePollHandle, use_poll};
pub use use_session_end::{SessionEnd, use_session_end};
pub use use_user::use_user;
pub use with_auth::{SessionProps, SignInAgain, WithAuth, WithAuthProps};
pub use yew_auth_session::{
    Connection, Degradation, EndCause, Persistence, RefreshPolicy, Session, SessionState, SignOutReason, Timestamp,
    User,
};
