//! Sign-in pages for apps that use yew-router: where to send visitors, and where to send them back to.

mod redirect_to_sign_in;
mod return_address;
mod use_return_path;

pub use redirect_to_sign_in::{RedirectToSignIn, RedirectToSignInProps};
pub use return_address::ReturnQuery;
pub use use_return_path::{use_return_after_sign_in, use_return_path};
