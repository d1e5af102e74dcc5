//! The traits of shapes carry more than JSON: small codecs for XML, CBOR and forms, over the public API of the crate alone,
//! and one set of shapes that goes through all of them. The codecs are for these tests; no service is called with them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)] // a panic is how a test fails; the codecs have none

mod cbor;
mod cbor_bytes;
mod form;
mod form_bodies;
mod json;
#[path = "../shapes/mod.rs"]
mod json_service;
mod limits;
mod plain;
mod round_trips;
mod shapes;
mod xml;
mod xml_texts;
