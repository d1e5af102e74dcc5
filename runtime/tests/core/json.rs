//! Shapes as JSON, both ways, through responses and requests.

use std::collections::BTreeMap;

use crate::shapes::{Choice, Filter, OPERATION, Platform, Sample, new_token, whole};
use bytes::Bytes;
use tinsmith_runtime::protocol::RestJson;
use tinsmith_runtime::{
    Document, Number, ReadError, ReadOutput, ResponseReader, Timestamp, UnknownMember,
};

fn read(json: &str) -> Result<Sample, ReadError> {
    let response = http::Response::new(Bytes::copy_from_slice(json.as_bytes()));
    let mut sample = Sample::default();
    sample.read_response(&ResponseReader::new(&RestJson, &response))?;
    Ok(sample)
}

fn write(sample: &Sample) -> String {
    let request = OPERATION.request(sample, new_token).unwrap();
    String::from_utf8(whole(request).into_body().to_vec()).unwrap()
}

fn map<K: From<&'static str> + Ord, V>(
    entries: impl IntoIterator<Item = (&'static str, V)>,
) -> BTreeMap<K, V> {
    entries
        .into_iter()
        .map(|(key, value)| (key.into(), value))
        .collect()
}

/// A JSON string of these UTF-16 units, each as an escape.
fn escaped(units: &[u16]) -> String {
    let escapes: String = units.iter().map(|unit| format!("\\u{unit:04x}")).collect();
    format!("\"{escapes}\"")
}

#[test]
fn settings_13_lone_surrogate_wherever_a_string_is_read() {
    let half = r#"cut \ud83d"#;
    let cut = "cut \u{fffd}".to_owned();
    let json = format!(
        r#"{{"{half}":{{"{half}":["{half}"]}},"text":"{half}","platform":"{half}","names":["{half}"],
            "tags":{{"{half}":"{half}"}},"choice":{{"{half}":"{half}"}},"children":[{{"text":"\uDe00 and more"}}],
            "document":{{"{half}":["{half}"]}},"int":7}}"#
    );
    let sample = read(&json).unwrap();
    assert_eq!(
        (sample.text.as_ref(), sample.int),
        (Some(&cut), Some(7)),
        "what follows is read as well"
    );
    assert_eq!(sample.platform, Some(Platform::Unknown(cut.clone())));
    assert_eq!(sample.names, Some(vec![cut.clone()]));
    let tags = BTreeMap::from([(cut.clone(), cut.clone())]);
    assert_eq!(sample.tags, Some(tags));
    assert!(format!("{:?}", sample.choice).contains("cut \u{fffd}"));
    let children = sample.children.unwrap();
    assert_eq!(children[0].text.as_deref(), Some("\u{fffd} and more"));
    let document = Document::from(vec![cut.as_str()]);
    let document = Document::from(BTreeMap::from([(cut, document)]));
    assert_eq!(sample.document, Some(document));
}

