//! `cargo xtask conformance`: generated code against cases that others wrote, and against the record of what it did.

mod cbor;
mod endpoints;
mod program;
mod record;
mod suites;
mod value;

pub use endpoints::endpoints;
pub use record::{Request as Record, record};
pub use suites::{Request as Suites, suites};
