//! Readers: each turns the files of one format into the wire-shaped model.

pub(crate) mod botocore;
mod keys;
mod normalize;
mod parameters;
pub(crate) mod smithy;
mod traits;
