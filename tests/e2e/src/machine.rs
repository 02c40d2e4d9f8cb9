//! What the harness uses of the machine: paths, ports and processes.

mod environment;
mod port;
mod process;

pub(crate) use environment::{Environment, axe, backend, dist, python};
pub(crate) use port::free_port;
pub use process::Process;
