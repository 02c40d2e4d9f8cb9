//! Ports for servers that are started, stopped, and started again at the same address.

use std::net::{Ipv4Addr, TcpListener};
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result};

/// Below the kernel's ephemeral ports: nobody takes a server's port while the server is down.
const ALL: Range<u16> = 18_000..32_000;

/// How many ports one test run reserves.
const BLOCK: u16 = 500;

/// The ports of this run that are still free. The first port of the block stays bound for as long as the run lasts, so
/// that another run sees that the block is taken.
struct Block {
    rest: Range<u16>,
    _claim: TcpListener,
}

static BLOCK_OF_THIS_RUN: Mutex<Option<Block>> = Mutex::new(None);

/// An unused port. Each port is given out once.
pub(crate) fn free_port() -> Result<u16> {
    let mut block = BLOCK_OF_THIS_RUN.lock().unwrap_or_else(PoisonError::into_inner);
    if block.is_none() {
        *block = Some(claim_block()?);
    }
    let found = block.as_mut().and_then(|block| block.rest.find(|port| bind(*port).is_ok()));
    found.context("there is no free port left")
}

fn claim_block() -> Result<Block> {
    let claim = |first| Some(Block { rest: first + 1..first + BLOCK, _claim: bind(first).ok()? });
    ALL.step_by(BLOCK.into()).find_map(claim).context("too many runs of these tests are under way")
}

fn bind(port: u16) -> std::io::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
}
