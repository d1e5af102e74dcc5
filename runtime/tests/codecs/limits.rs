//! What a hostile body cannot do: nest without end, or take memory that it does not have the size for.

use allocation_counter::measure;
use tinsmith_runtime::ReadError;

use crate::shapes::Sample;
use crate::{cbor, xml};

fn nested<T>(depth: usize, read: impl Fn(usize) -> Result<T, ReadError>) -> String {
    match read(depth) {
        Ok(_) => String::new(),
        Err(error) => {
            let text = error.to_string();
            let text = text.split(" (byte").next().unwrap_or_default();
            text.rsplit(": ").next().unwrap_or_default().to_owned()
        }
    }
}

fn xml_within(element: &str, depth: usize) -> Result<Sample, ReadError> {
    let text = format!("<{element}>").repeat(depth) + &format!("</{element}>").repeat(depth);
    xml::read(format!("<R>{text}</R>").as_bytes())
}

fn cbor_within(before: &[u8], depth: usize) -> Result<Sample, ReadError> {
    cbor::read(&[before.repeat(depth), vec![0xa0]].concat())
}

#[test]
fn nesting_has_a_limit() {
    for element in ["Nested", "New", "Choice"] {
        let deep = nested(1_000_000, |depth| xml_within(element, depth));
        assert!(
            deep.starts_with("nested more than 128 levels deep"),
            "{element}: {deep}"
        );
    }
    assert_eq!(nested(127, |depth| xml_within("Nested", depth)), "");
    assert_eq!(nested(127, |depth| xml_within("New", depth)), "");
    assert!(xml_within("Nested", 128).is_err() && xml_within("New", 128).is_err());

    for before in [
        &b"\xa1\x66Nested"[..],
        b"\xa1\x63New",
        b"\xa1\x66Choice\xa1\x63New",
    ] {
        let deep = nested(1_000_000, |depth| cbor_within(before, depth));
        assert_eq!(deep, "nested more than 128 levels deep");
    }
    let lists = [&b"\xa1\x63New"[..], &b"\x81".repeat(1_000_000)].concat();
    let error = cbor::read::<Sample>(&lists).unwrap_err().to_string();
    assert_eq!(error, "New: nested more than 128 levels deep (byte 132)");
    assert_eq!(
        nested(127, |depth| cbor_within(b"\xa1\x66Nested", depth)),
        ""
    );
    assert!(cbor_within(b"\xa1\x66Nested", 128).is_err());
}

#[test]
fn a_declared_length_takes_no_memory() {
    for head in [
        &b"\xa1\x65Names\x9b\xff\xff\xff\xff\xff\xff\xff\xff"[..],
        b"\xa1\x65Names\x9b\x00\x00\x00\x00\x7f\xff\xff\xff\x61a",
        b"\xa1\x64Tags\xbb\x00\x00\x00\x00\x7f\xff\xff\xff",
        b"\xa1\x64Text\x7b\x00\x00\x00\x00\x7f\xff\xff\xff",
        b"\xa1\x64Blob\x5b\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\xa1\x63New\xbb\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\xbb\xff\xff\xff\xff\xff\xff\xff\xff",
    ] {
        let taken = measure(|| {
            let error = cbor::read::<Sample>(head).unwrap_err().to_string();
            assert!(error.contains("the bytes end within a value"), "{error}");
        });
        assert!(
            taken.bytes_max < 4096,
            "{head:x?}: {} bytes",
            taken.bytes_max
        );
    }
}
