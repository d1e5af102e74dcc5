//! CRC32, as the store adds it up: with other code than the client's.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

const TABLE: [u32; 256] = {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 256 {
        let mut value = at as u32;
        let mut bit = 0;
        while bit < 8 {
            value = match value & 1 {
                1 => value >> 1 ^ 0xedb8_8320,
                _ => value >> 1,
            };
            bit += 1;
        }
        #[allow(
            clippy::indexing_slicing,
            reason = "a constant, below the length of the table"
        )]
        {
            table[at] = value;
        }
        at += 1;
    }
    table
};

/// The CRC32 of bytes, in base64 as headers have it.
pub(super) fn crc32(bytes: &[u8]) -> String {
    let add = |sum: u32, byte: &u8| {
        let place = (sum ^ u32::from(*byte)) & 0xff;
        TABLE.get(place as usize).copied().unwrap_or_default() ^ sum >> 8
    };
    STANDARD.encode((!bytes.iter().fold(!0, add)).to_be_bytes())
}
