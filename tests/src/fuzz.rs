//! The common part of property tests: their settings, their inputs, and the check of the memory that reading takes.

use std::ops::Range;

use proptest::prelude::*;
use proptest::sample::{Index, select};

/// The settings of all property tests. Each error that one finds becomes a separate test, so no file of failures is kept.
#[must_use]
pub fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Inputs that are concatenations of `pieces` of a format, so that they are nearly valid; and any bytes.
pub fn nearly<P: AsRef<[u8]>>(pieces: &[P]) -> impl Strategy<Value = Vec<u8>> + use<P> {
    let pieces: Vec<Vec<u8>> = pieces.iter().map(|piece| piece.as_ref().to_vec()).collect();
    let near = prop::collection::vec(select(pieces), 0..60).prop_map(|pieces| pieces.concat());
    prop_oneof![near, prop::collection::vec(any::<u8>(), 0..200)]
}

/// Checks the memory that reading `body` took: at most `per_byte` bytes for each byte of it, and 64 KiB for errors, their
/// texts, and a node of a map on each level.
///
/// # Panics
/// It took more.
pub fn check_memory(used: u64, body: &[u8], per_byte: u64) {
    const AT_LEAST: u64 = 64 << 10;
    let size = body.len() as u64;
    assert!(
        used <= size * per_byte + AT_LEAST,
        "{used} bytes for {size}"
    );
}

/// `text` with `count` replacements of `length` bytes each, at random places.
pub fn mutated(
    text: impl Into<Vec<u8>>,
    count: Range<usize>,
    length: Range<usize>,
    replacement: impl Strategy<Value = Vec<u8>>,
) -> impl Strategy<Value = Vec<u8>> {
    let text = text.into();
    let cut = (any::<Index>(), length, replacement);
    prop::collection::vec(cut, count).prop_map(move |cuts| {
        let mut bytes = text.clone();
        for (at, length, other) in cuts {
            let at = at.index(bytes.len() + 1);
            let end = (at + length).min(bytes.len());
            bytes.splice(at..end, other);
        }
        bytes
    })
}
