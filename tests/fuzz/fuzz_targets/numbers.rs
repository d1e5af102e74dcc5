//! Timestamps and numbers as text: what is read is written in a way that is read as the same.
#![no_main]

use bytes::Bytes;
use libfuzzer_sys::fuzz_target;
use tinsmith_runtime::protocol::RestJson;
use tinsmith_runtime::{Number, ReadValue, ResponseReader, Timestamp, TimestampFormat};

fn header<T: ReadValue>(reader: &ResponseReader<'_>) -> Option<T> {
    reader.header("x-h").ok().flatten()
}

fuzz_target!(|text: &str| {
    if let Ok(time) = text.parse::<Timestamp>() {
        for format in [TimestampFormat::DateTime, TimestampFormat::EpochSeconds] {
            if let Some(text) = time.format(format) {
                assert_eq!(text.parse(), Ok(time), "{text}");
            }
        }
        if let Some(text) = time.format(TimestampFormat::HttpDate) {
            assert_eq!(
                text.parse(),
                Ok(Timestamp::from_seconds(time.seconds())),
                "{text}"
            );
        }
    }
    if let Ok(number) = text.parse::<Number>() {
        assert_eq!(number, number.clone());
        // A decimal that both readers know is the same for both.
        if let (Some(integer), Ok(time)) = (number.as_i64(), text.parse::<Timestamp>()) {
            assert_eq!((time.seconds(), time.subsec_nanos()), (integer, 0));
        }
    }
    if let Ok(value) = http::HeaderValue::from_str(text) {
        let mut response = http::Response::new(Bytes::new());
        response.headers_mut().insert("x-h", value);
        let reader = ResponseReader::new(&RestJson, &response);
        let (wide, narrow) = (header::<i64>(&reader), header::<i8>(&reader));
        assert!(narrow.is_none() || narrow.map(i64::from) == wide);
        let _ = (
            header::<f64>(&reader),
            header::<f32>(&reader),
            header::<Vec<Timestamp>>(&reader),
        );
    }
});
