//! The screen of a browser that has no headless mode.

use std::os::unix::net::UnixStream;
use std::path::Path;

use anyhow::Result;

use super::driver_process::START;
use crate::machine::{Process, free_port};
use crate::wait::eventually;

/// Its width and height.
const SIZE: (u32, u32) = (1920, 1200);

/// An X server in memory (Xvfb) for one browser, so that no window of another test takes the focus. Dropping it ends it.
///
/// There is no window manager: the window under the pointer has the focus, and the pointer stays in the middle.
#[derive(Debug)]
pub(crate) struct Display {
    name: String,
    _process: Process,
}

impl Display {
    pub(crate) async fn start(log: &Path) -> Result<Self> {
        // The numbers of displays are free in this range, as the ports are.
        let number = free_port()?;
        let name = format!(":{number}");
        let screen = format!("{}x{}x24", SIZE.0, SIZE.1);
        let arguments = |command: &mut std::process::Command| {
            command.args([&name, "-screen", "0", &screen, "-nolisten", "tcp"]);
        };
        let mut process = Process::start(Path::new("Xvfb"), arguments, log)?;
        let socket = format!("/tmp/.X11-unix/X{number}");
        eventually("the display answers", START, async || {
            process.ensure_alive()?;
            Ok(UnixStream::connect(&socket).ok())
        })
        .await?;
        Ok(Self { name, _process: process })
    }

    /// What programs find it by, in the variable `DISPLAY`.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}

/// Where a window of this size lies around the pointer.
pub(crate) fn around_pointer(width: u32, height: u32) -> (i64, i64) {
    let before = |screen: u32, length: u32| i64::from(screen.saturating_sub(length) / 2);
    (before(SIZE.0, width), before(SIZE.1, height))
}
