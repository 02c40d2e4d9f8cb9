//! The tests of a whole deployment, each on a cluster of its own.

use anyhow::Result;

use super::runner::{set_browser, set_parallel_tests};
use super::{Release, second_run};
use crate::cluster::Certificate;
use crate::tools::engines::Engine;
use crate::tools::python::Venv;

/// Each has some ten processes that start, and then wait for most of the time.
const PARALLEL_TESTS: &str = "4";

/// The tests that had to run twice are returned.
pub fn run(release: &Release<'_>, runner_arguments: &[String]) -> Result<Vec<String>> {
    let project = release.project;
    // Before several tests want to make it at the same time.
    Venv::ensure(project)?;
    let dist = release.dist()?;
    let folder = project.target().join("cluster-tests");
    let mut command = project.cargo();
    command.args(["test", "--package", "cluster", "--no-fail-fast"]);
    set_browser(&mut command, project, Engine::Chromium, &folder)?;
    let certificate_folder = folder.join("certificate");
    // One for all clusters: a browser is told at its start what it trusts, and serves many tests.
    let certificate = Certificate::make(&certificate_folder)?;
    command.env("YEW_AUTH_E2E_TRUSTED_KEY", certificate.key_hash()?);
    command.env("YEW_AUTH_CLUSTER_CERTIFICATE", certificate_folder).env("YEW_AUTH_CLUSTER_DIST", dist);
    set_parallel_tests(&mut command, PARALLEL_TESTS);
    second_run::run(&mut command, runner_arguments)
}
