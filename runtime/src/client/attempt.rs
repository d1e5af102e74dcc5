//! One attempt of a call: credentials, signature, sending, and what came of it.

use super::Shared;
use super::events::{self, Events, SIGNED_EVENTS};
use super::idle::Idle;
use super::tokens;
use super::upload::{Upload, within};
use crate::error::{ErrorKind, Failure};
use crate::error::{HttpError, HttpErrorKind};
use crate::protocol::{Auth, Operation};
use crate::retry::{self, RETRY_COST, RetryKind, TIMEOUT_RETRY_COST};
use crate::sign::Credentials;
use crate::sign::{SignedPayload, sign};
use crate::stream::Body;
use bytes::Bytes;
use http::header::{AUTHORIZATION, USER_AGENT};
use http::{HeaderName, HeaderValue};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

const INVOCATION_ID: HeaderName = HeaderName::from_static("amz-sdk-invocation-id");
const SDK_REQUEST: HeaderName = HeaderName::from_static("amz-sdk-request");

/// A call's request, as every attempt begins with it: absolute, unsigned.
pub(super) struct Prepared {
    pub(super) operation: &'static Operation,
    pub(super) request: http::Request<Bytes>,
    /// A bearer token authorises it, in place of a signature.
    pub(super) uses_token: bool,
    /// The body, where it is a stream; that of the request is empty then.
    pub(super) upload: Option<Upload>,
    /// The events that are the body; that of the request has the members ahead of them.
    pub(super) events: Option<Events>,
    pub(super) signing_name: String,
    pub(super) signing_region: String,
    pub(super) invocation_id: HeaderValue,
    /// Whether an attempt was made with a date by the service's clock.
    pub(super) dated_again: AtomicBool,
}

/// A response: with its body, or with the body still to be read.
pub(super) struct Received {
    pub(super) response: http::Response<Bytes>,
    pub(super) body: Option<Body>,
    /// When its head came, by our clock.
    arrived: SystemTime,
}

/// What a request is signed with, and its date.
struct Signature {
    credentials: Credentials,
    at: SystemTime,
}

/// What came of an attempt that did not succeed.
pub(super) struct Failed {
    pub(super) failure: Failure,
    /// `None`: another attempt would not do better.
    pub(super) retry: Option<Retry>,
}

/// What a retry would cost, and how long the service asks to wait.
pub(super) struct Retry {
    pub(super) cost: u32,
    pub(super) asked: Option<Duration>,
}

impl Failed {
    fn for_good(failure: Failure) -> Self {
        Self {
            failure,
            retry: None,
        }
    }
}

/// Signs anew and sends. `sent` is called when the request goes out.
pub(super) async fn attempt(
    shared: &Shared,
    prepared: &Prepared,
    number: u32,
    sent: impl FnOnce(),
) -> Result<Received, Failed> {
    let (request, signature) = signed(shared, prepared, number)
        .await
        .map_err(Failed::for_good)?;
    sent();
    let limit = shared.config.timeouts().of_attempt(prepared.operation);
    let receiving = receive(shared, prepared, request);
    let result = within(limit, prepared.upload.as_ref(), receiving)
        .await
        .unwrap_or_else(|| {
            let host = prepared
                .request
                .uri()
                .authority()
                .map_or("?", |host| host.as_str());
            let limit = limit.unwrap_or_default();
            let message =
                format!("no complete response from {host} within {limit:?} (attempt_timeout)");
            Err(HttpError::new(HttpErrorKind::Timeout, message))
        });
    match result {
        Ok(received) if received.response.status().is_success() => Ok(received),
        Ok(Received {
            response, arrived, ..
        }) => {
            let failed = service_error(shared, prepared.operation, response);
            let Some(Signature { credentials, at }) = signature else {
                return Err(failed);
            };
            let failed = with_other_date(shared, prepared, failed, at, arrived);
            Err(with_other_credentials(shared, failed, credentials).await)
        }
        Err(error) => {
            // What broke the connection may be an event that cannot be sent.
            let unsent = prepared.events.as_ref().and_then(Events::failure);
            Err(match unsent {
                Some(error) => Failed::for_good(
                    Failure::new(ErrorKind::Input, prepared.operation.name).with_source(error),
                ),
                None => http_error(prepared.operation, error),
            })
        }
    }
}

/// Sends a request and reads the response: all of it, unless it is a success whose body is the caller's to read.
async fn receive(
    shared: &Shared,
    prepared: &Prepared,
    request: http::Request<Body>,
) -> Result<Received, HttpError> {
    let request = match &prepared.upload {
        None => request,
        Some(upload) => {
            let body = upload.body().await?;
            request.map(|_| body)
        }
    };
    let mut options = shared.config.send_options();
    options.http2 = prepared.events.is_some();
    let response = shared.config.http().send(request, &options).await?;
    let arrived = SystemTime::now();
    let (head, body) = response.into_parts();
    let from = || {
        let uri = prepared.request.uri();
        let host = uri.authority().map_or("?", |host| host.as_str());
        format!("{}://{host}", uri.scheme_str().unwrap_or("http"))
    };
    if prepared.operation.streams_output && head.status.is_success() {
        if prepared.operation.event_stream {
            // Its own limit of silence counts from event to event.
            let (ahead, body) = events::received(prepared.operation, body).await?;
            return Ok(Received {
                response: http::Response::from_parts(head, ahead),
                body: Some(body),
                arrived,
            });
        }
        let body = match shared.config.timeouts().idle {
            Some(limit) if body.as_bytes().is_none() => {
                Body::streamed(Idle::new(body, limit, from()))
            }
            _ => body,
        };
        return Ok(Received {
            response: http::Response::from_parts(head, Bytes::new()),
            body: Some(body),
            arrived,
        });
    }
    let max = shared.config.max_response_bytes();
    let body = body.collect(max).await.map_err(|error| {
        if error.kind() != HttpErrorKind::TooLarge {
            return error;
        }
        let message = format!(
            "the response of {} is larger than the {max} bytes that max_response_bytes allows",
            from()
        );
        HttpError::new(HttpErrorKind::TooLarge, message).with_source(error)
    })?;
    Ok(Received {
        response: http::Response::from_parts(head, body),
        body: None,
        arrived,
    })
}

