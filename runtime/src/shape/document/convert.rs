//! Conversions from plain values to documents, and between documents and `serde_json::Value`.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use super::walk::DocumentBuilder;
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

impl From<Value> for Document {
    fn from(value: Value) -> Self {
        let mut document = DocumentBuilder::default();
        let mut open = Vec::new();
        let mut next = Some(value);
        // Converted level by level: neither this nor dropping the rest of the value recurses.
        loop {
            if let Some(value) = next.take() {
                match value {
                    Value::Null => document.value(Self::Null),
                    Value::Bool(value) => document.value(Self::Bool(value)),
                    Value::Number(value) => {
                        document.value(Self::Number(Number::from_json(&value.to_string())));
                    }
                    Value::String(value) => document.value(Self::String(value)),
                    Value::Array(items) => {
                        document.begin_array();
                        open.push(Open::Array(items.into_iter()));
                    }
                    Value::Object(members) => {
                        document.begin_object();
                        open.push(Open::Object(members.into_iter()));
                    }
                }
            }
            next = match open.last_mut() {
                None => return document.finish(),
                Some(Open::Array(items)) => items.next(),
                Some(Open::Object(members)) => members.next().map(|(name, value)| {
                    document.name(name);
                    value
                }),
            };
            if next.is_none() {
                document.end();
                open.pop();
            }
        }
    }
}

/// A list or an object that is being converted.
enum Open {
    Array(std::vec::IntoIter<Value>),
    Object(serde_json::map::IntoIter),
}

impl TryFrom<Document> for Value {
    type Error = DocumentValueError;

    /// # Errors
    /// The document has a number that `serde_json`, as it is configured in the build, cannot hold with all its digits,
    /// or lists and objects nested more than 127 levels deep: `serde_json` reads no more, and drops its values by
    /// recursion.
    fn try_from(document: Document) -> Result<Self, Self::Error> {
        to_value(&document, 0)
    }
}

/// How deep the lists and objects of a `serde_json::Value` may be nested.
const MAX_DEPTH: u32 = 127;

fn to_value(document: &Document, depth: u32) -> Result<Value, DocumentValueError> {
    Ok(match document {
        Document::Null => Value::Null,
        Document::Bool(value) => Value::Bool(*value),
        Document::Number(number) => match serde_json::from_str(number.as_str()) {
            Ok(Value::Number(same)) if Number::from_json(&same.to_string()) == *number => {
                Value::Number(same)
            }
            _ => return Err(DocumentValueError(Reason::Number(number.clone()))),
        },
        Document::String(value) => Value::String(value.clone()),
        Document::Array(_) | Document::Object(_) if depth == MAX_DEPTH => {
            return Err(DocumentValueError(Reason::Depth));
        }
        Document::Array(items) => {
            let items = items.iter().map(|item| to_value(item, depth + 1));
            Value::Array(items.collect::<Result<_, _>>()?)
        }
        Document::Object(members) => {
            let members = members
                .iter()
                .map(|(name, value)| Ok((name.clone(), to_value(value, depth + 1)?)));
            Value::Object(members.collect::<Result<_, DocumentValueError>>()?)
        }
    })
}

/// A document that a `serde_json::Value` cannot hold: one with a number of more digits, or with too many levels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentValueError(Reason);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Reason {
    Number(Number),
    Depth,
}

impl fmt::Display for DocumentValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Reason::Number(number) => write!(
                f,
                "the number {number} has more digits than the other type can hold"
            ),
            Reason::Depth => write!(
                f,
                "lists and objects are nested more than {MAX_DEPTH} levels deep"
            ),
        }
    }
}

impl std::error::Error for DocumentValueError {}
