//! Codecs: what implements the reader and the writer of shapes. None of them knows HTTP.

pub(crate) mod json;
