//! Decodes messages from bytes, in pieces of any size: no I/O.
//!
//! A message is a prelude (its length, the length of its headers, a CRC of both), headers, payload, and a CRC of
//! everything before it; numbers are big-endian, and the CRC is CRC-32 (ISO-HDLC).

use bytes::{Buf, Bytes, BytesMut};
use std::fmt;

use super::message::{HeaderValue, Message};

/// Total length, length of the headers, CRC of both.
pub(super) const PRELUDE: usize = 12;
/// The size of a message without headers and payload.
pub(super) const FRAME: usize = PRELUDE + 4;
/// The largest size of the headers of a message, in bytes.
pub const MAX_HEADERS: usize = 128 << 10;
/// The largest size of the payload of a message, in bytes.
pub const MAX_PAYLOAD: usize = 16 << 20;

/// Accepts bytes and returns messages. It holds at most one message and the bytes that came with its end.
#[derive(Debug, Default)]
pub struct Decoder(BytesMut);

impl Decoder {
    /// Adds the next bytes; to be called when [`next_message`](Self::next_message) returned `None`.
    pub fn push(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// The next message, if all of it is there.
    ///
    /// # Errors
    /// The bytes are not a message. The start of the next message cannot be found, so the stream cannot be read any
    /// further.
    pub fn next_message(&mut self) -> Result<Option<Message>, DecodeError> {
        let Some(total) = self.length()? else {
            return Ok(None);
        };
        if self.0.len() < total {
            // At most the size that the CRC of the prelude confirms, and within the limits.
            self.0.reserve(total - self.0.len());
            return Ok(None);
        }
        message(self.0.split_to(total).freeze()).map(Some)
    }

    /// The number of bytes of an incomplete message.
    #[must_use]
    pub fn pending(&self) -> usize {
        self.0.len()
    }

    /// The length of the next message, checked.
    fn length(&self) -> Result<Option<usize>, DecodeError> {
        let mut prelude = match self.0.get(..PRELUDE) {
            Some(prelude) => prelude,
            None => return Ok(None),
        };
        let of_lengths = crc32fast::hash(prelude.get(..PRELUDE - 4).unwrap_or_default());
        let (total, headers, crc) = (prelude.get_u32(), prelude.get_u32(), prelude.get_u32());
        if crc != of_lengths {
            return Err(DecodeError::new(format!(
                "the checksum of the prelude is {crc:08x}, and {of_lengths:08x} was expected"
            )));
        }
        let (total, headers) = (total as usize, headers as usize);
        let payload = total.checked_sub(FRAME + headers);
        match payload {
            Some(payload) if payload <= MAX_PAYLOAD && headers <= MAX_HEADERS => Ok(Some(total)),
            _ => Err(DecodeError::new(format!(
                "expected up to {MAX_HEADERS} bytes of headers and {MAX_PAYLOAD} of payload, found a message of {total} bytes with {headers} bytes of headers"
            ))),
        }
    }
}

/// A complete message, whose prelude was checked.
fn message(mut bytes: Bytes) -> Result<Message, DecodeError> {
    let mut end = bytes.split_off(bytes.len().saturating_sub(4));
    let (found, expected) = (crc32fast::hash(&bytes), end.get_u32());
    if found != expected {
        return Err(DecodeError::new(format!(
            "the checksum of the message is {expected:08x}, and {found:08x} is right"
        )));
    }
    let mut prelude = bytes.split_to(PRELUDE.min(bytes.len()));
    prelude.advance(4);
    let length = prelude.try_get_u32().unwrap_or_default() as usize;
    let mut rest = bytes.split_to(length.min(bytes.len()));
    let mut headers = Vec::new();
    while !rest.is_empty() {
        headers.push(header(&mut rest)?);
    }
    Ok(Message {
        headers,
        payload: bytes,
    })
}

fn header(rest: &mut Bytes) -> Result<(String, HeaderValue), DecodeError> {
    let length = rest.try_get_u8().map_err(cut)?;
    if length == 0 {
        return Err(DecodeError::new("a header has no name"));
    }
    let name = text(take(rest, length.into())?)?;
    let value = match rest.try_get_u8().map_err(cut)? {
        0 => HeaderValue::Bool(true),
        1 => HeaderValue::Bool(false),
        2 => HeaderValue::Byte(rest.try_get_i8().map_err(cut)?),
        3 => HeaderValue::Short(rest.try_get_i16().map_err(cut)?),
        4 => HeaderValue::Integer(rest.try_get_i32().map_err(cut)?),
        5 => HeaderValue::Long(rest.try_get_i64().map_err(cut)?),
        6 => HeaderValue::Bytes(counted(rest)?),
        7 => HeaderValue::String(text(counted(rest)?)?),
        8 => HeaderValue::Timestamp(rest.try_get_i64().map_err(cut)?),
        9 => HeaderValue::Uuid(rest.try_get_u128().map_err(cut)?.to_be_bytes()),
        other => {
            return Err(DecodeError::new(format!(
                "expected a type of header from 0 to 9, found {other} for {name:?}"
            )));
        }
    };
    Ok((name, value))
}

fn counted(rest: &mut Bytes) -> Result<Bytes, DecodeError> {
    let length = rest.try_get_u16().map_err(cut)?;
    take(rest, length.into())
}

fn take(rest: &mut Bytes, length: usize) -> Result<Bytes, DecodeError> {
    if length > rest.len() {
        return Err(DecodeError::new(CUT));
    }
    Ok(rest.split_to(length))
}

fn text(bytes: Bytes) -> Result<String, DecodeError> {
    String::from_utf8(bytes.into()).map_err(|_| DecodeError::new("a header is not UTF-8"))
}

const CUT: &str = "the headers end within a header";

fn cut(_: bytes::TryGetError) -> DecodeError {
    DecodeError::new(CUT)
}

/// Bytes that are not a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError(String);

impl DecodeError {
    fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format_args!("not a message of an event stream: {}", self.0);
        crate::shape::print(f, &text)
    }
}

impl std::error::Error for DecodeError {}