#[test]
fn settings_13_lone_surrogate_alone_is_replaced() {
    // A backslash before `u` may itself be escaped; pairs are characters.
    let table = [
        (r#""\\ud83d""#, r"\ud83d"),
        (r#""\\\ud83d""#, "\\\u{fffd}"),
        (r#""\ud83d\ude00""#, "\u{1F600}"),
        (r#""\ud83d\ud83d\ude00""#, "\u{fffd}\u{1F600}"),
        (r#""\ude00\ud83d""#, "\u{fffd}\u{fffd}"),
        (r#""é\udfffé""#, "é\u{fffd}é"),
    ];
    for (json, expected) in table {
        let sample = read(&format!(r#"{{"text":{json}}}"#)).unwrap();
        assert_eq!(sample.text.as_deref(), Some(expected), "{json}");
    }
    for units in [0xD7FF, 0xD800, 0xDBFF, 0xDC00, 0xDFFF, 0xE000, 0x41]
        .map(|first| [0xD7FF, 0xD800, 0xDBFF, 0xDC00, 0xDFFF, 0xE000].map(|second| [first, second]))
        .concat()
    {
        let sample = read(&format!(r#"{{"text":{}}}"#, escaped(&units))).unwrap();
        let expected = String::from_utf16_lossy(&units);
        assert_eq!(sample.text, Some(expected), "{units:x?}");
    }
    // Positions in errors stay those of the body, and what is no escape stays an error.
    let error = read(r#"{"text":"\ud83d","int":"x"}"#)
        .unwrap_err()
        .to_string();
    assert_eq!(
        error,
        "int: expected an integer, found a string (line 1 column 24)"
    );
    for broken in [
        r#"{"text":"\ud83"}"#,
        r#"{"text":"\ud8é0"}"#,
        r#"{"text":"\"#,
        r#"{"text":"\ud8"#,
        r#"{"text":"\é"}"#,
    ] {
        assert!(read(broken).is_err(), "{broken}");
    }
}

fn sample_of_everything() -> Sample {
    Sample {
        text: Some("\"é\u{1F600}\n\0".to_owned()),
        flag: Some(false),
        byte: Some(-128),
        int: Some(i32::MAX),
        long: Some(i64::MIN),
        float: Some(0.1),
        double: Some(1e300),
        blob: Some("blob\u{ff}".into()),
        when: Timestamp::new(1_576_540_098, 500_000_000),
        dates: Some(vec![Timestamp::from_seconds(0)]),
        http_date: Some(Timestamp::from_seconds(1_576_540_098)),
        platform: Some(Platform::Unknown("Plan 9".to_owned())),
        tags: Some(map([("a", "b".to_owned())])),
        by_platform: Some(map([("Linux", 1), ("Plan 9", 2)])),
        names: Some(vec![]),
        sparse: Some(vec![Some("a".to_owned()), None]),
        sparse_map: Some(map([("a", Some(1)), ("b", None)])),
        children: Some(vec![
            Sample::default(),
            Sample {
                flag: Some(true),
                ..Sample::default()
            },
        ]),
        nested: Some(Box::new(Sample {
            int: Some(0),
            ..Sample::default()
        })),
        choice: Some(Choice::L(vec![
            Choice::S("x".to_owned()),
            Choice::Filter(Filter {
                name: Some("n".to_owned()),
            }),
            Choice::Unknown(UnknownMember::new("New", vec![1])),
        ])),
        document: Some(Document::Object(map([
            ("null", Document::Null),
            ("list", vec![true].into()),
        ]))),
    }
}

#[test]
fn every_kind_of_member_has_its_form() {
    let expected = concat!(
        r#"{"text":"\"é😀\n\u0000","flag":false,"byte":-128,"int":2147483647,"long":-9223372036854775808,"#,
        r#""float":0.1,"double":1e300,"blob":"YmxvYsO/","when":1576540098.5,"dates":["1970-01-01T00:00:00Z"],"#,
        r#""httpDate":"Mon, 16 Dec 2019 23:48:18 GMT","platform":"Plan 9","tags":{"a":"b"},"#,
        r#""byPlatform":{"Linux":1,"Plan 9":2},"names":[],"sparse":["a",null],"sparseMap":{"a":1,"b":null},"#,
        r#""children":[{},{"flag":true}],"nested":{"int":0},"choice":{"L":[{"S":"x"},{"Filter":{"name":"n"}},"#,
        r#"{"New":[1]}]},"document":{"list":[true],"null":null}}"#,
    );
    assert_eq!(write(&sample_of_everything()), expected);
}

#[test]
fn what_is_written_is_read_back() {
    let sample = sample_of_everything();
    assert_eq!(read(&write(&sample)).unwrap(), sample);
}

#[test]
fn unset_members_are_left_out() {
    assert_eq!(write(&Sample::default()), "{}");
}

#[test]
fn numbers_that_are_none_are_strings() {
    let sample = Sample {
        float: Some(f32::NEG_INFINITY),
        double: Some(f64::INFINITY),
        ..Sample::default()
    };
    assert_eq!(
        write(&sample),
        r#"{"float":"-Infinity","double":"Infinity"}"#
    );
    assert_eq!(read(&write(&sample)).unwrap(), sample);
    let nan = write(&Sample {
        double: Some(f64::NAN),
        ..Sample::default()
    });
    assert_eq!(nan, r#"{"double":"NaN"}"#);
    assert!(read(&nan).unwrap().double.unwrap().is_nan());
}

#[test]
fn nulls_count_only_where_a_list_or_map_is_sparse() {
    let sample = read(
        r#"{"text":null,"nested":null,"document":null,"names":["a",null],"tags":{"a":null,"b":"c"},
            "sparse":[null],"sparseMap":{"a":null},"children":[null,{}],"choice":null}"#,
    );
    let expected = Sample {
        names: Some(vec!["a".to_owned()]),
        tags: Some(map([("b", "c".to_owned())])),
        sparse: Some(vec![None]),
        sparse_map: Some(map([("a", None)])),
        children: Some(vec![Sample::default()]),
        ..Sample::default()
    };
    assert_eq!(sample.unwrap(), expected);
}

#[test]
fn members_that_the_shape_does_not_know_are_passed_over_however_deep() {
    let deep = "[".repeat(10_000) + &"]".repeat(10_000);
    let sample = read(&format!(
        r#"{{"new":{{"a":[1,{{}}]}},"deep":{deep},"flag":true}}"#
    ))
    .unwrap();
    assert_eq!(
        sample,
        Sample {
            flag: Some(true),
            ..Sample::default()
        }
    );
}

#[test]
fn keys_and_strings_may_be_escaped() {
    let sample = read(r#"{"\u0074ext":"\ud83d\ude00\/","tags":{"\u0061":"b"}}"#).unwrap();
    assert_eq!(sample.text.as_deref(), Some("😀/"));
    assert_eq!(sample.tags, Some(map([("a", "b".to_owned())])));
}

#[test]
fn members_are_found_in_any_order_and_however_they_are_written() {
    let expected = Sample {
        text: Some("a".to_owned()),
        flag: Some(true),
        int: Some(7),
        children: Some(vec![Sample::default(), Sample::default()]),
        ..Sample::default()
    };
    for json in [
        r#"{"text":"a","flag":true,"int":7,"children":[{},{}]}"#,
        r#"{"children":[{},{}],"int":7,"flag":true,"text":"a"}"#,
        r#" { "text" : "a" , "flag" : true , "int" : 7 , "children" : [ { } , { } ] } "#,
        r#"{"te\u0078t":"a","\u0066lag":true,"int":7,"children":[{},{}]}"#,
        r#"{"text":"a","flag":true,"byte":null,"int":7,"children":[{"text":null},{"nested":null}]}"#,
        r#"{"texts":"b","tex":"b","text":"a","flag":true,"fla":1,"int":7,"children":[{"texts":1},{}]}"#,
    ] {
        assert_eq!(read(json).as_ref(), Ok(&expected), "{json}");
    }
    for json in [
        r#"{"text":"a",}"#,
        r#"{"text":"a","flag":true,}"#,
        r#"{,"text":"a"}"#,
        r#"{"text":"a""flag":true}"#,
        r#"{"text":"a","flag":}"#,
        r#"{"text":"a","flag"}"#,
        r#"{"text":nul}"#,
        r#"{"children":[{}{}]}"#,
        r#"{"children":[{},]}"#,
    ] {
        let error = read(json).unwrap_err().to_string();
        assert!(error.contains("not valid JSON"), "{json}: {error}");
    }
}

#[test]
fn of_a_member_that_comes_twice_the_last_one_counts() {
    assert_eq!(read(r#"{"int":1,"int":2}"#).unwrap().int, Some(2));
}

#[test]
fn integers_may_be_written_as_fractions_without_one() {
    let sample = read(r#"{"int":12.0,"long":9.007199254740993e15,"byte":-0.0}"#).unwrap();
    assert_eq!(
        (sample.int, sample.long, sample.byte),
        (Some(12), Some(9_007_199_254_740_993), Some(0))
    );
}

#[test]
fn a_number_of_32_bits_is_rounded_once() {
    // A little more than half-way between two of them; the nearest of 64 bits is just half-way, and goes down.
    let sample = read(r#"{"float":1.00000005960464477539062500001,"double":-0}"#).unwrap();
    assert_eq!(sample.float, Some(1.000_000_1));
    assert!(sample.double.unwrap().is_sign_negative());
    let error = read(r#"{"float":3.5e38}"#).unwrap_err();
    assert_eq!(
        error.to_string(),
        "float: expected a number of 32 bits, found 3.5e38 (line 1 column 10)"
    );
}

#[test]
fn a_union_ignores_nulls_and_the_name_of_its_shape() {
    let sample = read(r#"{"choice":{"__type":"Choice","L":null,"S":"x"}}"#).unwrap();
    assert_eq!(sample.choice, Some(Choice::S("x".to_owned())));
}

#[test]
fn a_union_member_that_is_new_survives() {
    let json = r#"{"choice":{"New":{"digits":1.10,"list":[null,12345678901234567890123]}}}"#;
    let sample = read(json).unwrap();
    let Some(Choice::Unknown(member)) = &sample.choice else {
        panic!("{:?}", sample.choice);
    };
    assert_eq!(member.name, "New");
    assert_eq!(
        member
            .value
            .get("digits")
            .and_then(Document::as_number)
            .map(Number::as_str),
        Some("1.10")
    );
    assert_eq!(write(&sample), json);
}

#[test]
fn an_empty_body_has_no_members_and_null_is_no_body() {
    for body in ["", " \n", "{}"] {
        assert_eq!(read(body).unwrap(), Sample::default(), "{body:?}");
    }
    let error = read("null").unwrap_err();
    assert_eq!(error.to_string(), "expected an object, found null");
}

#[test]
fn nesting_up_to_the_limit_is_read() {
    let json = r#"{"nested":"#.repeat(120) + "{}" + &"}".repeat(120);
    let mut depth = 0;
    let mut sample = &read(&json).unwrap();
    while let Some(nested) = &sample.nested {
        sample = nested;
        depth += 1;
    }
    assert_eq!(depth, 120);
}

#[test]
fn an_error_in_the_input_says_where() {
    let filter = Choice::L(vec![
        Choice::S(String::new()),
        Choice::Filter(Filter::default()),
    ]);
    let inner = Sample {
        choice: Some(filter),
        ..Sample::default()
    };
    let sample = Sample {
        children: Some(vec![Sample::default(), inner]),
        ..Sample::default()
    };
    let error = OPERATION.request(&sample, new_token).unwrap_err();
    assert_eq!(
        error.to_string(),
        "children[1].choice.L[1].Filter.name: required, but not set"
    );

    let far = Sample {
        dates: Some(vec![Timestamp::from_seconds(i64::MAX)]),
        ..Sample::default()
    };
    assert_eq!(
        OPERATION.request(&far, new_token).unwrap_err().to_string(),
        "dates[0]: expected a timestamp in the years 0000 to 9999, found 9223372036854775807 seconds since 1970",
    );
}
