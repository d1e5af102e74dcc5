//! What is written is read back equal, by each codec, from the same tables.

use std::fmt::Debug;

use tinsmith_runtime::{
    Blob, ReadResult, ReadStructure, ReadValue, Timestamp, UnknownMember, WriteStructure,
};

use crate::shapes::{Choice, Grantee, Sample, Spaces, Sparse, everything, map, part, texts};
use crate::{cbor, json, xml};

fn through_json<T: ReadStructure + WriteStructure + Default + Sync>(shape: &T) -> ReadResult<T> {
    json::read(&json::write(shape))
}

fn through_xml<T: ReadValue + WriteStructure + Sync>(shape: &T) -> ReadResult<T> {
    xml::read(xml::write(shape, "Root").unwrap().as_bytes())
}

fn through_cbor<T: ReadStructure + WriteStructure + Default + Sync>(shape: &T) -> ReadResult<T> {
    cbor::read(&cbor::write(shape).unwrap())
}

fn through_all<T>(shape: &T)
where
    T: ReadStructure + ReadValue + WriteStructure + Default + Sync + Debug + PartialEq,
{
    assert_eq!(&through_json(shape).unwrap(), shape, "JSON");
    assert_eq!(&through_cbor(shape).unwrap(), shape, "CBOR");
    assert_eq!(&through_xml(shape).unwrap(), shape, "XML");
}

#[test]
fn a_value_of_each_member() {
    through_all(&everything());
}

#[test]
fn nothing_at_all() {
    through_all(&Sample::default());
    through_all(&Spaces::default());
}

#[test]
fn each_variant_of_a_union() {
    let variants = [
        Choice::Text(String::new()),
        Choice::Date(Timestamp::from_seconds(0)),
        Choice::Parts(vec![part(1, "a")]),
        Choice::Parts(vec![part(1, "a"), part(2, "b"), part(3, "c")]),
        Choice::Rows(vec![]),
        Choice::Limits(map([("RED", 1), ("GREEN", 2)])),
        Choice::All(vec![Choice::Text("a".to_owned()), Choice::All(vec![])]),
        Choice::Nested(Box::new(Choice::Nested(Box::new(Choice::Rows(vec![1]))))),
        Choice::Unknown(UnknownMember::new(
            "New",
            map::<String, _, 2>([("a", "1"), ("b", "2")]),
        )),
    ];
    for choice in variants {
        through_all(&Sample {
            choice: Some(choice),
            ..Sample::default()
        });
    }
}

#[test]
fn numbers_at_the_ends_of_their_range() {
    for (float, double) in [
        (f32::MIN_POSITIVE, f64::MIN_POSITIVE),
        (f32::MAX, f64::MAX),
        (-0.0, 5e-324),
        (f32::INFINITY, f64::NEG_INFINITY),
    ] {
        for long in [
            0,
            -1,
            23,
            24,
            -24,
            -25,
            255,
            256,
            65_535,
            65_536,
            i64::MAX,
            i64::MIN,
        ] {
            through_all(&Sample {
                float: Some(float),
                double: Some(double),
                long: Some(long),
                ..Sample::default()
            });
        }
    }
    let none = Sample {
        float: Some(f32::NAN),
        double: Some(f64::NAN),
        ..Sample::default()
    };
    for read in [through_json(&none), through_xml(&none), through_cbor(&none)] {
        let read = read.unwrap();
        assert!(read.float.unwrap().is_nan() && read.double.unwrap().is_nan());
    }
}

#[test]
fn times_to_the_microsecond() {
    for (seconds, nanos) in [
        (0, 1_000),
        (1_576_540_098, 123_456_000),
        (-1, 999_999_000),
        (-62_167_219_200, 0),
        (253_402_300_799, 500_000_000),
    ] {
        through_all(&Sample {
            when: Timestamp::new(seconds, nanos),
            ..Sample::default()
        });
    }
}

#[test]
fn bytes_and_texts_of_any_length() {
    for length in [0, 1, 2, 3, 23, 24, 255, 256, 65_536] {
        through_all(&Sample {
            blob: Some(Blob::from(vec![0xfe; length])),
            text: Some("é".repeat(length)),
            ..Sample::default()
        });
    }
}

#[test]
fn nulls_of_sparse_collections_where_the_protocol_has_them() {
    let sparse = Sparse {
        list: Some(vec![None, Some("a".to_owned()), None]),
        map: Some(map([("a", None), ("b", Some(1))])),
        dense: Some(texts(["a"])),
    };
    assert_eq!(through_json(&sparse).unwrap(), sparse);
    assert_eq!(through_cbor(&sparse).unwrap(), sparse);
}

#[test]
fn attributes_and_namespaces() {
    through_all(&Sample {
        grantee: Some(Grantee {
            id: None,
            kind: Some(" a\tb\r\n<'\"&>\u{85}".to_owned()),
            uri: Some("u".to_owned()),
        }),
        ..Sample::default()
    });
    through_all(&Spaces {
        list: Some(texts(["a", "b"])),
        map: Some(map([("k", "v".to_owned())])),
        count: Some(-3),
        on: Some(true),
        day: Some(Timestamp::from_seconds(1_576_540_098)),
        color: Some("RED".into()),
    });
}
