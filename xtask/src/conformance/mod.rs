//! `cargo xtask conformance`: generated code against cases that others wrote.

mod endpoints;
mod suites;

pub use endpoints::endpoints;
pub use suites::{Request as Suites, suites};
