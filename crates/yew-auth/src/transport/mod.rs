//! How credentials travel between the page and the backend.
//!
//! [`Cookie`] leaves them to the browser, out of reach of scripts. [`Bearer`] sends them in a header, to any origin. For
//! anything else, implement [`Transport`] and pass it to [`AuthConfig::over`](crate::AuthConfig::over).

mod bearer;
mod cookie;
#[cfg(feature = "dpop")]
mod dpop;
mod origin;
mod path;
mod token_response;

use std::any::Any;
use std::fmt;

use web_sys::RequestCredentials;

use crate::answer_error::AnswerError;
pub use bearer::Bearer;
pub use cookie::Cookie;
#[cfg(feature = "dpop")]
#[cfg_attr(docsrs, doc(cfg(feature = "dpop")))]
pub use dpop::Dpop;
pub use origin::{InvalidOrigin, Origin};
pub use path::InvalidPath;
pub(crate) use path::{ApiPath, contains_ignore_case};
pub use token_response::TokenResponse;
use yew_auth_session::{CredentialKind, IssuedTokens, SessionId};

/// The name and the value of a request header.
pub type Header = (&'static str, String);

/// How credentials travel, and where to. The session works the same over every transport.
///
/// A transport has to be `PartialEq`: a provider restarts when its transport changes to one that is not equal.
///
/// # Example
///
/// Tokens that the page holds, and a header in every request that names the tenant:
///
/// ```
/// use yew_auth::dialect::AnswerError;
/// use yew_auth::session::{CredentialKind, IssuedTokens, SessionId};
/// use yew_auth::transport::{Bearer, Header, TokenResponse, Transport};
/// use yew_auth::{AuthConfig, Origin};
///
/// #[derive(Debug, PartialEq)]
/// struct Tenant(Bearer);
///
/// impl Transport for Tenant {
///     fn base(&self) -> Origin {
///         self.0.base()
///     }
///
///     fn kind(&self) -> CredentialKind {
///         self.0.kind()
///     }
///
///     fn cookies(&self) -> web_sys::RequestCredentials {
///         self.0.cookies()
///     }
///
///     fn headers(&self, _: Option<&SessionId>) -> Vec<Header> {
///         vec![("x-tenant", "acme".to_owned())]
///     }
///
///     fn grant(&self, answer: TokenResponse) -> Result<IssuedTokens, AnswerError> {
///         self.0.grant(answer)
///     }
/// }
///
/// let config = AuthConfig::over(Tenant(Bearer::new(Origin::new("https://api.example")?)));
/// # Ok::<(), yew_auth::InvalidOrigin>(())
/// ```
pub trait Transport: fmt::Debug + DynEq {
    /// The origin of the backend.
    fn base(&self) -> Origin;

    /// What proves a session. With [`CredentialKind::Cookie`], all tabs share the credentials and every sign-in replaces
    /// them, so sign-in, refresh and sign-out are sent one at a time.
    fn kind(&self) -> CredentialKind;

    /// Whether the browser adds cookies to requests.
    fn cookies(&self) -> RequestCredentials;

    /// The headers of every request, signed in or not. `session` is the session that the page shows, if its cookies are
    /// named after it.
    fn headers(&self, session: Option<&SessionId>) -> Vec<Header>;

    /// Whether requests need a CSRF token and the browser has none yet. Default: no.
    fn lacks_csrf_token(&self) -> bool {
        false
    }

    /// What signs a proof for each request. Default: nothing does.
    #[cfg(feature = "dpop")]
    #[cfg_attr(docsrs, doc(cfg(feature = "dpop")))]
    fn dpop(&self) -> Option<&Dpop> {
        None
    }

    /// The query parameter that names the session in a request that cannot carry a header, such as a download link. It
    /// must not hold a secret: addresses end up in logs. Default: none.
    fn query(&self, session: Option<&SessionId>) -> Option<Header> {
        let _ = session;
        None
    }

    /// The tokens that an answer grants.
    ///
    /// # Errors
    /// When this transport cannot use the answer.
    fn grant(&self, answer: TokenResponse) -> Result<IssuedTokens, AnswerError>;
}

/// Compares values behind `dyn Transport` or `dyn Dialect`. It is implemented for every type that is [`PartialEq`].
pub trait DynEq: Any {
    /// Whether `other` is of the same type and equal.
    fn dyn_eq(&self, other: &dyn Any) -> bool;
}

impl<T: PartialEq + 'static> DynEq for T {
    fn dyn_eq(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<T>().is_some_and(|other| self == other)
    }
}

impl PartialEq for dyn Transport {
    fn eq(&self, other: &Self) -> bool {
        self.dyn_eq(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transports_are_equal_if_their_types_and_values_are_whatever_they_print() {
        let transports: [Box<dyn Transport>; 3] = [
            Box::new(Cookie::default()),
            Box::new(Bearer::new(Origin::same_origin())),
            Box::new(Bearer::new(Origin::new("https://api.example").unwrap())),
        ];
        for (place, transport) in transports.iter().enumerate() {
            for (other_place, other) in transports.iter().enumerate() {
                assert_eq!(**transport == **other, place == other_place, "{transport:?} {other:?}");
            }
        }
    }
}
