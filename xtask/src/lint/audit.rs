//! What is known to be unsafe: in the backend's code, and in the packages that it uses.

use anyhow::{Context, Result, bail};

use crate::command::{announce, run as run_command};
use crate::tools::python::Venv;

const FOUND: &str = "known vulnerabilit";
const NO_DATA: &str = "could not be audited";

/// bandit reads the code. pip-audit asks PyPI for what is known of each package, which a mirror may not have: then it is
/// said, and nothing fails.
pub fn python(venv: &Venv) -> Result<()> {
    run_command(venv.command().args(["-m", "bandit", "-q", "-r", ".", "-c", "pyproject.toml"]))?;
    let mut command = venv.command();
    command.args(["-m", "pip_audit", "--disable-pip", "--require-hashes", "--progress-spinner", "off"]);
    command.args(["--requirement", "requirements.lock"]);
    let output = command.output().context("pip-audit could not be started")?;
    let words = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    match verdict(output.status.success(), &words) {
        Verdict::Clean => Ok(()),
        Verdict::NoData(packages) => {
            announce(format!("pip-audit: no data is to be had here about {packages} packages"));
            Ok(())
        }
        Verdict::Vulnerable => bail!("pip-audit found packages that are not safe:\n{words}"),
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    Clean,
    /// About so many packages, or all.
    NoData(String),
    Vulnerable,
}

fn verdict(is_success: bool, words: &str) -> Verdict {
    let unknown = words.matches(NO_DATA).count();
    if words.lines().any(|line| line.starts_with("Found ") && line.contains(FOUND)) {
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
        assert_eq!(verdict(true, "No known vulnerabilities found\n"), Verdict::Clean);
        assert_eq!(verdict(true, &unknown.repeat(2)), Verdict::NoData("2".to_owned()));
        assert_eq!(verdict(false, "ConnectionError: no network\n"), Verdict::NoData("all".to_owned()));
        let found = format!("{unknown}Found 1 known vulnerability in 1 package\n");
        assert_eq!(verdict(false, &found), Verdict::Vulnerable);
    }
}
