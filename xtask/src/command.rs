//! Running one program in the foreground: shown before it runs, its failure said in words.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

use anyhow::{Context, Result, bail, ensure};

/// Says what is being done, apart from what the programs themselves print.
pub fn announce(what: impl AsRef<str>) {
    eprintln!("\n==> {}", what.as_ref());
}

/// Runs a program to its end; its output goes where ours goes.
pub fn run(command: &mut Command) -> Result<()> {
    let (status, shown) = status(command)?;
    ensure_success(status, &shown)
}

/// Runs a program to its end, as [`run`] does. False where it ends with `code`, which is no failure.
pub fn run_allowing(code: i32, command: &mut Command) -> Result<bool> {
    let (status, shown) = status(command)?;
    if status.code() == Some(code) {
        return Ok(false);
    }
    ensure_success(status, &shown).map(|()| true)
}

fn status(command: &mut Command) -> Result<(ExitStatus, String)> {
    let shown = announced(command);
    let status = command.status().with_context(|| format!("`{shown}` could not be started"))?;
    Ok((status, shown))
}

/// Runs a program to its end and shows `watch` each line that it prints; its output goes where ours goes.
pub fn run_watched(command: &mut Command, mut watch: impl FnMut(&str)) -> Result<()> {
    let shown = announced(command);
    let mut program =
        command.stdout(Stdio::piped()).spawn().with_context(|| format!("`{shown}` could not be started"))?;
    let printed = program.stdout.take().context("the output is piped")?;
    for line in BufReader::new(printed).split(b'\n') {
        let line = line.with_context(|| format!("the output of `{shown}` could not be read"))?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        watch(&line);
    }
    let status = program.wait().with_context(|| format!("`{shown}` could not be awaited"))?;
    ensure_success(status, &shown)
}

/// Runs a program to its end and hands over what it prints; its warnings go where ours go.
pub fn output(command: &mut Command) -> Result<String> {
    let shown = announced(command);
    let output = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output();
    let output = output.with_context(|| format!("`{shown}` could not be started"))?;
    ensure_success(output.status, &shown)?;
    String::from_utf8(output.stdout).with_context(|| format!("`{shown}` printed something that is no text"))
}

/// Runs a program whose output matters only if it fails.
pub fn run_quietly(command: &mut Command) -> Result<()> {
    let shown = shown(command);
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("`{shown}` could not be started"))?;
    if !output.status.success() {
        let words = [output.stdout, output.stderr].concat();
        bail!("`{shown}` failed ({}):\n{}", output.status, String::from_utf8_lossy(&words).trim_end());
    }
    Ok(())
}

/// Runs a program and hands over what it prints. What it says besides matters only if it fails.
pub fn output_quietly(command: &mut Command) -> Result<String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("{program} could not be started"))?;
    if !output.status.success() {
        let words = String::from_utf8_lossy(&output.stderr).trim_end().to_owned();
        bail!("{program} failed ({}):\n{words}", output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("{program} printed something that is no text"))
}

/// What a program prints, if it exists and ends well. For questions to which "no" is an answer.
pub fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The version that `program --version` names, wherever in its first line that stands.
pub fn version_of(program: &Path) -> Option<String> {
    let mut command = Command::new(program);
    // Cargo gives its own subcommands their name first, and they insist on it.
    command.args(program.file_name().and_then(OsStr::to_str).and_then(|name| name.strip_prefix("cargo-")));
    first_version(&answer(command.arg("--version"))?).map(str::to_owned)
}

fn first_version(text: &str) -> Option<&str> {
    text.lines().next()?.split_whitespace().find(|word| word.starts_with(|first: char| first.is_ascii_digit()))
}

/// Shows the command before it runs, and returns it as it was shown.
fn announced(command: &Command) -> String {
    let shown = shown(command);
    eprintln!("$ {shown}");
    shown
}

/// Fails if a program that was shown, and that has printed for itself, has failed.
fn ensure_success(status: ExitStatus, shown: &str) -> Result<()> {
    ensure!(status.success(), "`{shown}` failed ({status}); its own words are above");
    Ok(())
}

/// The command as one would type it in its folder; PATH, the same for all, is left out.
fn shown(command: &Command) -> String {
    let folder = command.get_current_dir().map(|folder| format!("{}/", folder.display()));
    let relative = |word: &str| match &folder {
        Some(folder) => word.strip_prefix(folder.as_str()).unwrap_or(word).to_owned(),
        None => word.to_owned(),
    };
    let variables = command.get_envs().filter_map(|(name, value)| {
        let value = value?.to_string_lossy();
        (name != "PATH").then(|| format!("{}={}", name.to_string_lossy(), quoted(&value)))
    });
    let program = command.get_program().to_string_lossy();
    let words = std::iter::once(program).chain(command.get_args().map(|argument| argument.to_string_lossy()));
    variables.chain(words.map(|word| quoted(&relative(&word)))).collect::<Vec<_>>().join(" ")
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./:=,@%+".contains(c);
    if !word.is_empty() && word.chars().all(plain) { word.to_owned() } else { format!("'{word}'") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_is_found_in_what_each_tool_prints() {
        assert_eq!(first_version("trunk 0.22.1"), Some("0.22.1"));
        assert_eq!(first_version("wasm-opt version 132 (version_132)"), Some("132"));
        assert_eq!(first_version("uv 0.13.9 (x86_64-unknown-linux-gnu)"), Some("0.13.9"));
        assert_eq!(first_version("wasm-bindgen 0.2.130\n1.0"), Some("0.2.130"));
    }

    #[test]
    fn no_version_is_found_where_none_stands() {
        assert_eq!(first_version(""), None);
        assert_eq!(first_version("command not found\n1.2.3"), None);
    }

    #[test]
    fn a_shown_command_can_be_typed_again() {
        let mut command = Command::new("cargo");
        command.env("PATH", "/bin").env("RUSTDOCFLAGS", "-D warnings").args(["doc", "--no-deps"]);
        assert_eq!(shown(&command), "RUSTDOCFLAGS='-D warnings' cargo doc --no-deps");
        command.current_dir("/checkout").arg("/checkout/src/main.rs");
        assert_eq!(shown(&command), "RUSTDOCFLAGS='-D warnings' cargo doc --no-deps src/main.rs");
    }

    #[test]
    fn a_failing_program_is_an_error_that_names_it() {
        let error = run(Command::new("false").arg("now")).expect_err("false fails");
        assert!(error.to_string().starts_with("`false now` failed"), "{error}");
    }

    #[test]
    fn what_a_program_prints_is_handed_over() {
        assert_eq!(output(Command::new("echo").arg("a word")).expect("echo works"), "a word\n");
        let error = output(&mut Command::new("false")).expect_err("false fails");
        assert!(error.to_string().starts_with("`false` failed"), "{error}");
    }

    #[test]
    fn a_quiet_program_is_quoted_when_it_fails() {
        let error = run_quietly(Command::new("sh").args(["-c", "echo no such table >&2; exit 1"]));
        assert!(error.expect_err("it fails").to_string().ends_with(":\nno such table"));
    }

    #[test]
    fn a_missing_program_is_no_answer() {
        assert_eq!(answer(&mut Command::new("there-is-no-such-program")), None);
    }
}
