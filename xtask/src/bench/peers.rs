//! `bench peers`: the release against apps that do the same with React, Next.js and Solid, side by side in one run.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::command::{announce, run as run_command};
use crate::project::Project;
use crate::release;
use crate::tools::browser;
use crate::tools::node::Node;

/// Builds all apps, tests the bench itself, and runs it with these arguments.
pub fn run(project: &Project, arguments: Vec<OsString>) -> Result<()> {
    let dist = project.target().join("bench-dist");
    release::build(project, &dist, &[])?;
    let folder = folder(project);
    let node = Node::ensure(project)?;
    announce("installing and building the peers");
    run_command(node.npm(&folder).arg("ci"))?;
    run_command(node.npm(&folder).args(["run", "build"]))?;
    run_command(node.npm(&folder).arg("test"))?;
    announce("measuring");
    let mut bench = node.command(&folder);
    bench.arg("bench.js").arg("--dist").arg(dist).arg("--chrome").arg(browser::ensure_chromium()?);
    run_command(bench.args(arguments))
}

fn folder(project: &Project) -> PathBuf {
    project.root().join(Path::new("benches/peers"))
}
