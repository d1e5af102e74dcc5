//! The keys that signatures are made with, kept for the day that they are valid.

use super::hash::hmac_sha256;
use super::{Credentials, Secret};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use zeroize::Zeroizing;

/// How many keys are kept: those of one service in several regions, and of some roles.
const CAPACITY: usize = 8;

/// Signing keys that have been derived, which a client keeps: deriving one costs more than the rest of a signature.
///
/// A key belongs to a day, a region, a service and a secret access key. The last eight are kept; keys are overwritten in
/// memory when they are dropped. Clones share them.
#[derive(Clone, Default)]
pub struct SigningKeys(Arc<Mutex<Vec<Kept>>>);

/// The key of Signature Version 4: `kSigning` of its documentation.
pub(super) type SigningKey = Zeroizing<[u8; 32]>;

struct Kept {
    day: String,
    region: String,
    service: String,
    secret: Secret,
    key: SigningKey,
}

impl SigningKeys {
    /// Without any key.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The key of a scope.
    pub(super) fn get(
        &self,
        credentials: &Credentials,
        day: &str,
        region: &str,
        service: &str,
    ) -> SigningKey {
        let secret = credentials.secret_access_key();
        let mut kept = self.lock();
        let found = kept.iter().find(|kept| {
            kept.day == day
                && kept.region == region
                && kept.service == service
                && *kept.secret == *secret
        });
        if let Some(found) = found {
            return found.key.clone();
        }
        let key = derive(secret, day, region, service);
        if kept.len() == CAPACITY {
            kept.remove(0);
        }
        kept.push(Kept {
            day: day.to_owned(),
            region: region.to_owned(),
            service: service.to_owned(),
            secret: secret.into(),
            key: key.clone(),
        });
        key
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Kept>> {
        // A thread that panicked left the list whole: nothing in between can panic.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Derives a key. Each intermediate key is overwritten after the next one has been computed.
pub(super) fn derive(secret: &str, day: &str, region: &str, service: &str) -> SigningKey {
    let secret = Zeroizing::new(format!("AWS4{secret}"));
    let day = Zeroizing::new(hmac_sha256(secret.as_bytes(), day.as_bytes()));
    let key = |key: SigningKey, part: &str| Zeroizing::new(hmac_sha256(&*key, part.as_bytes()));
    [region, service, "aws4_request"].into_iter().fold(day, key)
}

/// The keys must not be logged.
impl fmt::Debug for SigningKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKeys(** redacted **)")
    }
}
