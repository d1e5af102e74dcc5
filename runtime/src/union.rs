//! Unions: an object with exactly one member, which may be one that this version of the crate does not know.

use crate::{Document, ReadError, ReadUnion, ShapeReader, ShapeWriter};

/// A union's member that this version of the crate does not know, as the service sent it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct UnknownMember {
    /// The member's name on the wire.
    pub name: String,
    /// The member's value.
    pub value: Document,
}

impl UnknownMember {
    /// A member with this name and value.
    #[must_use]
    pub fn new(name: impl Into<String>, value: impl Into<Document>) -> Self {
        Self {
            name: name.into(),
            value: value.into(),
        }
    }

    /// Reads the member `name`, whatever its value is.
    ///
    /// # Errors
    /// If the value cannot be read at all.
    pub fn read(name: &str, reader: &mut dyn ShapeReader) -> Result<Self, ReadError> {
        Ok(Self {
            name: name.to_owned(),
            value: reader.document()?,
        })
    }

    /// Writes the member as it was read.
    pub fn write(&self, writer: &mut dyn ShapeWriter) {
        writer.member(&self.name, &self.value);
    }
}

/// Reads a union.
///
/// # Errors
/// If there is not exactly one member, or if its value is not what the model says.
pub fn read_union<T: ReadUnion>(reader: &mut dyn ShapeReader) -> Result<T, ReadError> {
    let mut value = None;
    reader.union(&mut |member, reader| {
        value = Some(T::read_variant(member, reader)?);
        Ok(())
    })?;
    value.ok_or_else(|| ReadError::expected("a union with one member", "none"))
}

/// Makes a union a value: `union_value!(Type)` for both directions, `union_value!(Type: read)` or
/// `union_value!(Type: write)` for one.
#[macro_export]
macro_rules! union_value {
    ($type:ident) => {
        $crate::union_value!($type: read);
        $crate::union_value!($type: write);
    };
    ($type:ident: read) => {
        impl $crate::ReadValue for $type {
            fn read(reader: &mut dyn $crate::ShapeReader) -> Result<Self, $crate::ReadError> {
                $crate::__private::read_union(reader)
            }
        }
    };
    // On the wire a union is a structure with one member.
    ($type:ident: write) => {
        impl $crate::WriteStructure for $type {
            fn write_members(&self, writer: &mut dyn $crate::ShapeWriter) {
                $crate::WriteUnion::write_variant(self, writer);
            }
        }
    };
}
