//! A message of `application/vnd.amazon.eventstream`: headers with typed values, and a payload.

use bytes::Bytes;

use crate::shape::{Blob, Timestamp};

/// A message. Headers whose names begin with a colon belong to the protocol.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Message {
    /// Names, each of 1 to 255 bytes, and values, in the order on the wire.
    pub headers: Vec<(String, HeaderValue)>,
    /// The content of the message.
    pub payload: Bytes,
}

impl Message {
    /// A message without headers.
    pub fn new(payload: impl Into<Bytes>) -> Self {
        Self {
            headers: Vec::new(),
            payload: payload.into(),
        }
    }

    /// Adds a header.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<HeaderValue>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The first header with this name.
    pub fn header(&self, name: &str) -> Option<&HeaderValue> {
        let mut headers = self.headers.iter();
        headers
            .find(|(other, _)| other == name)
            .map(|(_, value)| value)
    }

    /// The text of a header, if it is a string.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        match self.header(name)? {
            HeaderValue::String(text) => Some(text),
            _ => None,
        }
    }
}

/// The value of a header.
#[derive(Clone, Debug, PartialEq)]
pub enum HeaderValue {
    /// A boolean.
    Bool(bool),
    /// 8 bits, signed.
    Byte(i8),
    /// 16 bits, signed.
    Short(i16),
    /// 32 bits, signed.
    Integer(i32),
    /// 64 bits, signed.
    Long(i64),
    /// Up to 65,535 bytes.
    Bytes(Bytes),
    /// Text of up to 65,535 bytes.
    String(String),
    /// Milliseconds since 1970.
    Timestamp(i64),
    /// 128 bits.
    Uuid([u8; 16]),
}

impl HeaderValue {
    /// The kind of the value, for messages.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Bool(_) => "a boolean",
            Self::Byte(_) | Self::Short(_) | Self::Integer(_) | Self::Long(_) => "an integer",
            Self::Bytes(_) => "bytes",
            Self::String(_) => "a string",
            Self::Timestamp(_) => "a timestamp",
            Self::Uuid(_) => "a UUID",
        }
    }
}

macro_rules! from {
    ($($type:ty => $variant:ident),*) => {$(
        impl From<$type> for HeaderValue {
            fn from(value: $type) -> Self {
                Self::$variant(value.into())
            }
        }
    )*};
}

from!(bool => Bool, i8 => Byte, i16 => Short, i32 => Integer, i64 => Long, String => String, &str => String, Bytes => Bytes);

impl From<Blob> for HeaderValue {
    fn from(value: Blob) -> Self {
        Self::Bytes(value.into_bytes())
    }
}

/// With a precision of a millisecond, as headers have it; times out of range become the first or the last one.
impl From<Timestamp> for HeaderValue {
    fn from(value: Timestamp) -> Self {
        let millis =
            i128::from(value.seconds()) * 1000 + i128::from(value.subsec_nanos() / 1_000_000);
        let nearest = if millis < 0 { i64::MIN } else { i64::MAX };
        Self::Timestamp(i64::try_from(millis).unwrap_or(nearest))
    }
}
