//! What programs write that call the official SDK, and what of it stands when they move to a crate that is generated here.
//!
//! Each row is a spelling with the number of its uses in 24 public programs, and a verdict that is proven by code: a spelling
//! that stands unchanged is compiled as the official SDK has it, against a generated crate whose shapes are like those of S3
//! and DynamoDB; one that changes is compiled in its new spelling, and its old one must not compile, so that nothing means
//! something else unseen. `tests/share.rs` adds up the uses.
//!
//! What rustc cannot infer any more is listed with the row that it belongs to.

// The guide's program names them as they are in a program.
extern crate aws_sdk_store as aws_sdk_dynamodb;
extern crate aws_sdk_store as aws_sdk_s3;

mod configuration;
mod errors;
/// The program of the guide for moving, after it has moved.
pub mod moved;
mod outputs;
mod paginators;
mod paths;
mod row;
mod setters;
mod unions;

pub use row::{Row, Verdict};

/// All rows.
pub fn rows() -> impl Iterator<Item = &'static Row> {
    let rows = [
        paths::ROWS,
        setters::ROWS,
        outputs::ROWS,
        errors::ROWS,
        configuration::ROWS,
        unions::ROWS,
        paginators::ROWS,
    ];
    rows.into_iter().flatten()
}
