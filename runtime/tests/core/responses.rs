//! Responses: where members come from, and in which forms they may come.

use std::collections::BTreeMap;

use crate::shapes::{Choice, Platform, Sample};
use bytes::Bytes;
use tinsmith_runtime::protocol::RestJson;
use tinsmith_runtime::{Blob, Document, ReadError, ReadValue, ResponseReader, Timestamp};

fn response(headers: &[(&str, &str)], body: impl Into<Bytes>) -> http::Response<Bytes> {
    let mut response = http::Response::builder().status(201);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    response.body(body.into()).unwrap()
}

fn header<T: ReadValue>(value: &str) -> Result<Option<T>, String> {
    let response = response(&[("X-H", value)], "");
    ResponseReader::new(&RestJson, &response)
        .header("X-H")
        .map_err(|error: ReadError| error.to_string())
}

const WHEN: Timestamp = Timestamp::from_seconds(1_576_540_098);

/// A little more than half-way between two numbers of 32 bits; the nearest of 64 bits is just half-way, and goes down.
const ROUNDED_ONCE: &str = "1.00000005960464477539062500001";

#[test]
fn headers_of_every_scalar() {
    assert_eq!(header("a, b"), Ok(Some("a, b".to_owned())));
    assert_eq!(header("true"), Ok(Some(true)));
    assert_eq!(header("-5"), Ok(Some(-5_i32)));
    assert_eq!(header("1.1"), Ok(Some(1.1_f32)));
    assert_eq!(header("-Infinity"), Ok(Some(f64::NEG_INFINITY)));
    assert_eq!(header("macOS"), Ok(Some(Platform::MacOs)));
    assert_eq!(header("Zm9v"), Ok(Some(Blob::from("foo"))));
    for form in [
        "Mon, 16 Dec 2019 23:48:18 GMT",
        "2019-12-16T23:48:18Z",
        "1576540098",
    ] {
        assert_eq!(header(form), Ok(Some(WHEN)));
    }
    // An integer is one however it is written, and a decimal is rounded once.
    assert_eq!(header("1.5e1"), Ok(Some(15_i8)));
    assert_eq!(header(ROUNDED_ONCE), Ok(Some(1.000_000_1_f32)));
    let none = response(&[], "");
    assert_eq!(
        ResponseReader::new(&RestJson, &none).header::<String>("X-H"),
        Ok(None)
    );
}

