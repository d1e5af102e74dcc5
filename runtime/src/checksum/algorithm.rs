//! The algorithms that a caller or a service chooses among.

use super::sum::encoded;
use crc::{CRC_32_ISCSI, CRC_64_NVME, Crc, Digest as CrcDigest, Table};
use crc32fast::Hasher as Crc32;
use sha1::Sha1;
use sha2::{Digest as _, Sha256, Sha512};
use std::hash::Hasher as _;
use twox_hash::{XxHash3_64, XxHash3_128, XxHash64};

static CRC32C: Crc<u32, Table<16>> = Crc::<u32, Table<16>>::new(&CRC_32_ISCSI);
static CRC64NVME: Crc<u64, Table<16>> = Crc::<u64, Table<16>>::new(&CRC_64_NVME);

/// The names of all algorithms, for messages.
pub(super) const NAMES: &str =
    "CRC32, CRC32C, CRC64NVME, SHA1, SHA256, SHA512, XXHASH3, XXHASH64 or XXHASH128";

/// Their names in the order in which one of several checksums of a response is chosen: that of botocore, the fastest first.
pub(super) const ORDER: [&str; 9] = [
    "XXHASH128",
    "XXHASH3",
    "CRC64NVME",
    "XXHASH64",
    "CRC32C",
    "CRC32",
    "SHA1",
    "SHA256",
    "SHA512",
];

/// A checksum of one of them while it is added up.
#[derive(Clone)]
pub(super) enum Algorithm {
    Crc32(Crc32),
    Crc32C(CrcDigest<'static, u32, Table<16>>),
    Crc64(CrcDigest<'static, u64, Table<16>>),
    Sha1(Sha1),
    Sha256(Sha256),
    Sha512(Sha512),
    XxHash64(XxHash64),
    XxHash3(Box<XxHash3_64>),
    XxHash128(Box<XxHash3_128>),
}

impl Algorithm {
    /// The algorithm of this name, in capitals or not; `None` where it is not known.
    pub(super) fn new(name: &str) -> Option<Self> {
        Some(match name.to_ascii_uppercase().as_str() {
            "CRC32" => Self::Crc32(Crc32::new()),
            "CRC32C" => Self::Crc32C(CRC32C.digest()),
            "CRC64NVME" => Self::Crc64(CRC64NVME.digest()),
            "SHA1" => Self::Sha1(Sha1::new()),
            "SHA256" => Self::Sha256(Sha256::new()),
            "SHA512" => Self::Sha512(Sha512::new()),
            "XXHASH64" => Self::XxHash64(XxHash64::default()),
            "XXHASH3" => Self::XxHash3(Box::default()),
            "XXHASH128" => Self::XxHash128(Box::default()),
            _ => return None,
        })
    }

    pub(super) fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Crc32(sum) => sum.update(bytes),
            Self::Crc32C(sum) => sum.update(bytes),
            Self::Crc64(sum) => sum.update(bytes),
            Self::Sha1(sum) => sum.update(bytes),
            Self::Sha256(sum) => sum.update(bytes),
            Self::Sha512(sum) => sum.update(bytes),
            Self::XxHash64(sum) => sum.write(bytes),
            Self::XxHash3(sum) => sum.write(bytes),
            Self::XxHash128(sum) => sum.write(bytes),
        }
    }

    /// The sum in base64, with the most significant byte first.
    pub(super) fn finish(self) -> String {
        match self {
            Self::Crc32(sum) => encoded(sum.finalize().to_be_bytes()),
            Self::Crc32C(sum) => encoded(sum.finalize().to_be_bytes()),
            Self::Crc64(sum) => encoded(sum.finalize().to_be_bytes()),
            Self::Sha1(sum) => encoded(sum.finalize()),
            Self::Sha256(sum) => encoded(sum.finalize()),
            Self::Sha512(sum) => encoded(sum.finalize()),
            Self::XxHash64(sum) => encoded(sum.finish().to_be_bytes()),
            Self::XxHash3(sum) => encoded(sum.finish().to_be_bytes()),
            Self::XxHash128(sum) => encoded(sum.finish_128().to_be_bytes()),
        }
    }
}
