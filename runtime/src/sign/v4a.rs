//! The signature of Signature Version 4A: ECDSA on the curve P-256, with a key that is derived from the secret access key.

use super::{Credentials, SignError, hex};
use crate::sign::hash::hmac_sha256;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{DerSignature, SigningKey};
use zeroize::Zeroizing;

/// The order of the curve's group less two: the largest candidate that becomes a key.
const LARGEST: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6,
    0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x4f,
];

/// The signature in hexadecimal, of its encoding in DER. The same message has the same signature (RFC 6979).
pub(super) fn signature(credentials: &Credentials, to_sign: &[u8]) -> Result<String, SignError> {
    let key = derive(credentials).ok_or_else(|| {
        SignError::new("no asymmetric key can be derived from the secret access key")
    })?;
    let signature: DerSignature = key.sign(to_sign);
    Ok(hex(signature.as_bytes()))
}

/// Derives the key: the first candidate that is below the order of the group. Nearly every first one is.
fn derive(credentials: &Credentials) -> Option<SigningKey> {
    let secret = Zeroizing::new(format!("AWS4A{}", credentials.secret_access_key()));
    let id = credentials.access_key_id().as_bytes();
    (1..=254_u8).find_map(|counter| {
        let candidate = [
            &[0, 0, 0, 1],
            b"AWS4-ECDSA-P256-SHA256".as_slice(),
            &[0],
            id,
            &[counter],
            // The length of the key in bits.
            &[0, 0, 1, 0],
        ];
        let candidate = hmac_sha256(secret.as_bytes(), &candidate.concat());
        let mut key = Zeroizing::new(candidate);
        if *key > LARGEST {
            return None;
        }
        // The key is the candidate and one; the last digit carries.
        for byte in key.iter_mut().rev() {
            let (sum, carries) = byte.overflowing_add(1);
            *byte = sum;
            if !carries {
                break;
            }
        }
        SigningKey::from_slice(&*key).ok()
    })
}
