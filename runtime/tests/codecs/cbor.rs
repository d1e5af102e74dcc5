//! Shapes as CBOR (RFC 8949), by the rules of rpc-v2-cbor.

mod read;
mod write;

pub(crate) use read::read;
pub(crate) use write::write;

/// The kinds of data items.
mod major {
    pub(super) const POSITIVE: u8 = 0;
    pub(super) const NEGATIVE: u8 = 1;
    pub(super) const BYTES: u8 = 2;
    pub(super) const TEXT: u8 = 3;
    pub(super) const LIST: u8 = 4;
    pub(super) const MAP: u8 = 5;
    pub(super) const TAG: u8 = 6;
    pub(super) const SIMPLE: u8 = 7;
}

/// The tags that mean something here.
mod tag {
    /// Seconds since 1970.
    pub(super) const TIME: u64 = 1;
    /// A number of more than 64 bits, as bytes.
    pub(super) const POSITIVE: u64 = 2;
    /// The same of -1 minus that number.
    pub(super) const NEGATIVE: u64 = 3;
}
