//! What the harness uses of the machine: paths, ports and processes.

mod environment;
mod port;
mod process;

pub(crate) use environment::Environment;
pub(crate) use port::free_port;
pub(crate) use process::Process;
