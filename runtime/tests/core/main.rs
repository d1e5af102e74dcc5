//! The core, from the outside: shapes in JSON and in HTTP, documents, timestamps, errors, events, endpoints and the
//! decisions of waiters. Nothing here opens a socket.

// A test says what it expects; a panic is how it fails, in its helpers too.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod bad_json;
mod document;
mod endpoint_functions;
mod errors;
mod event_codec;
mod fuzz;
mod json;
mod open_enum;
mod partitions;
mod requests;
mod responses;
mod setters;
mod shapes;
mod timestamp;
mod waiter;
