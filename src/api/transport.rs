//! How a session's credentials travel between the page and the backend.

use std::fmt;

use web_sys::RequestCredentials;

use crate::session::{AccessToken, Credentials, RefreshToken};

/// How credentials travel. The session machine is the same for every transport.
pub trait Transport: fmt::Debug {
    /// Whether the browser adds cookies.
    fn cookies(&self) -> RequestCredentials;

    /// The headers that prove a request's right.
    fn authorize(&self, access: Option<&AccessToken>) -> Vec<(&'static str, String)>;

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

    fn authorize(&self, access: Option<&AccessToken>) -> Vec<(&'static str, String)> {
        access.map(|token| ("authorization", format!("Bearer {}", token.secret()))).into_iter().collect()
    }

    fn credentials(&self, access: Option<AccessToken>, refresh: Option<RefreshToken>) -> Option<Credentials> {
        Some(Credentials::Bearer { access: access?, refresh: refresh? })
    }
}
