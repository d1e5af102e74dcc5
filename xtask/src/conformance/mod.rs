//! `cargo xtask conformance`: generated code against cases that others wrote.

mod cases;
mod endpoints;
mod judge;

pub use endpoints::endpoints;
