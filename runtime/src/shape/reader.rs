//! Reading shapes: a shape pulls its members from a [`ShapeReader`], which a codec implements.
//!
//! The trait is object-safe and independent of text and bytes. The loops over members, items and entries are here,
//! once, and are not generic: generated code adds a table and a list of places for each structure.

use std::borrow::Cow;

use super::blob::Blob;
use super::document::Document;
use super::member::Member;
use super::read_error::ReadError;
use super::timestamp::Timestamp;

/// The result of reading: the value, `()` where the value is stored in place, or the error.
pub type ReadResult<T = ()> = Result<T, ReadError>;

/// A value in a message, which is read once, as its type in the model.
///
/// After `begin_…` the reader is in a structure or a collection; `next_…` goes to the next value there, which must then
/// be read or skipped, until there is none left.
pub trait ShapeReader {
    /// Enters a structure or a union.
    ///
    /// # Errors
    /// If the value is of another kind, or nested too deep.
    fn begin_structure(&mut self) -> ReadResult;

    /// Goes to the next member whose value is not null. `expected` is the index in `members` that is tried first.
    ///
    /// # Errors
    /// If the message is not well-formed there.
    fn next_member(&mut self, members: &[Member], expected: usize) -> ReadResult<NextMember>;

    /// The name of the member that [`next_member`](Self::next_member) found last.
    fn member_name(&self) -> Cow<'_, str>;

    /// Enters a list and returns how many items it announces, 0 if it does not. One without an element of its own (see
    /// [`Member::flattened`]) has one item at a time.
    ///
    /// # Errors
    /// If the value is of another kind, or nested too deep.
    fn begin_list(&mut self, member: &Member) -> ReadResult<usize>;

    /// Goes to the next item.
    ///
    /// # Errors
    /// If the message is not well-formed there.
    fn next_item(&mut self) -> ReadResult<NextItem>;

    /// Enters a map. One without an element of its own (see [`Member::flattened`]) has one entry at a time.
    ///
    /// # Errors
    /// If the value is of another kind, or nested too deep.
    fn begin_map(&mut self, member: &Member) -> ReadResult;

    /// Goes to the value of the next entry and returns its key.
    ///
    /// # Errors
    /// If the message is not well-formed there.
    fn next_entry(&mut self) -> ReadResult<NextEntry>;

    /// Reads a string; it is owned if it had to be decoded.
    ///
    /// # Errors
    /// If the value is of another kind.
    fn string(&mut self) -> ReadResult<Cow<'_, str>>;

    /// Reads a boolean.
    ///
    /// # Errors
    /// If the value is of another kind.
    fn boolean(&mut self) -> ReadResult<bool>;

    /// Reads an integer of up to 64 bits.
    ///
    /// # Errors
    /// If the value is of another kind, has a fraction, or needs more than 64 bits.
    fn integer(&mut self) -> ReadResult<i64>;

    /// Reads a number, or `NaN`, `Infinity` or `-Infinity` in the protocol's form.
    ///
    /// # Errors
    /// If the value is of another kind or out of range.
    fn float(&mut self) -> ReadResult<f64>;

    /// Reads a number of 32 bits. It is rounded once: rounding to 64 bits first could give another result.
    ///
    /// # Errors
    /// If the value is of another kind or out of range.
    fn float32(&mut self) -> ReadResult<f32>;

    /// Reads bytes.
    ///
    /// # Errors
    /// If the value is of another kind, or its text does not encode bytes.
    fn blob(&mut self) -> ReadResult<Blob>;

    /// Reads a point in time, in any of the formats.
    ///
    /// # Errors
    /// If the value is of another kind or out of range.
    fn timestamp(&mut self) -> ReadResult<Timestamp>;

    /// Reads a value without a schema.
    ///
    /// # Errors
    /// If the value is not well-formed, or nested too deep.
    fn document(&mut self) -> ReadResult<Document>;

    /// Skips a value of any depth.
    ///
    /// # Errors
    /// If the value is not well-formed.
    fn skip(&mut self) -> ReadResult;
}

