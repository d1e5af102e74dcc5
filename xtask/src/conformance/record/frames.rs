//! A second implementation of messages of `application/vnd.amazon.eventstream`, without the runtime. Source: the Smithy
//! specification, "Amazon Event Stream".

use std::fmt::Write as _;

/// A message.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Frame {
    pub(super) headers: Vec<(String, Header)>,
    pub(super) payload: Vec<u8>,
}

/// The value of a header.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Header {
    Bool(bool),
    Byte(i8),
    Short(i16),
    Integer(i32),
    Long(i64),
    Bytes(Vec<u8>),
    Text(String),
    /// Milliseconds since 1970.
    Timestamp(i64),
    Uuid(Vec<u8>),
}

impl Frame {
    /// An event with this name.
    pub(super) fn event(name: &str, content_type: &str, payload: Vec<u8>) -> Self {
        Self::of("event", name, content_type, payload)
    }

    /// An exception with this name.
    pub(super) fn exception(name: &str, content_type: &str, payload: Vec<u8>) -> Self {
        Self::of("exception", name, content_type, payload)
    }

    fn of(kind: &str, name: &str, content_type: &str, payload: Vec<u8>) -> Self {
        let text = |name: &str, value: &str| (name.to_owned(), Header::Text(value.to_owned()));
        Self {
            headers: vec![
                text(":message-type", kind),
                text(&format!(":{kind}-type"), name),
                text(":content-type", content_type),
            ],
            payload,
        }
    }

    /// The bytes on the wire.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut headers = Vec::new();
        for (name, value) in &self.headers {
            headers.push(u8::try_from(name.len()).unwrap_or(u8::MAX));
            headers.extend(name.bytes());
            value.write(&mut headers);
        }
        let length = |length: usize| u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes();
        let mut bytes = length(16 + headers.len() + self.payload.len()).to_vec();
        bytes.extend(length(headers.len()));
        bytes.extend(crc32(&bytes).to_be_bytes());
        bytes.extend(headers);
        bytes.extend(&self.payload);
        bytes.extend(crc32(&bytes).to_be_bytes());
        bytes
    }

    /// All messages in some bytes; `None` if there is anything else.
    pub(super) fn all(mut bytes: &[u8]) -> Option<Vec<Self>> {
        let mut frames = Vec::new();
        while !bytes.is_empty() {
            let total = usize::try_from(u32::from_be_bytes(*bytes.first_chunk()?)).ok()?;
            let (frame, rest) = bytes.split_at_checked(total)?;
            frames.push(Self::one(frame)?);
            bytes = rest;
        }
        Some(frames)
    }

    fn one(frame: &[u8]) -> Option<Self> {
        let (content, checksum) = frame.split_last_chunk()?;
        let (prelude, content_after) = content.split_at_checked(8)?;
        let (prelude_checksum, content_after) = content_after.split_first_chunk()?;
        if crc32(content) != u32::from_be_bytes(*checksum)
            || crc32(prelude) != u32::from_be_bytes(*prelude_checksum)
        {
            return None;
        }
        let length = u32::from_be_bytes(*prelude.last_chunk()?);
        let (mut headers, payload) =
            content_after.split_at_checked(usize::try_from(length).ok()?)?;
        let mut frame = Self {
            headers: Vec::new(),
            payload: payload.to_vec(),
        };
        while let Some((length, rest)) = headers.split_first() {
            let (name, rest) = rest.split_at_checked((*length).into())?;
            let (value, rest) = Header::read(rest)?;
            frame
                .headers
                .push((String::from_utf8(name.to_vec()).ok()?, value));
            headers = rest;
        }
        Some(frame)
    }
}

impl Header {
    fn write(&self, out: &mut Vec<u8>) {
        let sized = |out: &mut Vec<u8>, bytes: &[u8]| {
            out.extend(u16::try_from(bytes.len()).unwrap_or(u16::MAX).to_be_bytes());
            out.extend(bytes);
        };
        match self {
            Self::Bool(value) => out.push(u8::from(!value)),
            Self::Byte(value) => out.extend([2, value.to_be_bytes()[0]]),
            Self::Short(value) => {
                out.push(3);
                out.extend(value.to_be_bytes());
            }
            Self::Integer(value) => {
                out.push(4);
                out.extend(value.to_be_bytes());
            }
            Self::Long(value) => {
                out.push(5);
                out.extend(value.to_be_bytes());
            }
            Self::Bytes(value) => {
                out.push(6);
                sized(out, value);
            }
            Self::Text(value) => {
                out.push(7);
                sized(out, value.as_bytes());
            }
            Self::Timestamp(value) => {
                out.push(8);
                out.extend(value.to_be_bytes());
            }
            Self::Uuid(value) => {
                out.push(9);
                out.extend(value);
            }
        }
    }

