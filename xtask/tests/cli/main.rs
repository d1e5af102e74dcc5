//! What `cargo xtask` does, seen from the command line: each test runs it in a small workspace of its own.

mod add;
mod check;
mod codegen;
mod config;
mod import;
mod patch;
#[cfg(test)] // so that clippy knows its panics for a test's
mod support;
mod write;
