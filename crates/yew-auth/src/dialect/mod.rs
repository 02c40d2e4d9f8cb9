//! What a backend understands: the paths and bodies of requests, and how answers are read. It sends nothing.

mod api_request;
mod dj_rest_auth;
mod identity_provider;
mod login;
mod new_account;
mod password;
mod rejection;
mod reset_link;
mod wire;

pub(crate) use api_request::ApiRequest;
pub(crate) use dj_rest_auth::DjRestAuth;
pub use identity_provider::IdentityProvider;
pub use login::Login;
pub use new_account::NewAccount;
pub use rejection::Rejection;
pub use reset_link::ResetLink;
pub(crate) use wire::{CodeExchange, TokenAnswer};