    fn read(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let (kind, rest) = bytes.split_first()?;
        Some(match kind {
            0 | 1 => (Self::Bool(*kind == 0), rest),
            2 => rest
                .split_first_chunk()
                .map(|(value, rest)| (Self::Byte(i8::from_be_bytes(*value)), rest))?,
            3 => rest
                .split_first_chunk()
                .map(|(value, rest)| (Self::Short(i16::from_be_bytes(*value)), rest))?,
            4 => rest
                .split_first_chunk()
                .map(|(value, rest)| (Self::Integer(i32::from_be_bytes(*value)), rest))?,
            5 => rest
                .split_first_chunk()
                .map(|(value, rest)| (Self::Long(i64::from_be_bytes(*value)), rest))?,
            8 => rest
                .split_first_chunk()
                .map(|(value, rest)| (Self::Timestamp(i64::from_be_bytes(*value)), rest))?,
            6 | 7 => {
                let (length, rest) = rest.split_first_chunk()?;
                let (value, rest) = rest.split_at_checked(u16::from_be_bytes(*length).into())?;
                match kind {
                    6 => (Self::Bytes(value.to_vec()), rest),
                    _ => (Self::Text(String::from_utf8(value.to_vec()).ok()?), rest),
                }
            }
            9 => {
                let (value, rest) = rest.split_at_checked(16)?;
                (Self::Uuid(value.to_vec()), rest)
            }
            _ => return None,
        })
    }
}

/// Its type and its value.
impl std::fmt::Display for Header {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Bool(value) => write!(f, "bool {value}"),
            Self::Byte(value) => write!(f, "byte {value}"),
            Self::Short(value) => write!(f, "short {value}"),
            Self::Integer(value) => write!(f, "integer {value}"),
            Self::Long(value) => write!(f, "long {value}"),
            Self::Bytes(value) => write!(f, "bytes {}", super::text::bytes(value)),
            Self::Text(value) => write!(f, "text {value}"),
            Self::Timestamp(value) => write!(f, "timestamp {value}"),
            Self::Uuid(value) => {
                f.write_str("uuid ")?;
                value.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }
    }
}

/// Messages as lines. The signature of an event is omitted, since it depends on the time, and so is its outer message.
pub(super) fn shown(frames: &[Frame]) -> String {
    let mut text = String::new();
    for frame in frames {
        let signature = |(name, _): &(String, Header)| name == ":chunk-signature";
        if frame.headers.iter().any(signature) {
            let inner = Frame::all(&frame.payload).unwrap_or_default();
            match inner.is_empty() {
                true => text.push_str("a signed end\n"),
                false => {
                    text.push_str("signed:\n");
                    text.push_str(&shown(&inner));
                }
            }
            continue;
        }
        text.push_str("a message\n");
        for (name, value) in &frame.headers {
            let _ = writeln!(text, "  {name}: {value}");
        }
        if !frame.payload.is_empty() {
            let _ = writeln!(text, "  {}", super::text::bytes(&frame.payload));
        }
    }
    text
}

/// The checksum of IEEE 802.3.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ (0xEDB8_8320 & (sum & 1).wrapping_neg())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{Frame, Header, crc32};

    #[test]
    fn a_message_is_read_as_it_was_written() {
        let mut frame = Frame::event("gust", "application/json", b"{}".to_vec());
        for (name, value) in [
            ("yes", Header::Bool(true)),
            ("small", Header::Byte(-7)),
            ("short", Header::Short(-300)),
            ("integer", Header::Integer(70_000)),
            ("long", Header::Long(1 << 53)),
            ("bytes", Header::Bytes(vec![0, 255])),
            ("when", Header::Timestamp(-1)),
            ("id", Header::Uuid(vec![7; 16])),
        ] {
            frame.headers.push((name.to_owned(), value));
        }
        let mut bytes = frame.bytes();
        assert_eq!(Frame::all(&bytes), Some(vec![frame]));
        bytes[20] ^= 1;
        assert_eq!(Frame::all(&bytes), None);
    }

    #[test]
    fn the_checksum_is_the_known_one() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    }
}
