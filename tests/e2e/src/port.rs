//! Ports for servers that are started, stopped, and started again at the same address.

use std::net::{Ipv4Addr, TcpListener};
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result};

/// Below the ports that the kernel gives to outgoing connections: while a server is down, nobody takes its place.
const ALL: Range<u16> = 18_000..32_000;

/// What one run of the tests takes for itself.
const BLOCK: u16 = 500;

/// The ports of this run that are still to be handed out. The first of the block is kept bound as long as the run
/// lasts: by that another run sees that the block is taken.
struct Block {
    rest: Range<u16>,
    _claim: TcpListener,
}

static BLOCK_OF_THIS_RUN: Mutex<Option<Block>> = Mutex::new(None);

/// A port that nobody uses; each is handed out once.
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
