//! `cargo tinsmith`: adds services to a project, generates their crates, and checks that they are up to date.
#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    cargo_tinsmith::main("cargo tinsmith")
}
