//! Ctrl-C, as a message.

use std::sync::mpsc::{self, Receiver};

use anyhow::{Context, Result};

/// One message for each Ctrl-C from now on; it no longer ends this program.
pub fn interrupts() -> Result<Receiver<()>> {
    let (sender, receiver) = mpsc::channel();
    let interrupt = move || {
        // Nobody listens any more once the servers are being stopped: then a further Ctrl-C changes nothing.
        let _ = sender.send(());
    };
    ctrlc::set_handler(interrupt).context("Ctrl-C cannot be caught")?;
    Ok(receiver)
}
