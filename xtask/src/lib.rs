//! The commands of `cargo xtask` as a library, so that a test can check whether the generated crates are up to date.
//!
//! The generator itself is `tinsmith-codegen`, which neither reads nor writes files; this crate has its file access,
//! its command line and its reports.
#![forbid(unsafe_code)]

pub mod add;
pub mod bench;
pub mod canonical_json;
pub mod changelog;
pub mod check;
pub mod codegen;
pub mod config;
pub mod conformance;
pub mod diff;
mod disk;
pub mod e2e;
pub mod edit;
mod from_botocore;
pub mod import;
pub mod load;
pub mod lock;
pub mod models;
pub mod origin;
pub mod ownership;
mod package_name;
pub mod partitions;
pub mod patch;
mod pip;
pub mod plan;
pub mod protocol;
mod python;
pub mod release;
pub mod report;
mod scratch;
pub mod status;
pub mod sweep;
pub mod update;
pub mod version;
mod wheel;
pub mod write;

pub use check::check;
pub use report::Report;
