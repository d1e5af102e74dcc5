//! The CRC of bytes from the CRCs of their parts: that of the bytes before is moved on by as many bits as follow it, which is
//! a multiplication of polynomials modulo that of the algorithm, with bits in reverse order as these algorithms have them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// An algorithm: its width in bits and its polynomial.
#[derive(Clone, Copy)]
struct Crc {
    width: u32,
    polynomial: u64,
}

fn of_name(algorithm: &str) -> Option<Crc> {
    let (width, polynomial) = match algorithm {
        "CRC32" => (32, 0xedb8_8320),
        "CRC32C" => (32, 0x82f6_3b78),
        "CRC64NVME" => (64, 0x9a6c_9329_ac4b_c9b5),
        _ => return None,
    };
    Some(Crc { width, polynomial })
}

/// Whether the sum of parts is known from theirs.
pub(super) fn is_combined(algorithm: &str) -> bool {
    of_name(algorithm).is_some()
}

/// The checksum of all parts, in base64 as theirs are, each with its length in bytes. `None`: it is no CRC, or one of them
/// is no checksum of the algorithm.
pub(super) fn combined<'p>(
    algorithm: &str,
    parts: impl IntoIterator<Item = (&'p str, u64)>,
) -> Option<String> {
    let crc = of_name(algorithm)?;
    // That of no bytes.
    let mut all = 0;
    for (part, length) in parts {
        all = crc.multiply(crc.shift(length), all) ^ crc.decode(part)?;
    }
    let bytes = all.to_be_bytes();
    bytes
        .get(bytes.len().checked_sub(crc.bytes())?..)
        .map(|bytes| STANDARD.encode(bytes))
}

impl Crc {
    fn bytes(self) -> usize {
        self.width as usize / 8
    }

    fn decode(self, text: &str) -> Option<u64> {
        let bytes = STANDARD.decode(text).ok()?;
        if bytes.len() != self.bytes() {
            return None;
        }
        let add = |value, byte: &u8| value << 8 | u64::from(*byte);
        Some(bytes.iter().fold(0, add))
    }

    /// The polynomial 1.
    fn one(self) -> u64 {
        1 << (self.width - 1)
    }

    /// The power of x by which so many bytes move a CRC on.
    fn shift(self, bytes: u64) -> u64 {
        let mut exponent = u128::from(bytes) * 8;
        let mut power = self.one();
        let mut square = self.one() >> 1;
        while exponent > 0 {
            if exponent & 1 == 1 {
                power = self.multiply(power, square);
            }
            square = self.multiply(square, square);
            exponent >>= 1;
        }
        power
    }

    fn multiply(self, one: u64, mut other: u64) -> u64 {
        let mut product = 0;
        let mut bit = self.one();
        while bit > 0 {
            if one & bit != 0 {
                product ^= other;
            }
            let carry = other & 1 == 1;
            other >>= 1;
            if carry {
                other ^= self.polynomial;
            }
            bit >>= 1;
        }
        product
    }
}

#[cfg(test)]
mod tests {
    use super::combined;
    use tinsmith_runtime::Digest;

    fn of(algorithm: &str, bytes: &[u8]) -> String {
        let mut digest = Digest::new(algorithm).unwrap();
        digest.update(bytes);
        digest.finish()
    }

    #[test]
    fn the_checksum_of_parts_is_that_of_the_whole() {
        let bytes: Vec<u8> = (0..70_001_u32).map(|at| (at * 31 % 251) as u8).collect();
        for algorithm in ["CRC32", "CRC32C", "CRC64NVME"] {
            for size in [1, 7, 4096, 65_536, 100_000] {
                let parts: Vec<_> = bytes
                    .chunks(size)
                    .map(|part| (of(algorithm, part), part.len() as u64))
                    .collect();
                let found = combined(
                    algorithm,
                    parts.iter().map(|(sum, len)| (sum.as_str(), *len)),
                );
                assert_eq!(found, Some(of(algorithm, &bytes)), "{algorithm} {size}");
            }
            assert_eq!(combined(algorithm, []), Some(of(algorithm, b"")));
            assert_eq!(combined(algorithm, [("AAA", 1)]), None);
        }
        assert_eq!(combined("SHA256", [("AAAA", 1)]), None);
    }
}
