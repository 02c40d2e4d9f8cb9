//! A second run for the few tests that fail while many others run beside them.

use std::process::Command;

use anyhow::{Context, Result};

use super::runner::hand_on;
use crate::command::{announce, run as run_command, run_watched};

/// Failures beyond this number are no accident.
const MOST_REPEATED: usize = 3;

/// Runs a `cargo test` to its end. Up to three tests of a whole run that fail run once more, one after the other: a busy
/// machine can make a browser miss a time limit. The names of those that pass then are returned, for the closing words.
///
/// # Errors
///
/// More tests failed, one failed again, or a test program did not end by itself.
pub fn run(command: &mut Command, runner_arguments: &[String]) -> Result<Vec<String>> {
    if !runner_arguments.is_empty() {
        return run_command(hand_on(command, runner_arguments)).map(|()| Vec::new());
    }
    let mut report = Report::default();
    let Err(failure) = run_watched(command, |line| report.read(line)) else { return Ok(Vec::new()) };
    let Some(tests) = report.into_repeatable() else { return Err(failure) };
    announce(format!("failed beside other tests, and run again alone: {}", tests.join(", ")));
    let mut again = copy_of(command);
    again.env("RUST_TEST_THREADS", "1").args(["--", "--exact"]).args(&tests);
    run_command(&mut again).context("a test failed twice")?;
    Ok(tests)
}

/// What the test programs of one `cargo test` have printed.
#[derive(Debug, Default)]
struct Report {
    started_programs: usize,
    ended_programs: usize,
    failed: Vec<String>,
}

impl Report {
    fn read(&mut self, line: &str) {
        if let Some(test) = line.strip_prefix("test ").and_then(|rest| rest.strip_suffix(" ... FAILED")) {
            self.failed.push(test.to_owned());
        } else if line.starts_with("running ") && (line.ends_with(" tests") || line.ends_with(" test")) {
            self.started_programs += 1;
        } else if line.starts_with("test result: ") {
            self.ended_programs += 1;
        }
    }

    /// The tests to run again, if they are few and are all that went wrong.
    fn into_repeatable(self) -> Option<Vec<String>> {
        let all_ended = self.started_programs == self.ended_programs;
        (all_ended && (1..=MOST_REPEATED).contains(&self.failed.len())).then_some(self.failed)
    }
}

fn copy_of(command: &Command) -> Command {
    let mut copy = Command::new(command.get_program());
    copy.args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => copy.env(name, value),
            None => copy.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        copy.current_dir(folder);
    }
    copy
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repeatable(lines: &[&str]) -> Option<Vec<String>> {
        let mut report = Report::default();
        lines.iter().for_each(|line| report.read(line));
        report.into_repeatable()
    }

    const ONE_FAILED: [&str; 4] =
        ["running 2 tests", "test a::one ... ok", "test a::two ... FAILED", "test result: FAILED. 1 passed; 1 failed"];

    #[test]
    fn the_few_that_failed_are_repeated() {
        assert_eq!(repeatable(&ONE_FAILED).as_deref(), Some(["a::two".to_owned()].as_slice()));
    }

    #[test]
    fn many_failures_are_no_accident() {
        let failures = ["test a ... FAILED", "test b ... FAILED", "test c ... FAILED"];
        assert_eq!(repeatable(&failures).map(|tests| tests.len()), Some(3));
        assert_eq!(repeatable(&[failures.as_slice(), &["test d ... FAILED"]].concat()), None);
    }

    #[test]
    fn a_test_program_that_crashed_is_a_failure_whatever_the_others_said() {
        assert_eq!(repeatable(&["running 3 tests", "test b ... ok"]), None);
        assert_eq!(repeatable(&[ONE_FAILED.as_slice(), &["running 1 test"]].concat()), None);
    }

    #[test]
    fn a_program_that_did_not_build_is_a_failure() {
        assert_eq!(repeatable(&[]), None);
    }

    /// A test program whose test fails the first time, and that ends with this status the second time.
    fn fails_first(name: &str, status_then: u8) -> Result<Vec<String>> {
        let folder = std::env::temp_dir().join(format!("yew-auth-{name}-{}", std::process::id()));
        let program = format!(
            "test -e {0} && exit {status_then}; touch {0}; echo 'running 1 test'; echo 'test a::one ... FAILED'; \
             echo 'test result: FAILED.'; exit 1",
            folder.display()
        );
        let repeated = run(Command::new("sh").args(["-c", &program]), &[]);
        std::fs::remove_file(&folder).expect("the first run made it");
        repeated
    }

    #[test]
    fn a_test_that_passes_the_second_time_is_named() {
        assert_eq!(fails_first("passes-then", 0).expect("the second run passes"), ["a::one"]);
    }

    #[test]
    fn a_test_that_fails_twice_is_a_failure() {
        let failure = fails_first("fails-again", 1).expect_err("both runs fail");
        assert!(failure.to_string().contains("failed twice"), "{failure}");
    }
}
