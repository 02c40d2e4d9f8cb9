//! The dj-rest-auth dialect: endpoints, what goes over the wire, and how it may fail.

mod account;
mod base;
mod client;
mod grant_answer;
mod login;
mod new_account;
mod password;
mod path;
mod provider;
mod rejection;
mod request_error;
mod reset_link;
mod retry_after;
mod transport;
mod wire;

pub use base::{ApiBase, BadOrigin};
pub(crate) use client::{Answer, ApiClient, ApiRequest, SignedIn, json, user};
pub use grant_answer::GrantAnswer;
pub use login::Login;
pub use new_account::NewAccount;
pub(crate) use path::has;
pub use path::{ApiPath, BadPath};
pub use provider::Provider;
pub use rejection::Rejection;
pub use request_error::RequestError;
pub use reset_link::ResetLink;
pub use transport::{Bearer, Cookie, Header, Transport};
pub(crate) use wire::CodeExchange;
