//! The rules of S3, each by the name of its test, through the client that is generated for the golden case `s3`. Where the rest
//! of them is: the endpoint rules in `tests/tests/generated/s3.rs`, signatures and presigned URLs in
//! `runtime/tests/shell/presigned.rs`, checksums in `tests/tests/generated/s3.rs`.

// A test says what it expects; a panic is how it fails, in its helpers too.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod forms;
mod headers;
mod lists;
mod regions;
mod success;
mod support;
