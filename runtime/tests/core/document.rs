//! Documents: nothing of a number is lost, and what is equal is equal in value.

use std::collections::BTreeMap;

use tinsmith_runtime::{Blob, Document, Number, Operation, RequestWriter, WriteInput};

fn number(text: &str) -> Number {
    text.parse().unwrap()
}

#[test]
fn numbers_are_equal_by_value() {
    for (one, other) in [
        ("1", "1.0"),
        ("1", "10e-1"),
        ("100", "1E+2"),
        ("0", "-0.000"),
        ("1.10", "1.1"),
        ("0.001", "1e-3"),
        ("1e400", "10e399"),
        ("12345678901234567890123", "12345678901234567890123.0"),
    ] {
        assert_eq!(number(one), number(other));
    }
    for (one, other) in [
        ("1", "-1"),
        ("12345678901234567890123", "12345678901234567890124"),
        ("1e400", "1e401"),
        ("0.1234567890123456789", "0.1234567890123456788"),
        ("1e99999999999999999999", "1e99999999999999999998"),
    ] {
        assert_ne!(number(one), number(other));
    }
}

#[test]
fn numbers_keep_their_text_and_become_what_fits() {
    let large = number("12345678901234567890123");
    assert_eq!(
        (large.as_i64(), large.as_u64(), large.as_str()),
        (None, None, "12345678901234567890123")
    );
    assert_eq!(large.as_f64(), Some(12_345_678_901_234_567_890_123.0));
    assert_eq!(number("1e400").as_f64(), None);
    assert_eq!(number("-5").as_i64(), Some(-5));
    assert_eq!(number("18446744073709551615").as_u64(), Some(u64::MAX));
    assert_eq!(
        Number::from_f64(0.1).map(|number| number.to_string()),
        Some("0.1".to_owned())
    );
    assert_eq!(Number::from_f64(f64::NAN), None);
    for text in ["", "1.", ".5", "01", "+1", " 1", "1 ", "NaN", "0x1", "true"] {
        assert!(text.parse::<Number>().is_err(), "{text:?}");
    }
}

#[test]
fn plain_values_become_documents() {
    let list = vec![Document::from(1), Document::Null];
    let document = Document::from(BTreeMap::from([("list".to_owned(), list)]));
    let list = document.get("list").and_then(Document::as_array).unwrap();
    assert_eq!(list, [Document::from(1_i64), Document::Null]);
    assert_eq!(Document::from("a").as_str(), Some("a"));
    assert_eq!(Document::from(true).as_bool(), Some(true));
    assert!(Document::default().is_null() && document.as_object().is_some());
}

#[test]
fn serde_json_converts_both_ways_unless_digits_would_be_lost() {
    let value = serde_json::json!({"a": [null, true, -1, 1.5, u64::MAX, "é"], "b": {}});
    let document = Document::from(value.clone());
    assert_eq!(serde_json::Value::try_from(document), Ok(value));

    let exact = Document::from(number("0.1234567890123456789"));
    assert_eq!(
        serde_json::Value::try_from(Document::from(vec![exact]))
            .unwrap_err()
            .to_string(),
        "the number 0.1234567890123456789 has more digits than the other type can hold",
    );
}

/// `levels` lists in one another, or objects.
fn nested(levels: usize, objects: bool) -> Document {
    (0..levels).fold(Document::from(1), |inner, _| {
        if objects {
            Document::Object(BTreeMap::from([("a".to_owned(), inner)]))
        } else {
            Document::Array(vec![inner])
        }
    })
}

/// A stack of a test's thread has room for some 10,000 levels of a recursion at most.
const DEEP: usize = 200_000;

#[test]
fn a_document_200_000_deep_is_dropped_cloned_compared_and_shown() {
    for objects in [false, true] {
        let document = nested(DEEP, objects);
        let same = document.clone();
        assert!(document == same);
        assert!(document != nested(DEEP - 1, objects));
        assert!(format!("{document:?}").contains("…"));
        assert!(format!("{document:#?}").contains("…"));
        drop(same);
        let inner = match objects {
            false => document.into_array().map(|items| items.len()),
            true => document.into_object().map(|members| members.len()),
        };
        assert_eq!(inner, Ok(1));
    }
}

#[test]
fn a_document_200_000_deep_is_written() {
    struct Input(Document);
    impl tinsmith_runtime::WriteStructure for Input {}

    impl WriteInput for Input {
        fn write_request(&self, request: &mut RequestWriter) {
            request.payload_value("document", &self.0);
        }
    }
    let operation = Operation::DEFAULT;
    let request = operation
        .request(&Input(nested(DEEP, false)), String::new)
        .unwrap();
    let body = request.body.as_bytes().unwrap().clone();
    let expected = ["[".repeat(DEEP), "1".to_owned(), "]".repeat(DEEP)].concat();
    assert!(*body == *expected.as_bytes());
    let request = operation
        .request(&Input(nested(DEEP, true)), String::new)
        .unwrap();
    assert_eq!(
        request.body.as_bytes().unwrap().len(),
        DEEP * r#"{"a":}"#.len() + 1
    );
}

#[test]
fn a_value_of_serde_json_200_000_deep_becomes_a_document_and_no_document_that_deep_becomes_one() {
    let mut value = serde_json::Value::from(1);
    for level in 0..DEEP {
        value = match level % 2 {
            0 => serde_json::Value::Array(vec![value]),
            _ => serde_json::Value::Object([("a".to_owned(), value)].into_iter().collect()),
        };
    }
    let document = Document::from(value);
    assert_eq!(
        document
            .get("a")
            .and_then(Document::as_array)
            .map(<[_]>::len),
        Some(1)
    );
    assert_eq!(
        serde_json::Value::try_from(document)
            .unwrap_err()
            .to_string(),
        "lists and objects are nested more than 127 levels deep"
    );
    for objects in [false, true] {
        assert!(serde_json::Value::try_from(nested(127, objects)).is_ok());
        assert!(serde_json::Value::try_from(nested(128, objects)).is_err());
    }
}

#[test]
fn documents_keep_what_was_derived_for_them() {
    let document =
        Document::from(serde_json::json!({"a": [null, true, 1, "x"], "b": {}, "c": [[]]}));
    assert_eq!(
        format!("{document:?}"),
        r#"Object({"a": Array([Null, Bool(true), Number(1), String("x")]), "b": Object({}), "c": Array([Array([])])})"#
    );
    assert_eq!(
        format!("{:#?}", Document::from(vec![1])),
        "Array(\n    [\n        Number(\n            1,\n        ),\n    ],\n)"
    );
    assert_eq!(document.clone(), document);
    for other in [
        serde_json::json!({"a": [null, true, 1, "x"], "b": [], "c": [[]]}),
        serde_json::json!({"a": [null, true, 1, "x"], "b": {}, "d": [[]]}),
        serde_json::json!({"a": [null, true, 1, "x"], "b": {}}),
        serde_json::json!([]),
        serde_json::json!(null),
    ] {
        assert_ne!(document, Document::from(other));
    }
    assert_eq!(Document::from("x").into_string(), Ok("x".to_owned()));
    assert_eq!(Document::from("x").into_array(), Err(Document::from("x")));
}

#[test]
fn blobs_show_their_length_only() {
    let blob = Blob::from("secret");
    assert_eq!(format!("{blob:?}"), "Blob(6 bytes)");
    assert_eq!((blob.as_ref(), blob.len()), (&b"secret"[..], 6));
    assert_eq!(Vec::from(blob), b"secret");
}
