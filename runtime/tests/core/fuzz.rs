//! Whatever a service or a user sends, readers answer with a value or an error: no panic, and memory in proportion to
//! what came in. `PROPTEST_CASES` says how many inputs each test makes up. `event_codec` does the same for messages of
//! event streams.

use std::collections::BTreeMap;

use crate::shapes::{Choice, Platform, Sample};
use allocation_counter::measure;
use bytes::Bytes;
use proptest::prelude::*;
use proptest::sample::Index;
use tinsmith_runtime::protocol::{AwsJson, Protocol, RestJson};
use tinsmith_runtime::{
    Blob, Document, ReadOutput, ReadValue, ResponseReader, Timestamp, endpoint,
};
use tinsmith_tests::fuzz;

/// A body in which every member has a value.
const VALID: &str = r#"{"text":"a\u00fc\ud83d\ude00","flag":true,"byte":-1,"int":2,"long":9007199254740993,"float":1.5,"double":"NaN","blob":"Zm9v","when":1576540098.5,"dates":["2019-12-16T23:48:18Z"],"httpDate":"Mon, 16 Dec 2019 23:48:18 GMT","platform":"macOS","tags":{"a":"b"},"byPlatform":{"Linux":1},"names":["x",null],"sparse":[null,"a"],"sparseMap":{"a":null,"b":2},"children":[{"text":"c"},{}],"nested":{"nested":{}},"choice":{"L":[{"S":"a"},{"Filter":{"name":"n"}},{"New":[1,{"a":null}]}]},"document":{"a":[1,1e400,0.10,null,"s",{"b":[[]]}]}}"#;

/// The largest amount of memory that reading may take for each byte that came in. An empty structure in a list is three
/// bytes long and hundreds of bytes large, and a list that grows has twice the room it had beside what it had.
const PER_BYTE: u64 = 1024;

fn read(body: &[u8]) {
    let response = http::Response::new(Bytes::copy_from_slice(body));
    let protocols: [&'static dyn Protocol; 2] = [
        &RestJson,
        &AwsJson {
            query_compatible: false,
            version: "1.1",
            target_prefix: "Sample",
        },
    ];
    for protocol in protocols {
        let reader = ResponseReader::new(protocol, &response);
        let used = measure(|| {
            let mut sample = Sample::default();
            // An error is said in words as well, which go through text that came in.
            if let Err(error) = sample.read_response(&reader) {
                assert!(!error.to_string().is_empty());
            }
            drop(sample);
        });
        fuzz::check_memory(used.bytes_max, body, PER_BYTE);
    }
}

/// Pieces of which texts that are nearly JSON are made.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    fuzz::nearly(&[
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\\u",
        "\\ud83d",
        "null",
        "true",
        "-",
        "0",
        "1e9",
        "1E400",
        ".5",
        " ",
        "\"text\":",
        "\"children\":[",
        "\"nested\":{",
        "\"choice\":{\"L\":[",
        "\"document\":",
        "\"when\":",
        "\"blob\":\"",
        "\u{fc}",
        "99999999999999999999",
    ])
}

/// Text that is cut somewhere and has other bytes in its place.
fn mutated(text: &'static str) -> impl Strategy<Value = Vec<u8>> {
    fuzz::mutated(text, 1..4, 0..8, pieces())
}

fn header<T: ReadValue>(value: &[u8]) {
    let Ok(value) = http::HeaderValue::from_bytes(value) else {
        return;
    };
    let mut response = http::Response::new(Bytes::new());
    response.headers_mut().insert("x-h", value);
    let reader = ResponseReader::new(&RestJson, &response);
    if let Err(error) = reader.header::<T>("X-H") {
        assert!(error.to_string().contains("X-H"), "{error}");
    }
}

fn dated() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        mutated("Mon, 16 Dec 2019 23:48:18 GMT"),
        mutated("2019-12-16T23:48:18.123456789+01:30"),
        mutated("-1576540098.123"),
    ]
}

#[test]
fn what_is_mutated_is_valid_at_first() {
    let response = http::Response::new(Bytes::from_static(VALID.as_bytes()));
    let mut sample = Sample::default();
    let read = sample.read_response(&ResponseReader::new(&RestJson, &response));
    assert_eq!(read.map_err(|error| error.to_string()), Ok(()));
    assert!(sample.choice.is_some() && sample.document.is_some());
}

