//! Each rule of rpc-v2-cbor, as it is on the wire.

use tinsmith_runtime::{Document, Timestamp, UnknownMember};

use crate::cbor;
use crate::shapes::{Choice, Instance, Sample, Sparse, map, part, texts};

/// The bytes of a text such as `a1 'Int' 01`: hexadecimal digits, and texts with their own head.
fn bytes(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (index, piece) in text.split('\'').enumerate() {
        if index % 2 == 1 {
            assert!(piece.len() < 24, "{piece}");
            bytes.push(0x60 + u8::try_from(piece.len()).unwrap());
            bytes.extend(piece.bytes());
            continue;
        }
        let digits: Vec<_> = piece
            .chars()
            .filter(|digit| !digit.is_whitespace())
            .collect();
        bytes.extend(
            digits
                .chunks(2)
                .map(|pair| u8::from_str_radix(&pair.iter().collect::<String>(), 16).unwrap()),
        );
    }
    bytes
}

fn read(text: &str) -> Sample {
    cbor::read(&bytes(text)).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn error(text: &str) -> String {
    cbor::read::<Sample>(&bytes(text)).unwrap_err().to_string()
}

/// Checks the bytes of a shape, both ways.
fn is(text: &str, sample: Sample) {
    assert_eq!(cbor::write(&sample).unwrap(), bytes(text), "{text}");
    assert_eq!(read(text), sample);
}

macro_rules! sample {
    ($($field:ident: $value:expr),*) => {
        Sample { $($field: Some($value),)* ..Sample::default() }
    };
}

#[test]
fn scalars() {
    is(
        "bf 'Text' 62 c3a9 'Flag' f5 'Byte' 38 7f ff",
        sample!(text: "é".to_owned(), flag: true, byte: -128),
    );
    is(
        "bf 'Int' 17 'Long' 3b 7fff ffff ffff ffff ff",
        sample!(int: 23, long: i64::MIN),
    );
    is(
        "bf 'Int' 18 18 'Long' 1b 0000 0001 0000 0000 ff",
        sample!(int: 24, long: 1 << 32),
    );
    is(
        "bf 'Float' fa 3fc0 0000 'Double' fb 3ff8 0000 0000 0000 ff",
        sample!(float: 1.5, double: 1.5),
    );
    is(
        "bf 'Blob' 42 00ff 'Color' 'RED' ff",
        sample!(blob: (&[0, 0xff]).into(), color: "RED".into()),
    );
    is("bf ff", Sample::default());
}

#[test]
fn a_time_is_a_tag_whatever_the_format_of_its_member() {
    is(
        "bf 'When' c1 00 'HttpDate' c1 20 ff",
        sample!(when: Timestamp::from_seconds(0), http_date: Timestamp::from_seconds(-1)),
    );
    is(
        "bf 'When' c1 fb 3ff8 0000 0000 0000 ff",
        sample!(when: Timestamp::new(1, 500_000_000).unwrap()),
    );
    is(
        "bf 'Days' 81 c1 1a 5df8 17c2 ff",
        sample!(days: vec![Timestamp::from_seconds(1_576_540_098)]),
    );
    for (text, seconds, nanos) in [
        ("c1 f9 3e00", 1, 500_000_000),
        ("c1 fa bfc0 0000", -2, 500_000_000),
        ("c1 fb c1d8 7a0c 9000 0000", -1_642_607_168, 0),
        ("d8 1e c1 01", 1, 0),
        ("c1 fb 41d7 7e05 f087 df3b", 1_576_540_098, 123_000_000),
        // Closer than milliseconds, further than they are kept apart, and 1 - 2^-53.
        ("c1 fb 41d7 7e05 f087 e6b4", 1_576_540_098, 123_456_000),
        (
            "c1 fb 4300 0000 0000 0004",
            562_949_953_421_312,
            500_000_000,
        ),
        ("c1 fb 3fef ffff ffff ffff", 0, 999_999_999),
        ("c1 3a 0001 e240", -123_457, 0),
    ] {
        let read = read(&format!("a1 'When' {text}"));
        assert_eq!(read.when, Timestamp::new(seconds, nanos), "{text}");
    }
}

#[test]
fn lists_maps_and_unions() {
    is(
        "bf 'Names' 82 'a' 60 'Roles' 80 ff",
        sample!(names: texts(["a", ""]), roles: vec![]),
    );
    is("bf 'Flat' 81 'a' ff", sample!(flat: texts(["a"])));
    is(
        "bf 'Part' 81 bf 'PartNumber' 01 'ETag' 'a' ff ff",
        sample!(parts: vec![part(1, "a")]),
    );
    is(
        "bf 'Tags' a1 'k' 'v' 'FlatMap' a0 ff",
        sample!(tags: map([("k", "v".to_owned())]), flat_map: map([])),
    );
    is(
        "bf 'Choice' bf 'Rows' 82 01 20 ff ff",
        sample!(choice: Choice::Rows(vec![1, -1])),
    );
    let members = [
        ("a", vec![Document::Null, true.into()].into()),
        ("b", 1.5.to_string().parse().map(Document::Number).unwrap()),
        ("c", u64::MAX.into()),
    ];
    is(
        "bf 'Choice' bf 'New' bf 'a' 9f f6 f5 ff 'b' fb 3ff8 0000 0000 0000 'c' 1b ffff ffff ffff ffff ff ff ff",
        sample!(choice: Choice::Unknown(UnknownMember::new("New", Document::Object(map(members))))),
    );
}

#[test]
fn lengths_may_be_indefinite() {
    assert_eq!(
        read(
            "bf 'Names' 9f 'a' 7f 'b' 61 63 60 ff ff 'Tags' bf 'k' 'v' ff 'Blob' 5f 41 00 41 01 ff 7f 'Te' 'xt' ff 7f ff ff"
        ),
        sample!(
            names: texts(["a", "bc"]),
            tags: map([("k", "v".to_owned())]),
            blob: (&[0, 1]).into(),
            text: String::new()
        )
    );
    // Definite, in more bytes than that takes.
    assert_eq!(read("ba 0000 0001 78 03 496e74 19 0007"), sample!(int: 7));
}

#[test]
fn numbers_have_any_width() {
    for (text, expected) in [
        ("f9 3c00", 1.0),
        ("f9 c000", -2.0),
        ("f9 0001", 5.960_464_477_539_063e-8),
        ("f9 03ff", 6.097_555_160_522_461e-5),
        ("f9 7bff", 65_504.0),
        ("f9 7c00", f64::INFINITY),
        ("f9 fc00", f64::NEG_INFINITY),
        ("fa 3dcc cccd", f64::from(0.1_f32)),
        ("fb 3fb9 9999 9999 999a", 0.1),
        ("18 2a", 42.0),
        ("29", -10.0),
        ("c2 49 01 0000 0000 0000 0000", 18_446_744_073_709_551_616.0),
    ] {
        assert_eq!(
            read(&format!("a1 'Double' {text}")).double,
            Some(expected),
            "{text}"
        );
        let single = read(&format!("a1 'Float' {text}")).float;
        assert_eq!(single, Some(expected as f32), "{text}");
    }
    assert!(read("a1 'Double' f9 7e00").double.unwrap().is_nan());
    assert!(read("a1 'Float' f9 fe00").float.unwrap().is_nan());
    let zero = read("a1 'Float' f9 8000").float.unwrap();
    assert!(zero == 0.0 && zero.is_sign_negative());
    assert_eq!(read("a1 'Long' c2 43 00 01 00").long, Some(256));
    assert_eq!(read("a1 'Long' c3 5f 41 01 41 00 ff").long, Some(-257));
}

#[test]
fn nulls_count_only_where_a_list_or_map_is_sparse() {
    assert_eq!(
        read("a5 'Text' f6 'Nested' f7 'Names' 83 'a' f6 f7 'Tags' a2 'a' f6 'b' 'c' 'Choice' f6"),
        sample!(names: texts(["a"]), tags: map([("b", "c".to_owned())]))
    );
    let sparse = Sparse {
        list: Some(vec![None, Some("a".to_owned())]),
        map: Some(map([("a", None)])),
        dense: None,
    };
    let text = "bf 'List' 82 f6 'a' 'Map' a1 'a' f6 ff";
    assert_eq!(cbor::write(&sparse).unwrap(), bytes(text));
    assert_eq!(cbor::read::<Sparse>(&bytes(text)).unwrap(), sparse);
}

#[test]
fn members_come_in_any_order_with_unknown_ones_between() {
    assert_eq!(
        read(
            "bf 'New' bf 'Int' 01 'a' 9f 5f 41 00 ff f6 fb 0000 0000 0000 0000 ff ff 'Flag' f4
             'New2' c2 43 000000 'Text' 'b' 'New3' 7f 'x' ff '__type' 'a#Sample' 'New4' a1 01 f8 ff 'Int' 07 'Int' 08 ff"
        ),
        sample!(flag: false, text: "b".to_owned(), int: 8)
    );
    assert_eq!(
        read("a1 'Choice' a3 '__type' 'Choice' 'Text' f6 'Rows' 80").choice,
        Some(Choice::Rows(vec![]))
    );
}

#[test]
fn a_union_member_that_is_new_is_kept_as_json_has_it() {
    // Bytes and times have no form of their own in a document: written again, they are a text and a number.
    let read = read(
        "a1 'Choice' a1 'New' a5 'big' c2 41 07 'bytes' 42 00ff 'time' c1 01 'number' f9 7e00
         'bigger' c3 50 ffff ffff ffff ffff ffff ffff ffff ffff",
    );
    let members = [
        ("big", 7.into()),
        (
            "bigger",
            Document::Number("-3.402823669209385e38".parse().unwrap()),
        ),
        ("bytes", "AP8=".into()),
        ("number", "NaN".into()),
        ("time", 1.into()),
    ];
    let expected = UnknownMember::new("New", Document::Object(map(members)));
    assert_eq!(read.choice, Some(Choice::Unknown(expected)));
}

#[test]
fn no_body_and_null_are_nothing_to_read() {
    // Neither is an output's own; what a body says of no member is for who asked to judge.
    assert_eq!(read(""), Sample::default());
    for null in ["f6", "f7"] {
        assert_eq!(error(null), "expected an object, found null");
    }
}

#[test]
fn what_is_written_never_has_sixteen_bits() {
    is(
        "bf 'Float' fa 0000 0000 'Double' fb 3ff0 0000 0000 0000 ff",
        sample!(float: 0.0, double: 1.0),
    );
    is(
        "bf 'Double' fb 7ff0 0000 0000 0000 ff",
        sample!(double: f64::INFINITY),
    );
    assert_eq!(
        cbor::write(&sample!(float: f32::NAN)).unwrap(),
        bytes("bf 'Float' fa 7fc0 0000 ff")
    );
}

#[test]
fn what_cannot_be_written_says_where() {
    let number = "1e400".parse().map(Document::Number).unwrap();
    let choice = Choice::Unknown(UnknownMember::new("New", vec![number]));
    let error = cbor::write(&sample!(choice: choice)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Choice.New: expected a number of up to 64 bits, found a larger one"
    );
    let error = cbor::write(&sample!(parts: vec![crate::shapes::Part::default()])).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Part[0].PartNumber: required, but not set"
    );
}

