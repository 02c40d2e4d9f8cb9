//! Posts: the data, the list, and what helps to read it.

mod chunks;
mod last_updated;
mod list;
mod load_error;
mod new_posts;
mod post;
mod query;
mod reader;
mod refresh;
mod search;

pub use last_updated::use_last_updated;
pub use load_error::{LoadError, LoadErrorProps, StaleNotice, StaleNoticeProps};
pub use post::Posts;
pub use reader::PostReader;
pub use refresh::use_refresh;
