//! SHA-256, and its uses in signatures.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// Bytes in hexadecimal, in lower case.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |digit: u8| DIGITS.get(usize::from(digit)).copied().unwrap_or_default();
    let digits = bytes.iter();
    let digits = digits.flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]);
    // Digits are text.
    String::from_utf8(digits.collect()).unwrap_or_default()
}

/// The SHA-256 of some bytes, in hexadecimal.
pub(crate) fn hex_sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The HMAC of `message` under `key`, with SHA-256.
pub(super) fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        // HMAC accepts keys of any length.
        return [0; 32];
    };
    mac.update(message);
    mac.finalize().into_bytes().into()
}
