//! One page each.

mod callback;
mod home;
mod not_found;
mod posts;
mod sign_in;

pub use callback::CallbackPage;
pub use home::HomePage;
pub use not_found::NotFoundPage;
pub use posts::ProtectedPostsPage;
pub use sign_in::SignInPage;
