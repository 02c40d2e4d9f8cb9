//! What is known to be unsafe: in the backend's code, and in the packages that the project uses.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command::{announce, answer, run as run_command};
use crate::project::Project;
use crate::tools::python::Venv;

/// What each tool says of packages that are not safe, and of those it knows nothing about.
struct Words {
    tool: &'static str,
    /// The beginning of the line, and what follows in it.
    found: (&'static str, &'static str),
    no_data: &'static str,
}

const PIP_AUDIT: Words =
    Words { tool: "pip-audit", found: ("Found ", "known vulnerabilit"), no_data: "could not be audited" };
const CARGO_AUDIT: Words = Words { tool: "cargo audit", found: ("error: ", "found!"), no_data: "couldn't fetch" };

/// bandit reads the code. pip-audit asks PyPI for what is known of each package, which a mirror may not have: then it is
/// said, and nothing fails.
pub fn python(venv: &Venv) -> Result<()> {
    run_command(venv.command().args(["-m", "bandit", "-q", "-r", ".", "-c", "pyproject.toml"]))?;
    let mut command = venv.command();
    command.args(["-m", "pip_audit", "--disable-pip", "--require-hashes", "--progress-spinner", "off"]);
    judge(command.args(["--requirement", "requirements.lock"]), &PIP_AUDIT)
}

/// Where cargo-audit is installed: its data is a repository on GitHub, so that it is of no use everywhere.
pub fn rust(project: &Project) -> Result<()> {
    if answer(project.cargo().args(["audit", "--version"])).is_none() {
        announce("cargo audit is not installed, so nothing is said of the crates (`cargo install cargo-audit`)");
        return Ok(());
    }
    judge(project.cargo().arg("audit"), &CARGO_AUDIT)
}

fn judge(command: &mut Command, words: &Words) -> Result<()> {
    let Words { tool, .. } = words;
    let output = command.output().with_context(|| format!("{tool} could not be started"))?;
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    match verdict(output.status.success(), &said, words) {
        Verdict::Clean => announce(format!("{tool}: no known vulnerabilities")),
        Verdict::NoData(packages) => announce(format!("{tool}: no data is to be had here about {packages} packages")),
        Verdict::Vulnerable => bail!("{tool} found packages that are not safe:\n{said}"),
    }
    Ok(())
}

#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    Clean,
    /// About so many packages, or all.
    NoData(String),
    Vulnerable,
}

fn verdict(is_success: bool, said: &str, words: &Words) -> Verdict {
    let unknown = said.matches(words.no_data).count();
    let (start, rest) = words.found;
    if said.lines().any(|line| line.starts_with(start) && line.contains(rest)) {
        Verdict::Vulnerable
    } else if !is_success {
        Verdict::NoData("all".to_owned())
    } else if unknown > 0 {
        Verdict::NoData(unknown.to_string())
    } else {
        Verdict::Clean
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vulnerable_package_is_told_from_one_that_nothing_is_known_of() {
        let unknown = "a  Dependency not found on PyPI and could not be audited: a (1)\n";
        let pip = |is_success, said: &str| verdict(is_success, said, &PIP_AUDIT);
        assert_eq!(pip(true, "No known vulnerabilities found\n"), Verdict::Clean);
        assert_eq!(pip(true, &unknown.repeat(2)), Verdict::NoData("2".to_owned()));
        assert_eq!(pip(false, "ConnectionError: no network\n"), Verdict::NoData("all".to_owned()));
        assert_eq!(pip(false, &format!("{unknown}Found 1 known vulnerability in 1 package\n")), Verdict::Vulnerable);
    }

    #[test]
    fn a_vulnerable_crate_is_told_from_a_database_that_cannot_be_had() {
        let cargo = |is_success, said: &str| verdict(is_success, said, &CARGO_AUDIT);
        assert_eq!(cargo(true, "    Scanning Cargo.lock for vulnerabilities\n"), Verdict::Clean);
        assert_eq!(cargo(false, "error: couldn't fetch advisory database: git\n"), Verdict::NoData("all".to_owned()));
        assert_eq!(cargo(false, "Crate: a\nerror: 1 vulnerability found!\n"), Verdict::Vulnerable);
    }
}
