//! Encryption with a key of the customer's (SSE-C): S3 wants the key in base64, and the MD5 of the key.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, HeaderName, HeaderValue};
use md5::{Digest, Md5};
use tinsmith_runtime::BuildError;

/// The headers of a key, each with that of its MD5: of the object, and of the source of a copy.
const KEYS: [(HeaderName, HeaderName); 2] = [
    (
        HeaderName::from_static("x-amz-server-side-encryption-customer-key"),
        HeaderName::from_static("x-amz-server-side-encryption-customer-key-md5"),
    ),
    (
        HeaderName::from_static("x-amz-copy-source-server-side-encryption-customer-key"),
        HeaderName::from_static("x-amz-copy-source-server-side-encryption-customer-key-md5"),
    ),
];

/// The length of a key in bytes: AES-256 is the only algorithm.
const LENGTH: usize = 32;

/// Completes the headers of each key without an MD5: the key may be the 32 bytes themselves, or their base64.
pub(crate) fn complete(headers: &mut HeaderMap) -> Result<(), BuildError> {
    for (name, hash) in &KEYS {
        let Some(given) = headers.get(name) else {
            continue;
        };
        if headers.contains_key(hash) {
            continue;
        }
        let given = given.as_bytes();
        let decoded = STANDARD.decode(given).ok();
        let key = decoded
            .filter(|key| key.len() == LENGTH)
            .or_else(|| (given.len() == LENGTH).then(|| given.to_vec()));
        let Some(key) = key else {
            // What was given is a secret, and is not shown.
            return Err(BuildError::new(format!(
                "expected a key of {LENGTH} bytes, or their base64, found {} characters",
                given.len()
            ))
            .in_member(name.as_str()));
        };
        headers.insert(hash, value(&Md5::digest(&key))?);
        let mut encoded = value(&key)?;
        encoded.set_sensitive(true);
        headers.insert(name, encoded);
    }
    Ok(())
}

fn value(bytes: &[u8]) -> Result<HeaderValue, BuildError> {
    let value = HeaderValue::try_from(STANDARD.encode(bytes));
    value.map_err(|_| BuildError::new("base64 is the value of a header"))
}
