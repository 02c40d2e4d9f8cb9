//! One page each.

mod callback;
mod home;
mod not_found;
mod posts;
mod sign_in;

pub use callback::CallbackPage;
pub use home::HomePage;
pub use not_found::not_found_page;
pub use posts::ProtectedPostsPage;
pub use sign_in::SignInPage;
