//! Messages of event streams, in pieces, and the events in them.
#![no_main]

use golden_event_streams::types::{Speech, Weather};
use libfuzzer_sys::fuzz_target;
use tinsmith_runtime::event_stream::{Decoder, Message};
use tinsmith_runtime::protocol::RestJson;
use tinsmith_runtime::{EventReader, EventWriter, ReadEventStream};

/// Events of each kind from a message, whatever it says it is.
fn read(message: &Message) {
    let event = EventReader::new(&RestJson, message);
    for name in [
        "gust",
        "calm",
        "audio",
        "day",
        "note",
        "picture",
        "summary",
        "headersOnly",
        "other",
    ] {
        let _ = Weather::read_event(name, &event);
        if let Ok(speech) = Speech::read_event(name, &event) {
            let _ = EventWriter::message(&RestJson, &speech);
        }
    }
}

fuzz_target!(|bytes: &[u8]| {
    // The first byte says how the rest comes in; a message that its checksums keep from being read is made by hand.
    let Some((first, rest)) = bytes.split_first() else {
        return;
    };
    let mut decoder = Decoder::default();
    for piece in rest.chunks(usize::from(*first).max(1)) {
        decoder.push(piece);
        while let Ok(Some(message)) = decoder.next_message() {
            let again = message.encode();
            assert!(again.is_ok(), "{message:?} was read and cannot be written");
            read(&message);
        }
    }
    let mut message = Message::new(rest.to_vec());
    for (index, value) in rest.chunks(9).take(20).enumerate() {
        let name = [
            "speed",
            "direction",
            "small",
            "large",
            "at",
            "on",
            ":content-type",
        ][index % 7];
        let number = value
            .iter()
            .fold(0_i64, |number, byte| number << 8 | i64::from(*byte));
        message = match value.first().copied().unwrap_or_default() % 5 {
            0 => message.with(name, String::from_utf8_lossy(value).into_owned()),
            1 => message.with(name, number),
            2 => message.with(name, bytes::Bytes::copy_from_slice(value)),
            3 => message.with(name, number & 1 == 1),
            _ => message.with(
                name,
                i32::try_from(number & 0x7fff_ffff).unwrap_or_default(),
            ),
        };
    }
    read(&message);
    if let Ok(encoded) = message.encode() {
        let mut decoder = Decoder::default();
        decoder.push(&encoded);
        assert_eq!(decoder.next_message().ok().flatten(), Some(message));
    }
});
