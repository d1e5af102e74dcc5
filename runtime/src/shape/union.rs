//! Unions: a structure with exactly one member, which may be unknown to this version of the crate.

use super::document::Document;
use super::reader::{ReadResult, ShapeReader};
use super::writer::ShapeWriter;

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

    /// The value of a union's place before it is read.
    #[must_use]
    pub fn empty() -> Self {
        Self::new("", Document::Null)
    }

    /// Reads the current member, whatever its value is.
    ///
    /// # Errors
    /// If the value cannot be read at all.
    pub fn read(reader: &mut dyn ShapeReader) -> ReadResult<Self> {
        Ok(Self {
            name: reader.member_name().into_owned(),
            value: reader.document()?,
        })
    }

    /// Writes the member as it was read, as the only member of a structure.
    pub fn write(&self, writer: &mut dyn ShapeWriter) {
        writer.begin_structure();
        writer.unknown_member(&self.name);
        writer.nested(&mut |writer| writer.document(&self.value), &|error| {
            error.in_member(&self.name)
        });
        writer.end_structure();
    }
}

/// Declares an enum whose variants are the members of a union, one per line, and how it is read, written or both.
///
/// ```
/// tinsmith_runtime::union! {
///     /// A value.
///     #[derive(Clone, Debug, PartialEq)]
///     pub enum Value: read write {
///         /// A text.
///         Text(String) = "text" as_text is_text,
///     }
/// }
/// # assert!(Value::Text(String::new()).is_text());
/// ```
///
/// After `=` come the member's name on the wire, the names of the variant's accessor and predicate, and methods of
/// [`Member`](crate::codegen::Member) for the rest of its descriptor; after `->`, the type inside the box if the value
/// is boxed. A variant `Unknown` with an [`UnknownMember`] is added.
#[macro_export]
macro_rules! union {
    ($(#[$meta:meta])* pub enum $type:ident: read { $($variants:tt)* }) => {
        $crate::union!(@declare [$(#[$meta])*] $type { $($variants)* });
        $crate::union!(@read $type { $($variants)* });
    };
    ($(#[$meta:meta])* pub enum $type:ident: write { $($variants:tt)* }) => {
        $crate::union!(@declare [$(#[$meta])*] $type { $($variants)* });
        $crate::union!(@write $type { $($variants)* });
    };
    ($(#[$meta:meta])* pub enum $type:ident: read write { $($variants:tt)* }) => {
        $crate::union!(@declare [$(#[$meta])*] $type { $($variants)* });
        $crate::union!(@read $type { $($variants)* });
        $crate::union!(@write $type { $($variants)* });
    };
    (@declare [$(#[$meta:meta])*] $type:ident { $(
        $(#[$doc:meta])*
        $variant:ident($value:ty) = $wire:literal $as:ident $is:ident $($fact:ident $(($($of_fact:tt)*))?)* $(-> $unboxed:ty)?,
    )* }) => {
        $(#[$meta])*
        #[non_exhaustive]
        pub enum $type {
            $($(#[$doc])* $variant($value),)*
            /// A member that this version of the crate does not know, as the service sent it.
            Unknown($crate::codegen::UnknownMember),
        }

        $crate::union_variants!($type { $(
            $as, $is: $variant($crate::union_variants!(@value $value $(, $unboxed)?)),
        )* });
    };
    (@read $type:ident { $(
        $(#[$doc:meta])*
        $variant:ident($value:ty) = $wire:literal $as:ident $is:ident $($fact:ident $(($($of_fact:tt)*))?)* $(-> $unboxed:ty)?,
    )* }) => {
        $crate::got_by_reference!($type);

        impl $crate::codegen::ReadUnion for $type {
            const MEMBERS: &'static [$crate::codegen::Member] =
                &[$($crate::codegen::Member::new($wire)$(.$fact($($($of_fact)*)?))*,)*];

            #[inline]
            fn read_variant(
                member: &$crate::codegen::Member,
                reader: &mut dyn $crate::codegen::ShapeReader,
            ) -> $crate::codegen::ReadResult<Self> {
                match member.name {
                    $($wire => match $crate::codegen::ReadValue::read_new(member, reader) {
                        Ok(value) => Ok(Self::$variant(value)),
                        Err(error) => Err(error),
                    },)*
                    _ => match $crate::codegen::UnknownMember::read(reader) {
                        Ok(member) => Ok(Self::Unknown(member)),
                        Err(error) => Err(error),
                    },
                }
            }
        }

        impl $crate::codegen::ReadValue for $type {
            #[inline]
            fn empty() -> Self {
                Self::Unknown($crate::codegen::UnknownMember::empty())
            }

            #[inline]
            fn read(
                &mut self,
                _: &$crate::codegen::Member,
                reader: &mut dyn $crate::codegen::ShapeReader,
            ) -> $crate::codegen::ReadResult {
                *self = reader.union()?;
                Ok(())
            }
        }

        // For a union that is a member of one of its own variants.
        impl $crate::codegen::ReadValue for ::std::boxed::Box<$type> {
            #[inline]
            fn empty() -> Self {
                ::std::boxed::Box::new($crate::codegen::ReadValue::empty())
            }

            #[inline]
            fn read(
                &mut self,
                member: &$crate::codegen::Member,
                reader: &mut dyn $crate::codegen::ShapeReader,
            ) -> $crate::codegen::ReadResult {
                $crate::codegen::ReadValue::read(&mut **self, member, reader)
            }
        }
    };
    (@write $type:ident { $(
        $(#[$doc:meta])*
        $variant:ident($value:ty) = $wire:literal $as:ident $is:ident $($fact:ident $(($($of_fact:tt)*))?)* $(-> $unboxed:ty)?,
    )* }) => {
        impl $crate::codegen::WriteStructure for $type {
            #[inline]
            fn write_members(&self, writer: &mut dyn $crate::codegen::ShapeWriter) {
                match self {
                    $(Self::$variant(value) => {
                        // As a constant, so that the descriptors of items and entries live for the whole program.
                        const MEMBER: $crate::codegen::Member =
                            $crate::codegen::Member::new($wire)$(.$fact($($($of_fact)*)?))*;
                        writer.variant(&MEMBER, value)
                    })*
                    Self::Unknown(member) => member.write(writer),
                }
            }
        }
    };
}

/// Declares the accessor and the predicate of each variant of a union: `union_variants!(Type { as_x, is_x: X(Value), …
/// })`. A value may be boxed in its variant; the accessor returns the value itself.
#[macro_export]
macro_rules! union_variants {
    (@value $value:ty) => { $value };
    (@value $boxed:ty, $value:ty) => { $value };
    ($type:ident { $($as:ident, $is:ident: $variant:ident($value:ty),)* }) => {
        impl $type {
            $(
                #[doc = concat!("The value of [`", stringify!($variant), "`](Self::", stringify!($variant), ").")]
                ///
                /// # Errors
                /// The union itself, if it is another variant.
                #[inline]
                pub fn $as(&self) -> Result<&$value, &Self> {
                    match self {
                        Self::$variant(value) => Ok(::std::borrow::Borrow::<$value>::borrow(value)),
                        _ => Err(self),
                    }
                }

                #[doc = concat!("Whether this is [`", stringify!($variant), "`](Self::", stringify!($variant), ").")]
                #[must_use]
                #[inline]
                pub fn $is(&self) -> bool {
                    matches!(self, Self::$variant(_))
                }
            )*

            /// Whether this is a variant that this version of the crate does not know.
            #[must_use]
            #[inline]
            pub fn is_unknown(&self) -> bool {
                matches!(self, Self::Unknown(_))
            }
        }
    };
}

/// Implements the conversions into a union of values: from text, from numbers that are kept as text, from booleans:
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
                #[inline]
                fn from(value: $from) -> Self {
                    Self::$variant(value.$convert())
                }
            }
        )*
    };
}
