//! Signatures of events: each covers the one before it, and the first one that of the request. No I/O.
//!
//! A signed message has two headers, its date and its signature, and the event's own message as its payload; the last
//! one has no payload.

use bytes::Bytes;

use super::date::SigningDate;
use super::hash::{hex, hex_sha256, hmac_sha256};
use super::{Credentials, SigningKeys};
use crate::event_stream::{HeaderValue, Message, encode_headers};
use crate::shape::{BuildError, Timestamp};

/// Signs the events of one request, in order.
pub struct EventSigner {
    credentials: Credentials,
    region: String,
    service: String,
    keys: SigningKeys,
    /// The signature before the next one, in hexadecimal.
    previous: String,
}

impl EventSigner {
    /// `seed`: the signature of the request, in hexadecimal. Region and service are those of its scope.
    pub fn new(
        credentials: Credentials,
        region: impl Into<String>,
        service: impl Into<String>,
        seed: impl Into<String>,
    ) -> Self {
        Self {
            credentials,
            region: region.into(),
            service: service.into(),
            keys: SigningKeys::new(),
            previous: seed.into(),
        }
    }

    /// The signed message with `message`, which is an encoded message, as its payload; an empty one ends the stream.
    /// `now` is rounded down to whole seconds.
    ///
    /// # Errors
    /// The year of `now` is outside 0000 to 9999.
    pub fn sign(&mut self, message: Bytes, now: Timestamp) -> Result<Message, BuildError> {
        let now = Timestamp::from_seconds(now.seconds());
        let date = SigningDate::of(now)
            .ok_or_else(|| BuildError::new("the clock is outside of the calendar"))?;
        let (day, time) = (date.day(), date.time());
        let millis = now.seconds().saturating_mul(1000);
        let header = (":date".to_owned(), HeaderValue::Timestamp(millis));
        let scope = format!("{day}/{}/{}/aws4_request", self.region, self.service);
        let to_sign = format!(
            "AWS4-HMAC-SHA256-PAYLOAD\n{time}\n{scope}\n{}\n{}\n{}",
            self.previous,
            hex_sha256(&encode_headers(std::slice::from_ref(&header))?),
            hex_sha256(&message),
        );
        let key = self
            .keys
            .get(&self.credentials, day, &self.region, &self.service);
        let signature = hmac_sha256(&*key, to_sign.as_bytes());
        self.previous = hex(&signature);
        let mut signed =
            Message::new(message).with(":chunk-signature", Bytes::copy_from_slice(&signature));
        signed.headers.push(header);
        Ok(signed)
    }
}

/// The keys must not be logged.
impl std::fmt::Debug for EventSigner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EventSigner")
            .field("region", &self.region)
            .field("service", &self.service)
            .finish_non_exhaustive()
    }
}
