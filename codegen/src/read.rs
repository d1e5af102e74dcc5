//! Readers: a model file in, the wire-shaped model out. One module a format.

pub(crate) mod botocore;
mod keys;
mod normalize;
mod parameters;
pub(crate) mod smithy;
mod traits;
