//! How plain Rust values are read and written: what members of shapes are made of.
//!
//! What is generic here is compiled once for each shape of a service, and most of building a generated crate is that.
//! So it calls as little as it can that is generic itself: `match` instead of `?` and `map`, and no closure that another
//! one would do for.

use std::collections::BTreeMap;

use crate::shape::TimestampForm;
use crate::shape::{
    Blob, Document, ReadError, ReadStructure, ReadValue, ShapeReader, ShapeWriter, Timestamp,
};
use crate::shape::{ReadResult, WriteStructure, WriteValue};

impl<T: ReadStructure + Default> ReadValue for T {
    fn read(reader: &mut dyn ShapeReader) -> Result<Self, ReadError> {
        let mut value = Self::default();
        match reader.structure(&mut value) {
            Ok(()) => Ok(value),
            Err(error) => Err(error),
        }
    }

    fn read_into(into: &mut Option<Self>, reader: &mut dyn ShapeReader) -> ReadResult {
        *into = Some(Self::default());
        match into {
            Some(value) => reader.structure(value),
            None => reader.skip(),
        }
    }
}

impl<T: WriteStructure> WriteValue for T {
    fn write(&self, writer: &mut dyn ShapeWriter) {
        writer.begin_structure();
        self.write_members(writer);
        writer.end_structure();
    }
}

impl<T: WriteStructure + ?Sized> WriteStructure for Box<T> {
    fn write_members(&self, writer: &mut dyn ShapeWriter) {
        (**self).write_members(writer);
    }
}

impl<A, T: ReadValue<A>> ReadValue<A> for Option<T> {
    fn read(reader: &mut dyn ShapeReader) -> Result<Self, ReadError> {
        match T::read(reader) {
            Ok(value) => Ok(Some(value)),
            Err(error) => Err(error),
        }
    }

    fn null() -> Option<Self> {
        Some(None)
    }
}

impl<A, T: WriteValue<A>> WriteValue<A> for Option<T> {
    fn write(&self, writer: &mut dyn ShapeWriter) {
        match self {
            Some(value) => value.write(writer),
            None => writer.null(),
        }
    }

    fn is_none(&self) -> bool {
        self.is_none()
    }
}

impl<A, T: ReadValue<A>> ReadValue<A> for Vec<T> {
    fn read(reader: &mut dyn ShapeReader) -> Result<Self, ReadError> {
        let mut items = Self::new();
        let read = reader.list(&mut |item| {
            let item = match item {
                Some(reader) => match T::read(reader) {
                    Ok(item) => item,
                    Err(error) => return Err(error),
                },
                None => match T::null() {
                    Some(item) => item,
                    None => return Ok(()),
                },
            };
            // Many lists have one item, and the usual first growth makes room for four.
            if items.capacity() == 0 {
                items.reserve_exact(1);
            }
            items.push(item);
            Ok(())
        });
        match read {
            Ok(()) => Ok(items),
            Err(error) => Err(error),
        }
    }
}

impl<A, T: WriteValue<A>> WriteValue<A> for Vec<T> {
    fn write(&self, writer: &mut dyn ShapeWriter) {
        writer.begin_list();
        for (index, item) in self.iter().enumerate() {
            writer.nested(&mut |writer| item.write(writer), &|error| {
                error.in_item(index)
            });
        }
        writer.end_list();
    }
}

impl<A, K: From<String> + Ord, V: ReadValue<A>> ReadValue<A> for BTreeMap<K, V> {
    fn read(reader: &mut dyn ShapeReader) -> Result<Self, ReadError> {
        let mut entries = Self::new();
        let read = reader.map(&mut |key, value| {
            let value = match value {
                Some(reader) => match V::read(reader) {
                    Ok(value) => value,
                    Err(error) => return Err(error),
                },
                None => match V::null() {
                    Some(value) => value,
                    None => return Ok(()),
                },
            };
            entries.insert(key.into_owned().into(), value);
            Ok(())
        });
        match read {
            Ok(()) => Ok(entries),
            Err(error) => Err(error),
        }
    }
}

impl<A, K: AsRef<str>, V: WriteValue<A>> WriteValue<A> for BTreeMap<K, V> {
    fn write(&self, writer: &mut dyn ShapeWriter) {
        writer.begin_map();
        for (key, value) in self {
            let key = key.as_ref();
            writer.key(key);
            writer.nested(&mut |writer| value.write(writer), &|error| {
                error.in_entry(key)
            });
        }
        writer.end_map();
    }
}

impl ReadValue for String {
    fn read(reader: &mut dyn ShapeReader) -> Result<Self, ReadError> {
        let mut value = Self::new();
        reader.string(&mut |text| value = text.into_owned())?;
        Ok(value)
    }
}

impl WriteValue for String {
    fn write(&self, writer: &mut dyn ShapeWriter) {
        writer.string(self);
    }
}

impl ReadValue for bool {
    fn read(reader: &mut dyn ShapeReader) -> Result<Self, ReadError> {
        reader.boolean()
    }
}

impl WriteValue for bool {
    fn write(&self, writer: &mut dyn ShapeWriter) {
        writer.boolean(*self);
    }
}

macro_rules! integers {
    ($($integer:ty),*) => {$(
        impl ReadValue for $integer {
            fn read(reader: &mut dyn ShapeReader) -> Result<Self, ReadError> {
                let value = reader.integer()?;
                Self::try_from(value).map_err(|_| out_of_range(Self::BITS, value))
            }
        }

        impl WriteValue for $integer {
            fn write(&self, writer: &mut dyn ShapeWriter) {
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
    fn read(reader: &mut dyn ShapeReader) -> Result<Self, ReadError> {
        reader.float()
    }
}

impl WriteValue for f64 {
    fn write(&self, writer: &mut dyn ShapeWriter) {
        writer.float(*self);
    }
}

impl ReadValue for f32 {
    fn read(reader: &mut dyn ShapeReader) -> Result<Self, ReadError> {
        reader.float32()
    }
}

impl WriteValue for f32 {
    fn write(&self, writer: &mut dyn ShapeWriter) {
        writer.float32(*self);
    }
}

impl ReadValue for Blob {
    fn read(reader: &mut dyn ShapeReader) -> Result<Self, ReadError> {
        reader.blob()
    }
}

impl WriteValue for Blob {
    fn write(&self, writer: &mut dyn ShapeWriter) {
        writer.blob(self);
    }
}

impl<A: TimestampForm> ReadValue<A> for Timestamp {
    fn read(reader: &mut dyn ShapeReader) -> Result<Self, ReadError> {
        reader.timestamp(A::FORMAT)
    }
}

impl<A: TimestampForm> WriteValue<A> for Timestamp {
    fn write(&self, writer: &mut dyn ShapeWriter) {
        writer.timestamp(*self, A::FORMAT);
    }
}

impl ReadValue for Document {
    fn read(reader: &mut dyn ShapeReader) -> Result<Self, ReadError> {
        reader.document()
    }

    /// Null is a value of its own here.
    fn null() -> Option<Self> {
        Some(Self::Null)
    }
}

impl WriteValue for Document {
    fn write(&self, writer: &mut dyn ShapeWriter) {
        writer.document(self);
    }
}
