//! Enums that stay readable when the service adds a value.

use std::borrow::Cow;

use crate::{ReadError, ShapeReader};

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
                $known
                    .iter()
                    .find(|(_, variant)| variant == self)
                    .map_or("", |(value, _)| value)
            }

            fn from_wire(value: ::std::borrow::Cow<'_, str>) -> Self {
                match $crate::__private::known(Self::VALUES, &value)
                    .and_then(|index| $known.get(index))
                {
                    Some((_, variant)) => variant.clone(),
                    None => Self::$fallback(value.into_owned()),
                }
            }
        }

        impl From<&str> for $type {
            fn from(value: &str) -> Self {
                Self::from_wire(value.into())
            }
        }

        impl From<String> for $type {
            fn from(value: String) -> Self {
                Self::from_wire(value.into())
            }
        }

        impl ::std::str::FromStr for $type {
            type Err = ::std::convert::Infallible;

            fn from_str(value: &str) -> ::std::result::Result<Self, ::std::convert::Infallible> {
                Ok(Self::from_wire(value.into()))
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

        impl $crate::ReadValue for $type {
            fn read(reader: &mut dyn $crate::ShapeReader) -> Result<Self, $crate::ReadError> {
                $crate::__private::read_string(reader, Self::from_wire)
            }
        }

        impl $crate::WriteValue for $type {
            fn write(&self, writer: &mut dyn $crate::ShapeWriter) {
                writer.string(self.as_str());
            }
        }
    };
}

/// Where `value` stands in `values`.
#[must_use]
pub fn known(values: &[&str], value: &str) -> Option<usize> {
    values.iter().position(|known| *known == value)
}

/// Reads a string as a `T`.
///
/// # Errors
/// If there is no string.
pub fn read_string<T>(
    reader: &mut dyn ShapeReader,
    make: fn(Cow<'_, str>) -> T,
) -> Result<T, ReadError> {
    let mut value = None;
    reader.string(&mut |text| value = Some(make(text)))?;
    value.ok_or_else(|| ReadError::expected("a string", "nothing"))
}
