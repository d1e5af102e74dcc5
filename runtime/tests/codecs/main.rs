//! One set of shapes goes through all codecs: JSON, XML, CBOR and forms, through requests and responses of their protocols.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)] // a panic is how a test fails; the codecs have none

mod cbor;
mod cbor_bytes;
mod cbor_fuzz;
mod form;
mod form_bodies;
mod input;
mod json;
#[allow(dead_code, reason = "another binary uses the rest")]
#[path = "../core/shapes.rs"]
mod json_service;
mod limits;
mod round_trips;
mod shapes;
mod xml;
mod xml_answers;
mod xml_fuzz;
mod xml_texts;
