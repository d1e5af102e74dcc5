//! Page tokens of services: strings in most operations, numbers or maps in some.

use std::fmt;

use serde_json::Value;

use super::token_writer::TokenWriter;
use crate::codec::{Codec as _, Json};
use crate::shape::{Member, ReadError, ReadPlace, ReadValue, WriteValue};

/// The descriptor of the member with a token: it has no name in a resume token.
const TOKEN: Member = Member::new("");

/// A page token, as the value of a member of an input or output.
///
/// Only implementations of [`Paginated`](super::Paginated) use it; callers use [`ResumeToken`](super::ResumeToken)s.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    json: Value,
    blobs: Vec<Vec<Value>>,
}

impl Token {
    /// The token in a member: a string, an enum, an integer, or a map of structures or unions. `None` if it is unset.
    #[must_use]
    pub fn of(member: &dyn WriteValue) -> Option<Self> {
        if member.is_none() {
            return None;
        }
        let mut writer = TokenWriter::default();
        member.write(&TOKEN, &mut writer);
        let (json, blobs) = writer.finish()?;
        Some(Self { json, blobs })
    }

    /// The value for a member.
    ///
    /// # Errors
    /// The token does not have the member's type. It may be from outside, in a resume token.
    pub fn read<T: ReadValue>(self) -> Result<T, TokenError> {
        let mut value: Option<T> = None;
        let json = self.json.to_string();
        Json::Value
            .read(json.as_bytes(), &mut |reader| {
                value.read_place(&TOKEN, reader)
            })
            .map_err(|error| TokenError(error.anywhere()))?;
        value.ok_or_else(|| TokenError(ReadError::new("expected a value, found null")))
    }

    pub(super) fn from_json(json: Value) -> Self {
        Self {
            json,
            blobs: Vec::new(),
        }
    }

    /// The value; binary values in it are base64.
    pub(super) fn json(&self) -> &Value {
        &self.json
    }

    /// The paths, of keys and indices, to the binary values.
    pub(super) fn blobs(&self) -> &[Vec<Value>] {
        &self.blobs
    }

    /// Whether it is one of the values that services send for "no token": an empty text or map, or the number 0.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match &self.json {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Number(number) => number.as_i64() == Some(0),
            Value::Array(values) => values.is_empty(),
            Value::Object(members) => members.is_empty(),
            Value::Bool(_) => false,
        }
    }
}

/// Shows the token as JSON, shortened.
impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const LONG: usize = 60;
        let text = self.json.to_string();
        match text.char_indices().nth(LONG) {
            Some((end, _)) => write!(f, "{}…", text.get(..end).unwrap_or_default()),
            None => f.write_str(&text),
        }
    }
}

/// A page token that does not have the type of its member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenError(ReadError);

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for TokenError {}
