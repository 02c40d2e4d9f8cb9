//! Signing in, staying signed in, and being told when that ends.

mod countdown;
mod next;
mod notices;
mod password_form;
mod provider_buttons;
mod provider_sign_out;
mod session_warning;
mod sign_in_again;
mod signed_in;
mod time_left;

pub use next::{replace_with, use_leave_when_signed_in, use_next, use_next_here, use_return_path};
pub use notices::{SessionBanners, SessionNotices};
pub use password_form::password_form;
pub use provider_buttons::ProviderButtons;
pub use sign_in_again::SignInAgainDialog;
pub use signed_in::SignedIn;
pub use time_left::TimeLeft;
