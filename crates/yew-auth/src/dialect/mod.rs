//! What a backend understands: which requests mean sign-in, refresh and sign-out, and how its answers are read.
//!
//! | Dialect | Backend |
//! |---|---|
//! | [`DjRestAuth`] | dj-rest-auth, stock or with this repository's yew-auth-django |
//! | [`SimpleJwt`] | djangorestframework-simplejwt by itself |
//! | [`Djoser`] | djoser, with JWTs or with tokens |
//! | [`AllauthHeadless`] | django-allauth's headless API |
//! | [`OAuth2Password`] | a token endpoint with `access_token` and `expires_in` (RFC 6749 section 4.3) |
//! | [`SessionCookie`] | one session cookie and an endpoint that describes the user, such as axum-login |
//!
//! An app names one, with a [`Transport`](crate::transport::Transport), in
//! [`AuthConfig::new`](crate::AuthConfig::new), and carries the code of that one. For any other backend, implement
//! [`Dialect`].

mod api_request;
mod api_response;
mod backends;
mod identity_provider;
mod input;
mod json_object;
mod rejection;
mod sign_in_answer;
mod user_fields;

use std::fmt;

pub use api_request::ApiRequest;
pub(crate) use api_request::Body;
pub use api_response::ApiResponse;
pub(crate) use api_response::without_byte_order_mark;
pub use backends::{AllauthHeadless, DjRestAuth, Djoser, OAuth2Password, SessionCookie, SimpleJwt};
pub use identity_provider::IdentityProvider;
pub use input::{CodeExchange, Login, NewAccount, ResetLink};
pub use json_object::JsonObject;
pub use rejection::Rejection;
pub use sign_in_answer::SignInAnswer;
pub use user_fields::read_user;

pub use crate::answer_error::AnswerError;
pub use crate::misconfiguration::Misconfiguration;
use crate::transport::{DynEq, Header, TokenResponse};
use yew_auth_session::{AccessToken, FoundSession, RefreshToken, User};

/// What a backend understands, and how its answers are read. It sends nothing: the session does.
///
/// Only sign-in, sign-out, the user and the end of a session are required. A backend that lacks the rest answers `None`.
/// A dialect has to be `PartialEq`: a provider restarts when its dialect changes to one that is not equal.
///
/// # Example
///
/// A backend of your own, with one token that lasts until it is revoked:
///
/// ```
/// use yew_auth::dialect::{AnswerError, ApiRequest, ApiResponse, Dialect, SignInAnswer, read_user};
/// use yew_auth::session::{AccessToken, RefreshToken};
/// use yew_auth::transport::{Bearer, TokenResponse};
/// use yew_auth::{AuthConfig, Login, Origin};
///
/// #[derive(Debug, PartialEq)]
/// struct MyBackend;
///
/// impl Dialect for MyBackend {
///     fn sign_in(&self, login: &Login) -> ApiRequest {
///         ApiRequest::post("/api/login").with_fields(&[("email", login.name()), ("password", login.password())])
///     }
///
///     fn read_sign_in(&self, response: &ApiResponse) -> Result<SignInAnswer, AnswerError> {
///         let lacks = AnswerError::Lacks("a token in `token`");
///         let object = response.object().ok_or(lacks)?;
///         let mut tokens = TokenResponse::default();
///         tokens.access = object.text("token").and_then(|token| AccessToken::new(token).ok());
///         tokens.cannot_be_refreshed = true;
///         let user = object.raw("user").and_then(read_user);
///         if tokens.access.is_some() { Ok(SignInAnswer::new(user, tokens)) } else { Err(lacks) }
///     }
///
///     fn sign_out(&self, _: Option<&RefreshToken>) -> Option<ApiRequest> {
///         Some(ApiRequest::post("/api/logout"))
///     }
///
///     fn user(&self) -> Option<ApiRequest> {
///         Some(ApiRequest::get("/api/me"))
///     }
///
///     fn ends_session(&self, response: &ApiResponse) -> bool {
///         response.status() == 401 && response.rejection().code.as_deref() == Some("token_revoked")
///     }
/// }
///
/// let config = AuthConfig::new(MyBackend, Bearer::new(Origin::same_origin()));
/// ```
pub trait Dialect: fmt::Debug + DynEq {
    /// The request that signs in with a password.
    fn sign_in(&self, login: &Login) -> ApiRequest;

    /// What the successful answer to a sign-in brings.
    ///
    /// # Errors
    /// When the answer lacks what a session needs.
    fn read_sign_in(&self, response: &ApiResponse) -> Result<SignInAnswer, AnswerError>;

    /// The request that refreshes a session. `token` is `None` when a cookie holds it. Default: none. Sessions are then
    /// not refreshed; [`user`](Self::user) tells whether one still lives.
    fn refresh(&self, token: Option<&RefreshToken>) -> Option<ApiRequest> {
        let _ = token;
        None
    }

    /// The tokens in the successful answer to a refresh. Without a refresh token in it, the old one stays in use
    /// (RFC 6749 section 6). Default: as in the answer to a sign-in.
    ///
    /// # Errors
    /// When the answer lacks an access token.
    fn read_refresh(&self, response: &ApiResponse) -> Result<TokenResponse, AnswerError> {
        self.read_sign_in(response).map(|answer| answer.tokens)
    }

