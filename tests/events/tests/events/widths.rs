//! Headers of events by the width of their members: what the event stream format calls types 2 and 3.

use golden_event_header_width::runtime::event_stream::{HeaderValue, Message};
use golden_event_header_width::runtime::protocol::RestJson;
use golden_event_header_width::runtime::{EventReader, EventWriter, ReadEventStream as _};
use golden_event_header_width::types::{Drop, Events};

fn read(message: &Message) -> Result<Events, String> {
    Events::read_event("drop", &EventReader::new(&RestJson, message))
        .map_err(|error| error.to_string())
}

#[test]
fn models_event_header_width_on_the_wire() {
    for (small, middle) in [(-7, 300), (i8::MIN, i16::MIN), (i8::MAX, i16::MAX)] {
        let event = Events::Drop(Drop::default().small(small).middle(middle));
        let message = EventWriter::message(&RestJson, &event).unwrap();
        let bytes = message.encode().unwrap();
        for header in [
            [&b"\x05small\x02"[..], &small.to_be_bytes()].concat(),
            [&b"\x06middle\x03"[..], &middle.to_be_bytes()].concat(),
        ] {
            let found = bytes.windows(header.len()).any(|bytes| bytes == header);
            assert!(found, "{header:?} in {bytes:?}");
        }
        assert_eq!(read(&message), Ok(event));
    }
}

#[test]
fn an_integer_of_another_width_is_read_where_it_fits() {
    let wide = |value: i32| Message::default().with("small", HeaderValue::Integer(value));
    let event = Events::Drop(Drop::default().small(100));
    assert_eq!(read(&wide(100)), Ok(event));
    let error = "small: expected an integer of 8 bits, found 300".to_owned();
    assert_eq!(read(&wide(300)), Err(error));
}
