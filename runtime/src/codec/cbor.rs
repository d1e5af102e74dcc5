//! Shapes as CBOR (RFC 8949): the bodies of the `smithy-rpc-v2-cbor` protocol.

mod codec;
mod number;
mod read;
mod write;

pub(crate) use codec::Cbor;

/// The tags that mean something here; all others are passed over.
mod tag {
    /// Seconds since 1970.
    pub(super) const TIME: u64 = 1;
    /// An integer of any size, as bytes.
    pub(super) const POSITIVE: u64 = 2;
    /// The same of -1 minus that integer.
    pub(super) const NEGATIVE: u64 = 3;
}
