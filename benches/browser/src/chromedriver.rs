//! The driver of the browser, as a process that ends with ours.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::{Context, Result};
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

/// A running chromedriver. Dropping this ends it, and the browser that it has started.
pub struct Chromedriver {
    child: Child,
    address: String,
    /// Kept open: a driver that cannot print ends itself.
    _output: BufReader<ChildStdout>,
}

impl Chromedriver {
    pub fn start(program: &Path) -> Result<Self> {
        let mut command = Command::new(program);
        command.arg("--port=0").process_group(0).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().with_context(|| format!("{} could not be started", program.display()))?;
        let mut output = BufReader::new(child.stdout.take().context("chromedriver has no output")?);
        let port = port(&mut output)?;
        Ok(Self { child, address: format!("http://127.0.0.1:{port}"), _output: output })
    }

    pub fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for Chromedriver {
    fn drop(&mut self) {
        // A group that is gone already needs no signal, and there is nothing to do about any other error.
        let _ = killpg(Pid::from_raw(self.child.id().cast_signed()), Signal::SIGKILL);
        let _ = self.child.wait();
    }
}

/// Reads until it says that it listens, and where.
fn port(output: &mut impl BufRead) -> Result<u16> {
    for line in output.lines() {
        if let Some((_, port)) = line?.trim_end_matches('.').rsplit_once("started successfully on port ") {
            return Ok(port.parse()?);
        }
    }
    anyhow::bail!("chromedriver ended before it listened")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_read_from_what_chromedriver_says() {
        let said = "Starting ChromeDriver 140.0\nChromeDriver was started successfully on port 40123.\n";
        assert_eq!(port(&mut said.as_bytes()).expect("it is there"), 40123);
        assert!(port(&mut "Starting ChromeDriver 140.0\n".as_bytes()).is_err());
    }
}
