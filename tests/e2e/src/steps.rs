//! Steps that several tests share.

mod first_scripts;
mod posts;
mod provider_sign_in;
mod refresh;
mod registration;
mod session_end;
mod tour;

pub use first_scripts::{DPOP, IDLE_LIMIT, lose_second_module, lose_second_stylesheet};
pub use provider_sign_in::{ISSUER, PROVIDER_EXCHANGE};
