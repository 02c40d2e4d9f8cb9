//! Settings of a backend that do not fit the app.

use std::error::Error;
use std::fmt;

/// A setting of the backend that does not fit how the app is configured. Its text names the setting and the remedy.
///
/// In development builds each one is written to the console, once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Misconfiguration {
    /// dj-rest-auth answers `"refresh": ""`: it keeps the refresh token for a cookie.
    RefreshTokenWithheld,
    /// A token came in the body, where the app expects cookies.
    TokenInsteadOfCookies,
    /// The answer does not name the session that its cookies are named after.
    CookiesWithoutSession,
}

impl fmt::Display for Misconfiguration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::RefreshTokenWithheld => {
                "the backend keeps the refresh token from the page: set `JWT_AUTH_HTTPONLY` to `False` in `REST_AUTH`, \
                 or use cookies (`JWT_AUTH_COOKIE` there, and `Cookie::with_fixed_names` here)"
            }
            Self::TokenInsteadOfCookies => {
                "the backend signs in with a token in the body, and the app expects cookies: set `USE_JWT`, \
                 `JWT_AUTH_COOKIE` and `JWT_AUTH_REFRESH_COOKIE` in `REST_AUTH`, or use `AuthConfig::bearer`"
            }
            Self::CookiesWithoutSession => {
                "the answer does not name its session in `session_id`: install yew-auth-django at the backend, \
                 or use `Cookie::with_fixed_names`"
            }
        })
    }
}

impl Error for Misconfiguration {}
