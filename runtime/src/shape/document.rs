//! Values without a schema: Smithy's document type.

mod convert;
mod number;
mod walk;

use std::collections::BTreeMap;
use std::mem;

pub use convert::DocumentValueError;
pub use number::Number;
pub(crate) use number::number_at_start;
pub(crate) use walk::{DocumentBuilder, Step, Walk};

/// A value without a schema: anything that JSON can express.
///
/// It may be nested as deeply as memory allows: cloning, comparing, writing and dropping do not recurse. For that it
/// implements `Drop`, so a value is moved out of it by a method such as [`into_array`](Self::into_array), not by a
/// pattern.
#[derive(Default)]
pub enum Document {
    /// Null.
    #[default]
    Null,
    /// A boolean.
    Bool(bool),
    /// A number of any size and precision.
    Number(Number),
    /// A string.
    String(String),
    /// A list.
    Array(Vec<Document>),
    /// An object; its members are sorted by name.
    Object(BTreeMap<String, Document>),
}

impl Document {
    /// The member `name` of an object.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.as_object().and_then(|members| members.get(name))
    }

    /// Whether this is null.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The boolean, if this is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The number, if this is one.
    #[must_use]
    pub fn as_number(&self) -> Option<&Number> {
        match self {
            Self::Number(value) => Some(value),
            _ => None,
        }
    }

    /// The text, if this is a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(value) => Some(value),
            _ => None,
        }
    }

    /// The items, if this is a list.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Self]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The members, if this is an object.
    #[must_use]
    pub fn as_object(&self) -> Option<&BTreeMap<String, Self>> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The text, if this is a string.
    ///
    /// # Errors
    /// The document, if it is something else.
    pub fn into_string(mut self) -> Result<String, Self> {
        match &mut self {
            Self::String(value) => Ok(mem::take(value)),
            _ => Err(self),
        }
    }

    /// The items, if this is a list.
    ///
    /// # Errors
    /// The document, if it is something else.
    pub fn into_array(mut self) -> Result<Vec<Self>, Self> {
        match &mut self {
            Self::Array(items) => Ok(mem::take(items)),
            _ => Err(self),
        }
    }

    /// The members, if this is an object.
    ///
    /// # Errors
    /// The document, if it is something else.
    pub fn into_object(mut self) -> Result<BTreeMap<String, Self>, Self> {
        match &mut self {
            Self::Object(members) => Ok(mem::take(members)),
            _ => Err(self),
        }
    }
}
