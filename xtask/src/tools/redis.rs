//! Redis, for the backend's tests and the cluster: nothing of it outlives them.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::Command;
use std::time::Duration;

use anyhow::Result;
use nix::sys::signal::Signal;

use super::apt;
use super::loopback_server::{Folder, LoopbackServer, Program, tied};
use crate::command::{announce, answer};
use crate::ports::Port;

const PROGRAM: &str = "redis-server";

/// A Redis. Dropping this ends it.
pub struct Redis {
    port: Port,
    server: LoopbackServer,
    _folder: Folder,
}

impl Redis {
    /// Starts it on a free port, and installs it if it is missing.
    pub fn start() -> Result<Self> {
        if answer(Command::new(PROGRAM).arg("--version")).is_none() {
            announce("Redis is missing");
            apt::install(&[PROGRAM])?;
        }
        let (folder, port) = (Folder::new("redis")?, Port::free("Redis")?);
        let mut command = tied(PROGRAM, Signal::SIGTERM);
        command.args(["--bind", "127.0.0.1", "--port", &port.number.to_string()]);
        command.args(["--save", "", "--appendonly", "no", "--dir"]).arg(folder.path());
        let address = port.address();
        let server = LoopbackServer::start(Program {
            name: "Redis".to_owned(),
            command,
            stop: Signal::SIGTERM,
            is_ready: Box::new(move || answers(address)),
            log: folder.path().join("log"),
        })?;
        Ok(Self { port, server, _folder: folder })
    }

    /// For the backend's `REDIS_URL`.
    pub fn url(&self) -> String {
        format!("redis://{}/0", self.port.address())
    }

    /// The running server, to stop and start.
    pub fn server(&mut self) -> &mut LoopbackServer {
        &mut self.server
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
