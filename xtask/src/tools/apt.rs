//! Debian's packages, where there is apt-get and the right to use it.

use std::process::Command;

use anyhow::{Result, bail};
use nix::unistd::geteuid;

use crate::command::{announce, answer, run};

/// Installs the packages, or says which command a person with the right to do so would type.
pub fn install(packages: &[&str]) -> Result<()> {
    if let Some(obstacle) = obstacle(packages) {
        bail!(obstacle);
    }
    let names = packages.join(" ");
    let privilege = privilege().unwrap_or_default();
    announce(format!("installing {names} by apt-get (a minute, once)"));
    run(apt_get(privilege).arg("update"))?;
    run(apt_get(privilege).args(["install", "--yes", "--no-install-recommends"]).args(packages))
}

/// Why packages cannot be installed here, and what a person could do; `None` if they can.
pub fn obstacle(packages: &[&str]) -> Option<String> {
    let names = packages.join(" ");
    if answer(Command::new("apt-get").arg("--version")).is_none() {
        return Some(format!("there is no apt-get on this system to install {names} with"));
    }
    let words =
        || format!("installing needs root: `sudo apt-get update && sudo apt-get install {names}`, then try again");
    privilege().is_none().then(words)
}

/// The words before apt-get: none for root, sudo for those who need not type a password.
fn privilege() -> Option<&'static [&'static str]> {
    if geteuid().is_root() {
        Some(&[])
    } else {
        answer(Command::new("sudo").args(["-n", "true"])).map(|_| ["sudo", "-n"].as_slice())
    }
}

fn apt_get(privilege: &[&str]) -> Command {
    // Through `env`, because sudo does not hand variables on.
    let words = [privilege, &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]].concat();
    let mut command = Command::new(words[0]);
    command.args(&words[1..]);
    command
}
