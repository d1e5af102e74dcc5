//! What `cargo tinsmith` does, seen from the command line: each test runs it in a small workspace of its own.

mod add;
mod check;
mod codegen;
mod config;
#[cfg(test)] // as below
mod diff;
mod import;
#[cfg(test)] // as below
mod init;
#[cfg(test)] // as below
mod manifest;
#[cfg(test)] // as below
mod new_service;
mod ownership;
#[cfg(test)] // as below
mod package_names;
mod patch;
#[cfg(test)] // as below
mod protocol;
mod release;
#[cfg(test)] // as below
mod reports;
mod smithy;
#[cfg(test)] // as below
mod special_files;
#[cfg(test)] // so that clippy knows its panics for a test's
mod support;
mod update;
#[cfg(test)] // as below
mod verdicts;
#[cfg(test)] // as above
mod verify;
mod write;

/// The command line that is tested.
const BINARY: &str = env!("CARGO_BIN_EXE_cargo-tinsmith");
