//! One page each.

mod account;
mod callback;
mod home;
mod not_found;
mod password_forgotten;
mod password_reset;
mod posts;
mod protected;
mod register;
mod session;
mod sign_in;

pub use account::AccountPage;
pub use callback::CallbackPage;
pub use home::HomePage;
pub use not_found::not_found_page;
pub use password_forgotten::PasswordForgottenPage;
pub use password_reset::PasswordResetPage;
pub use protected::protected;
pub use register::RegisterPage;
pub use session::session_page;
pub use sign_in::SignInPage;
