//! How a session's credentials travel between the page and the backend.

use std::fmt;

use web_sys::RequestCredentials;

use crate::session::{AccessToken, Credentials, RefreshToken};

/// A header of a request.
pub type Header = (&'static str, String);

/// How credentials travel. The session machine is the same for every transport.
pub trait Transport: fmt::Debug {
    /// Whether the browser adds cookies.
    fn cookies(&self) -> RequestCredentials;

    /// The headers that every request has, signed in or not.
    fn headers(&self) -> Vec<Header>;

    /// The headers that prove a request's right.
    fn authorize(&self, access: Option<&AccessToken>) -> Vec<Header>;

    /// What an answer's tokens make; `None` when this transport cannot do with them.
    fn credentials(&self, access: Option<AccessToken>, refresh: Option<RefreshToken>) -> Option<Credentials>;
}

/// Both tokens in the page's hands; `Authorization: Bearer` (RFC 6750 section 2.1) to the configured origin alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bearer;

impl Transport for Bearer {
    fn cookies(&self) -> RequestCredentials {
        RequestCredentials::Omit
    }

    fn headers(&self) -> Vec<Header> {
        Vec::new()
    }

    fn authorize(&self, access: Option<&AccessToken>) -> Vec<Header> {
        access.map(|token| ("authorization", format!("Bearer {}", token.secret()))).into_iter().collect()
    }

    fn credentials(&self, access: Option<AccessToken>, refresh: Option<RefreshToken>) -> Option<Credentials> {
        Some(Credentials::Bearer { access: access?, refresh: refresh? })
    }
}

/// Both tokens in HttpOnly cookies of the page's own origin, where no script can read them. The backend must be one
/// that puts them there (`COOKIE_MODE=1` of this project's), and must be served from the page's origin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cookie;

impl Transport for Cookie {
    fn cookies(&self) -> RequestCredentials {
        RequestCredentials::SameOrigin
    }

    /// A page of another origin can add a header only after a preflight, which the backend refuses (Fetch standard,
    /// CORS-preflight): a request that has it is the app's own.
    fn headers(&self) -> Vec<Header> {
        vec![("x-csrf", "1".to_owned())]
    }

    fn authorize(&self, _: Option<&AccessToken>) -> Vec<Header> {
        Vec::new()
    }

    /// A token in an answer's body is a token in a script's hands: whoever sends one is not the backend that was meant.
    fn credentials(&self, access: Option<AccessToken>, refresh: Option<RefreshToken>) -> Option<Credentials> {
        (access.is_none() && refresh.is_none()).then_some(Credentials::Cookie)
    }
}
