//! Sign-in sessions for Yew apps on a Django REST Framework backend.
//!
//! An [`AuthProvider`] at the root of the app keeps the session: it signs in, renews tokens before they expire, once
//! for all tabs, and signs out everywhere. Pages that need somebody signed in are wrapped in [`WithAuth`]; components
//! ask [`use_auth`] who it is, [`use_poll`] for data that stays current, and [`use_authorized_client`] for requests of
//! their own. None of them ever sees a token, or a 401.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod api;
mod auth;
mod browser;
mod json;
pub use yew_auth_session as session;

pub use api::{
    Bearer, Cookie, Header, IdentityProvider, InvalidOrigin, InvalidPath, Login, NewAccount, Origin, Rejection,
    RequestError, ResetLink, TokenResponse, Transport,
};
#[cfg(feature = "inspector")]
#[cfg_attr(docsrs, doc(cfg(feature = "inspector")))]
pub use auth::SessionInspector;
pub use auth::{
    AccessDenied, AccessDeniedProps, AuthConfig, AuthProvider, AuthProviderProps, AuthorizedClient, CallbackError,
    DEFAULT_INTERVAL, FailedSignIn, RedirectError, Registered, ReturnPath, SessionEnd, SessionProps, SignInAgain,
    UseAuthHandle, UsePollHandle, WithAuth, WithAuthProps, use_auth, use_auth_with, use_authorized_client, use_poll,
    use_session_end,
};
pub use yew_auth_session::{
    Connection, Degradation, EndCause, Persistence, RefreshPolicy, Session, SessionState, SignOutReason, Timestamp,
    User,
};

#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct ReadmeExamples;
