//! The dj-rest-auth dialect: endpoints, what goes over the wire, and how it may fail.

mod account;
mod client;
mod identity_provider;
mod login;
mod new_account;
mod origin;
mod password;
mod path;
mod rejection;
mod request_error;
mod reset_link;
mod retry_after;
mod token_response;
mod transport;
mod wire;

pub(crate) use client::{Answer, ApiClient, ApiRequest, SignedIn, json, user};
pub use identity_provider::IdentityProvider;
pub use login::Login;
pub use new_account::NewAccount;
pub use origin::{InvalidOrigin, Origin};
pub(crate) use path::has;
pub use path::{ApiPath, InvalidPath};
pub use rejection::Rejection;
pub use request_error::RequestError;
pub use reset_link::ResetLink;
pub use token_response::TokenResponse;
pub use transport::{Bearer, Cookie, Header, Transport};
pub(crate) use wire::CodeExchange;
