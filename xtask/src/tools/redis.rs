//! Redis, for the backend's tests: nothing of it outlives them.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::Result;
use nix::sys::signal::Signal;

use super::apt;
use super::loopback_server::{Folder, LoopbackServer};
use crate::command::{announce, version_of};
use crate::ports::Port;

const PROGRAM: &str = "redis-server";

/// A running Redis. Dropping this ends it.
pub struct Redis {
    port: Port,
    _server: LoopbackServer,
}

impl Redis {
    /// Starts it on a free port, and installs it if it is missing.
    pub fn start() -> Result<Self> {
        if version_of(Path::new(PROGRAM)).is_none() {
            announce("Redis is missing");
            apt::install(&[PROGRAM])?;
        }
        let (folder, port) = (Folder::new("redis")?, Port::free("Redis")?);
        let mut command = Command::new(PROGRAM);
        command.args(["--bind", "127.0.0.1", "--port", &port.number.to_string()]);
        command.args(["--save", "", "--appendonly", "no", "--dir"]).arg(folder.path());
        let address = port.address();
        let server = LoopbackServer::start("Redis", &mut command, folder, Signal::SIGTERM, || answers(address))?;
        Ok(Self { port, _server: server })
    }

    /// For the backend's `REDIS_URL`.
    pub fn url(&self) -> String {
        format!("redis://{}/0", self.port.address())
    }
}

fn answers(address: SocketAddr) -> bool {
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
        stream.set_read_timeout(Some(Duration::from_secs(1)))?;
        stream.write_all(b"PING\r\n")?;
        let mut answer = [0; 5];
        stream.read_exact(&mut answer)?;
        Ok(&answer == b"+PONG")
    };
    ask().unwrap_or(false)
}