proptest! {
    #![proptest_config(fuzz::config())]

    #[test]
    fn bodies_of_any_bytes(body in pieces()) {
        read(&body);
    }

    #[test]
    fn bodies_that_were_valid(body in mutated(VALID)) {
        read(&body);
    }

    #[test]
    fn bodies_nested_deeply(depth in 0_usize..400, way in 0_usize..6, closed in any::<bool>()) {
        let (open, close) = [
            ("{\"nested\":", "}"),
            ("{\"document\":[", "]}"),
            ("[", "]"),
            ("{\"unknown\":", "}"),
            ("{\"children\":[", "]}"),
            ("{\"choice\":{\"L\":[", "]}}"),
        ][way];
        let close = if closed { close.repeat(depth) } else { String::new() };
        read(format!("{{\"document\":{}{{}}{close}}}", open.repeat(depth)).as_bytes());
        read(format!("{}{{}}{close}", open.repeat(depth)).as_bytes());
    }

    #[test]
    fn bodies_of_many_values(count in 0_usize..300, way in 0_usize..8, cut in 0_usize..4) {
        let (before, value, after) = [
            ("{\"children\":[", "{},", "{}]}"),
            ("{\"names\":[", "\"\",", "\"\"]}"),
            ("{\"sparse\":[", "null,", "null]}"),
            ("{\"dates\":[", "\"2019-12-16T23:48:18Z\",", "\"2019-12-16T23:48:18Z\"]}"),
            ("{\"choice\":{\"L\":[", "{\"S\":\"\"},", "{\"S\":\"\"}]}}"),
            ("{\"document\":[", "{\"\":{}},", "0]}"),
            ("{\"unknown\":[", "{},", "[]]}"),
            ("{\"text\":\"", "\\u00fc", "\"}"),
        ][way];
        let body = format!("{before}{}{after}", value.repeat(count));
        read(&body.as_bytes()[..body.len() - cut]);
    }

    #[test]
    fn headers(value in prop_oneof![pieces(), dated()]) {
        header::<bool>(&value);
        header::<i8>(&value);
        header::<i64>(&value);
        header::<f32>(&value);
        header::<String>(&value);
        header::<Blob>(&value);
        header::<Platform>(&value);
        header::<Timestamp>(&value);
        header::<Vec<String>>(&value);
        header::<Vec<Timestamp>>(&value);
        header::<Vec<i32>>(&value);
        header::<Document>(&value);
        header::<BTreeMap<String, String>>(&value);
        header::<Choice>(&value);
    }

    #[test]
    fn timestamps(text in dated()) {
        let text = String::from_utf8_lossy(&text).into_owned();
        if let Ok(when) = text.parse::<Timestamp>() {
            prop_assert_eq!(when.to_string().parse::<Timestamp>().ok(), Some(when), "{}", text);
        }
    }

    #[test]
    fn endpoint_urls(text in mutated("http://[::1]:4566/a/b")) {
        let text = String::from_utf8_lossy(&text).into_owned();
        if let Some(url) = endpoint::parse_url(&text) {
            // What rules make of the parts is a URL again, of the same parts.
            let again = format!("{}://{}{}", url.scheme, url.authority, url.path);
            prop_assert_eq!(endpoint::parse_url(&again), Some(url), "{}", text);
            prop_assert!(matches!(url.scheme, "http" | "https") && !url.authority.is_empty(), "{}", text);
        }
    }

    #[test]
    fn arns(text in mutated("arn:aws:golden:eu-west-1:123456789012:thing/a:b"), index in any::<Index>()) {
        let text = String::from_utf8_lossy(&text).into_owned();
        if let Some(arn) = endpoint::parse_arn(&text) {
            prop_assert!(!arn.partition.is_empty() && !arn.service.is_empty(), "{}", text);
            prop_assert!(arn.resource_id(0).is_some() && arn.resource_id(text.len() + 1).is_none(), "{}", text);
        }
        let (start, stop) = (index.index(text.len() + 2), index.index(4));
        for reverse in [false, true] {
            if let Some(part) = endpoint::substring(&text, start, start + stop, reverse) {
                prop_assert_eq!(part.len(), stop, "{}", text);
            }
        }
    }
}
