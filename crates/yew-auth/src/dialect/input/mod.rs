//! What people type, and what a provider sends: it goes into requests.

mod code_exchange;
mod login;
mod new_account;
mod password;
mod reset_link;

pub use code_exchange::CodeExchange;
pub use login::Login;
pub use new_account::NewAccount;
pub use reset_link::ResetLink;
