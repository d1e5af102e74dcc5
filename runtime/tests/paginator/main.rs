//! Paginators over a call in memory: what they send, return and refuse, and the tokens from which a listing is resumed.

// A test says what it expects; a panic is how it fails, in its helpers too.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod botocore;
mod fuzz;
mod kinds;
mod paginated;
mod repeat;
mod requests;
mod results;
mod resume;
mod streams;
mod tokens;
