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
            Self::Posts => "Posts",
            Self::NotFound => "Page not found",
        }
    }

    /// Whether a stranger sees "Access denied" in its place.
    pub fn is_protected(&self) -> bool {
        matches!(self, Self::Posts)
    }

    /// Whether the page is a step of signing in: nobody is sent back there afterwards.
    pub fn is_sign_in(&self) -> bool {
        matches!(self, Self::SignIn | Self::Callback { .. })
    }
}
