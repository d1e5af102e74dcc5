//! Enums that accept values which the service adds later.

use std::borrow::Cow;

use crate::shape::{ReadError, ShapeReader};

/// Declares an enum of text values, one per line. The service may send values that are not listed.
///
/// ```
/// tinsmith_runtime::codegen::open_enum! {
///     /// A platform.
///     pub enum Platform {
///         Linux = "Linux",
///         MacOs = "macOS",
///     }
/// }
/// # assert_eq!(Platform::from("macOS").as_str(), "macOS");
/// ```
///
/// All other values are kept in the variant `Unknown(String)`. The enum has `VALUES`, `as_str`, the conversions from
/// text, `Display`, `AsRef<str>` and the traits that members of shapes need.
#[macro_export]
macro_rules! open_enum {
    ($(#[$meta:meta])* pub enum $type:ident { $($(#[$doc:meta])* $variant:ident = $wire:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Hash)]
        #[non_exhaustive]
        pub enum $type {
            $(
                $(#[$doc])*
                #[doc = concat!("`", $wire, "`")]
                $variant,
            )*
            /// A value that this version of the crate does not know, as the service sent it.
            Unknown(String),
        }

        $crate::got_by_reference!($type);

        impl $type {
            /// The values that this version of the crate has, as they are on the wire.
            pub const VALUES: &'static [&'static str] = &[$($wire,)*];

            /// The value on the wire.
            #[must_use]
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::Unknown(value) => value,
                }
            }

            #[inline]
            fn from_wire(value: $crate::codegen::Wire) -> Self {
                const KNOWN: &[$type] = &[$($type::$variant,)*];
                match value {
                    $crate::codegen::Wire::Known(index) => match KNOWN.get(index) {
                        Some(known) => known.clone(),
                        None => Self::Unknown(String::new()),
                    },
                    $crate::codegen::Wire::Unknown(value) => Self::Unknown(value),
                }
            }
        }

        // A derive would add a function that is compiled for each enum and never called.
        impl ::std::cmp::Eq for $type {}

        impl From<&str> for $type {
            #[inline]
            fn from(value: &str) -> Self {
                Self::from_wire($crate::codegen::wire(Self::VALUES, value.into()))
            }
        }

        impl From<String> for $type {
            #[inline]
            fn from(value: String) -> Self {
                Self::from_wire($crate::codegen::wire(Self::VALUES, value.into()))
            }
        }

        impl ::std::str::FromStr for $type {
            type Err = ::std::convert::Infallible;

            #[inline]
            fn from_str(value: &str) -> ::std::result::Result<Self, ::std::convert::Infallible> {
                Ok(Self::from_wire($crate::codegen::wire(
                    Self::VALUES,
                    value.into(),
                )))
            }
        }

        impl ::std::fmt::Display for $type {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl AsRef<str> for $type {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        // A map with this enum as its key is ordered by the value on the wire, whatever the order of the variants.
        impl Ord for $type {
            #[inline]
            fn cmp(&self, other: &Self) -> ::std::cmp::Ordering {
                self.as_str().cmp(other.as_str())
            }
        }

        impl PartialOrd for $type {
            #[inline]
            fn partial_cmp(&self, other: &Self) -> Option<::std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl $crate::codegen::ReadValue for $type {
            #[inline]
            fn empty() -> Self {
                Self::Unknown(String::new())
            }

            #[inline]
            fn read(
                &mut self,
                _: &$crate::codegen::Member,
                reader: &mut dyn $crate::codegen::ShapeReader,
            ) -> $crate::codegen::ReadResult {
                match $crate::codegen::read_wire(Self::VALUES, reader) {
                    Ok(value) => *self = Self::from_wire(value),
                    Err(error) => return Err(error),
                }
                Ok(())
            }
        }

        impl $crate::codegen::WriteValue for $type {
            #[inline]
            fn write(
                &self,
                _: &$crate::codegen::Member,
                writer: &mut dyn $crate::codegen::ShapeWriter,
            ) {
                writer.string(self.as_str());
            }
        }
    };
    // The form that was generated before the contract had a number.
    ($type:ident, $known:ident) => {
        $crate::generated_for_contract!(0);
    };
}

/// A value on the wire: its index in the table, or its text.
#[derive(Debug)]
pub enum Wire {
    /// A value in the table, by its index.
    Known(usize),
    /// Any other value.
    Unknown(String),
}

/// Looks `value` up in `values`.
#[must_use]
pub fn wire(values: &[&str], value: Cow<'_, str>) -> Wire {
    match values.iter().position(|known| *known == value) {
        Some(index) => Wire::Known(index),
        None => Wire::Unknown(value.into_owned()),
    }
}

/// Reads a string and looks it up in `values`.
///
/// # Errors
/// The value is not a string.
pub fn read_wire(values: &[&str], reader: &mut dyn ShapeReader) -> Result<Wire, ReadError> {
    reader.string().map(|value| wire(values, value))
}
