//! Event streams through generated clients: received, from made-up responses; sent and received at once, over loopback
//! HTTP/2 with a service that verifies every signature.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a panic is how a test fails"
)]

mod receiving;
mod rpc;
mod sending;
mod support;
mod widths;
