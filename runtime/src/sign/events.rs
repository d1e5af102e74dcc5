//! Signatures of events: each covers the one before it, and the first one that of the request. No I/O.
//!
//! A signed message has two headers, its date and its signature, and the event's own message as its payload; the last
//! one has no payload.

use bytes::Bytes;
use zeroize::Zeroizing;

use super::hash::hex;
use super::{Credentials, hex_sha256, hmac_sha256};
use crate::event_stream::{HeaderValue, Message, encode_headers};
use crate::shape::{BuildError, Timestamp};

/// Signs the events of one request, in order.
pub struct EventSigner {
    credentials: Credentials,
    region: String,
    service: String,
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
            previous: seed.into(),
        }
    }

    /// The signed message with `message`, which is an encoded message, as its payload; an empty one ends the stream.
    /// `now` is rounded down to whole seconds.
    ///
    /// # Errors
    /// The year of `now` is outside 0000 to 9999.
    pub fn sign(&mut self, message: Bytes, now: Timestamp) -> Result<Message, BuildError> {
        let (day, time) = calendar(now)?;
        let millis = now.seconds().saturating_mul(1000);
        let date = (":date".to_owned(), HeaderValue::Timestamp(millis));
        let scope = format!("{day}/{}/{}/aws4_request", self.region, self.service);
        let to_sign = format!(
            "AWS4-HMAC-SHA256-PAYLOAD\n{day}T{time}Z\n{scope}\n{}\n{}\n{}",
            self.previous,
            hex_sha256(&encode_headers(std::slice::from_ref(&date))?),
            hex_sha256(&message),
        );
        let secret = format!("AWS4{}", self.credentials.secret_access_key()).into_bytes();
        let parts = [
            day.as_str(),
            &self.region,
            &self.service,
            "aws4_request",
            &to_sign,
        ];
        // Each intermediate key is overwritten after the next one has been computed.
        let signature = parts.iter().fold(Zeroizing::new(secret), |key, part| {
            Zeroizing::new(hmac_sha256(&key, part.as_bytes()))
        });
        self.previous = hex(&signature);
        let mut signed =
            Message::new(message).with(":chunk-signature", Bytes::copy_from_slice(&signature));
        signed.headers.push(date);
        Ok(signed)
    }
}

/// The day and the time of day, in digits.
fn calendar(now: Timestamp) -> Result<(String, String), BuildError> {
    let whole = Timestamp::from_seconds(now.seconds());
    let text = whole
        .format(crate::shape::TimestampFormat::DateTime)
        .ok_or_else(|| BuildError::new("the clock is outside of the calendar"))?;
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    match digits.split_at_checked(8) {
        Some((day, time)) if time.len() == 6 => Ok((day.to_owned(), time.to_owned())),
        _ => Err(BuildError::new("the clock is outside of the calendar")),
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
