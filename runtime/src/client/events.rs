//! Calls whose request or response is an event stream: signs the events of the request, and reads what precedes those
//! of the response.

use super::Offset;
use crate::error::HttpError;
use crate::event_stream::initial_response;
use crate::protocol::Operation;
use crate::shape::{BuildError, Timestamp};
use crate::sign::{Credentials, EventSigner};
use crate::stream::{Body, FrameSigner};
use bytes::Bytes;
use http::header::{AUTHORIZATION, HeaderMap};
use std::time::SystemTime;

/// The signer for the events of a request whose head was signed with these credentials, by the service's clock.
pub(super) fn signer(
    head: &HeaderMap,
    credentials: Credentials,
    region: &str,
    service: &str,
    clock: Offset,
) -> Box<dyn FrameSigner> {
    let signed = head.get(AUTHORIZATION);
    let signed = signed.and_then(|value| value.to_str().ok());
    let seed = signed.and_then(|text| text.rsplit_once("Signature="));
    let seed = seed.map_or("", |(_, seed)| seed);
    Box::new(DatedSigner {
        signer: EventSigner::new(credentials, region, service, seed),
        clock,
    })
}

/// Signs each event with the date on which it is sent.
struct DatedSigner {
    signer: EventSigner,
    clock: Offset,
}

impl FrameSigner for DatedSigner {
    fn sign(&mut self, frame: Bytes) -> Result<Bytes, BuildError> {
        let now = self.clock.shift(SystemTime::now());
        let since = now.duration_since(SystemTime::UNIX_EPOCH);
        let seconds = since.map(|since| since.as_secs()).unwrap_or_default();
        let now = Timestamp::from_seconds(i64::try_from(seconds).unwrap_or(i64::MAX));
        self.signer.sign(frame, now)?.encode()
    }
}

/// Separates the body of a response into the events and what the protocol sends before them.
pub(super) async fn received(
    operation: &Operation,
    body: Body,
) -> Result<(Bytes, Body), HttpError> {
    match operation.service.protocol.has_initial_messages() {
        true => initial_response(body).await,
        false => Ok((Bytes::new(), body)),
    }
}
