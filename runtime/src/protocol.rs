//! Protocols, and what generated code says of a service and of its operations.

mod operation;

pub use operation::{Auth, Bearer, Operation, Protocol, Service};
