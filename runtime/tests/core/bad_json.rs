//! What a body can be instead of what the model says, and what is said about it.

use crate::shapes::Sample;
use bytes::Bytes;
use tinsmith_runtime::protocol::RestJson;
use tinsmith_runtime::{ReadOutput, ResponseReader};

fn error(body: impl Into<Vec<u8>>) -> String {
    let response = http::Response::new(Bytes::from(body.into()));
    let read = Sample::default().read_response(&ResponseReader::new(&RestJson, &response));
    read.unwrap_err().to_string()
}

#[test]
fn each_says_the_place_what_was_expected_and_what_was_found() {
    let table = [
        // Another type than the model's.
        (
            r#"{"text":12}"#,
            "text: expected a string, found 12 (line 1 column 9)",
        ),
        (
            r#"{"text":-1.5}"#,
            "text: expected a string, found -1.5 (line 1 column 9)",
        ),
        (
            r#"{"text":true}"#,
            "text: expected a string, found true (line 1 column 9)",
        ),
        (
            r#"{"text":{"a":1}}"#,
            "text: expected a string, found an object (line 1 column 9)",
        ),
        (
            r#"{"flag":"true"}"#,
            "flag: expected a boolean, found a string (line 1 column 9)",
        ),
        (
            r#"{"int":"12"}"#,
            "int: expected an integer, found a string (line 1 column 8)",
        ),
        (
            r#"{"int":1.5}"#,
            "int: expected an integer, found 1.5 (line 1 column 8)",
        ),
        (
            r#"{"double":[]}"#,
            "double: expected a number, found a list (line 1 column 11)",
        ),
        (
            r#"{"double":"nan"}"#,
            "double: expected a number, found a string (line 1 column 11)",
        ),
        (
            r#"{"names":{}}"#,
            "names: expected a list, found an object (line 1 column 10)",
        ),
        (
            r#"{"tags":[]}"#,
            "tags: expected an object, found a list (line 1 column 9)",
        ),
        (
            r#"{"nested":3}"#,
            "nested: expected an object, found 3 (line 1 column 11)",
        ),
        (
            r#"{"blob":"a b"}"#,
            "blob: not valid base64: Invalid symbol 32, offset 1 (line 1 column 9)",
        ),
        (
            r#"{"when":"yesterday"}"#,
            "when: expected a timestamp (RFC 3339, HTTP date or seconds since 1970), found \"yesterday\" (line 1 column 9)",
        ),
        (
            r#"{"when":[]}"#,
            "when: expected a timestamp, found a list (line 1 column 9)",
        ),
        (
            r#"{"choice":[]}"#,
            "choice: expected an object, found a list (line 1 column 11)",
        ),
        ("[]", "expected an object, found a list (line 1 column 1)"),
        (
            "\"text\"",
            "expected an object, found a string (line 1 column 1)",
        ),
        // In the middle of more.
        (
            "{\"children\":[{},\n{\"tags\":{\"a b\":\"c\",\"d\\n\":7}}]}",
            "children[1].tags[\"d\\n\"]: expected a string, found 7 (line 2 column 26)",
        ),
        (
            r#"{"nested":{"sparse":[null,"a",false]}}"#,
            "nested.sparse[2]: expected a string, found false (line 1 column 31)",
        ),
        // Numbers out of range.
        (
            r#"{"byte":128}"#,
            "byte: expected an integer of 8 bits, found 128 (line 1 column 9)",
        ),
        (
            r#"{"int":2147483648}"#,
            "int: expected an integer of 32 bits, found 2147483648 (line 1 column 8)",
        ),
        (
            r#"{"long":9223372036854775808}"#,
            "long: expected an integer of 64 bits, found 9223372036854775808 (line 1 column 9)",
        ),
        (
            r#"{"float":1e39}"#,
            "float: expected a number of 32 bits, found 1e39 (line 1 column 10)",
        ),
        (
            r#"{"double":1e400}"#,
            "double: expected a number of 64 bits, found 1e400 (line 1 column 11)",
        ),
        (
            r#"{"double":-1e400}"#,
            "double: expected a number of 64 bits, found -1e400 (line 1 column 11)",
        ),
        // Unions.
        (
            r#"{"choice":{}}"#,
            "choice: expected a union with one member, found none (line 1 column 11)",
        ),
        (
            r#"{"choice":{"S":null}}"#,
            "choice: expected a union with one member, found none (line 1 column 16)",
        ),
        (
            r#"{"choice":{"S":"a","L":[]}}"#,
            "choice: expected a union with one member, found \"S\" and \"L\" (line 1 column 24)",
        ),
        // Texts that are no JSON.
        (
            "<html></html>",
            "not valid JSON: expected a value, found '<' (line 1 column 1)",
        ),
        (
            r#"{"text":"#,
            "text: not valid JSON: expected a value, found the end of the text (line 1 column 9)",
        ),
        (
            r#"{"text":"abc"#,
            "text: not valid JSON: the text ends within a string (line 1 column 13)",
        ),
        (
            r#"{"names":["a","#,
            "names[1]: not valid JSON: expected a value, found the end of the text (line 1 column 15)",
        ),
        (
            r#"{"int":1}{}"#,
            "not valid JSON: expected the end of the text, found '{' (line 1 column 10)",
        ),
        (
            r#"{"int":01}"#,
            "int: not valid JSON: expected no digit after a zero that begins a number, found '1' (line 1 column 9)",
        ),
    ];
    let wrong: Vec<_> = table
        .into_iter()
        .map(|(body, expected)| (body, error(body), expected))
        .filter(|(_, found, expected)| found != expected)
        .map(|(body, found, expected)| format!("{body}\n  {found}\n  instead of\n  {expected}\n"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.concat());
}

#[test]
fn bytes_that_are_not_utf_8() {
    assert_eq!(
        error(b"{\"text\":\"\xff\"}".as_slice()),
        "not valid JSON: byte 9 is not UTF-8"
    );
}

#[test]
fn nesting_without_end() {
    let too_deep = "nested more than 127 levels deep";

    let shapes = r#"{"nested":"#.repeat(10_000);
    let path = ["nested"; 127].join(".");
    assert_eq!(
        error(shapes),
        format!("{path}: {too_deep} (line 1 column 1271)")
    );

    let unions = r#"{"choice":"#.to_owned() + &r#"{"L":["#.repeat(10_000);
    let path = ".L[0]".repeat(63);
    assert_eq!(
        error(unions),
        format!("choice{path}: {too_deep} (line 1 column 389)")
    );

    let document = format!(
        r#"{{"document":{}{}}}"#,
        "[".repeat(10_000),
        "]".repeat(10_000)
    );
    assert_eq!(
        error(document),
        format!("document: {too_deep} (line 1 column 139)")
    );
}
