//! The app's addresses.

use yew_router::Routable;

/// A page of the app.
#[derive(Clone, Debug, PartialEq, Routable)]
pub enum Route {
    /// Who is signed in, or an invitation to sign in.
    #[at("/")]
    Home,
    /// Signing in; `?next=` says where to go then.
    #[at("/sign-in")]
    SignIn,
    /// Where an identity provider sends people back to.
    #[at("/auth/callback/:provider")]
    Callback {
        /// The provider's id at the backend.
        provider: String,
    },
    /// Making an account; `?next=` says where to go then.
    #[at("/register")]
    Register,
    /// Asking for the mail with which a new password can be set.
    #[at("/password/forgotten")]
    PasswordForgotten,
    /// Where that mail's link leads.
    #[at("/password/reset")]
    PasswordReset,
    /// One's own name and password.
    #[at("/account")]
    Account,
    /// The posts, for people who are signed in.
    #[at("/posts")]
    Posts,
    /// Every other address.
    #[not_found]
    #[at("/404")]
    NotFound,
}

impl Route {
    /// What the page is called in the browser's tab.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Home => "Home",
            Self::SignIn | Self::Callback { .. } => "Sign in",
            Self::Register => "Create an account",
            Self::PasswordForgotten => "Forgot password",
            Self::PasswordReset => "New password",
            Self::Account => "Account",
            Self::Posts => "Posts",
            Self::NotFound => "Page not found",
        }
    }

    /// Whether a stranger sees "Access denied" in its place.
    pub fn is_protected(&self) -> bool {
        matches!(self, Self::Posts | Self::Account)
    }

    /// Whether the page is a step on the way in: nobody is sent back there afterwards.
    pub fn is_sign_in(&self) -> bool {
        matches!(
            self,
            Self::SignIn | Self::Callback { .. } | Self::Register | Self::PasswordForgotten | Self::PasswordReset
        )
    }
}
