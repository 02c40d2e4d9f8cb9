//! nginx, Debian's or whatever is in PATH.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::apt;
use crate::command::{announce, answer};

/// The program. Debian keeps it outside of a person's PATH.
const PROGRAMS: [&str; 2] = ["nginx", "/usr/sbin/nginx"];

/// The path of nginx, installed if it is missing.
pub fn ensure() -> Result<&'static Path> {
    if let Some(found) = find() {
        return Ok(found);
    }
    announce("nginx is missing");
    apt::install(&["nginx"])?;
    find().context("nginx came without its program")
}

fn find() -> Option<&'static Path> {
    PROGRAMS.into_iter().map(Path::new).find(|program| answer(Command::new(program).arg("-v")).is_some())
}
