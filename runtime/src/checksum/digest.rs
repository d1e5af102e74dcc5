//! A checksum by the name of its algorithm, for what adds up bodies outside of a call.

use super::algorithm::{NAMES, ORDER};
use super::sum::Sum;
use std::fmt;

/// A checksum that is added up piece by piece.
///
/// ```
/// # use tinsmith_runtime::Digest;
/// # fn f() -> Option<()> {
/// let mut digest = Digest::new("CRC32")?;
/// digest.update(b"1234");
/// digest.update(b"56789");
/// assert_eq!(digest.finish(), "y/Q5Jg==");
/// # Some(())
/// # }
/// # f().unwrap();
/// ```
#[derive(Clone)]
pub struct Digest(Sum);

impl Digest {
    /// The names of all algorithms, for messages.
    pub const NAMES: &'static str = NAMES;

    /// The names of all algorithms, in the order in which one of several checksums of a response is chosen.
    pub const ORDER: [&'static str; 9] = ORDER;

    /// Nothing added up, by the algorithm of this name, in capitals or not; `None` where it is not one of
    /// [`NAMES`](Self::NAMES).
    #[must_use]
    pub fn new(algorithm: &str) -> Option<Self> {
        Sum::new(algorithm).map(Self)
    }

    /// Adds the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The checksum of all bytes, in base64 as headers have it.
    #[must_use]
    pub fn finish(self) -> String {
        self.0.finish()
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Digest")
    }
}