/// The request as it goes out, and its signature, if it has one.
async fn signed(
    shared: &Shared,
    prepared: &Prepared,
    number: u32,
) -> Result<(http::Request<Body>, Option<Signature>), Failure> {
    let mut signature = None;
    let clock = shared.clocks.offset(prepared.request.uri().authority());
    let (mut parts, body) = prepared.request.clone().into_parts();
    // What signing and the lines below add, so that the table of headers does not grow on the way.
    parts.headers.reserve(8);
    let failure = || Failure::new(ErrorKind::Credentials, prepared.operation.name);
    if prepared.uses_token {
        let tokens = shared.config.tokens();
        let token = tokens.get(&prepared.signing_name, SystemTime::now()).await;
        let header = token.and_then(|token| tokens::header(&token));
        let header = header.map_err(|error| failure().with_source(error))?;
        parts.headers.insert(AUTHORIZATION, header);
    } else if prepared.operation.auth != Auth::None {
        let credentials = shared.config.credentials().get(SystemTime::now()).await;
        let credentials = credentials.map_err(|error| failure().with_source(error))?;
        let payload = match (prepared.operation.auth, &prepared.upload) {
            (Auth::UnsignedPayload, _) => SignedPayload::Unsigned,
            (_, Some(upload)) => upload.signed_payload(),
            _ if prepared.events.is_some() => SignedPayload::Hash(SIGNED_EVENTS),
            (_, None) => SignedPayload::Bytes(&body),
        };
        let at = clock.shift(SystemTime::now());
        sign(
            &mut parts,
            payload,
            &credentials,
            &prepared.signing_region,
            &prepared.signing_name,
            at,
        )
        .map_err(|error| failure().with_source(error))?;
        signature = Some(Signature { credentials, at });
    }
    // Not signed: proxies may change these.
    let max = shared.config.retries().max_attempts;
    if let Ok(value) = HeaderValue::try_from(format!("attempt={number}; max={max}")) {
        parts.headers.insert(SDK_REQUEST, value);
    }
    parts
        .headers
        .insert(INVOCATION_ID, prepared.invocation_id.clone());
    parts.headers.insert(USER_AGENT, shared.user_agent.clone());
    let body = match &prepared.events {
        Some(events) => {
            let credentials = signature
                .as_ref()
                .map(|signature| signature.credentials.clone());
            events::body(prepared, events, &parts, credentials, clock)
        }
        None => body.into(),
    };
    Ok((http::Request::from_parts(parts, body), signature))
}

/// Where the date of the request may be the reason for the error: another attempt with a date by the service's clock, one
/// in a call.
fn with_other_date(
    shared: &Shared,
    prepared: &Prepared,
    failed: Failed,
    signed_at: SystemTime,
    arrived: SystemTime,
) -> Failed {
    let Failure { code, response, .. } = &failed.failure;
    let Some(response) = response else {
        return failed;
    };
    let corrected = shared.clocks.correct(
        prepared.request.uri().authority(),
        code.as_deref(),
        response.headers(),
        signed_at,
        arrived,
    );
    if !corrected || prepared.dated_again.swap(true, Ordering::Relaxed) {
        return failed;
    }
    let asked = failed.retry.as_ref().and_then(|retry| retry.asked);
    Failed {
        retry: Some(Retry {
            cost: RETRY_COST,
            asked,
        }),
        ..failed
    }
}

/// Where the service took the credentials for expired: another attempt, if their source now gives others.
async fn with_other_credentials(shared: &Shared, failed: Failed, refused: Credentials) -> Failed {
    if failed.retry.is_some() || !retry::is_expired_token(failed.failure.code.as_deref()) {
        return failed;
    }
    let others = shared.config.credentials();
    let others = others.replace(&refused, SystemTime::now()).await;
    Failed {
        retry: others.map(|_| Retry {
            cost: RETRY_COST,
            asked: None,
        }),
        ..failed
    }
}

fn service_error(
    shared: &Shared,
    operation: &Operation,
    response: http::Response<Bytes>,
) -> Failed {
    let asked = retry::retry_after(response.headers());
    let status = response.status();
    let mut failure = Failure::new(ErrorKind::Service, operation.name)
        .with_response(shared.service.protocol, response);
    let code = failure.code.as_deref();
    let kind = retry::classify(
        shared.service.retryable,
        status,
        code,
        shared.config.retries().retry_429,
    );
    failure.throttling = kind == Some(RetryKind::Throttling) || status.as_u16() == 429;
    Failed {
        failure,
        retry: kind.map(|_| Retry {
            cost: RETRY_COST,
            asked,
        }),
    }
}

fn http_error(operation: &Operation, error: HttpError) -> Failed {
    let kind = error.kind().of_call();
    let cost = match kind {
        ErrorKind::Timeout => TIMEOUT_RETRY_COST,
        _ => RETRY_COST,
    };
    let retry = error.is_retryable().then_some(Retry { cost, asked: None });
    Failed {
        failure: Failure::new(kind, operation.name).with_source(error),
        retry,
    }
}
