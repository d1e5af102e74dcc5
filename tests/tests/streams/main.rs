//! Bodies that are streams, through a generated crate (the golden case `streams`) and a loopback server.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a panic is how a test fails"
)]

mod download;
mod server;
mod support;
mod upload;
