//! Settings and sources of credentials as a service sees them: a client, a loopback service, and who signed what
//! arrives there. Each fault that was seen in the field has a test that is called after it.

// A test says what it expects; a panic is how it fails, in its helpers too.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
#![cfg(feature = "hyper")]

mod authority;
mod bearer;
mod config;
mod config_errors;
mod container;
mod container_and_instance;
mod credentials;
mod expired;
mod explain;
mod files;
mod hosts;
mod instance;
mod keys;
mod order;
mod process;
mod profile_credentials;
mod profile_sources;
mod proxies;
mod renewals;
mod roles;
#[allow(dead_code, reason = "not every binary needs all of it")]
#[path = "../../../runtime/tests/shell/server.rs"]
mod server;
mod shop;
mod sso;
#[allow(dead_code, reason = "not every binary needs all of it")]
#[path = "../../../runtime/tests/shell/support.rs"]
mod support;
mod temporary;
mod tls;
mod world;
