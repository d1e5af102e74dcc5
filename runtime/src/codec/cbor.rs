//! Shapes as CBOR (RFC 8949): the bodies of the `smithy-rpc-v2-cbor` protocol.

mod codec;
mod number;
mod read;
mod write;

pub(crate) use codec::Cbor;

/// The tags that are read; all others are ignored.
mod tag {
    /// Seconds since 1970.
    pub(super) const TIME: u64 = 1;
    /// A positive integer of any size, as bytes.
    pub(super) const POSITIVE: u64 = 2;
    /// A negative integer of any size: -1 minus the integer that the bytes hold.
    pub(super) const NEGATIVE: u64 = 3;
}
