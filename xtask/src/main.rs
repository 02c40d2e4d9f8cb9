//! The project's one command-line tool: `cargo xtask help` lists what it does.

use std::process::ExitCode;

fn main() -> ExitCode {
    xtask::main()
}
