//! What reads a value, and what can be read by it: the half of the seam to protocols that reads responses.

use std::borrow::Cow;

use super::{Blob, Document, ReadError, Timestamp, TimestampFormat};

/// What reading gives: the value, nothing where it goes into a place of its own, or why it could not be read.
pub type ReadResult<T = ()> = Result<T, ReadError>;

/// The usual form of a value; the default of the parameter of [`ReadValue`] and [`WriteValue`](super::WriteValue).
#[derive(Clone, Copy, Debug)]
pub enum Natural {}

/// A value somewhere in a response, to be read once, as what the model says it is.
pub trait ShapeReader {
    /// Reads a structure: calls [`ReadStructure::read_member`] for each member whose value is not null.
    fn structure(&mut self, into: &mut dyn ReadStructure) -> Result<(), ReadError>;

    /// Reads a union: calls `variant` for the one member whose value is not null. None or several: an error.
    fn union(&mut self, variant: &mut VariantFn<'_>) -> Result<(), ReadError>;

    /// Reads a list: calls `item` for each item, with `None` for null.
    fn list(&mut self, item: &mut ItemFn<'_>) -> Result<(), ReadError>;

    /// Reads a map: calls `entry` for each entry, with `None` for a null value.
    fn map(&mut self, entry: &mut EntryFn<'_>) -> Result<(), ReadError>;

    /// Reads a string and hands it to `take`, owned if it had to be decoded.
    fn string(&mut self, take: &mut dyn FnMut(Cow<'_, str>)) -> Result<(), ReadError>;

    /// Reads a boolean.
    fn boolean(&mut self) -> Result<bool, ReadError>;

    /// Reads an integer of up to 64 bits.
    fn integer(&mut self) -> Result<i64, ReadError>;

    /// Reads a number, or `NaN`, `Infinity` or `-Infinity` in the protocol's way.
    fn float(&mut self) -> Result<f64, ReadError>;

    /// The same to 32 bits, rounded once: the nearest of 64 bits need not have the same nearest of 32.
    fn float32(&mut self) -> Result<f32, ReadError>;

    /// Reads bytes.
    fn blob(&mut self) -> Result<Blob, ReadError>;

    /// Reads a point in time in `format`, or in the protocol's default for the place.
    fn timestamp(&mut self, format: Option<TimestampFormat>) -> Result<Timestamp, ReadError>;

    /// Reads a value without a schema.
    fn document(&mut self) -> Result<Document, ReadError>;

    /// Passes over a value.
    fn skip(&mut self) -> Result<(), ReadError>;
}

/// What reads a union's one member, given its name.
pub type VariantFn<'a> = dyn FnMut(&str, &mut dyn ShapeReader) -> Result<(), ReadError> + 'a;

/// What reads an item of a list; `None` is null.
pub type ItemFn<'a> = dyn FnMut(Option<&mut dyn ShapeReader>) -> Result<(), ReadError> + 'a;

/// What reads an entry of a map, given its key; `None` is null.
pub type EntryFn<'a> =
    dyn FnMut(Cow<'_, str>, Option<&mut dyn ShapeReader>) -> Result<(), ReadError> + 'a;

impl dyn ShapeReader + '_ {
    /// Reads a value in its usual form.
    ///
    /// # Errors
    /// If the value is not what `T` can be read from.
    pub fn value<T: ReadValue>(&mut self) -> Result<T, ReadError> {
        T::read(self)
    }

    /// Reads a value in the form that the marker `A` names, such as [`DateTime`](crate::DateTime).
    ///
    /// # Errors
    /// If the value is not what `T` can be read from.
    pub fn value_as<A, T: ReadValue<A>>(&mut self) -> Result<T, ReadError> {
        T::read(self)
    }

    /// Reads a member of a structure into its field.
    ///
    /// # Errors
    /// If the value is not what `T` can be read from.
    pub fn member<T: ReadValue>(&mut self, into: &mut Option<T>) -> ReadResult {
        T::read_into(into, self)
    }

    /// Reads a member into its field, from the form that the marker `A` names.
    ///
    /// # Errors
    /// If the value is not what `T` can be read from.
    pub fn member_as<A, T: ReadValue<A>>(&mut self, into: &mut Option<T>) -> ReadResult {
        T::read_into(into, self)
    }

    /// Reads a member that holds its own kind, directly or not.
    ///
    /// # Errors
    /// If the value is not what `T` can be read from.
    pub fn boxed<T: ReadValue>(&mut self, into: &mut Option<Box<T>>) -> ReadResult {
        let value = T::read(self)?;
        *into = Some(Box::new(value));
        Ok(())
    }
}

/// A structure that can be read member by member.
pub trait ReadStructure {
    /// Reads the member called `member` on the wire, or skips it if the structure knows none of that name.
    ///
    /// # Errors
    /// If the member's value is not what the model says.
    fn read_member(&mut self, member: &str, reader: &mut dyn ShapeReader) -> Result<(), ReadError>;
}

/// A union that can be read.
pub trait ReadUnion: Sized {
    /// Reads the variant called `member` on the wire.
    ///
    /// # Errors
    /// If the value is not what the model says.
    fn read_variant(member: &str, reader: &mut dyn ShapeReader) -> Result<Self, ReadError>;
}

/// A value that can be read, in the form that `A` names.
pub trait ReadValue<A = Natural>: Sized {
    /// Reads the value.
    ///
    /// # Errors
    /// If what is there is not what the model says.
    fn read(reader: &mut dyn ShapeReader) -> Result<Self, ReadError>;

    /// Reads the value to where it is to be. After an error, what is there has no meaning.
    ///
    /// # Errors
    /// If what is there is not what the model says.
    fn read_into(into: &mut Option<Self>, reader: &mut dyn ShapeReader) -> ReadResult {
        match Self::read(reader) {
            Ok(value) => {
                *into = Some(value);
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// What a null in a list or map becomes; `None`: the item or entry is dropped.
    fn null() -> Option<Self> {
        None
    }
}
