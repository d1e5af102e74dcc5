//! The generated client of EC2 Image Builder against a server on the loopback interface, and that server by itself.

// A test says what it expects; a panic is how it fails, in its helpers too.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod api_program;
mod endpoints;
mod exceptions;
mod fuzz;
mod loopback;
mod pages;
mod plain_client;
mod server;
mod settings;
mod shared_client;
mod support;
mod transport;
