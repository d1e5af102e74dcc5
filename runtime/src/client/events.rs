//! A call whose request or response is an event stream: what that adds to an attempt.

use super::attempt::Prepared;
use super::{Offset, Shared};
use crate::error::HttpError;
use crate::error::{ErrorKind, Failure};
pub(super) use crate::event_stream::Events;
use crate::event_stream::{Call, EventSigner, MEDIA_TYPE, TAKEN, initial_response};
use crate::protocol::{Operation, Protocol};
use crate::sign::Credentials;
use crate::stream::Body;
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use http::request::Parts;

/// What stands for the hash of a body whose events are signed each by itself.
pub(super) const SIGNED_EVENTS: &str = "STREAMING-AWS4-HMAC-SHA256-EVENTS";

/// Takes the events that a request sends out of its extensions, and makes its head that of an event stream. The body
/// stays: it has the members that the protocol puts ahead of the events.
pub(super) fn outgoing(
    operation: &'static Operation,
    request: &mut http::Request<Bytes>,
) -> Result<Option<Events>, Box<Failure>> {
    let Some(events) = request.extensions_mut().remove::<Events>() else {
        return Ok(None);
    };
    if events.are_taken() {
        let failure = Failure::new(ErrorKind::Input, operation.name).with_message(TAKEN);
        return Err(Box::new(failure));
    }
    let headers = request.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    Ok(Some(events))
}

/// The body of one attempt; `credentials` are those that the head was signed with, `clock` is the service's.
pub(super) fn body(
    prepared: &Prepared,
    events: &Events,
    head: &Parts,
    credentials: Option<Credentials>,
    clock: Offset,
) -> Body {
    let protocol = prepared.operation.service.protocol;
    let members = prepared.request.body().clone();
    let content_type = crate::http_binding::json_content_type(protocol);
    let rest = match protocol {
        Protocol::RestJson => None,
        _ => Some((content_type.as_str(), members)),
    };
    let signer = credentials.map(|credentials| {
        let signed = head.headers.get(AUTHORIZATION);
        let signed = signed.and_then(|value| value.to_str().ok());
        let seed = signed.and_then(|text| text.rsplit_once("Signature="));
        EventSigner::new(
            credentials,
            &prepared.signing_region,
            &prepared.signing_name,
            seed.map_or("", |(_, seed)| seed),
        )
    });
    Body::from_stream(events.body(protocol, rest, signer, clock))
}

/// The body of a response without what the protocol puts ahead of the events, and that.
pub(super) async fn received(
    operation: &Operation,
    body: Body,
) -> Result<(Bytes, Body), HttpError> {
    match operation.service.protocol {
        Protocol::RestJson => Ok((Bytes::new(), body)),
        _ => initial_response(body).await,
    }
}

/// Tells the output's event stream which call it belongs to.
pub(super) fn name_call(
    shared: &Shared,
    operation: &'static Operation,
    response: &mut http::Response<Bytes>,
    attempts: u32,
    events: Option<&Events>,
) {
    response.extensions_mut().insert(Call {
        operation,
        attempts,
        max_attempts: shared.config.retries().max_attempts,
        patience: shared.config.timeouts().events,
        outgoing: events.map(|events| events.source.clone()),
    });
}