/// What comes next in a structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextMember {
    /// The member with this index in the table.
    Known(usize),
    /// A member that is not in the table.
    Unknown,
    /// Nothing: the structure has ended, and the reader is after it.
    End,
}

/// What comes next in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextItem {
    /// An item, to be read.
    Value,
    /// A null, which has been read.
    Null,
    /// Nothing: the list has ended, and the reader is after it.
    End,
}

/// What comes next in a map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextEntry {
    /// An entry with this key; its value is to be read.
    Value(String),
    /// An entry with this key and null as its value, which has been read.
    Null(String),
    /// Nothing: the map has ended, and the reader is after it.
    End,
}

/// A structure that can be read. [`structure!`](crate::structure) implements it.
pub trait ReadStructure {
    /// Reads the structure's members into their places, by [`structure`](ShapeReader#method.structure).
    ///
    /// # Errors
    /// A member's value does not match the model.
    fn read_members(&mut self, reader: &mut dyn ShapeReader) -> ReadResult;
}

/// A union that can be read.
pub trait ReadUnion: Sized {
    /// The members that the model has.
    const MEMBERS: &'static [Member];

    /// Reads the variant for `member`, or keeps the value as it is if `member` is not among [`MEMBERS`](Self::MEMBERS).
    ///
    /// # Errors
    /// The value does not match the model.
    fn read_variant(member: &Member, reader: &mut dyn ShapeReader) -> ReadResult<Self>;
}

/// A value that can be read in place. The descriptor `member` is passed on to the values inside it.
pub trait ReadValue: Sized {
    /// The value of the place before it is read.
    fn empty() -> Self;

    /// Reads the value. After an error the place holds an unspecified value.
    ///
    /// # Errors
    /// The value does not match the model.
    fn read(&mut self, member: &Member, reader: &mut dyn ShapeReader) -> ReadResult;

    /// The value for a null in a list or map; `None`: the item or entry is dropped.
    fn null() -> Option<Self> {
        None
    }

    /// Reads a value into a new place.
    ///
    /// # Errors
    /// The value does not match the model.
    fn read_new(member: &Member, reader: &mut dyn ShapeReader) -> ReadResult<Self> {
        let mut value = Self::empty();
        match value.read(member, reader) {
            Ok(()) => Ok(value),
            Err(error) => Err(error),
        }
    }
}

/// The value of a member that is not set.
pub trait Unset {
    /// The value, as a constant.
    const UNSET: Self;
}

impl<T> Unset for Option<T> {
    const UNSET: Self = None;
}

/// The place of a member in a structure.
pub trait ReadPlace {
    /// Reads the member's value into its place.
    ///
    /// # Errors
    /// The value does not match the model.
    fn read_place(&mut self, member: &Member, reader: &mut dyn ShapeReader) -> ReadResult;
}

impl<T: ReadValue> ReadPlace for Option<T> {
    fn read_place(&mut self, member: &Member, reader: &mut dyn ShapeReader) -> ReadResult {
        match self {
            // A flattened collection comes in pieces, with other members between them. Anything else replaces the
            // earlier value.
            Some(value) if member.flattened => value.read(member, reader),
            _ => self.insert(T::empty()).read(member, reader),
        }
    }
}

/// A list that is being read.
pub(super) trait ReadItems {
    /// The number of items so far: those of a flattened list come in pieces.
    fn count(&self) -> usize;
    /// Makes room for this many items, within bounds: a message may announce more than it has.
    fn expect(&mut self, items: usize);
    fn read_item(&mut self, member: &Member, reader: &mut dyn ShapeReader) -> ReadResult;
    fn null_item(&mut self);
}

/// A map that is being read.
pub(super) trait ReadEntries {
    fn read_entry(
        &mut self,
        key: String,
        member: &Member,
        reader: &mut dyn ShapeReader,
    ) -> ReadResult;
    fn null_entry(&mut self, key: String);
}

