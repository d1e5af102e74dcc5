//! The end of the chain: sends the request and reads the response, within the limits of time.

use super::{Attempt, AttemptError, AttemptResponse, Prepared, PreparedBody, Retry};
use crate::client::Shared;
use crate::client::events;
use crate::client::idle::Idle;
use crate::client::upload::with_timeout;
use crate::error::{ErrorKind, Failure, HttpError, HttpErrorKind};
use crate::protocol::{Operation, OutputBody};
use crate::retry::{self, RetryKind, RetryReason};
use crate::stream::Body;
use bytes::Bytes;
use http::StatusCode;
use std::pin::pin;
use std::sync::atomic::Ordering;
use std::time::{Duration, SystemTime};

/// Sends the attempt as it is, and separates successes from failures.
pub(super) async fn send(attempt: Attempt<'_>) -> Result<AttemptResponse, AttemptError> {
    let (shared, prepared) = (attempt.shared, attempt.prepared);
    prepared.sent.store(attempt.number, Ordering::Relaxed);
    let limit = shared.config.timeouts().of_attempt(prepared.operation);
    let received = pin!(receive(attempt));
    let received = with_timeout(limit, prepared.body.upload(), received);
    let received = received.await.unwrap_or_else(|| {
        let host = prepared.head.uri.authority();
        let host = host.map_or("?", |host| host.as_str());
        let limit = limit.unwrap_or_default();
        let message =
            format!("no complete response from {host} within {limit:?} (attempt_timeout)");
        Err(HttpError::new(HttpErrorKind::Timeout, message))
    });
    match received {
        Ok((mut received, arrived)) => {
            let status = received.response.status();
            let is_success = is_success(prepared.operation, status);
            let error = match prepared.call {
                Some(call) if is_success && call.is_error(&received.response) => {
                    Some(StatusCode::INTERNAL_SERVER_ERROR)
                }
                _ => (!is_success).then_some(status),
            };
            if let Some(status) = error {
                let AttemptResponse { response, .. } = received;
                return Err(service_error(shared, prepared, response, status, arrived));
            }
            if let Some(call) = prepared.call {
                call.rewrite(&mut received.response);
            }
            Ok(received)
        }
        Err(error) => {
            // The connection may have broken because an event could not be sent.
            let events = prepared.body.events();
            Err(match events.and_then(|events| events.source.failure()) {
                Some(error) => AttemptError::for_good(
                    Failure::new(ErrorKind::Input, prepared.operation.name).with_source(error),
                ),
                None => http_error(prepared.operation, error),
            })
        }
    }
}

impl Attempt<'_> {
    /// The request with the body of this attempt.
    async fn into_request(self) -> Result<http::Request<Body>, HttpError> {
        let Self {
            shared: _,
            prepared,
            number: _,
            head,
            signature,
        } = self;
        let body = match &prepared.body {
            PreparedBody::Bytes(bytes) => bytes.clone().into(),
            PreparedBody::Upload(upload) => upload.body().await?,
            PreparedBody::Events(events) => {
                let signer = signature.map(|signature| {
                    events::signer(
                        &head.headers,
                        signature.credentials,
                        &prepared.scope.region,
                        &prepared.scope.service,
                        signature.clock,
                    )
                });
                events.source.body(events.ahead.clone(), signer)
            }
        };
        Ok(http::Request::from_parts(head, body))
    }
}

