//! `cargo tinsmith` as a library: an xtask of a project calls [`main`], which `cargo tinsmith init --xtask` writes; a test or
//! a build script calls [`check()`], as `examples/build_script.rs` does.
//!
//! The generator itself is `tinsmith-codegen`, which neither reads nor writes files; this crate has its file access,
//! its command line and its reports.
#![forbid(unsafe_code)]

pub mod add;
pub mod canonical_json;
pub mod changelog;
pub mod check;
pub mod cli;
pub mod codegen;
pub mod command;
pub mod config;
pub mod diff;
pub mod disk;
pub mod edit;
pub mod import;
pub mod init;
pub mod load;
pub mod lock;
pub mod manifest;
mod models;
pub mod origin;
pub mod ownership;
mod package_name;
pub mod patch;
mod paths;
pub mod patterns;
mod pip;
pub mod plan;
pub mod progress;
pub mod protocol;
pub mod release;
pub mod report;
pub mod scan;
pub mod status;
pub mod update;
pub mod verify;
pub mod version;
mod wheel;
pub mod workspace;
pub mod write;

pub use check::check;
pub use cli::main;
pub use report::Report;
