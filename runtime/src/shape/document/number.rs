//! A number that keeps all its digits.

use std::fmt;
use std::str::FromStr;

use crate::shape::Decimal;
use crate::shape::ReadError;

/// A number as in JSON, of any size and precision.
///
/// Two numbers are equal if their values are: `1`, `1.0` and `1e0` are equal.
#[derive(Clone)]
pub struct Number(Box<str>);

impl Number {
    /// The number; `None` for NaN and the infinities, which JSON does not have.
    #[must_use]
    pub fn from_f64(value: f64) -> Option<Self> {
        value.is_finite().then(|| Self(value.to_string().into()))
    }

    /// The number's text, as it was received.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The value, if it is written as an integer and fits into 64 bits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.0.parse().ok()
    }

    /// The value, if it is written as an unsigned integer and fits into 64 bits.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        self.0.parse().ok()
    }

    /// The nearest number of 64 bits; `None` if the number is too large for one.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        self.0.parse().ok().filter(|value: &f64| value.is_finite())
    }

    /// A number from a text that is known to be a JSON number.
    pub(crate) fn from_json(text: &str) -> Self {
        Self(text.into())
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
            || Decimal::parse(&self.0).is_some_and(|value| Decimal::parse(&other.0) == Some(value))
    }
}

impl Eq for Number {}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Accepts the numbers of RFC 8259.
impl FromStr for Number {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_number = number_at_start(text) == Ok(text.len());
        if is_number {
            Ok(Self::from_json(text))
        } else {
            Err(ReadError::expected("a number", format!("{text:?}")))
        }
    }
}

/// The length in bytes of the number with which `text` begins, by the grammar of RFC 8259; or else the offset of the
/// first byte that does not belong to a number.
pub(crate) fn number_at_start(text: &str) -> Result<usize, usize> {
    let bytes = text.as_bytes();
    let digits = |from: usize| {
        let rest = bytes.get(from..).unwrap_or_default();
        let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if count == 0 {
            Err(from)
        } else {
            Ok(from + count)
        }
    };
    let start = usize::from(bytes.first() == Some(&b'-'));
    let mut end = digits(start)?;
    if bytes.get(start) == Some(&b'0') && end > start + 1 {
        return Err(start + 1);
    }
    if bytes.get(end) == Some(&b'.') {
        end = digits(end + 1)?;
    }
    if let Some(b'e' | b'E') = bytes.get(end) {
        let sign = matches!(bytes.get(end + 1), Some(b'+' | b'-'));
        end = digits(end + 1 + usize::from(sign))?;
    }
    Ok(end)
}

macro_rules! from_integers {
    ($($integer:ty),*) => {$(
        impl From<$integer> for Number {
            fn from(value: $integer) -> Self {
                Self(value.to_string().into())
            }
        }
    )*};
}

from_integers!(i8, i16, i32, i64, u8, u16, u32, u64);
