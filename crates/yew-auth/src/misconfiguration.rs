//! Settings of a backend that do not fit the app.

use std::error::Error;
use std::fmt;

/// A setting of the backend or the browser that does not fit how the app is configured. Its text names it and the remedy.
///
/// Some make a sign-in fail: [`RequestError::Misconfigured`](crate::RequestError::Misconfigured). All are shown by the
/// inspector, and written to the console in development builds, once each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Misconfiguration {
    /// dj-rest-auth answers `"refresh": ""`: it keeps the refresh token for a cookie.
    RefreshTokenWithheld,
    /// A token came in the body, where the app expects cookies.
    TokenInsteadOfCookies,
    /// The answer does not name the session that its cookies are named after.
    CookiesWithoutSession,
    /// A refresh brought no new refresh token, so one that is copied stays good until it expires.
    NoRotation,
    /// A sign-in over cookies does not say when the access token expires.
    NoExpiry,
    /// The backend is at another origin, and the browser hides the headers of its answers.
    HiddenHeaders,
    /// A session over cookies was refused right after it began: the browser has not kept them.
    CookiesNotKept,
    /// The clock of this machine is more than a day off.
    ClockOff,
    /// There is no endpoint where the app sends its sign-outs.
    NoSignOutEndpoint,
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
            Self::NoRotation => {
                "the backend does not replace refresh tokens, so a copied one stays good until it expires: set \
                 `ROTATE_REFRESH_TOKENS` and `BLACKLIST_AFTER_ROTATION` in `SIMPLE_JWT`, or install yew-auth-django"
            }
            Self::NoExpiry => {
                "the backend does not say when the access token expires, so it is refreshed only after a 401: set \
                 `JWT_AUTH_RETURN_EXPIRATION` in `REST_AUTH`"
            }
            Self::HiddenHeaders => {
                "the browser hides the headers of the backend, which is at another origin: set `CORS_EXPOSE_HEADERS` to \
                 `[\"ETag\", \"Date\", \"Retry-After\"]`"
            }
            Self::CookiesNotKept => {
                "the browser does not keep the cookies of the backend: serve both from one origin, serve `Secure` cookies \
                 over https, and allow cookies in the browser"
            }
            Self::ClockOff => "the clock of this machine and that of the backend are more than a day apart: set them",
            Self::NoSignOutEndpoint => {
                "the backend answers a sign-out with 404, so it is sent again and again: set the paths of the dialect"
            }
        })
    }
}

impl Error for Misconfiguration {}
