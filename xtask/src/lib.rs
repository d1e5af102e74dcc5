//! The commands that only this repository needs, as a library. What users have is `cargo-tinsmith`.
#![forbid(unsafe_code)]

pub mod bench;
pub mod conformance;
pub mod e2e;
mod from_botocore;
pub mod partitions;
mod python;
mod scratch;
pub mod services;
pub mod sweep;
