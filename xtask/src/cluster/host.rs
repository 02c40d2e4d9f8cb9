//! One machine of the cluster: a gunicorn, as the systemd unit starts it.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;
use nix::sys::signal::Signal;

use crate::http_probe;
use crate::ports::Port;
use crate::tools::loopback_server::{LoopbackServer, Program};

/// What answers whether a host may be sent requests.
const READINESS: &str = "/readyz";

/// A host, running or not. Its address never changes.
pub struct Host {
    name: String,
    port: Port,
    server: LoopbackServer,
}

impl Host {
    /// Starts it without waiting: all hosts start at the same time.
    pub(super) fn launch(name: String, port: Port, command: Command, log: PathBuf) -> Result<Self> {
        let server = LoopbackServer::launch(Program {
            name: name.clone(),
            command,
            stop: Signal::SIGTERM,
            is_ready: Box::new(move || is_ready(port.address())),
            log,
        })?;
        Ok(Self { name, port, server })
    }

    /// Its name, which its connections to PostgreSQL bear too.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The address at which nginx asks it.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.port.address()
    }

    /// Whether it says that it may be sent requests.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        is_ready(self.address())
    }

    /// Sets a variable of its environment, for its next start.
    pub fn set(&mut self, name: &str, value: &str) {
        self.server.command_mut().env(name, value);
    }

    /// The server, to stop, kill and start.
    pub fn server(&mut self) -> &mut LoopbackServer {
        &mut self.server
    }

    /// Stops it and starts it again, as `systemctl restart` does, and waits until it is ready.
    pub fn restart(&mut self) -> Result<()> {
        self.server.stop();
        self.server.start_again()
    }
}

fn is_ready(address: SocketAddr) -> bool {
    http_probe::status(address, READINESS).is_ok_and(|status| status == 200)
}
