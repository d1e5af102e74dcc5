//! What only `cargo xtask` does, seen from the command line: each test runs it in a small workspace of its own.

mod commands;
#[cfg(test)] // so that clippy knows its panics for a test's
mod conformance;
#[cfg(test)] // as above
mod e2e;
mod partitions;
#[cfg(test)] // as above
#[allow(dead_code)] // it serves the tests of `cargo tinsmith` as well
#[path = "../../../cargo-tinsmith/tests/cli/support.rs"]
mod support;
mod sweep;

/// The command line that is tested.
const BINARY: &str = env!("CARGO_BIN_EXE_xtask");
