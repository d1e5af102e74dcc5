//! Encodes messages as bytes: no I/O.

use bytes::{BufMut, Bytes, BytesMut};

use super::decode::{FRAME, MAX_HEADERS, MAX_PAYLOAD, PRELUDE};
use super::message::{HeaderValue, Message};
use crate::shape::BuildError;

impl Message {
    /// The message on the wire.
    ///
    /// # Errors
    /// A header's name is empty or longer than 255 bytes, its value is longer than 65,535 bytes, or the message is
    /// larger than receivers accept: 128 KiB of headers, 16 MiB of payload.
    pub fn encode(&self) -> Result<Bytes, BuildError> {
        let headers = encode_headers(&self.headers)?;
        if self.payload.len() > MAX_PAYLOAD {
            return Err(BuildError::new(format!(
                "expected up to {MAX_PAYLOAD} bytes as an event's payload, found {}",
                self.payload.len()
            )));
        }
        let total = FRAME + headers.len() + self.payload.len();
        let mut out = BytesMut::with_capacity(total);
        out.put_u32(length(total)?);
        out.put_u32(length(headers.len())?);
        debug_assert_eq!(out.len(), PRELUDE - 4);
        out.put_u32(crc32fast::hash(&out));
        out.put_slice(&headers);
        out.put_slice(&self.payload);
        out.put_u32(crc32fast::hash(&out));
        Ok(out.freeze())
    }
}

fn length(bytes: usize) -> Result<u32, BuildError> {
    u32::try_from(bytes).map_err(|error| BuildError::new(error.to_string()))
}

/// Only headers: the part of a message that its signature covers.
pub(crate) fn encode_headers(headers: &[(String, HeaderValue)]) -> Result<Bytes, BuildError> {
    let mut out = BytesMut::new();
    for (name, value) in headers {
        match u8::try_from(name.len()) {
            Ok(length @ 1..) => out.put_u8(length),
            _ => {
                let message = "expected a name of 1 to 255 bytes for a header of an event";
                return Err(BuildError::new(message).in_member(name));
            }
        }
        out.put_slice(name.as_bytes());
        match value {
            HeaderValue::Bool(true) => out.put_u8(0),
            HeaderValue::Bool(false) => out.put_u8(1),
            HeaderValue::Byte(value) => {
                out.put_u8(2);
                out.put_i8(*value);
            }
            HeaderValue::Short(value) => {
                out.put_u8(3);
                out.put_i16(*value);
            }
            HeaderValue::Integer(value) => {
                out.put_u8(4);
                out.put_i32(*value);
            }
            HeaderValue::Long(value) => {
                out.put_u8(5);
                out.put_i64(*value);
            }
            HeaderValue::Bytes(value) => counted(&mut out, 6, name, value)?,
            HeaderValue::String(value) => counted(&mut out, 7, name, value.as_bytes())?,
            HeaderValue::Timestamp(millis) => {
                out.put_u8(8);
                out.put_i64(*millis);
            }
            HeaderValue::Uuid(value) => {
                out.put_u8(9);
                out.put_slice(value);
            }
        }
    }
    if out.len() > MAX_HEADERS {
        return Err(BuildError::new(format!(
            "expected up to {MAX_HEADERS} bytes of an event's headers, found {}",
            out.len()
        )));
    }
    Ok(out.freeze())
}

fn counted(out: &mut BytesMut, kind: u8, name: &str, value: &[u8]) -> Result<(), BuildError> {
    let length = u16::try_from(value.len()).map_err(|_| {
        let message = format!(
            "expected up to 65535 bytes in a header of an event, found {}",
            value.len()
        );
        BuildError::new(message).in_member(name)
    })?;
    out.put_u8(kind);
    out.put_u16(length);
    out.put_slice(value);
    Ok(())
}
