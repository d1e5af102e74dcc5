//! Messages of `application/vnd.amazon.eventstream`: what is written is read, wherever it is cut, and by the
//! reference implementation; other bytes are an error and never panic; signatures are those of the reference.

use aws_smithy_types::event_stream as reference;
use bytes::Bytes;
use proptest::prelude::*;
use std::time::{Duration, SystemTime};
use tinsmith_runtime::event_stream::{Decoder, HeaderValue, MAX_HEADERS, MAX_PAYLOAD, Message};
use tinsmith_runtime::{Credentials, EventSigner, Timestamp};

/// A message with a header of each type.
fn rich() -> Message {
    Message::new("the payload")
        .with("yes", true)
        .with("no", false)
        .with("byte", -8_i8)
        .with("short", -1600_i16)
        .with("integer", -320_000_i32)
        .with("long", i64::MIN)
        .with("bytes", Bytes::from_static(&[0, 1, 255]))
        .with("string", "größer")
        .with("timestamp", HeaderValue::Timestamp(1_700_000_000_123))
        .with("uuid", HeaderValue::Uuid([7; 16]))
}

fn decode(bytes: &[u8]) -> Result<Vec<Message>, String> {
    let mut decoder = Decoder::default();
    decoder.push(bytes);
    let mut messages = Vec::new();
    while let Some(message) = decoder.next_message().map_err(|error| error.to_string())? {
        messages.push(message);
    }
    match decoder.pending() {
        0 => Ok(messages),
        left => Err(format!("{left} bytes left")),
    }
}

/// A frame whose checksums are right, whatever its lengths say.
fn frame(total: u32, headers: u32, rest: &[u8]) -> Vec<u8> {
    let mut bytes = [total.to_be_bytes(), headers.to_be_bytes()].concat();
    bytes.extend(crc32fast::hash(&bytes).to_be_bytes());
    bytes.extend(rest);
    bytes.extend(crc32fast::hash(&bytes).to_be_bytes());
    bytes
}

#[test]
fn the_smallest_message_is_sixteen_known_bytes() {
    let bytes = Message::default().encode().unwrap();
    let expected = [
        0, 0, 0, 16, 0, 0, 0, 0, 0x05, 0xc2, 0x48, 0xeb, 0x7d, 0x98, 0xc8, 0xff,
    ];
    assert_eq!(bytes, &expected[..]);
    assert_eq!(decode(&bytes), Ok(vec![Message::default()]));
}

#[test]
fn what_is_written_is_read_wherever_it_is_cut() {
    let mut bytes = rich().encode().unwrap().to_vec();
    bytes.extend(Message::new("second").encode().unwrap());
    let expected = vec![rich(), Message::new("second")];
    assert_eq!(decode(&bytes), Ok(expected.clone()));
    for cut in 0..=bytes.len() {
        let (mut decoder, mut messages) = (Decoder::default(), Vec::new());
        for piece in [&bytes[..cut], &bytes[cut..]] {
            decoder.push(piece);
            while let Some(message) = decoder.next_message().unwrap() {
                messages.push(message);
            }
        }
        assert_eq!(messages, expected, "cut at {cut}");
    }
    let (mut decoder, mut messages) = (Decoder::default(), Vec::new());
    for byte in &bytes {
        decoder.push(&[*byte]);
        messages.extend(decoder.next_message().unwrap());
    }
    assert_eq!(messages, expected, "byte by byte");
}

#[test]
fn the_reference_reads_what_we_write_and_writes_what_we_read() {
    let mut ours = rich().encode().unwrap();
    let read = aws_smithy_eventstream::frame::read_message_from(&mut ours).unwrap();
    assert_eq!(read.payload(), "the payload");
    let string = &read.headers()[7];
    assert_eq!(string.name().as_str(), "string");
    assert_eq!(string.value().as_string().unwrap().as_str(), "größer");
    assert!(
        matches!(read.headers()[9].value(), reference::HeaderValue::Uuid(uuid) if *uuid == u128::from_be_bytes([7; 16]))
    );
    let mut theirs = Vec::new();
    aws_smithy_eventstream::frame::write_message_to(&read, &mut theirs).unwrap();
    assert_eq!(decode(&theirs), Ok(vec![rich()]));
}

#[test]
fn a_bit_that_was_turned_is_found_wherever_it_is() {
    let bytes = rich().encode().unwrap();
    for index in 0..bytes.len() * 8 {
        let mut turned = bytes.to_vec();
        turned[index / 8] ^= 1 << (index % 8);
        let error = decode(&turned).unwrap_err();
        let part = if index / 8 < 12 { "prelude" } else { "message" };
        assert!(
            error.contains(&format!("the checksum of the {part} is")),
            "bit {index}: {error}"
        );
    }
}

#[test]
fn lengths_that_cannot_be_are_refused_before_anything_is_set_aside() {
    let most = u32::try_from(MAX_HEADERS + MAX_PAYLOAD + 16).unwrap();
    for (total, headers) in [
        (15, 0),
        (16, 1),
        (most + 1, 0),
        (u32::MAX, u32::MAX),
        (300_000, 131_073),
    ] {
        let error = decode(&frame(total, headers, &[])).unwrap_err();
        assert!(
            error.contains(&format!(
                "found a message of {total} bytes with {headers} bytes of headers"
            )),
            "{error}"
        );
    }
    let headers = u32::try_from(MAX_HEADERS).unwrap();
    assert_eq!(
        decode(&frame(most, headers, &[])).unwrap_err(),
        "16 bytes left"
    );
}

