//! Protocols, and what generated code says of a service and of its operations.

mod operation;

pub use operation::{AuthScheme, Operation, OutputBody, Protocol, Service};
