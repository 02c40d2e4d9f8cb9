//! What every part of the app uses to show something, and to go to another page.

mod dialog;
pub mod focus;
mod loading;
pub mod messages;
mod notice;
mod page_link;

pub use dialog::Dialog;
pub use loading::{loading, use_is_page_visible};
pub use notice::notice;
pub use page_link::{Open, PageLink, use_open};