#[test]
fn invalid_headers_are_reported() {
    let of = |headers: &[u8]| {
        let length = u32::try_from(headers.len()).unwrap();
        decode(&frame(16 + length, length, headers)).unwrap_err()
    };
    let cases: [(&[u8], &str); 6] = [
        (&[0], "a header has no name"),
        (&[1], "the headers end within a header"),
        (
            &[1, b'a', 10],
            "expected a type of header from 0 to 9, found 10 for \"a\"",
        ),
        (&[1, 0xff, 0], "a header is not UTF-8"),
        (&[1, b'a', 7, 0, 2, b'b'], "the headers end within a header"),
        (&[1, b'a', 9, 1, 2, 3], "the headers end within a header"),
    ];
    for (headers, expected) in cases {
        assert_eq!(
            of(headers),
            format!("not a message of an event stream: {expected}")
        );
    }
}

#[test]
fn what_receivers_would_refuse_is_not_written() {
    let error = |message: Message| message.encode().unwrap_err().to_string();
    assert_eq!(
        error(Message::default().with("", true)),
        ": expected a name of 1 to 255 bytes for a header of an event"
    );
    let long = Bytes::from(vec![0; 65_536]);
    assert_eq!(
        error(Message::default().with("a", long)),
        "a: expected up to 65535 bytes in a header of an event, found 65536"
    );
    let full = Bytes::from(vec![0; 65_535]);
    let headers = ["a", "b", "c"]
        .iter()
        .fold(Message::default(), |message, name| {
            message.with(*name, full.clone())
        });
    assert!(error(headers).starts_with("expected up to 131072 bytes of an event's headers"));
    assert!(
        error(Message::new(vec![0; MAX_PAYLOAD + 1]))
            .starts_with("expected up to 16777216 bytes as an event's payload")
    );
}

#[test]
fn signatures_are_those_of_the_reference_and_each_covers_the_one_before() {
    let time = SystemTime::UNIX_EPOCH + Duration::from_millis(1_700_000_000_987);
    let identity =
        aws_credential_types::Credentials::new("AKIDEXAMPLE", "secret", None, None, "test").into();
    let params = aws_sigv4::sign::v4::SigningParams::builder()
        .identity(&identity)
        .region("eu-west-1")
        .name("transcribe")
        .time(time)
        .settings(())
        .build()
        .unwrap();
    let seed = "a".repeat(64);
    let now = Timestamp::new(1_700_000_000, 987_000_000).unwrap();
    let mut ours = EventSigner::new(
        Credentials::new("AKIDEXAMPLE", "secret", None),
        "eu-west-1",
        "transcribe",
        &*seed,
    );
    let mut previous = seed;
    for text in ["first", "second", ""] {
        let message = reference::Message::new(Bytes::from(text)).add_header(
            reference::Header::new("name", reference::HeaderValue::String("value".into())),
        );
        let is_last = text.is_empty();
        let signed = if is_last {
            aws_sigv4::event_stream::sign_empty_message(&previous, &params)
        } else {
            aws_sigv4::event_stream::sign_message(&message, &previous, &params)
        };
        let (signed, signature) = signed.unwrap().into_parts();
        let mut expected = Vec::new();
        aws_smithy_eventstream::frame::write_message_to(&signed, &mut expected).unwrap();
        let inner = if is_last {
            Bytes::new()
        } else {
            Message::new(text).with("name", "value").encode().unwrap()
        };
        let found = ours.sign(inner, now).unwrap().encode().unwrap();
        assert_eq!(found, expected, "{text:?}");
        previous = signature;
    }
}

fn header_value() -> impl Strategy<Value = HeaderValue> {
    prop_oneof![
        any::<bool>().prop_map(HeaderValue::Bool),
        any::<i8>().prop_map(HeaderValue::Byte),
        any::<i16>().prop_map(HeaderValue::Short),
        any::<i32>().prop_map(HeaderValue::Integer),
        any::<i64>().prop_map(HeaderValue::Long),
        any::<Vec<u8>>().prop_map(|bytes| HeaderValue::Bytes(bytes.into())),
        any::<String>().prop_map(HeaderValue::String),
        any::<i64>().prop_map(HeaderValue::Timestamp),
        any::<[u8; 16]>().prop_map(HeaderValue::Uuid),
    ]
}

proptest! {
    #![proptest_config(tinsmith_tests::fuzz::config())]

    #[test]
    fn any_bytes_at_all_are_read_without_a_panic(bytes in any::<Vec<u8>>()) {
        let _ = decode(&bytes);
    }

    #[test]
    fn any_headers_at_all_are_read_without_a_panic(headers in any::<Vec<u8>>(), payload in any::<Vec<u8>>()) {
        let length = u32::try_from(headers.len()).unwrap();
        let total = 16 + length + u32::try_from(payload.len()).unwrap();
        if let Ok(messages) = decode(&frame(total, length, &[headers, payload].concat())) {
            prop_assert_eq!(messages.len(), 1);
        }
    }

    #[test]
    fn any_message_comes_back(
        headers in prop::collection::vec(("[a-zA-Z:-]{1,255}", header_value()), 0..8),
        payload in any::<Vec<u8>>(),
    ) {
        let message = Message { headers, payload: payload.into() };
        prop_assert_eq!(decode(&message.encode().unwrap()), Ok(vec![message]));
    }
}
