//! The checksum of the whole object, where S3 keeps one: those of parts are combined to it, or it is added up in order.

use super::crc;
use super::object::Headers;
use super::request::header_of;
use tinsmith_runtime::Digest;

/// What the checksum of the object must be.
#[derive(Clone, Debug)]
pub(super) struct Expected {
    pub(super) algorithm: &'static str,
    pub(super) value: String,
}

impl Expected {
    /// The checksum of the whole object, from the headers of a response for all of it. One of the checksums of parts (`…-3`)
    /// is that of no bytes.
    pub(super) fn of_object(headers: &Headers) -> Option<Self> {
        let kind = headers.get("x-amz-checksum-type");
        if kind.is_some_and(|kind| kind == "COMPOSITE") {
            return None;
        }
        Digest::ORDER.into_iter().find_map(|algorithm| {
            let value = headers.get(&header_of(algorithm))?;
            let is_whole = !value.is_empty() && !value.contains('-');
            is_whole.then(|| Self {
                algorithm,
                value: value.clone(),
            })
        })
    }

    /// Whether it follows from those of parts.
    pub(super) fn is_combined(&self) -> bool {
        crc::is_combined(self.algorithm)
    }
}
