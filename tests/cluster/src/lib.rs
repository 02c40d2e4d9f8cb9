//! The tests of a whole deployment: the release in a real browser over https, nginx, three gunicorn hosts, PostgreSQL and
//! Redis, all set up by the files of `deploy/`.
//!
//! A test is run by [`Deployment::run`], on a cluster of its own. What happens on the way is read where an operator reads
//! it: in nginx's log and in the database.

mod deployment;
mod host_client;
mod lock;
mod request_log;

pub use deployment::Deployment;
pub use host_client::HostClient;
pub use lock::Lock;
pub use request_log::{Request, RequestLog};
