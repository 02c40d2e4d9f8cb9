//! What the answer to a sign-in brings.

use crate::transport::TokenResponse;
use yew_auth_session::User;

/// What the answer to a sign-in brings.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SignInAnswer {
    /// Who has signed in. Without it the user's endpoint is asked, or else the claims of the access token.
    pub user: Option<User>,
    /// The tokens, or what is said about those in cookies.
    pub tokens: TokenResponse,
}

impl SignInAnswer {
    /// An answer with these tokens.
    #[must_use]
    pub fn new(user: Option<User>, tokens: TokenResponse) -> Self {
        Self { user, tokens }
    }
}
