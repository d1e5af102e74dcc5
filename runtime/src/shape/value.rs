//! How plain Rust values, the members of shapes, are read and written.
//!
//! Generic code is compiled once for each shape of a service, and most of the time to build a generated crate is spent
//! on it. So it calls little other generic code, and the loops are in the reader and the writer.

use std::collections::BTreeMap;

use super::blob::Blob;
use super::document::Document;
use super::member::Member;
use super::read_error::ReadError;
use super::reader::{ReadEntries, ReadItems, ReadResult, ReadStructure, ReadValue, ShapeReader};
use super::timestamp::Timestamp;
use super::writer::{ShapeWriter, WriteStructure, WriteValue};

impl<T: WriteStructure> WriteValue for T {
    fn write(&self, _: &Member, writer: &mut dyn ShapeWriter) {
        self.write_members(writer);
    }
}

impl<T: ReadStructure + Default> ReadValue for T {
    fn empty() -> Self {
        Self::default()
    }

    fn read(&mut self, _: &Member, reader: &mut dyn ShapeReader) -> ReadResult {
        self.read_members(reader)
    }
}

impl<T: ReadStructure + ?Sized> ReadStructure for Box<T> {
    fn read_members(&mut self, reader: &mut dyn ShapeReader) -> ReadResult {
        (**self).read_members(reader)
    }
}

impl<T: WriteStructure + ?Sized> WriteStructure for Box<T> {
    fn write_members(&self, writer: &mut dyn ShapeWriter) {
        (**self).write_members(writer);
    }
}

/// An item of a sparse list, or a value of a sparse map.
impl<T: ReadValue> ReadValue for Option<T> {
    fn empty() -> Self {
        None
    }

    fn read(&mut self, member: &Member, reader: &mut dyn ShapeReader) -> ReadResult {
        self.insert(T::empty()).read(member, reader)
    }

    fn null() -> Option<Self> {
        Some(None)
    }
}

impl<T: WriteValue> WriteValue for Option<T> {
    fn write(&self, member: &Member, writer: &mut dyn ShapeWriter) {
        match self {
            Some(value) => value.write(member, writer),
            None => writer.null(),
        }
    }

    fn is_none(&self) -> bool {
        self.is_none()
    }
}

/// The most memory that is reserved for the items that a list announces, in bytes.
const RESERVED: usize = 16 * 1024;

impl<T: ReadValue> ReadItems for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn expect(&mut self, items: usize) {
        self.reserve_exact(items.min(RESERVED / size_of::<T>().max(1)));
    }

    fn read_item(&mut self, member: &Member, reader: &mut dyn ShapeReader) -> ReadResult {
        self.push(T::empty());
        match self.last_mut() {
            Some(item) => item.read(member, reader),
            None => Ok(()),
        }
    }

    fn null_item(&mut self) {
        if let Some(item) = T::null() {
            self.push(item);
        }
    }
}

impl<T: ReadValue> ReadValue for Vec<T> {
    fn empty() -> Self {
        Self::new()
    }

    fn read(&mut self, member: &Member, reader: &mut dyn ShapeReader) -> ReadResult {
        reader.items(member, self)
    }
}

impl<T: WriteValue> WriteValue for Vec<T> {
    fn write(&self, member: &Member, writer: &mut dyn ShapeWriter) {
        let member = member.item();
        writer.begin_list(self.len());
        for (index, item) in self.iter().enumerate() {
            writer.item(member);
            writer.nested(&mut |writer| item.write(member, writer), &|error| {
                error.in_item(index)
            });
        }
        writer.end_list();
    }
}

impl<K: From<String> + Ord, V: ReadValue> ReadEntries for BTreeMap<K, V> {
    fn read_entry(
        &mut self,
        key: String,
        member: &Member,
        reader: &mut dyn ShapeReader,
    ) -> ReadResult {
        match V::read_new(member, reader) {
            Ok(value) => {
                self.insert(key.into(), value);
                Ok(())
            }
            Err(error) => Err(error.in_entry(&key)),
        }
    }

    fn null_entry(&mut self, key: String) {
        if let Some(value) = V::null() {
            self.insert(key.into(), value);
        }
    }
}

impl<K: From<String> + Ord, V: ReadValue> ReadValue for BTreeMap<K, V> {
    fn empty() -> Self {
        Self::new()
    }

    fn read(&mut self, member: &Member, reader: &mut dyn ShapeReader) -> ReadResult {
        reader.entries(member, self)
    }
}

