use std::path::Path;
use std::process::Command;

use super::*;
use crate::command::run_quietly;
use crate::scratch::Scratch;

const TOOL: CargoTool = CargoTool {
    package: "some-tool",
    programs: &["some-tool"],
    version: Cow::Borrowed("1.2.3"),
    flags: &[],
    environment: &[],
    minutes: 7,
};

/// A machine with a project, a Cargo that writes down what it is asked, and perhaps more.
struct Machine {
    scratch: Scratch,
    project: Project,
}

impl Machine {
    /// `subcommands` is the shell's: what its Cargo does for each of them.
    fn new(name: &str, subcommands: &str) -> Self {
        let scratch = Scratch::new(name);
        let project = Project::at(scratch.folder().join("checkout"));
        let machine = Self { scratch, project };
        let log = machine.log().display().to_string();
        let bin = machine.project.tools_bin().display().to_string();
        let install = format!(
            "mkdir -p {bin}; printf '#!/bin/sh\\necho some-tool 1.2.3\\n' >{bin}/some-tool; chmod +x {bin}/some-tool"
        );
        machine.program(
            "checkout/target/tools/bin/cargo",
            &format!("echo \"$@\" >>{log}\ncase \"$1\" in\n{}\nesac", subcommands.replace("INSTALL", &install)),
        );
        machine
    }

    fn program(&self, path: &str, script: &str) -> PathBuf {
        let path = self.scratch.folder().join(path);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("our own folder");
        // Written by another process: a program that is open for writing here, or in what another test has just forked,
        // cannot be run.
        let write = r##"printf '#!/bin/sh\n%s\n' "$1" >"$2" && chmod +x "$2""##;
        run_quietly(Command::new("sh").args(["-c", write, "sh", script]).arg(&path)).expect("our own file");
        path
    }

    fn log(&self) -> PathBuf {
        self.scratch.folder().join("cargo.log")
    }

    /// The first two words of each call of Cargo, once the tool is there.
    fn calls_of_cargo(&self, search_path: &Path) -> Vec<String> {
        ensure_with(&self.project, &[TOOL], search_path.as_os_str()).expect("the tool can be had");
        assert!(TOOL.is_there(&self.project));
        let log = fs::read_to_string(self.log()).unwrap_or_default();
        log.lines().map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect()
    }
}

const BINSTALL_WORKS: &str = "binstall) [ \"$2\" = -V ] || { INSTALL; } ;; *) exit 1 ;;";
const BINSTALL_FAILS: &str = "binstall) [ \"$2\" = -V ] ;; install) INSTALL ;; *) exit 1 ;;";
const NO_BINSTALL: &str = "install) INSTALL ;; *) exit 1 ;;";

#[test]
fn an_installed_tool_of_the_pinned_version_is_used_and_cargo_is_not_asked() {
    let machine = Machine::new("tool-installed", NO_BINSTALL);
    machine.program("elsewhere/some-tool", "echo some-tool 1.2.3");
    assert_eq!(machine.calls_of_cargo(&machine.scratch.folder().join("elsewhere")), Vec::<String>::new());
    assert_eq!(machine.calls_of_cargo(Path::new("/nowhere")), Vec::<String>::new());
}

#[test]
fn an_installed_tool_of_another_version_is_not_used() {
    let machine = Machine::new("tool-other-version", NO_BINSTALL);
    machine.program("elsewhere/some-tool", "echo some-tool 1.2.4");
    let calls = machine.calls_of_cargo(&machine.scratch.folder().join("elsewhere"));
    assert_eq!(calls, ["binstall -V", "install some-tool"]);
}

#[test]
fn a_linked_tool_that_was_updated_is_replaced() {
    let machine = Machine::new("tool-updated", NO_BINSTALL);
    machine.program("elsewhere/some-tool", "echo some-tool 1.2.3");
    let elsewhere = machine.scratch.folder().join("elsewhere");
    machine.calls_of_cargo(&elsewhere);
    let updated = machine.program("elsewhere/some-tool", "echo some-tool 2.0.0");
    assert_eq!(machine.calls_of_cargo(&elsewhere), ["binstall -V", "install some-tool"]);
    assert_eq!(version_of(&updated).as_deref(), Some("2.0.0"));
}

#[test]
fn binstall_is_asked_before_anything_is_compiled() {
    let machine = Machine::new("tool-binstall", BINSTALL_WORKS);
    assert_eq!(machine.calls_of_cargo(Path::new("/nowhere")), ["binstall -V", "binstall --no-confirm"]);
}

#[test]
fn what_binstall_cannot_fetch_is_compiled() {
    let machine = Machine::new("tool-binstall-fails", BINSTALL_FAILS);
    let calls = machine.calls_of_cargo(Path::new("/nowhere"));
    assert_eq!(calls, ["binstall -V", "binstall --no-confirm", "install some-tool"]);
}

#[test]
fn before_it_compiles_it_says_what_and_how_long() {
    let said = plan(&[&TRUNK, &TOOL]);
    assert!(said.starts_with("compiling trunk 0.22.1 and some-tool 1.2.3, once: about 15 minutes"), "{said}");
}

#[test]
fn trunk_is_told_the_version_that_is_installed() {
    let settings = include_str!("../../../../Trunk.toml");
    assert!(settings.contains(&format!("trunk-version = \"={}\"", TRUNK.version)));
}
