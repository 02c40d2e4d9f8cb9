//! The dj-rest-auth dialect: endpoints, what goes over the wire, and how it may fail.

mod base;
mod client;
mod login;
mod path;
mod provider;
mod rejection;
mod request_error;
mod retry_after;
mod transport;
mod wire;

pub use base::{ApiBase, BadOrigin};
pub(crate) use client::{Answer, ApiClient, ApiRequest, SignedIn, json, user};
pub use login::Login;
pub use path::{ApiPath, BadPath};
pub use provider::Provider;
pub use rejection::Rejection;
pub use request_error::RequestError;
pub use transport::{Bearer, Cookie, Header, Transport};
pub(crate) use wire::CodeExchange;
