//! Compression of request bodies that are large enough (Smithy's `requestCompression`).

use bytes::Bytes;
use http::header::CONTENT_ENCODING;
use http::{HeaderMap, HeaderValue};

/// How an operation's bodies are compressed.
#[derive(Clone, Copy, Debug)]
pub struct Compression {
    encoding: &'static str,
    compress: fn(&[u8]) -> Vec<u8>,
}

impl Compression {
    /// gzip (RFC 1952).
    #[cfg(feature = "gzip")]
    pub const GZIP: Self = Self {
        encoding: "gzip",
        compress: gzip,
    };

    /// Compresses a body of at least `least` bytes; the encoding is added after those that the body has already.
    pub fn apply(self, headers: &mut HeaderMap, body: &mut Bytes, least: usize) {
        if body.is_empty() || body.len() < least {
            return;
        }
        let encoding = match headers.get(CONTENT_ENCODING) {
            Some(other) => {
                let list = [other.as_bytes(), b", ", self.encoding.as_bytes()].concat();
                HeaderValue::from_bytes(&list).ok()
            }
            None => Some(HeaderValue::from_static(self.encoding)),
        };
        if let Some(encoding) = encoding {
            *body = (self.compress)(body).into();
            headers.insert(CONTENT_ENCODING, encoding);
        }
    }
}

/// The lowest level, which achieves most of the gain. It contains no date, so that equal bodies give equal bytes.
#[cfg(feature = "gzip")]
fn gzip(body: &[u8]) -> Vec<u8> {
    use std::io::Read as _;
    let mut compressed = Vec::with_capacity(body.len() / 2);
    let mut encoder = flate2::bufread::GzEncoder::new(body, flate2::Compression::fast());
    // Reading from memory and writing to memory do not fail.
    let _ = encoder.read_to_end(&mut compressed);
    compressed
}
