//! A checksum over bytes that come piece by piece.

#[cfg(feature = "checksums")]
use super::algorithm::Algorithm;
#[cfg(any(feature = "checksums", feature = "md5"))]
use {crate::codec::text::BASE64, base64::Engine as _};

/// A checksum while it is added up.
#[derive(Clone)]
pub(super) enum Sum {
    #[cfg(feature = "md5")]
    Md5(md5::Md5),
    #[cfg(feature = "checksums")]
    Chosen(Algorithm),
    /// A build without algorithms has no checksums: no value is ever made.
    #[cfg(not(any(feature = "checksums", feature = "md5")))]
    #[allow(dead_code, reason = "an enum needs a variant to be matched")]
    Nothing,
}

impl Sum {
    #[cfg(feature = "md5")]
    pub(super) fn md5() -> Self {
        Self::Md5(md5::Digest::new())
    }

    /// The sum of the algorithm of this name, in capitals or not; `None` where it is not known.
    #[cfg(feature = "checksums")]
    pub(super) fn new(algorithm: &str) -> Option<Self> {
        Algorithm::new(algorithm).map(Self::Chosen)
    }

    pub(super) fn update(&mut self, bytes: &[u8]) {
        #[cfg(not(any(feature = "md5", feature = "checksums")))]
        let _ = bytes;
        match *self {
            #[cfg(feature = "md5")]
            Self::Md5(ref mut sum) => md5::Digest::update(sum, bytes),
            #[cfg(feature = "checksums")]
            Self::Chosen(ref mut sum) => sum.update(bytes),
            #[cfg(not(any(feature = "checksums", feature = "md5")))]
            Self::Nothing => {}
        }
    }

    /// The sum of all bytes, in base64 as headers have it.
    pub(super) fn finish(self) -> String {
        match self {
            #[cfg(feature = "md5")]
            Self::Md5(sum) => encoded(md5::Digest::finalize(sum)),
            #[cfg(feature = "checksums")]
            Self::Chosen(sum) => sum.finish(),
            #[cfg(not(any(feature = "checksums", feature = "md5")))]
            Self::Nothing => String::new(),
        }
    }
}

#[cfg(any(feature = "checksums", feature = "md5"))]
pub(super) fn encoded(sum: impl AsRef<[u8]>) -> String {
    BASE64.encode(sum)
}
