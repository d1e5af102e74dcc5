//! The numbers of CBOR for which Rust has no type.

/// A number in any of the forms that CBOR has.
#[derive(Debug)]
pub(super) enum Numeric {
    /// An integer of up to 65 bits, with its sign.
    Integer(i128),
    /// A floating-point number of 16 or 32 bits.
    Single(f32),
    /// A floating-point number of 64 bits.
    Double(f64),
    /// An integer of any size.
    Big(Bignum),
}

/// An integer of any size.
#[derive(Debug)]
pub(super) struct Bignum {
    is_negative: bool,
    /// Its absolute value, most significant byte first, without leading zeros.
    magnitude: Vec<u8>,
}

/// An integer of this many bytes fits into an `i128`.
const SMALL: usize = 15;

impl Bignum {
    /// The integer that the content of tag 2 or tag 3 stands for (tag 3: -1 minus it).
    pub(super) fn new(is_negative: bool, content: &[u8]) -> Self {
        let mut magnitude = content.to_vec();
        if is_negative {
            // Adds one; where every byte is full, the carry becomes a new first byte.
            let full = magnitude.iter().rev().take_while(|byte| **byte == 0xff);
            let full = full.count();
            for byte in magnitude.iter_mut().rev().take(full) {
                *byte = 0;
            }
            match magnitude.iter_mut().rev().nth(full) {
                Some(byte) => *byte += 1,
                None => magnitude.insert(0, 1),
            }
        }
        let zeros = magnitude.iter().take_while(|byte| **byte == 0).count();
        magnitude.drain(..zeros);
        Self {
            is_negative,
            magnitude,
        }
    }

    /// The value, if it has up to 120 bits.
    pub(super) fn to_i128(&self) -> Option<i128> {
        if self.magnitude.len() > SMALL {
            return None;
        }
        let bytes = self.magnitude.iter();
        let value = bytes.fold(0, |value: i128, byte| value << 8 | i128::from(*byte));
        Some(if self.is_negative { -value } else { value })
    }

    /// The nearest number of 64 bits; an infinity if the value is too large.
    pub(super) fn to_f64(&self) -> f64 {
        let (first, bytes) = self.leading();
        let value = first as f64 * 2_f64.powi(bytes.saturating_mul(8));
        if self.is_negative { -value } else { value }
    }

    /// The nearest number of 32 bits; an infinity if the value is too large.
    pub(super) fn to_f32(&self) -> f32 {
        let (first, bytes) = self.leading();
        let value = first as f32 * 2_f32.powi(bytes.saturating_mul(8));
        if self.is_negative { -value } else { value }
    }

    /// The first bytes, which are more than a floating-point number has digits for, and the number of bytes after them.
    /// The last bit says whether any of those is not zero, since rounding may depend on it.
    fn leading(&self) -> (u128, i32) {
        let (first, rest) = self.magnitude.split_at(SMALL.min(self.magnitude.len()));
        let value = first
            .iter()
            .fold(0, |value: u128, byte| value << 8 | u128::from(*byte));
        let is_more = rest.iter().any(|byte| *byte != 0);
        (
            value | u128::from(is_more),
            i32::try_from(rest.len()).unwrap_or(i32::MAX),
        )
    }
}

/// A number of 16 bits: the sign, five bits of exponent and ten of fraction.
pub(super) fn half(bits: u16) -> f32 {
    let fraction = f32::from(bits & 0x3ff);
    let magnitude = match bits >> 10 & 0x1f {
        0 => fraction * 2_f32.powi(-24),
        31 if fraction == 0.0 => f32::INFINITY,
        31 => f32::NAN,
        exponent => (fraction + 1024.0) * 2_f32.powi(i32::from(exponent) - 25),
    };
    if bits >> 15 == 1 {
        -magnitude
    } else {
        magnitude
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)] // a panic is how a test fails
mod tests {
    use super::{Bignum, half};

    #[test]
    fn an_integer_of_any_size_is_rounded_once() {
        let bytes = |text: &str| {
            let digits: Vec<_> = text.bytes().filter(u8::is_ascii_hexdigit).collect();
            let pairs = digits
                .chunks(2)
                .map(|pair| std::str::from_utf8(pair).unwrap());
            let bytes = pairs.map(|pair| u8::from_str_radix(pair, 16).unwrap());
            bytes.collect::<Vec<_>>()
        };
        let table = [
            ("", 0.0, 0.0),
            ("00 00", 0.0, 0.0),
            ("01 00", 256.0, 256.0),
            (
                "ff ff ff ff ff ff ff ff",
                18_446_744_073_709_551_616.0,
                1.844_674_4e19,
            ),
            // Half-way between two numbers of 64 bits, and one more or one less at the 20th byte.
            (
                "20 00 00 00 00 00 01 00 00 00 00 00 00 00 00 00 00 00 00 00",
                2_f64.powi(157),
                2_f32.powi(157 - 30) * 2_f32.powi(30),
            ),
            (
                "20 00 00 00 00 00 01 00 00 00 00 00 00 00 00 00 00 00 00 01",
                2_f64.powi(157) + 2_f64.powi(105),
                f32::INFINITY,
            ),
            (
                "20 00 00 00 00 00 00 ff ff ff ff ff ff ff ff ff ff ff ff ff",
                2_f64.powi(157),
                f32::INFINITY,
            ),
        ];
        for (text, double, single) in table {
            let number = Bignum::new(false, &bytes(text));
            assert_eq!(number.to_f64(), double, "{text}");
            assert_eq!(number.to_f32(), single, "{text}");
        }
        assert_eq!(Bignum::new(false, &[1; 1000]).to_f64(), f64::INFINITY);
        assert_eq!(Bignum::new(true, &[1; 1000]).to_f32(), f32::NEG_INFINITY);
    }

    #[test]
    fn a_negative_one_is_one_less_than_its_bytes_say() {
        for (bytes, value) in [
            (&[][..], -1),
            (&[0], -1),
            (&[0xff], -256),
            (&[0, 0xff], -256),
            (&[1, 0xff], -512),
            (
                &[0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
                i64::MIN.into(),
            ),
        ] {
            let number = Bignum::new(true, bytes);
            assert_eq!(number.to_i128(), Some(value), "{bytes:?}");
            assert_eq!(number.to_f64(), value as f64, "{bytes:?}");
        }
        assert_eq!(
            Bignum::new(false, &[1; 15]).to_i128(),
            i128::from_str_radix(&"01".repeat(15), 16).ok()
        );
        assert_eq!(Bignum::new(false, &[1; 16]).to_i128(), None);
        assert_eq!(Bignum::new(true, &[0xff; 15]).to_i128(), None);
    }

    #[test]
    fn each_number_of_sixteen_bits_is_that_of_its_bits() {
        // By the formula of RFC 8949, Appendix D, computed with 64 bits, which hold every value.
        for bits in 0..=u16::MAX {
            let (exponent, fraction) = (i32::from(bits >> 10 & 0x1f), f64::from(bits & 0x3ff));
            let magnitude = match exponent {
                0 => fraction * 2_f64.powi(-24),
                31 if fraction == 0.0 => f64::INFINITY,
                31 => f64::NAN,
                _ => (1024.0 + fraction) * 2_f64.powi(exponent - 25),
            };
            let value = if bits & 0x8000 == 0 {
                magnitude
            } else {
                -magnitude
            };
            let read = f64::from(half(bits));
            assert!(
                read == value || read.is_nan() && value.is_nan(),
                "{bits:#x}"
            );
            assert_eq!(
                read.is_sign_negative(),
                value.is_sign_negative(),
                "{bits:#x}"
            );
        }
    }
}