#[test]
fn an_idempotency_token_is_filled_in() {
    let written = cbor::write(&Instance::default()).unwrap();
    assert_eq!(written, bytes("bf 'clientToken' 'fresh' ff"));
}

#[test]
fn what_cannot_be_read_says_where() {
    let table = [
        (
            "a1 'Int' 'x'",
            "Int: expected an integer, found a string (byte 5)",
        ),
        (
            "a1 'Int' f9 3c00",
            "Int: expected an integer, found 1.0 (byte 5)",
        ),
        (
            "a1 'Int' fb 7ff0 0000 0000 0000",
            "Int: expected an integer, found inf (byte 5)",
        ),
        (
            "a1 'Byte' 18 80",
            "Byte: expected an integer of 8 bits, found 128 (byte 6)",
        ),
        (
            "a1 'Long' 1b ffff ffff ffff ffff",
            "Long: expected an integer of 64 bits, found 18446744073709551615 (byte 6)",
        ),
        (
            "a1 'Long' 3b ffff ffff ffff ffff",
            "Long: expected an integer of 64 bits, found -18446744073709551616 (byte 6)",
        ),
        (
            "a1 'Long' c2 49 01 0000 0000 0000 0000",
            "Long: expected an integer of 64 bits, found 1.8446744073709552e19 (byte 6)",
        ),
        (
            "a1 'Float' fb 47f0 0000 0000 0000",
            "Float: expected a number of 32 bits, found 3.402823669209385e38 (byte 7)",
        ),
        (
            "a1 'Double' 41 00",
            "Double: expected a number, found bytes (byte 8)",
        ),
        (
            "a1 'Double' c4 82 20 01",
            "Double: expected a number, found a list (byte 8)",
        ),
        (
            "a1 'Text' 41 00",
            "Text: expected a string, found bytes (byte 6)",
        ),
        (
            "a1 'Text' c2 41 00",
            "Text: expected a string, found bytes (byte 6)",
        ),
        (
            "a1 'Blob' 'x'",
            "Blob: expected bytes, found a string (byte 6)",
        ),
        (
            "a1 'Flag' f0",
            "Flag: expected a boolean, found a simple value (byte 6)",
        ),
        (
            "a1 'Flag' 01",
            "Flag: expected a boolean, found an integer (byte 6)",
        ),
        (
            "a1 'Flag' c1 f6",
            "Flag: expected a boolean, found null (byte 6)",
        ),
        (
            "a1 'When' 01",
            "When: expected a timestamp, found an integer (byte 6)",
        ),
        (
            "a1 'When' c1 'x'",
            "When: expected a timestamp, found a string (byte 6)",
        ),
        (
            "a1 'When' c1 f9 7e00",
            "When: expected a timestamp, found a number that is not finite or is out of range (byte 6)",
        ),
        (
            "a1 'When' c1 fb 7fe0 0000 0000 0000",
            "When: expected a timestamp, found a number that is not finite or is out of range (byte 6)",
        ),
        (
            "a1 'When' c1 1b ffff ffff ffff ffff",
            "When: expected a timestamp, found 18446744073709551615 (byte 6)",
        ),
        (
            "a1 'Nested' a1 'Children' 82 a0 a1 'Roles' 82 'a' 01",
            "Nested.Children[1].Roles[1]: expected a string, found an integer (byte 30)",
        ),
        (
            "a1 'Tags' a1 'a b' 80",
            "Tags[\"a b\"]: expected a string, found a list (byte 11)",
        ),
        (
            "a1 'Tags' a1 01 'a'",
            "Tags: expected a string as a key, found an integer (byte 7)",
        ),
        (
            "a1 'Names' a0",
            "Names: expected a list, found a map (byte 7)",
        ),
        (
            "a1 'Choice' a0",
            "Choice: expected a union with one member, found none (byte 8)",
        ),
        (
            "a1 'Choice' a2 'Text' 'a' 'Rows' 80",
            "Choice: expected a union with one member, found \"Text\" and \"Rows\" (byte 16)",
        ),
        (
            "a1 'Choice' a1 'New' e0",
            "Choice.New: expected a value, found a simple value (byte 13)",
        ),
        (
            "a1 'Choice' a1 'New' 9f",
            "Choice.New: not valid CBOR: the bytes end within a value (byte 14)",
        ),
        (
            "a1 01 01",
            "expected a string as the name of a member, found an integer (byte 1)",
        ),
        ("80", "expected a map, found a list (byte 0)"),
        ("20", "expected a map, found an integer (byte 0)"),
        (
            "bf",
            "not valid CBOR: the bytes end within a value (byte 1)",
        ),
        (
            "d8",
            "not valid CBOR: the bytes end within a value (byte 1)",
        ),
        (
            "a2 'Int' 01",
            "not valid CBOR: the bytes end within a value (byte 6)",
        ),
        (
            "a1 'Int' 38",
            "Int: not valid CBOR: the bytes end within a value (byte 6)",
        ),
        (
            "a1 'Float' f9 00",
            "Float: not valid CBOR: the bytes end within a value (byte 9)",
        ),
        (
            "a1 'New' fb 00",
            "New: not valid CBOR: the bytes end within a value (byte 7)",
        ),
        (
            "a1 'Text' 7f 'x'",
            "Text: not valid CBOR: the bytes end within a value (byte 9)",
        ),
        (
            "a1 'Blob' 5f 41 00",
            "Blob: not valid CBOR: the bytes end within a value (byte 9)",
        ),
        ("a0 a0", "not valid CBOR: more than one value (byte 1)"),
        ("f6 a0", "not valid CBOR: more than one value (byte 1)"),
        (
            "a1 'Text' 61 ff",
            "Text: not valid CBOR: a string that is not UTF-8 (byte 6)",
        ),
        (
            "a1 'Text' 7f 61 c3 61 a9 ff",
            "Text: not valid CBOR: a string that is not UTF-8 (byte 7)",
        ),
        (
            "a1 61 ff 01",
            "not valid CBOR: a string that is not UTF-8 (byte 1)",
        ),
        (
            "a1 'New' 61 ff",
            "New: not valid CBOR: a string that is not UTF-8 (byte 5)",
        ),
        (
            "a1 'Text' 7f 41 00 ff",
            "Text: not valid CBOR: a piece of a string that is not a string (byte 7)",
        ),
        (
            "a1 'Text' 7f 7f ff ff",
            "Text: not valid CBOR: a piece of a string that is not a string (byte 7)",
        ),
        (
            "a1 'Blob' 5f 'x' ff",
            "Blob: not valid CBOR: a piece of a string that is not a string (byte 7)",
        ),
        (
            "a1 'Int' 1c",
            "Int: not valid CBOR: a byte that begins no value (byte 5)",
        ),
        (
            "a1 'Int' df",
            "Int: not valid CBOR: a byte that begins no value (byte 5)",
        ),
        (
            "bf 'Int' ff",
            "Int: not valid CBOR: a break instead of a value (byte 5)",
        ),
        (
            "a1 'Names' 81 ff",
            "Names[0]: not valid CBOR: a break instead of a value (byte 8)",
        ),
        (
            "a1 'New' ff",
            "New: not valid CBOR: a break instead of a value (byte 5)",
        ),
        (
            "a1 'New' 82 01 ff",
            "New: not valid CBOR: a break instead of a value (byte 7)",
        ),
        (
            "a1 'New' bf 01 ff",
            "New: not valid CBOR: a break instead of a value (byte 7)",
        ),
    ];
    for (text, expected) in table {
        assert_eq!(error(text), expected, "{text}");
    }
}
