//! The seam between shapes and protocols.
//!
//! A shape says once how it is read and how it is written, against [`ShapeReader`] and [`ShapeWriter`]; a protocol
//! implements those two. Both are object-safe, so that the bodies in generated code are compiled once, not once a
//! protocol.

use std::borrow::Cow;

use crate::{Blob, BuildError, Document, ReadError, Timestamp, TimestampFormat};

/// What reading gives: the value, nothing where it goes into a place of its own, or why it could not be read.
pub type ReadResult<T = ()> = Result<T, ReadError>;

/// The usual form of a value; the default of the parameter of [`ReadValue`] and [`WriteValue`].
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

/// Where a request's values go, one after the other.
///
/// The first error stays and everything after it is without effect, so that generated code needs no `?`.
pub trait ShapeWriter {
    /// Begins a structure or a union; its members follow, each as [`key`](Self::key) and a value.
    fn begin_structure(&mut self);
    /// Ends the structure begun last.
    fn end_structure(&mut self);
    /// Begins a list; its items follow, as values.
    fn begin_list(&mut self);
    /// Ends the list begun last.
    fn end_list(&mut self);
    /// Begins a map; its entries follow, each as [`key`](Self::key) and a value.
    fn begin_map(&mut self);
    /// Ends the map begun last.
    fn end_map(&mut self);
    /// Writes the name of the member, or the key of the entry, whose value follows.
    fn key(&mut self, key: &str);
    /// Writes the null of a sparse list or map.
    fn null(&mut self);
    /// Writes a string.
    fn string(&mut self, value: &str);
    /// Writes a boolean.
    fn boolean(&mut self, value: bool);
    /// Writes an integer.
    fn integer(&mut self, value: i64);
    /// Writes a number of 64 bits.
    fn float(&mut self, value: f64);
    /// Writes a number of 32 bits, with no more digits than that takes.
    fn float32(&mut self, value: f32);
    /// Writes bytes.
    fn blob(&mut self, value: &Blob);
    /// Writes a point in time in `format`, or in the protocol's default for the place.
    fn timestamp(&mut self, value: Timestamp, format: Option<TimestampFormat>);
    /// Writes a value without a schema.
    fn document(&mut self, value: &Document);
    /// The first error, if there was one.
    fn failure(&mut self) -> &mut Option<BuildError>;
}

impl dyn ShapeWriter + '_ {
    /// Writes a member of a structure; nothing if it is unset.
    pub fn member(&mut self, name: &str, value: &dyn WriteValue) {
        self.member_as(name, value);
    }

    /// Writes a member in the form that the marker `A` names; nothing if it is unset.
    pub fn member_as<A>(&mut self, name: &str, value: &dyn WriteValue<A>) {
        if !value.is_none() {
            self.key(name);
            self.nested(&mut |writer| value.write(writer), &|error| {
                error.in_member(name)
            });
        }
    }

    /// Writes a member that must be set; unset, it is an error that names it.
    pub fn required(&mut self, name: &str, value: &dyn WriteValue) {
        self.required_as(name, value);
    }

    /// Writes a member that must be set, in the form that the marker `A` names.
    pub fn required_as<A>(&mut self, name: &str, value: &dyn WriteValue<A>) {
        if value.is_none() {
            self.fail(BuildError::unset(name));
        }
        self.member_as(name, value);
    }

    /// Writes an idempotency token: a fresh UUID (version 4) if it is unset.
    pub fn idempotency_token(&mut self, name: &str, value: &Option<String>) {
        match value {
            Some(_) => self.member(name, value),
            None => self.member(name, &uuid::Uuid::new_v4().to_string()),
        }
    }

    /// Notes an error; the first one stays.
    pub fn fail(&mut self, error: BuildError) {
        self.failure().get_or_insert(error);
    }

    /// Writes what is one step down and adds that step to the path of an error from there.
    pub(crate) fn nested(
        &mut self,
        write: &mut dyn FnMut(&mut dyn ShapeWriter),
        step: &dyn Fn(BuildError) -> BuildError,
    ) {
        let failed_before = self.failure().is_some();
        write(self);
        if !failed_before {
            let failure = self.failure();
            *failure = failure.take().map(step);
        }
    }
}

/// A structure that can be written member by member.
pub trait WriteStructure {
    /// Writes the members that are set.
    fn write_members(&self, writer: &mut dyn ShapeWriter);
}

/// A union that can be written.
pub trait WriteUnion {
    /// Writes the one member that it holds.
    fn write_variant(&self, writer: &mut dyn ShapeWriter);
}

/// A value that can be written, in the form that `A` names.
pub trait WriteValue<A = Natural> {
    /// Writes the value.
    fn write(&self, writer: &mut dyn ShapeWriter);

    /// Whether there is nothing to write.
    fn is_none(&self) -> bool {
        false
    }
}
