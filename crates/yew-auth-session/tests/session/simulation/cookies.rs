//! The browser's HttpOnly cookies, which all tabs share.

use std::collections::BTreeMap;

use yew_auth_session::{AccessToken, RefreshToken};

use super::server::{Family, Issued, Server};

/// All cookies of the backend.
#[derive(Clone, Debug, Default)]
pub struct Jar {
    /// Those with fixed names.
    pub fixed: Pair,
    /// Those that are named after their session.
    pub named: BTreeMap<Family, Pair>,
}

/// The two tokens of one session.
#[derive(Clone, Debug, Default)]
pub struct Pair {
    pub access: Option<AccessToken>,
    pub refresh: Option<RefreshToken>,
    /// The last answer was older than the one before it: its page was frozen while another one refreshed.
    pub is_overtaken: bool,
}

/// What an answer does to the cookies.
#[derive(Clone, Debug)]
pub enum SetCookie {
    Fixed(Box<Issued>),
    ClearFixed,
    Named(Box<Issued>),
    /// The tokens of the fixed names under the session's own.
    Rename(Family, Pair),
    ClearNamed(Family),
}

impl Jar {
    pub fn apply(&mut self, change: SetCookie, server: &Server) {
        match change {
            SetCookie::Fixed(issued) => self.fixed.replace(&issued, server),
            SetCookie::ClearFixed => self.fixed = Pair::default(),
            SetCookie::Named(issued) => self.named.entry(issued.family).or_default().replace(&issued, server),
            SetCookie::Rename(family, pair) => {
                self.named.insert(family, pair);
            }
            SetCookie::ClearNamed(family) => {
                self.named.remove(&family);
            }
        }
    }
}

impl Pair {
    pub fn of(issued: &Issued) -> Self {
        Self { access: Some(issued.access.clone()), refresh: Some(issued.refresh.clone()), is_overtaken: false }
    }

    fn replace(&mut self, issued: &Issued, server: &Server) {
        let issued_at = |token| server.issued_at(token);
        let is_overtaken = self.access.as_ref().map(issued_at) > Some(issued_at(&issued.access));
        *self = Self { is_overtaken, ..Self::of(issued) };
    }
}
