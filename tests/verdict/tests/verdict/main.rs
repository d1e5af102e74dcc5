//! What the report says of a change, against rustc and against real releases.

// A test says what it expects; a panic is how it fails, in its helpers too.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod history;
mod kinds;
mod releases;
mod rows;
mod waits;

use std::path::{Path, PathBuf};

/// A folder of one test's own.
fn scratch(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// Where rustc's work is kept, shared by all tests: what they judge stands on the same dependencies, built once.
fn target() -> PathBuf {
    scratch("target")
}
