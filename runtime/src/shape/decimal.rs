//! A decimal number as text. All questions are answered from its digits: a conversion to binary would round most
//! fractions.

use std::cmp::Ordering;

/// A number such as `-12.50e3`: its digits, and the position of the point.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Decimal<'a> {
    negative: bool,
    /// The digits before the written point and those after it.
    digits: (&'a [u8], &'a [u8]),
    /// The indices of the first digit that is not zero and after the last such digit; both the same for zero.
    significant: (usize, usize),
    /// The number of digits before the point, counted from the first written digit, after the exponent has been
    /// applied. A negative number, or one above the number of digits, stands for zeros.
    point: i64,
}

impl<'a> Decimal<'a> {
    /// Parses digits, with an optional sign `-`, a point between digits and an exponent. `None`: the text is something
    /// else, or its exponent has more digits than any number that could be meant.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(unsigned) => (true, unsigned),
            None => (false, text),
        };
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent_of(exponent)?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((whole, fraction)) => (whole, fraction_of(fraction)?),
            None => (mantissa, ""),
        };
        if !is_digits(whole) {
            return None;
        }
        let digits = (whole.as_bytes(), fraction.as_bytes());
        let both = || digits.0.iter().chain(digits.1);
        let first = both().position(|digit| *digit != b'0');
        let zeros_at_end = both().rev().position(|digit| *digit != b'0');
        let end = zeros_at_end.map(|zeros| whole.len() + fraction.len() - zeros);
        let significant = first.zip(end).unwrap_or_default();
        Some(Self {
            negative,
            digits,
            significant,
            point: i64::try_from(whole.len()).ok()?.checked_add(exponent)?,
        })
    }

    /// Whether the number is below zero; false for zero with a sign.
    pub(crate) fn is_negative(&self) -> bool {
        self.negative && !self.is_zero()
    }

    /// The value, if it is an integer of 64 bits in any spelling (`12`, `12.0`, `1.2e1`).
    pub(crate) fn to_i64(self) -> Option<i64> {
        let is_integer = self.is_zero() || position(self.significant.1)? <= self.point;
        is_integer.then(|| self.whole()).flatten()
    }

    /// The part before the point, with the number's sign. `None`: it needs more than 64 bits.
    pub(crate) fn whole(&self) -> Option<i64> {
        const LONGEST: i64 = 19;
        let first = position(self.significant.0)?;
        if self.is_zero() || self.point <= first {
            return Some(0);
        }
        if self.point - first > LONGEST {
            return None;
        }
        let value = (first..self.point).fold(0_i128, |value, index| {
            value * 10 + i128::from(self.digit(index))
        });
        i64::try_from(if self.negative { -value } else { value }).ok()
    }

    /// The first nine digits after the point, without the number's sign: billionths. Further digits are cut.
    pub(crate) fn billionths(&self) -> u32 {
        (0..9).fold(0, |value, index| {
            let digit = self.point.checked_add(index).map(|index| self.digit(index));
            value * 10 + u32::from(digit.unwrap_or_default())
        })
    }

    fn is_zero(&self) -> bool {
        self.significant.0 == self.significant.1
    }

    /// The digit at `index`, counted from the first written digit; zero outside the digits.
    fn digit(&self, index: i64) -> u8 {
        let index = usize::try_from(index).ok();
        let digit = index.and_then(|index| match index.checked_sub(self.digits.0.len()) {
            None => self.digits.0.get(index),
            Some(index) => self.digits.1.get(index),
        });
        digit.map_or(0, |digit| digit - b'0')
    }

    fn significant_digits(&self) -> impl Iterator<Item = &u8> {
        let (first, end) = self.significant;
        let digits = self.digits.0.iter().chain(self.digits.1);
        digits.take(end).skip(first)
    }
}

/// Numbers with the same value are equal, whatever their spelling.
impl PartialEq for Decimal<'_> {
    fn eq(&self, other: &Self) -> bool {
        let scale = |number: &Self| Some(number.point - position(number.significant.0)?);
        match (self.is_zero(), other.is_zero()) {
            (false, false) => {
                self.negative == other.negative
                    && scale(self) == scale(other)
                    && self.significant_digits().cmp(other.significant_digits()) == Ordering::Equal
            }
            (zero, other_zero) => zero == other_zero,
        }
    }
}

fn position(index: usize) -> Option<i64> {
    i64::try_from(index).ok()
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn fraction_of(text: &str) -> Option<&str> {
    is_digits(text).then_some(text)
}

/// An exponent, limited so that adding a position to it cannot overflow.
fn exponent_of(text: &str) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix(['-', '+']) {
        Some(digits) => (text.starts_with('-'), digits),
        None => (false, text),
    };
    let size: i64 = is_digits(digits).then(|| digits.parse().ok())??;
    let exponent = if negative { -size } else { size };
    (exponent.unsigned_abs() < 1 << 60).then_some(exponent)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)] // a panic is how a test fails
mod tests {
    use super::Decimal;
    use proptest::prelude::*;

    #[test]
    fn an_integer_is_one_however_it_is_written() {
        let table = [
            ("0", Some(0)),
            ("-0", Some(0)),
            ("-0.0e5", Some(0)),
            ("0e999999999", Some(0)),
            ("12.0", Some(12)),
            ("1E3", Some(1000)),
            ("1.2e+1", Some(12)),
            ("1200e-2", Some(12)),
            ("-9223372036854775808", Some(i64::MIN)),
            ("9.223372036854775807e18", Some(i64::MAX)),
            ("9223372036854775808", None),
            ("92233720368547758070e-1", Some(i64::MAX)),
            ("9007199254740993.0", Some(9_007_199_254_740_993)),
            ("0.5", None),
            ("1e-1", None),
            ("1e19", None),
            ("1e999999999999", None),
        ];
        for (text, expected) in table {
            assert_eq!(Decimal::parse(text).unwrap().to_i64(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_decimal_is_none() {
        for text in [
            "",
            "-",
            "+1",
            "1.",
            ".5",
            "1e",
            "1e+",
            "e5",
            "1e5.0",
            "1 ",
            "0x10",
            "NaN",
            "inf",
            "--1",
            "1_0",
            "١",
            "1e99999999999999999999",
        ] {
            assert!(Decimal::parse(text).is_none(), "{text:?}");
        }
    }

    proptest! {
        #![proptest_config(tinsmith_tests::fuzz::config())]

        #[test]
        fn a_point_that_an_exponent_moves_back_changes_nothing(
            seconds in any::<i64>(), billionths in 0_u32..1_000_000_000, places in 0_usize..30,
        ) {
            let sign = if seconds < 0 { "-" } else { "" };
            let digits = format!("{}{billionths:09}", seconds.unsigned_abs());
            let zeros = "0".repeat(places);
            // The same number in three spellings: its digits before the point, after it, and with zeros around them.
            for text in [
                format!("{sign}{digits}e-9"),
                format!("{sign}0.{zeros}{digits}E{}", places + digits.len() - 9),
                format!("{sign}{zeros}{digits}{zeros}e-{}", places + 9),
            ] {
                let number = Decimal::parse(&text).unwrap();
                prop_assert_eq!(number.whole(), Some(seconds), "{}", &text);
                prop_assert_eq!(number.billionths(), billionths, "{}", &text);
                prop_assert_eq!(number.to_i64(), (billionths == 0).then_some(seconds), "{}", &text);
                let plain = format!("{sign}{}.{billionths:09}", seconds.unsigned_abs());
                prop_assert_eq!(number, Decimal::parse(&plain).unwrap(), "{}", &text);
            }
        }
    }
}
