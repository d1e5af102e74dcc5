//! What generated crates do with features that EC2 Image Builder lacks: the crates of golden cases, called.

// A test says what it expects; a panic is how it fails, in its helpers too.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod checksums;
mod long_poll;
mod no_output;
mod query_compatible;
mod region_copies;
mod request_bodies;
mod retries;
mod s3;
mod streams;
mod unions;
mod waiter_answers;
mod waiter_conditions;
mod waiters;
