//! From plain values to documents, and between documents and `serde_json::Value`.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use super::{Document, Number};

macro_rules! from_integers {
    ($($integer:ty),*) => {$(
        impl From<$integer> for Document {
            fn from(value: $integer) -> Self {
                Self::Number(value.into())
            }
        }
    )*};
}

from_integers!(i8, i16, i32, i64, u8, u16, u32, u64);

impl From<bool> for Document {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<Number> for Document {
    fn from(value: Number) -> Self {
        Self::Number(value)
    }
}

impl From<&str> for Document {
    fn from(value: &str) -> Self {
        Self::String(value.to_owned())
    }
}

impl From<String> for Document {
    fn from(value: String) -> Self {
        Self::String(value)
    }
}

impl<T: Into<Document>> From<Vec<T>> for Document {
    fn from(items: Vec<T>) -> Self {
        Self::Array(items.into_iter().map(Into::into).collect())
    }
}

impl<T: Into<Document>> From<BTreeMap<String, T>> for Document {
    fn from(members: BTreeMap<String, T>) -> Self {
        Self::Object(
            members
                .into_iter()
                .map(|(name, value)| (name, value.into()))
                .collect(),
        )
    }
}

impl<T: Into<Document>> From<Option<T>> for Document {
    /// `None` is null.
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl From<Value> for Document {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(value),
            Value::Number(value) => Self::Number(Number::from_json(&value.to_string())),
            Value::String(value) => Self::String(value),
            Value::Array(items) => Self::Array(items.into_iter().map(Self::from).collect()),
            Value::Object(members) => Self::Object(
                members
                    .into_iter()
                    .map(|(name, value)| (name, value.into()))
                    .collect(),
            ),
        }
    }
}

impl TryFrom<Document> for Value {
    type Error = DocumentNumberError;

    /// Fails only for a number that `serde_json`, as it is configured in the build, cannot hold with all its digits.
    fn try_from(document: Document) -> Result<Self, Self::Error> {
        Ok(match document {
            Document::Null => Self::Null,
            Document::Bool(value) => Self::Bool(value),
            Document::Number(number) => match serde_json::from_str(number.as_str()) {
                Ok(Self::Number(same)) if Number::from_json(&same.to_string()) == number => {
                    Self::Number(same)
                }
                _ => return Err(DocumentNumberError(number)),
            },
            Document::String(value) => Self::String(value),
            Document::Array(items) => Self::Array(
                items
                    .into_iter()
                    .map(Self::try_from)
                    .collect::<Result<_, _>>()?,
            ),
            Document::Object(members) => Self::Object(
                members
                    .into_iter()
                    .map(|(name, value)| Ok((name, Self::try_from(value)?)))
                    .collect::<Result<_, Self::Error>>()?,
            ),
        })
    }
}

/// A number with more digits than the other type can hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentNumberError(Number);

impl fmt::Display for DocumentNumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the number {} has more digits than the other type can hold",
            self.0
        )
    }
}

impl std::error::Error for DocumentNumberError {}
