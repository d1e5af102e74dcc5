//! The two readers of models: what they accept and refuse, and that both give the same model for the same service.

// A test says what it expects; a panic is how it fails, in its helpers too.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod agreement;
mod bad_input;
mod bad_xml;
mod fuzz;
mod known_traits;
mod mutations;
mod protocols;
mod wire_facts;
