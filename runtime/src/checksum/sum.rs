//! The algorithms, each over bytes that come piece by piece.

#[cfg(any(feature = "checksums", feature = "md5"))]
use {crate::codec::text::BASE64, base64::Engine as _, sha2::Digest as _};
#[cfg(feature = "checksums")]
use {
    crc::{CRC_32_ISCSI, CRC_32_ISO_HDLC, CRC_64_NVME, Crc, Digest as CrcDigest, Table},
    sha1::Sha1,
    sha2::Sha256,
};

#[cfg(feature = "checksums")]
static CRC32: Crc<u32, Table<16>> = Crc::<u32, Table<16>>::new(&CRC_32_ISO_HDLC);
#[cfg(feature = "checksums")]
static CRC32C: Crc<u32, Table<16>> = Crc::<u32, Table<16>>::new(&CRC_32_ISCSI);
#[cfg(feature = "checksums")]
static CRC64NVME: Crc<u64, Table<16>> = Crc::<u64, Table<16>>::new(&CRC_64_NVME);

/// A checksum while it is added up.
#[derive(Clone)]
pub(super) enum Sum {
    #[cfg(feature = "md5")]
    Md5(md5::Md5),
    #[cfg(feature = "checksums")]
    Crc32(CrcDigest<'static, u32, Table<16>>),
    #[cfg(feature = "checksums")]
    Crc64(CrcDigest<'static, u64, Table<16>>),
    #[cfg(feature = "checksums")]
    Sha1(Sha1),
    #[cfg(feature = "checksums")]
    Sha256(Sha256),
    /// A build without algorithms has no checksums: no value is ever made.
    #[cfg(not(any(feature = "checksums", feature = "md5")))]
    #[allow(dead_code, reason = "an enum needs a variant to be matched")]
    Nothing,
}

impl Sum {
    #[cfg(feature = "md5")]
    pub(super) fn md5() -> Self {
        Self::Md5(md5::Md5::new())
    }

    /// The sum of the algorithm of this name, in capitals or not; `None` where it is not known.
    #[cfg(feature = "checksums")]
    pub(super) fn new(algorithm: &str) -> Option<Self> {
        Some(match algorithm.to_ascii_uppercase().as_str() {
            "CRC32" => Self::Crc32(CRC32.digest()),
            "CRC32C" => Self::Crc32(CRC32C.digest()),
            "CRC64NVME" => Self::Crc64(CRC64NVME.digest()),
            "SHA1" => Self::Sha1(Sha1::new()),
            "SHA256" => Self::Sha256(Sha256::new()),
            _ => return None,
        })
    }

    pub(super) fn update(&mut self, bytes: &[u8]) {
        #[cfg(not(any(feature = "md5", feature = "checksums")))]
        let _ = bytes;
        match *self {
            #[cfg(feature = "md5")]
            Self::Md5(ref mut sum) => sum.update(bytes),
            #[cfg(feature = "checksums")]
            Self::Crc32(ref mut sum) => sum.update(bytes),
            #[cfg(feature = "checksums")]
            Self::Crc64(ref mut sum) => sum.update(bytes),
            #[cfg(feature = "checksums")]
            Self::Sha1(ref mut sum) => sum.update(bytes),
            #[cfg(feature = "checksums")]
            Self::Sha256(ref mut sum) => sum.update(bytes),
            #[cfg(not(any(feature = "checksums", feature = "md5")))]
            Self::Nothing => {}
        }
    }

    /// The sum of all bytes, in base64 as headers have it.
    pub(super) fn finish(self) -> String {
        match self {
            #[cfg(feature = "md5")]
            Self::Md5(sum) => encoded(sum.finalize()),
            #[cfg(feature = "checksums")]
            Self::Crc32(sum) => encoded(sum.finalize().to_be_bytes()),
            #[cfg(feature = "checksums")]
            Self::Crc64(sum) => encoded(sum.finalize().to_be_bytes()),
            #[cfg(feature = "checksums")]
            Self::Sha1(sum) => encoded(sum.finalize()),
            #[cfg(feature = "checksums")]
            Self::Sha256(sum) => encoded(sum.finalize()),
            #[cfg(not(any(feature = "checksums", feature = "md5")))]
            Self::Nothing => String::new(),
        }
    }
}

#[cfg(any(feature = "checksums", feature = "md5"))]
fn encoded(sum: impl AsRef<[u8]>) -> String {
    BASE64.encode(sum)
}
