//! Sign-in sessions for Yew apps on a Django REST Framework backend.
//!
//! An [`AuthProvider`] at the root of the app keeps the session. It signs people in, renews the access token before it
//! expires, once for all tabs, and signs out everywhere. Wrap pages that need a signed-in user in [`WithAuth`].
//! Components call [`use_auth`] for the session, [`use_poll`] for data that stays current, and
//! [`use_authorized_client`] for requests of their own. None of them ever handles a token or a 401.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod access_denied;
mod api;
mod authorization_code;
mod browser;
mod config;
mod driver;
mod json;
mod poll;
mod provider;
mod return_path;
#[cfg(feature = "inspector")]
mod session_inspector;
mod use_auth;
mod use_authorized_client;
mod use_poll;
mod use_session_end;
mod with_auth;

pub use yew_auth_session as session;

pub use access_denied::{AccessDenied, AccessDeniedProps};
pub use api::{
    Bearer, Cookie, Header, IdentityProvider, InvalidOrigin, InvalidPath, Login, NewAccount, Origin, Rejection,
    RequestError, ResetLink, TokenResponse, Transport,
};
pub use authorization_code::{CallbackError, FailedSignIn, RedirectError};
pub use config::AuthConfig;
pub use provider::{AuthProvider, AuthProviderProps};
pub use return_path::ReturnPath;
#[cfg(feature = "inspector")]
#[cfg_attr(docsrs, doc(cfg(feature = "inspector")))]
pub use session_inspector::SessionInspector;
pub use use_auth::{DEFAULT_INTERVAL, Registered, UseAuthHandle, use_auth, use_auth_with};
pub use use_authorized_client::{AuthorizedClient, use_authorized_client};
pub use use_poll::{UsePollHandle, use_poll};
pub use use_session_end::{SessionEnd, use_session_end};
pub use with_auth::{SessionProps, SignInAgain, WithAuth, WithAuthProps};
pub use yew_auth_session::{
    Connection, Degradation, EndCause, Persistence, RefreshPolicy, Session, SessionState, SignOutReason, Timestamp,
    User,
};

#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct ReadmeExamples;