impl<K: AsRef<str>, V: WriteValue> WriteValue for BTreeMap<K, V> {
    fn write(&self, member: &Member, writer: &mut dyn ShapeWriter) {
        let of_values = member.value();
        writer.begin_map(self.len());
        for (key, value) in self {
            let key = key.as_ref();
            writer.entry(key, member);
            writer.nested(&mut |writer| value.write(of_values, writer), &|error| {
                error.in_entry(key)
            });
        }
        writer.end_map();
    }
}

impl ReadValue for String {
    fn empty() -> Self {
        Self::new()
    }

    fn read(&mut self, _: &Member, reader: &mut dyn ShapeReader) -> ReadResult {
        *self = reader.string()?.into_owned();
        Ok(())
    }
}

impl WriteValue for String {
    fn write(&self, _: &Member, writer: &mut dyn ShapeWriter) {
        writer.string(self);
    }
}

impl WriteValue for &str {
    fn write(&self, _: &Member, writer: &mut dyn ShapeWriter) {
        writer.string(self);
    }
}

impl ReadValue for bool {
    fn empty() -> Self {
        false
    }

    #[inline]
    fn read(&mut self, _: &Member, reader: &mut dyn ShapeReader) -> ReadResult {
        *self = reader.boolean()?;
        Ok(())
    }
}

impl WriteValue for bool {
    fn write(&self, _: &Member, writer: &mut dyn ShapeWriter) {
        writer.boolean(*self);
    }
}

macro_rules! integers {
    ($($integer:ty),*) => {$(
        impl ReadValue for $integer {
            fn empty() -> Self {
                0
            }

            #[inline]
            fn read(&mut self, _: &Member, reader: &mut dyn ShapeReader) -> ReadResult {
                let value = reader.integer()?;
                *self = Self::try_from(value).map_err(|_| out_of_range(Self::BITS, value))?;
                Ok(())
            }
        }

        impl WriteValue for $integer {
            fn write(&self, _: &Member, writer: &mut dyn ShapeWriter) {
                writer.integer((*self).into());
            }
        }
    )*};
}

integers!(i8, i16, i32, i64);

fn out_of_range(bits: u32, value: i64) -> ReadError {
    ReadError::expected(&format!("an integer of {bits} bits"), value)
}

impl ReadValue for f64 {
    fn empty() -> Self {
        0.0
    }

    #[inline]
    fn read(&mut self, _: &Member, reader: &mut dyn ShapeReader) -> ReadResult {
        *self = reader.float()?;
        Ok(())
    }
}

impl WriteValue for f64 {
    fn write(&self, _: &Member, writer: &mut dyn ShapeWriter) {
        writer.float(*self);
    }
}

impl ReadValue for f32 {
    fn empty() -> Self {
        0.0
    }

    #[inline]
    fn read(&mut self, _: &Member, reader: &mut dyn ShapeReader) -> ReadResult {
        *self = reader.float32()?;
        Ok(())
    }
}

impl WriteValue for f32 {
    fn write(&self, _: &Member, writer: &mut dyn ShapeWriter) {
        writer.float32(*self);
    }
}

impl ReadValue for Blob {
    fn empty() -> Self {
        Self::default()
    }

    fn read(&mut self, _: &Member, reader: &mut dyn ShapeReader) -> ReadResult {
        *self = reader.blob()?;
        Ok(())
    }
}

impl WriteValue for Blob {
    fn write(&self, _: &Member, writer: &mut dyn ShapeWriter) {
        writer.blob(self);
    }
}

impl ReadValue for Timestamp {
    fn empty() -> Self {
        Self::default()
    }

    #[inline]
    fn read(&mut self, _: &Member, reader: &mut dyn ShapeReader) -> ReadResult {
        *self = reader.timestamp()?;
        Ok(())
    }
}

impl WriteValue for Timestamp {
    fn write(&self, member: &Member, writer: &mut dyn ShapeWriter) {
        writer.timestamp(*self, member.timestamp);
    }
}

impl ReadValue for Document {
    fn empty() -> Self {
        Self::Null
    }

    fn read(&mut self, _: &Member, reader: &mut dyn ShapeReader) -> ReadResult {
        *self = reader.document()?;
        Ok(())
    }

    /// In a document, null is a value.
    fn null() -> Option<Self> {
        Some(Self::Null)
    }
}

impl WriteValue for Document {
    fn write(&self, _: &Member, writer: &mut dyn ShapeWriter) {
        writer.document(self);
    }
}