impl dyn ShapeReader + '_ {
    /// Reads a structure: each member in the table `members` into the place with the same index.
    ///
    /// # Errors
    /// The value is not a structure, or a member's value does not match the model; the error names the member.
    pub fn structure(
        &mut self,
        members: &[Member],
        places: &mut [&mut dyn ReadPlace],
    ) -> ReadResult {
        self.begin_structure()?;
        let mut expected = 0;
        loop {
            let index = match self.next_member(members, expected)? {
                NextMember::Known(index) => index,
                NextMember::Unknown => {
                    self.skip_member()?;
                    continue;
                }
                NextMember::End => return Ok(()),
            };
            expected = index + 1;
            if let (Some(member), Some(place)) = (members.get(index), places.get_mut(index)) {
                match place.read_place(member, self) {
                    Ok(()) => {}
                    Err(error) => return Err(error.in_member(member.name)),
                }
            }
        }
    }

    /// Skips the value of the current member.
    fn skip_member(&mut self) -> ReadResult {
        match self.skip() {
            Ok(()) => Ok(()),
            Err(error) => Err(error.in_member(&self.member_name())),
        }
    }

    /// Reads a union: a structure with exactly one member that is not null.
    ///
    /// # Errors
    /// There is no such member or more than one, or its value does not match the model.
    pub fn union<T: ReadUnion>(&mut self) -> ReadResult<T> {
        let mut union = None;
        match self.variant(
            T::MEMBERS,
            &mut |member, reader| match T::read_variant(member, reader) {
                Ok(variant) => {
                    union = Some(variant);
                    Ok(())
                }
                Err(error) => Err(error),
            },
        ) {
            Ok(()) => union.ok_or_else(|| ReadError::expected("a union with one member", "none")),
            Err(error) => Err(error),
        }
    }

    fn variant(&mut self, members: &[Member], read: &mut ReadVariant<'_>) -> ReadResult {
        self.begin_structure()?;
        let mut chosen: Option<Cow<'static, str>> = None;
        loop {
            let (member, name) = match self.next_member(members, 0)? {
                NextMember::Known(index) => match members.get(index) {
                    Some(member) => (*member, Cow::Borrowed(member.name)),
                    None => continue,
                },
                NextMember::Unknown => (UNKNOWN, Cow::Owned(self.member_name().into_owned())),
                NextMember::End if chosen.is_some() => return Ok(()),
                NextMember::End => {
                    return Err(ReadError::expected("a union with one member", "none"));
                }
            };
            if let Some(first) = chosen {
                let found = format!("{first:?} and {name:?}");
                return Err(ReadError::expected("a union with one member", found));
            }
            match read(&member, self) {
                Ok(()) => chosen = Some(name),
                Err(error) => return Err(error.in_member(&name)),
            }
        }
    }

    /// Reads a list item by item.
    pub(super) fn items(&mut self, member: &Member, items: &mut dyn ReadItems) -> ReadResult {
        let announced = self.begin_list(member)?;
        let item = member.item();
        let mut index = items.count();
        loop {
            match self.next_item()? {
                NextItem::Value => {
                    if index == 0 {
                        // Many lists have one item, and the default first growth makes room for four.
                        items.expect(announced.max(1));
                    }
                    match items.read_item(item, self) {
                        Ok(()) => {}
                        Err(error) => return Err(error.in_item(index)),
                    }
                }
                NextItem::Null => items.null_item(),
                NextItem::End => return Ok(()),
            }
            index += 1;
        }
    }

    /// Reads a map entry by entry.
    pub(super) fn entries(&mut self, member: &Member, entries: &mut dyn ReadEntries) -> ReadResult {
        self.begin_map(member)?;
        let value = member.value();
        loop {
            match self.next_entry()? {
                NextEntry::Value(key) => entries.read_entry(key, value, self)?,
                NextEntry::Null(key) => entries.null_entry(key),
                NextEntry::End => return Ok(()),
            }
        }
    }
}

/// Reads the only member of a union.
type ReadVariant<'a> = dyn FnMut(&Member, &mut dyn ShapeReader) -> ReadResult + 'a;

/// A member that the model does not have; no member of a model has an empty name.
const UNKNOWN: Member = Member::new("");
