//! `cargo xtask conformance`: tests generated code with third-party cases, and compares it with the record of its
//! behaviour.

mod cbor;
mod endpoints;
mod program;
mod record;
mod suites;
mod value;

pub use endpoints::endpoints;
pub use record::{Request as Record, record};
pub use suites::{Request as Suites, suites};
