//! The async shell, from the outside: calls through a replay client and through loopback servers. One binary, since
//! each links the whole stack.

// A test says what it expects; a panic is how it fails, in its helpers too.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

#[cfg(feature = "aws-credential-types")]
mod aws_adapter;
mod calls;
mod clock;
#[cfg(feature = "hyper")]
mod connections;
mod endpoints;
mod failures;
#[cfg(all(feature = "hyper", feature = "http2"))]
mod http2;
#[cfg(feature = "hyper")]
mod hyper;
#[cfg(feature = "hyper")]
mod malformed;
mod presigned;
mod reserved_headers;
mod retries;
mod rpc_v2_cbor;
#[cfg(feature = "hyper")]
mod server;
mod signing;
mod signing_suite;
mod streams;
mod support;
#[cfg(feature = "hyper")]
mod text;
mod throttling;
mod tracing_spans;
#[cfg(feature = "hyper")]
mod wire;
