//! The app's addresses.

/// A page of the app.
#[derive(Clone, Debug, PartialEq)]
pub enum Route {
    /// Who is signed in, or an invitation to sign in.
    Home,
    /// Signing in; `?next=` says where to go then.
    SignIn,
    /// Where an identity provider sends people back to.
    Callback {
        /// The provider's id at the backend.
        provider: String,
    },
    /// Making an account; `?next=` says where to go then.
    Register,
    /// Asking for the mail with which a new password can be set.
    PasswordForgotten,
    /// Where that mail's link leads.
    PasswordReset,
    /// One's own name and password.
    Account,
    /// The posts, for people who are signed in.
    Posts,
    /// How the session is kept.
    Session,
    /// Every other address.
    NotFound,
}

/// The address below which each provider has its own.
const CALLBACK: &str = "/auth/callback/";

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
            Self::Session => "Your session",
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

    /// The page at a path.
    pub fn recognize(path: &str) -> Self {
        match path {
            "/" => Self::Home,
            "/sign-in" => Self::SignIn,
            "/register" => Self::Register,
            "/password/forgotten" => Self::PasswordForgotten,
            "/password/reset" => Self::PasswordReset,
            "/account" => Self::Account,
            "/posts" => Self::Posts,
            "/session" => Self::Session,
            _ => match path.strip_prefix(CALLBACK) {
                Some(provider) if !provider.is_empty() && !provider.contains('/') => {
                    Self::Callback { provider: provider.to_owned() }
                }
                _ => Self::NotFound,
            },
        }
    }

    /// The page's path; of the way back from a provider, what all of them have in common.
    pub fn path(&self) -> &'static str {
        match self {
            Self::Home => "/",
            Self::SignIn => "/sign-in",
            Self::Callback { .. } => CALLBACK,
            Self::Register => "/register",
            Self::PasswordForgotten => "/password/forgotten",
            Self::PasswordReset => "/password/reset",
            Self::Account => "/account",
            Self::Posts => "/posts",
            Self::Session => "/session",
            Self::NotFound => "/404",
        }
    }
}
