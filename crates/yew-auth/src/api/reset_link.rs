//! The link in a mail that lets somebody set a new password.

use std::fmt;

use crate::browser::location::{self, Query};

/// What the mail's link carries in its fragment: `#uid=..&token=..`. Whoever has it can set the account's password.
#[derive(Clone, PartialEq, Eq)]
pub struct ResetLink {
    pub(super) uid: String,
    pub(super) token: String,
}

impl ResetLink {
    /// Takes it out of the page's address, and out of the history; `None` where the address holds none.
    #[must_use]
    pub fn take_from_address() -> Option<Self> {
        let fragment = Query::of_fragment();
        let (uid, token) = (fragment.first("uid"), fragment.first("token"));
        if uid.is_some() || token.is_some() {
            location::forget_query();
        }
        Some(Self { uid: uid?, token: token? })
    }
}

impl fmt::Debug for ResetLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResetLink([redacted])")
    }
}