    /// Whether a refused refresh, or a refused request for the user, is the backend's own word that the session has ended.
    /// What a gateway writes is not: the session lives on and the request is repeated.
    fn ends_session(&self, response: &ApiResponse) -> bool;

    /// The request that ends a session. `token` is `None` when a cookie holds it or when there is none; the request
    /// carries the access token then. `None` if the backend cannot end sessions.
    fn sign_out(&self, token: Option<&RefreshToken>) -> Option<ApiRequest>;

    /// Whether the answer to a sign-out is the backend's own word that the session is over. Otherwise it is sent again.
    /// Default: a success that is no web page, or an answer that [ends the session](Self::ends_session).
    fn is_signed_out(&self, response: &ApiResponse) -> bool {
        let is_own = response.is_empty() || response.object().is_some();
        (response.is_success() && is_own) || self.ends_session(response)
    }

    /// The request for the details of the signed-in user. `None` if there is no such endpoint.
    fn user(&self) -> Option<ApiRequest>;

    /// The user in the answer to that request. Default: [`read_user`].
    fn read_user(&self, response: &ApiResponse) -> Option<User> {
        read_user(str::from_utf8(response.json()).ok()?)
    }

    /// The user whom an access token names, where no answer does. Default: none.
    fn user_of_token(&self, access: &AccessToken) -> Option<User> {
        let _ = access;
        None
    }

    /// The header that presents an access token which the page holds. Default: `Authorization: Bearer` (RFC 6750).
    fn authorization(&self, access: &AccessToken) -> Header {
        ("authorization", format!("Bearer {}", access.secret()))
    }

    /// Whether the status of a refused request means that the access token or the session was refused, rather than the
    /// request. Default: 401.
    fn refuses_credentials(&self, status: u16) -> bool {
        status == 401
    }

    /// The words of an answer with an error status. Default: [`ApiResponse::rejection`].
    fn read_rejection(&self, response: &ApiResponse) -> Rejection {
        response.rejection()
    }

    /// Whether a sign-in that was refused with this status is to be sent again after a sign-out: the backend opens no
    /// session beside the one that the browser has. Default: never.
    fn wants_sign_out_first(&self, status: u16) -> bool {
        let _ = status;
        false
    }

    /// A request whose answer sets the cookie with the CSRF token. It is sent before a sign-in, when the transport
    /// [lacks that token](crate::transport::Transport::lacks_csrf_token). Default: none.
    fn csrf_token(&self) -> Option<ApiRequest> {
        None
    }

    /// The request that creates an account. Default: none.
    fn register(&self, account: &NewAccount) -> Option<ApiRequest> {
        let _ = account;
        None
    }

    /// Whether a registration that was answered with an error status has made an account, which its owner has to confirm
    /// before they can sign in. Default: never.
    fn awaits_confirmation(&self, registration: &ApiResponse) -> bool {
        let _ = registration;
        false
    }

    /// The request that signs in the owner of a new account, where the registration was answered without a session that
    /// this app can use. Default: none; the backend wants the email address confirmed first.
    fn sign_in_after(&self, account: &NewAccount, registration: &ApiResponse) -> Option<ApiRequest> {
        let _ = (account, registration);
        None
    }

    /// The request for an email with a link that sets a new password. Default: none.
    fn request_password_reset(&self, email: &str) -> Option<ApiRequest> {
        let _ = email;
        None
    }

    /// The request that sets a new password by such a link. Default: none.
    fn confirm_password_reset(&self, link: &ResetLink, password: &str) -> Option<ApiRequest> {
        let _ = (link, password);
        None
    }

    /// The request that changes the password of the signed-in user. Default: none.
    fn change_password(&self, old: &str, new: &str) -> Option<ApiRequest> {
        let _ = (old, new);
        None
    }

    /// The request that changes the name of the signed-in user. It is answered like [`user`](Self::user). Default: none.
    fn change_name(&self, first_name: &str, last_name: &str) -> Option<ApiRequest> {
        let _ = (first_name, last_name);
        None
    }

    /// The request for the identity providers, answered by a list of [`IdentityProvider`]s. Default: none.
    fn providers(&self) -> Option<ApiRequest> {
        None
    }

    /// The request that exchanges an authorization code of `provider` for a session. Default: none.
    fn exchange(&self, provider: &str, exchange: &CodeExchange) -> Option<ApiRequest> {
        let _ = (provider, exchange);
        None
    }

    /// The request for the sessions whose cookies the browser holds. Only for cookies that are named after their session.
    /// Default: none.
    fn sessions(&self) -> Option<ApiRequest> {
        None
    }

    /// The sessions in the answer to that request, the newest sign-in first. Default: none can be read.
    fn read_sessions(&self, response: &ApiResponse) -> Option<Vec<FoundSession>> {
        let _ = response;
        None
    }
}

impl PartialEq for dyn Dialect {
    fn eq(&self, other: &Self) -> bool {
        self.dyn_eq(other)
    }
}
