//! Readers: a model file in, the wire-shaped model out. One module a format.

pub(crate) mod botocore;
mod normalize;
pub(crate) mod smithy;
