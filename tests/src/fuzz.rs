//! What property tests share: their settings, and input that was valid before parts of it were replaced.

use std::ops::Range;

use proptest::prelude::*;
use proptest::sample::Index;

/// The settings of all property tests. What one finds becomes a test of its own, so nothing is written into the sources.
#[must_use]
pub fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// `text` with `count` replacements: each takes the place of `length` bytes somewhere.
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
