//! Ports for servers that are started, stopped, and started again at the same address.

use std::net::{Ipv4Addr, TcpListener};
use std::sync::atomic::{AtomicU16, Ordering};

use anyhow::{Context, Result};

/// Below the ports that the kernel gives to outgoing connections: while a server is down, nobody takes its place.
const FIRST: u16 = 18_100;
const LAST: u16 = 31_999;

static NEXT: AtomicU16 = AtomicU16::new(FIRST);

/// A port that nobody uses; each is handed out once.
pub(crate) fn free_port() -> Result<u16> {
    std::iter::repeat_with(|| NEXT.fetch_add(1, Ordering::Relaxed))
        .take_while(|port| *port <= LAST)
        .find(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok())
        .context("there is no free port left")
}
