//! Secrets stay out of logs, `Debug` and `Display`: of everything that a program holds, whatever goes wrong, and
//! wherever the secrets come from.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a panic is how a test fails"
)]

mod calls;
mod clients;
mod log;
mod sources;
#[allow(dead_code, reason = "another binary uses the rest")]
#[path = "../imagebuilder/support.rs"]
mod support;
