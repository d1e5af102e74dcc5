//! Whatever a service sends, CBOR is a value or an error: no panic, and memory in proportion to what came in.
//! `PROPTEST_CASES` says how many inputs each test makes up.

use allocation_counter::measure;
use proptest::prelude::*;
use proptest::sample::Index;
use tinsmith_tests::fuzz;

use crate::cbor;
use crate::shapes::{Sample, Spaces, Sparse, everything};

/// The largest amount of memory that reading may take for each byte that came in. An empty structure in a list is one byte
/// long and hundreds of bytes large, and a list that grows has twice the room it had beside what it had.
const PER_BYTE: u64 = 3 * 1024;

fn read(body: &[u8]) {
    let used = measure(|| {
        // An error is said in words as well, which go through text that came in.
        let errors = [
            cbor::read::<Sample>(body).err(),
            cbor::read::<Spaces>(body).err(),
            cbor::read::<Sparse>(body).err(),
        ];
        for error in errors.into_iter().flatten() {
            assert!(!error.to_string().is_empty());
        }
    });
    fuzz::check_memory(used.bytes_max, body, PER_BYTE);
}

/// Bytes that are nearly CBOR.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    fuzz::nearly(&[
        &b"\xa0"[..],
        b"\xa1",
        b"\xbf",
        b"\x80",
        b"\x82",
        b"\x9f",
        b"\x9b\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\xbb\x00\x00\x00\x00\x7f\xff\xff\xff",
        b"\x5b\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\xff",
        b"\xf6",
        b"\xf7",
        b"\xf5",
        b"\xf0",
        b"\xf9\x7c",
        b"\xfb\x7f\xf0",
        b"\xc1",
        b"\xc2\x49",
        b"\xc3\x5f",
        b"\xd8\x1e",
        b"\x1b\xff\xff",
        b"\x3b\xff\xff",
        b"\x1c",
        b"\x7f",
        b"\x5f",
        b"\x61",
        b"\x64Text",
        b"\x64Blob",
        b"\x64When",
        b"\x65Float",
        b"\x64Long",
        b"\x68Children\x9f",
        b"\x66Nested\xbf",
        b"\x66Choice\xa1\x63All\x9f",
        b"\x64Maps\xbf",
        b"\x63New",
        b"\x68FlatMap",
    ])
}

/// CBOR that is cut somewhere and has other bytes in its place.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let valid = cbor::write(&everything()).unwrap();
    let cut = (any::<Index>(), 0..8_usize, pieces());
    prop::collection::vec(cut, 1..4).prop_map(move |cuts| {
        let mut bytes = valid.clone();
        for (at, length, other) in cuts {
            let at = at.index(bytes.len() + 1);
            let end = (at + length).min(bytes.len());
            bytes.splice(at..end, other);
        }
        bytes
    })
}

proptest! {
    #![proptest_config(fuzz::config())]

    #[test]
    fn any_bytes(body in prop_oneof![pieces(), mutated()]) {
        read(&body);
    }

    #[test]
    fn what_is_cut_anywhere_is_an_error(at in any::<Index>()) {
        let valid = cbor::write(&everything()).unwrap();
        let at = 1 + at.index(valid.len() - 1);
        let error = cbor::read::<Sample>(&valid[..at]).unwrap_err();
        prop_assert!(error.to_string().contains("the bytes end within a value"), "{}", error);
    }

    #[test]
    fn integers_and_numbers_survive(long in any::<i64>(), double in any::<f64>(), float in any::<f32>()) {
        let sample = Sample {
            long: Some(long),
            double: Some(double),
            float: Some(float),
            ..Sample::default()
        };
        let read = cbor::read::<Sample>(&cbor::write(&sample).unwrap()).unwrap();
        prop_assert_eq!(read.long, sample.long);
        prop_assert_eq!(read.double.map(f64::to_bits), sample.double.map(f64::to_bits));
        prop_assert_eq!(read.float.map(f32::to_bits), sample.float.map(f32::to_bits));
    }

    #[test]
    fn times_survive_to_the_microsecond(seconds in -4_000_000_000_i64..4_000_000_000, micros in 0_u32..1_000_000) {
        let sample = Sample {
            when: tinsmith_runtime::Timestamp::new(seconds, micros * 1000),
            ..Sample::default()
        };
        let read = cbor::read::<Sample>(&cbor::write(&sample).unwrap()).unwrap();
        prop_assert_eq!(read.when, sample.when);
    }
}
