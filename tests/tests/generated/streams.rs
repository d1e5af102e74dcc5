//! Bodies that are streams, through a generated crate (the golden case `streams`) and a loopback server.

mod download;
mod server;
mod support;
mod upload;
