//! Unions: an object with exactly one member, which may be one that this version of the crate does not know.

use crate::shape::{Document, ReadError, ReadUnion, ShapeReader, ShapeWriter};

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

/// The questions that can be asked of each variant of a union: `union_variants!(Type { as_x, is_x: X(Value), … })`. A
/// value may be boxed in its variant; what is given is the value.
#[macro_export]
macro_rules! union_variants {
    ($type:ident { $($as:ident, $is:ident: $variant:ident($value:ty),)* }) => {
        impl $type {
            $(
                #[doc = concat!("The value of [`", stringify!($variant), "`](Self::", stringify!($variant), ").")]
                ///
                /// # Errors
                /// The union itself, where it is another variant.
                pub fn $as(&self) -> Result<&$value, &Self> {
                    match self {
                        Self::$variant(value) => Ok(::std::borrow::Borrow::<$value>::borrow(value)),
                        _ => Err(self),
                    }
                }

                #[doc = concat!("Whether it is [`", stringify!($variant), "`](Self::", stringify!($variant), ").")]
                #[must_use]
                pub fn $is(&self) -> bool {
                    matches!(self, Self::$variant(_))
                }
            )*

            /// Whether it is a variant that this version of the crate does not know.
            #[must_use]
            pub fn is_unknown(&self) -> bool {
                matches!(self, Self::Unknown(_))
            }
        }
    };
}

/// What a union of values can be made from: text, numbers that it holds as text, and booleans:
/// `union_from!(Type { text: S, number: N, flag: Bool })`.
#[macro_export]
macro_rules! union_from {
    ($type:ident { $($kind:ident: $variant:ident),* $(,)? }) => {
        $($crate::union_from!($type: $kind $variant);)*
    };
    ($type:ident: text $variant:ident) => {
        $crate::union_from!($type: each $variant, into, &str, String, ::std::borrow::Cow<'_, str>);
    };
    ($type:ident: number $variant:ident) => {
        $crate::union_from!(
            $type: each $variant, to_string,
            i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize, f32, f64
        );
    };
    ($type:ident: flag $variant:ident) => {
        $crate::union_from!($type: each $variant, into, bool);
    };
    ($type:ident: each $variant:ident, $convert:ident, $($from:ty),*) => {
        $(
            impl From<$from> for $type {
                fn from(value: $from) -> Self {
                    Self::$variant(value.$convert())
                }
            }
        )*
    };
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
        impl $crate::codegen::ReadValue for $type {
            fn read(reader: &mut dyn $crate::codegen::ShapeReader) -> Result<Self, $crate::codegen::ReadError> {
                $crate::codegen::read_union(reader)
            }
        }
    };
    // On the wire a union is a structure with one member.
    ($type:ident: write) => {
        impl $crate::codegen::WriteStructure for $type {
            fn write_members(&self, writer: &mut dyn $crate::codegen::ShapeWriter) {
                $crate::codegen::WriteUnion::write_variant(self, writer);
            }
        }
    };
}