/// Sends a request and reads the response: the head, and the body unless it is a success whose body the caller reads.
/// Also returns the time when the head arrived, by our clock.
async fn receive(attempt: Attempt<'_>) -> Result<(AttemptResponse, SystemTime), HttpError> {
    let (shared, prepared) = (attempt.shared, attempt.prepared);
    let mut options = shared.config.send_options();
    options.http2 = prepared.body.events().is_some();
    let request = attempt.into_request().await?;
    let response = shared.config.http().send(request, &options).await?;
    let arrived = SystemTime::now();
    let (head, body) = response.into_parts();
    let from = || {
        let uri = &prepared.head.uri;
        let host = uri.authority().map_or("?", |host| host.as_str());
        format!("{}://{host}", uri.scheme_str().unwrap_or("http"))
    };
    let timeouts = shared.config.timeouts();
    let output_body = match is_success(prepared.operation, head.status) {
        true => prepared.operation.output_body,
        false => OutputBody::Whole,
    };
    let validation = prepared.operation.validation.filter(|validation| {
        validation.is_asked(&prepared.head.headers) && is_success(prepared.operation, head.status)
    });
    let (body, validated_by) = match validation {
        Some(validation) => validation.validated(head.status, &head.headers, body),
        None => (body, None),
    };
    let (whole, unread) = match output_body {
        OutputBody::Whole => (whole(shared, body, from).await?, None),
        OutputBody::Stream => {
            let message = |limit| {
                let from = from();
                format!("no more bytes of the response of {from} within {limit:?} (idle_timeout)")
            };
            (Bytes::new(), Some(limited(body, timeouts.idle, message)))
        }
        OutputBody::Events => {
            let (ahead, body) = events::received(prepared.operation, body).await?;
            let message = |limit| format!("the service sent nothing for {limit:?} (event_timeout)");
            (ahead, Some(limited(body, timeouts.events, message)))
        }
    };
    let received = AttemptResponse {
        response: http::Response::from_parts(head, whole),
        body: unread,
        validated_by,
    };
    Ok((received, arrived))
}

fn is_success(operation: &Operation, status: StatusCode) -> bool {
    operation.service.protocol.is_success(status)
}

/// The whole body, up to the configuration's limit.
async fn whole(
    shared: &Shared,
    body: Body,
    from: impl FnOnce() -> String,
) -> Result<Bytes, HttpError> {
    let max = shared.config.max_response_bytes();
    body.collect(max).await.map_err(|error| {
        if error.kind() != HttpErrorKind::TooLarge {
            return error;
        }
        let message = format!(
            "the response of {} is larger than the {max} bytes that max_response_bytes allows",
            from()
        );
        HttpError::new(HttpErrorKind::TooLarge, message).with_source(error)
    })
}

/// A body that fails with this message if it sends nothing for longer than the limit.
fn limited(body: Body, limit: Option<Duration>, message: impl FnOnce(Duration) -> String) -> Body {
    match limit {
        // A body in memory never has to be waited for.
        Some(limit) if body.as_bytes().is_none() => {
            Body::streamed(Idle::new(body, limit, message(limit)))
        }
        _ => body,
    }
}

/// `status` is the one that the error counts as.
fn service_error(
    shared: &Shared,
    prepared: &Prepared<'_>,
    response: http::Response<Bytes>,
    status: StatusCode,
    arrived: SystemTime,
) -> AttemptError {
    let retry_after = retry::retry_after(response.headers());
    let mut answer = shared.service.protocol.error_of(&response);
    if let (None, Some(call)) = (&answer.code, prepared.call) {
        answer.code = call.code(&response).map(str::to_owned);
    }
    if answer.code.is_none() && answer.message.is_none() && response.status().is_success() {
        let message = "the status is that of a success, but the body is not the output";
        answer.message = Some(message.to_owned());
    }
    let mut failure =
        Failure::new(ErrorKind::Service, prepared.operation.name).with_answer(answer, response);
    let code = failure.code.as_deref();
    let kind = retry::classify(
        shared.service.retryable,
        status,
        code,
        shared.retries().retry_429,
    );
    failure.throttling = kind == Some(RetryKind::Throttling) || status.as_u16() == 429;
    AttemptError {
        failure,
        retry: kind.map(|kind| Retry {
            reason: kind.into(),
            retry_after,
        }),
        arrived: Some(arrived),
    }
}

fn http_error(operation: &Operation, error: HttpError) -> AttemptError {
    let kind = error.kind().of_call();
    let reason = match kind {
        ErrorKind::Timeout => RetryReason::Timeout,
        _ => RetryReason::Transient,
    };
    let retry = error.is_retryable().then_some(Retry {
        reason,
        retry_after: None,
    });
    AttemptError {
        failure: Failure::new(kind, operation.name).with_source(error),
        retry,
        arrived: None,
    }
}