#[test]
fn lists_in_headers_are_split_as_their_items_demand() {
    let strings = |items: &[&str]| {
        Ok(Some(
            items
                .iter()
                .map(|item| (*item).to_owned())
                .collect::<Vec<_>>(),
        ))
    };
    assert_eq!(header("a, b,c"), strings(&["a", "b", "c"]));
    assert_eq!(
        header(r#""b,c", "\"def\"" ,a,"""#),
        strings(&["b,c", "\"def\"", "a", ""])
    );
    assert_eq!(header(r#""open, b"#), strings(&["\"open", "b"]));
    assert_eq!(header(""), strings(&[]));
    assert_eq!(header("1, 2, 3"), Ok(Some(vec![1_i32, 2, 3])));
    assert_eq!(header("true,false"), Ok(Some(vec![true, false])));
    assert_eq!(
        header("Linux, Plan 9"),
        Ok(Some(vec![
            Platform::Linux,
            Platform::Unknown("Plan 9".to_owned())
        ]))
    );
    let date = "Mon, 16 Dec 2019 23:48:18 GMT";
    assert_eq!(
        header(&format!("{date}, {date},{date}")),
        Ok(Some(vec![WHEN; 3]))
    );

    let date_times = response(&[("X-H", "2019-12-16T23:48:18Z, 2019-12-16T23:48:18Z")], "");
    let reader = ResponseReader::new(&RestJson, &date_times);
    assert_eq!(
        reader.header::<Vec<Timestamp>>("x-h"),
        Ok(Some(vec![WHEN; 2]))
    );

    let mixed =
        "Sun Nov  6 08:49:37 1994, Sunday, 06-Nov-94 08:49:37 GMT, 1994-11-06T08:49:37Z, 784111777";
    assert_eq!(
        header(mixed),
        Ok(Some(vec![Timestamp::from_seconds(784_111_777); 4]))
    );
    let repeated = response(&[("X-H", "a"), ("x-h", "b, c")], "");
    let reader = ResponseReader::new(&RestJson, &repeated);
    assert_eq!(
        reader.header("X-H").map_err(|error| error.to_string()),
        strings(&["a", "b", "c"])
    );
}

#[test]
fn headers_that_are_not_what_they_should_be() {
    assert_eq!(
        header::<bool>("yes"),
        Err("X-H: expected a boolean, found \"yes\"".to_owned())
    );
    assert_eq!(
        header::<i32>("x"),
        Err("X-H: expected an integer of 64 bits, found \"x\"".to_owned())
    );
    assert_eq!(
        header::<i8>("300"),
        Err("X-H: expected an integer of 8 bits, found 300".to_owned())
    );
    assert_eq!(
        header::<f64>("inf"),
        Err("X-H: expected a number of 64 bits, found \"inf\"".to_owned())
    );
    assert_eq!(
        header::<Vec<i32>>("1, x"),
        Err("X-H[1]: expected an integer of 64 bits, found \"x\"".to_owned())
    );
    assert_eq!(
        header::<Blob>("?"),
        Err("X-H: not valid base64: Invalid symbol 63, offset 0".to_owned())
    );
    assert_eq!(
        header::<Sample>("x"),
        Err("X-H: a header cannot hold a structure".to_owned())
    );
}

#[test]
fn headers_with_a_prefix_are_a_map() {
    let response = response(
        &[("X-Foo", "Foo"), ("X-Foo-Abc", "1"), ("x-foo-def", "2")],
        "",
    );
    let reader = ResponseReader::new(&RestJson, &response);
    let expected = BTreeMap::from([
        ("abc".to_owned(), "1".to_owned()),
        ("def".to_owned(), "2".to_owned()),
    ]);
    assert_eq!(reader.prefix_headers("X-Foo-"), Ok(Some(expected)));
    assert_eq!(reader.prefix_headers("X-Bar-"), Ok(Some(BTreeMap::new())));
}

#[test]
fn json_in_headers_is_a_text_or_a_document() {
    let response = response(&[("X-Json", "dHJ1ZQ=="), ("X-Bad", "?")], "");
    let reader = ResponseReader::new(&RestJson, &response);
    assert_eq!(reader.json_header("X-Json"), Ok(Some("true".to_owned())));
    assert_eq!(reader.json_header("X-Json"), Ok(Some(Document::Bool(true))));
    assert_eq!(reader.json_header::<String>("X-None"), Ok(None));
    let error = reader.json_header::<Document>("X-Bad").unwrap_err();
    assert_eq!(error.to_string(), "X-Bad: expected base64 of UTF-8 text");
}

#[test]
fn payloads_of_every_kind() {
    let body = |body: &'static str| response(&[], body);
    let (empty, text, json) = (body(""), body("raw"), body(r#"{"S":"x"}"#));
    let [empty, text, json] =
        [&empty, &text, &json].map(|response| ResponseReader::new(&RestJson, response));
    assert_eq!(text.payload_blob(), Ok(Some(Blob::from("raw"))));
    assert_eq!(text.payload_string(), Ok(Some("raw".to_owned())));
    assert_eq!(
        text.payload_string(),
        Ok(Some(Platform::Unknown("raw".to_owned())))
    );
    assert_eq!(json.payload_value("p"), Ok(Some(Choice::S("x".to_owned()))));
    assert!(
        json.payload_value::<Document>("p")
            .unwrap()
            .unwrap()
            .get("S")
            .is_some()
    );
    assert_eq!(empty.payload_blob(), Ok(None));
    assert_eq!(empty.payload_string::<String>(), Ok(None));
    assert_eq!(empty.payload_value::<Sample>("p"), Ok(None));
    assert_eq!(empty.status_code(), Some(201));

    let binary = response(&[], &b"a\xff"[..]);
    let error = ResponseReader::new(&RestJson, &binary)
        .payload_string::<String>()
        .unwrap_err();
    assert_eq!(error.to_string(), "byte 1 of the body is not UTF-8");
}

#[test]
fn the_request_id_is_under_any_of_its_names() {
    for name in ["x-amzn-RequestId", "x-amz-request-id", "x-amzn-request-id"] {
        let response = response(&[(name, "7c3")], "");
        assert_eq!(
            ResponseReader::new(&RestJson, &response).request_id(),
            Some("7c3")
        );
    }
}
