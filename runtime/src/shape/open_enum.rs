//! Enums that stay readable when the service adds a value.

use std::borrow::Cow;

use crate::shape::{ReadError, ShapeReader};

/// Completes an enum from the table of its wire values.
///
/// `open_enum!(Type, KNOWN)` wants `const KNOWN: &[(&str, Type)]`, which gives each variant its value on the wire, and
/// a variant `Unknown(String)` for all other values; `open_enum!(Type, KNOWN, Fallback)` names another variant for that.
/// It gives `VALUES`, `as_str`, the conversions from text, `Display`, `AsRef<str>` and what members of shapes need.
#[macro_export]
macro_rules! open_enum {
    ($type:ident, $known:ident) => {
        $crate::open_enum!($type, $known, Unknown);
    };
    ($type:ident, $known:ident, $fallback:ident) => {
        impl $type {
            /// The values that this version of the crate knows, as they are on the wire.
            pub const VALUES: &'static [&'static str] = &{
                let mut values = [""; $known.len()];
                let mut index = 0;
                while index < values.len() {
                    values[index] = $known[index].0;
                    index += 1;
                }
                values
            };

            /// The value on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                if let Self::$fallback(value) = self {
                    return value;
                }
                for (value, variant) in $known {
                    if variant == self {
                        return value;
                    }
                }
                ""
            }

            fn from_wire(value: $crate::codegen::Wire) -> Self {
                match value {
                    $crate::codegen::Wire::Known(index) => match $known.get(index) {
                        Some((_, variant)) => variant.clone(),
                        None => Self::$fallback(String::new()),
                    },
                    $crate::codegen::Wire::Unknown(value) => Self::$fallback(value),
                }
            }
        }

        impl From<&str> for $type {
            fn from(value: &str) -> Self {
                Self::from_wire($crate::codegen::wire(Self::VALUES, value.into()))
            }
        }

        impl From<String> for $type {
            fn from(value: String) -> Self {
                Self::from_wire($crate::codegen::wire(Self::VALUES, value.into()))
            }
        }

        impl ::std::str::FromStr for $type {
            type Err = ::std::convert::Infallible;

            fn from_str(value: &str) -> ::std::result::Result<Self, ::std::convert::Infallible> {
                Ok(Self::from_wire($crate::codegen::wire(
                    Self::VALUES,
                    value.into(),
                )))
            }
        }

        impl ::std::fmt::Display for $type {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl AsRef<str> for $type {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        // Maps with this enum as their key are ordered by what is on the wire, whatever the order of the variants.
        impl Ord for $type {
            fn cmp(&self, other: &Self) -> ::std::cmp::Ordering {
                self.as_str().cmp(other.as_str())
            }
        }

        impl PartialOrd for $type {
            fn partial_cmp(&self, other: &Self) -> Option<::std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl $crate::codegen::ReadValue for $type {
            fn read(
                reader: &mut dyn $crate::codegen::ShapeReader,
            ) -> Result<Self, $crate::codegen::ReadError> {
                match $crate::codegen::read_wire(Self::VALUES, reader) {
                    Ok(value) => Ok(Self::from_wire(value)),
                    Err(error) => Err(error),
                }
            }
        }

        impl $crate::codegen::WriteValue for $type {
            fn write(&self, writer: &mut dyn $crate::codegen::ShapeWriter) {
                writer.string(self.as_str());
            }
        }
    };
}

/// A value on the wire: where it stands in the table, or its text.
#[derive(Debug)]
pub enum Wire {
    /// One of the values that the enum knows, by its place among them.
    Known(usize),
    /// Any other.
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
/// If there is no string.
pub fn read_wire(values: &[&str], reader: &mut dyn ShapeReader) -> Result<Wire, ReadError> {
    let mut read = None;
    reader.string(&mut |value| read = Some(wire(values, value)))?;
    read.ok_or_else(|| ReadError::expected("a string", "nothing"))
}
