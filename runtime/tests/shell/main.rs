//! The async shell, from the outside: calls through a replay client and through loopback servers. One binary, since
//! each links the whole stack.

// A test says what it expects; a panic is how it fails, in its helpers too.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

#[cfg(feature = "hyper")]
mod authority;
#[cfg(feature = "aws-credential-types")]
mod aws_adapter;
mod bearer;
mod calls;
mod clock;
mod config;
mod config_errors;
#[cfg(feature = "hyper")]
mod connections;
mod container_and_instance;
mod credentials;
mod endpoints;
mod failures;
#[cfg(all(feature = "hyper", feature = "http2"))]
mod http2;
#[cfg(feature = "hyper")]
mod hyper;
#[cfg(feature = "hyper")]
mod malformed;
mod profile_credentials;
#[cfg(feature = "hyper")]
mod proxies;
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
#[cfg(feature = "hyper")]
mod tls;
mod tracing_spans;
#[cfg(feature = "hyper")]
mod wire;
