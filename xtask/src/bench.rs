//! `bench`: what the app costs the browser, measured in one.

use std::ffi::OsString;

use anyhow::{Result, bail};
use lexopt::prelude::*;

use crate::build::release_build;
use crate::command::run as run_command;
use crate::project::Project;
use crate::tools::browser;

pub fn run(project: &Project, mut arguments: lexopt::Parser) -> Result<()> {
    match arguments.next()? {
        Some(Value(name)) if name == "render" => {}
        Some(Value(name)) => bail!("there is no benchmark `{}`: name render", name.to_string_lossy()),
        Some(option) => return Err(option.unexpected().into()),
        None => bail!("name the benchmark: render"),
    }
    // The benchmark reads its own arguments.
    let handed_on: Vec<OsString> = arguments.raw_args()?.collect();
    render(project, &handed_on)
}

fn render(project: &Project, handed_on: &[OsString]) -> Result<()> {
    let chromedriver = browser::ensure_chromedriver()?;
    let dist = project.target().join("bench-dist");
    release_build(project, &dist, &[])?;
    let mut command = project.cargo();
    command.args(["run", "--quiet", "--package", "render-bench", "--", "--dist"]).arg(dist);
    run_command(command.arg("--chromedriver").arg(chromedriver).args(handed_on))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(arguments: &[&str]) -> String {
        let project = Project::locate().expect("a checkout");
        let error = run(&project, lexopt::Parser::from_args(arguments)).expect_err("nothing is measured");
        error.to_string()
    }

    #[test]
    fn a_benchmark_is_named_and_exists() {
        assert_eq!(refusal(&[]), "name the benchmark: render");
        assert_eq!(refusal(&["paint"]), "there is no benchmark `paint`: name render");
    }
}
