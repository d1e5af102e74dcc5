//! All attempts of one call, with the quota, the waits between them and the limit of time for the whole call.

use super::answered_call::AnsweredCall;
use super::attempt::{AttemptError, AttemptResponse, Prepared, PreparedBody, attempt};
use super::upload::{Upload, with_timeout};
use super::{CallResponse, Shared};
use crate::checksum::{Checksum, ResponseChecksumValidation, Trailer};
use crate::client::config::Retries;
use crate::endpoint::{EndpointContext, check_region};
use crate::error::{ConfigError, ErrorKind, Failure};
use crate::http_binding::{BuiltRequest, request_id};
use crate::protocol::{AuthScheme, ExtendedCall, Operation};
use crate::retry::RetryRules;
use crate::shape::BuildError;
use crate::stream::{ByteStream, Replayable, RequestBody, TAKEN};
use crate::target::Scope;
use bytes::Bytes;
use http::header::{HeaderMap, HeaderValue, InvalidHeaderValue};
use http::request::Parts;
use http::uri::Scheme;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;
use tokio::time::Instant;
use tracing::field::Empty;
use tracing::{Instrument, Span};

pub(super) async fn dispatch(
    shared: &Shared,
    operation: &'static Operation,
    request: BuiltRequest,
) -> Result<CallResponse, Failure> {
    let span = tracing::debug_span!(
        "call",
        service = shared.service.id,
        operation = operation.name,
        attempts = Empty,
        request_id = Empty,
    );
    // Futures are large: they are pinned where they are made, and passed on by reference.
    let result = pin!(run(shared, operation, request))
        .instrument(span.clone())
        .await;
    if !span.is_disabled() {
        let (attempts, request_id) = match &result {
            Ok(answer) => {
                let id = request_id(answer.response.headers());
                (answer.call.attempts, id.map(str::to_owned))
            }
            Err(failure) => (failure.attempts, failure.request_id.clone()),
        };
        span.record("attempts", attempts)
            .record("request_id", request_id);
    }
    result
}

async fn run(
    shared: &Shared,
    operation: &'static Operation,
    mut request: BuiltRequest,
) -> Result<CallResponse, Failure> {
    let Some(extension) = shared.service.extension else {
        return rounds(shared, operation, request, None).await;
    };
    let settings = shared.config.extension_settings(shared.service.id);
    extension
        .complete(operation, &mut request, settings)
        .map_err(|error| Failure::new(ErrorKind::Input, operation.name).with_source(error))?;
    let call = extension.begin(operation, &mut request);
    rounds(shared, operation, request, Some(&*call)).await
}

/// All attempts, in the region of the client or that of the place; if the service refers to another region, once more
/// there.
async fn rounds(
    shared: &Shared,
    operation: &'static Operation,
    request: BuiltRequest,
    call: Option<&dyn ExtendedCall>,
) -> Result<CallResponse, Failure> {
    let mut limit = shared.config.timeouts().of_operation(operation);
    let Some((call, place)) = call.and_then(|call| Some((call, call.place()?.to_owned()))) else {
        return round(shared, operation, request, call, None, limit).await.0;
    };
    let known = shared.regions.get(&place);
    let start = Instant::now();
    let first = round(
        shared,
        operation,
        request.clone(),
        Some(call),
        known.as_deref(),
        limit,
    );
    let (result, can_be_sent) = Box::pin(first).await;
    let failure = match result {
        Err(failure) if can_be_sent => failure,
        other => return other,
    };
    let response = failure.response.as_ref();
    let region = response.and_then(|response| call.region(failure.code.as_deref(), response));
    let region = match region {
        Some(region) if known.as_deref().or(shared.config.region()) != Some(&region) => region,
        _ => return Err(failure),
    };
    if check_region(&region, "the service's answer").is_err() {
        return Err(failure);
    }
    tracing::debug!(place, region, "the service refers to another region");
    shared.regions.set(&place, &region);
    limit = limit.map(|limit| limit.saturating_sub(start.elapsed()));
    let again = round(shared, operation, request, Some(call), Some(&region), limit);
    Box::pin(again).await.0
}

/// All attempts in one region, and whether the body can be sent once more.
async fn round(
    shared: &Shared,
    operation: &'static Operation,
    request: BuiltRequest,
    call: Option<&dyn ExtendedCall>,
    region: Option<&str>,
    limit: Option<Duration>,
) -> (Result<CallResponse, Failure>, bool) {
    let prepared = match prepare(shared, operation, request, call, region).await {
        Ok(prepared) => prepared,
        Err(failure) => return (Err(failure), false),
    };
    // The error of the last finished attempt.
    let mut last = None;
    let result = {
        let attempts = pin!(attempts(shared, &prepared, limit, &mut last));
        with_timeout(limit, prepared.body.upload(), attempts).await
    };
    let result = match result {
        Some(result) => result,
        None => Err(out_of_time(operation, limit.unwrap_or_default(), last)),
    };
    let max = shared.retries().max_attempts;
    let sent = prepared.sent.load(Ordering::Relaxed);
    let result = result.map_err(|failure| failure.with_attempts(sent, max));
    (result, prepared.body.can_be_sent())
}

/// Prepares everything that is the same for all attempts.
async fn prepare<'c>(
    shared: &Shared,
    operation: &'static Operation,
    request: BuiltRequest,
    call: Option<&'c dyn ExtendedCall>,
    region: Option<&str>,
) -> Result<Prepared<'c>, Failure> {
    let failure = |kind| Failure::new(kind, operation.name);
    let BuiltRequest {
        mut head,
        host_prefix,
        endpoint,
        mut body,
        // The protocol's content type is sent, and the length was checked when the request was built.
        has_default_content_type: _,
        content_length: _,
    } = request;
    let rule = shared.config.request_checksum_calculation();
    let checksum = operation.checksum.map(|checksum| checksum.under(rule));
    if let RequestBody::Bytes(bytes) = &mut body {
        finish_body(shared, operation, checksum, &mut head.headers, bytes)
            .map_err(|error| failure(ErrorKind::Input).with_source(error))?;
    }
    if let RequestBody::Stream(stream) = &body
        && let (Some(checksum), Some(content)) = (checksum, stream.as_replayable())
    {
        checksum_of(content, checksum, operation, &mut head.headers).await?;
    }
    if let Some(validation) = operation.validation
        && shared.config.response_checksum_validation() == ResponseChecksumValidation::WhenSupported
    {
        validation.ask(&mut head.headers);
    }
    if let RequestBody::Events(events) = &body
        && events.source.are_taken()
    {
        return Err(failure(ErrorKind::Input).with_message(TAKEN));
    }
    let Aim { auth, scope } = aim(
        shared,
        operation,
        &mut head,
        host_prefix.as_deref(),
        endpoint,
        region,
    )
    .map_err(|error| failure(ErrorKind::Configuration).with_source(error))?;
    let is_https = head.uri.scheme() == Some(&Scheme::HTTPS);
    let is_signed = auth == Some(AuthScheme::SigV4) && !operation.unsigned_payload;
    let mut trailer = None;
    // Where nothing is signed, only a checksum that was chosen has a place.
    let behind = if is_signed {
        checksum
    } else {
        operation.checksum
    };
    if let (RequestBody::Stream(stream), Some(checksum)) = (&body, behind)
        && stream.as_replayable().is_none()
    {
        let is_possible = is_https && is_signed;
        trailer = trailer_of(stream, checksum, operation, &mut head.headers, is_possible)
            .map_err(|failure| *failure)?;
    }
    let is_signed = is_signed && trailer.is_none();
    Ok(Prepared {
        operation,
        call,
        head,
        body: match body {
            RequestBody::Bytes(bytes) => PreparedBody::Bytes(bytes),
            RequestBody::Stream(stream) => {
                PreparedBody::Upload(Upload::new(stream, operation, is_signed, trailer).await?)
            }
            RequestBody::Events(events) => PreparedBody::Events(events),
        },
        auth,
        scope,
        invocation_id: invocation_id()
            .map_err(|error| failure(ErrorKind::Configuration).with_source(error))?,
        dated_again: AtomicBool::new(false),
        sent: AtomicU32::new(0),
    })
}

/// Compresses the body and computes its checksum, where the operation requires it.
fn finish_body(
    shared: &Shared,
    operation: &Operation,
    checksum: Option<Checksum>,
    headers: &mut HeaderMap,
    body: &mut Bytes,
) -> Result<(), BuildError> {
    let least = shared.config.min_compression_size();
    if let (Some(compression), Some(least)) = (operation.compression, least) {
        compression.apply(headers, body, least);
    }
    match checksum {
        Some(checksum) => checksum.apply(headers, body),
        None => Ok(()),
    }
}

/// Adds up a stream where a checksum is to be sent with it, which goes ahead of the body in a header.
async fn checksum_of(
    content: &dyn Replayable,
    checksum: Checksum,
    operation: &Operation,
    headers: &mut HeaderMap,
) -> Result<(), Failure> {
    let failure = || Failure::new(ErrorKind::Input, operation.name);
    let pending = checksum.begin(headers);
    let Some(mut pending) = pending.map_err(|error| failure().with_source(error))? else {
        return Ok(());
    };
    let mut body = content.read();
    while let Some(piece) = body.next().await {
        let piece = piece.map_err(|error| failure().with_source(error))?;
        pending.update(&piece);
    }
    let finished = pending.finish(headers);
    finished.map_err(|error| failure().with_source(error))
}

/// The checksum behind a stream that can be read only once. Without a signature of the body that is over HTTPS alone:
/// `is_possible` there.
fn trailer_of(
    stream: &ByteStream,
    checksum: Checksum,
    operation: &Operation,
    headers: &mut HeaderMap,
    is_possible: bool,
) -> Result<Option<Box<Trailer>>, Box<Failure>> {
    let failure = || Failure::new(ErrorKind::Input, operation.name);
    let pending = checksum.begin(headers);
    let Some(pending) = pending.map_err(|error| Box::new(failure().with_source(error)))? else {
        return Ok(None);
    };
    if !is_possible {
        return Err(Box::new(failure().with_message(
            "the body is a stream that can be read only once, so its checksum goes behind it, which services take over https \
             alone; give bytes or a file (ByteStream::from_path), or set the checksum yourself",
        )));
    }
    let Some(length) = stream.content_length() else {
        return Err(Box::new(failure().with_message(
            "the body is a stream of unknown length, and the service needs the length in advance; give bytes, a file \
             (ByteStream::from_path), or the length (ByteStream::from_sized_stream)",
        )));
    };
    let trailer = Trailer::announced(pending, length, headers);
    trailer
        .map(|trailer| Some(Box::new(trailer)))
        .map_err(|error| Box::new(failure().with_source(error)))
}

/// How and for what a request is authorised.
struct Aim {
    auth: Option<AuthScheme>,
    scope: Scope,
}

/// Completes the head for the endpoint.
fn aim(
    shared: &Shared,
    operation: &Operation,
    head: &mut Parts,
    host_prefix: Option<&str>,
    context: EndpointContext,
    region: Option<&str>,
) -> Result<Aim, ConfigError> {
    let target = shared.target(context, region)?;
    let tokens = shared.config.tokens();
    let auth = tokens.choose(
        operation.auth,
        shared.config.preferred_auth(),
        &target.signing_name,
    );
    if auth == Some(AuthScheme::Bearer) || shared.config.sends_tokens() {
        target.is_safe_for_tokens()?;
    }
    let scope = match auth {
        Some(AuthScheme::SigV4) => target.scope(operation)?,
        _ => Scope {
            service: target.signing_name.clone(),
            ..Scope::default()
        },
    };
    target.complete(head, host_prefix)?;
    Ok(Aim { auth, scope })
}

/// Identifies the call in logs: a UUID (version 4). It protects nothing, so it needs none of the system's randomness.
fn invocation_id() -> Result<HeaderValue, InvalidHeaderValue> {
    let mut buffer = uuid::Uuid::encode_buffer();
    let id = uuid::Builder::from_random_bytes(fastrand::u128(..).to_ne_bytes()).into_uuid();
    HeaderValue::from_str(id.as_hyphenated().encode_lower(&mut buffer))
}

async fn attempts(
    shared: &Shared,
    prepared: &Prepared<'_>,
    limit: Option<Duration>,
    last: &mut Option<Failure>,
) -> Result<CallResponse, Failure> {
    let Retries {
        max_attempts: max,
        rules,
        ..
    } = shared.retries();
    let upload = prepared.body.upload();
    let start = Instant::now();
    let mut last_cost = 0;
    let mut number = 0;
    loop {
        number += 1;
        wait_for_rate(shared).await;
        let span = tracing::debug_span!("attempt", number, status = Empty);
        let result = pin!(attempt(shared, prepared, number))
            .instrument(span.clone())
            .await;
        record(shared, &span, &result);
        let failed = match result {
            Ok(AttemptResponse { response, body }) => {
                shared.quota().succeed(last_cost);
                return Ok(CallResponse {
                    response,
                    body,
                    call: AnsweredCall {
                        operation: prepared.operation,
                        attempts: number,
                        max_attempts: max,
                        events: prepared.body.events().cloned(),
                    },
                });
            }
            Err(failed) => failed,
        };
        let (mut failure, retry) = (failed.failure, failed.retry);
        let Some(retry) = retry.filter(|_| number < max) else {
            return Err(failure);
        };
        if !prepared.body.can_be_sent() {
            failure.body_spent = true;
            return Err(failure);
        }
        let wait = rules.backoff(
            &shared.service.retries,
            retry.reason,
            number,
            fastrand::f64(),
            retry.retry_after,
        );
        let since = upload.map_or(start, Upload::last_moved);
        let deadline = limit.and_then(|limit| since.checked_add(limit));
        // A wait that would exceed the limit is pointless; this attempt's error says more than a timeout.
        if deadline.is_some_and(|deadline| Instant::now() + wait >= deadline) {
            return Err(failure);
        }
        let cost = rules.cost(retry.reason);
        if !shared.quota().take(cost) {
            // Whoever polls would call again at once, and so without any wait.
            if rules == RetryRules::V2_1 && prepared.operation.long_poll.is_some() {
                tokio::time::sleep(wait).await;
            }
            failure.quota_empty = true;
            return Err(failure);
        }
        last_cost = cost;
        // Not the message: a service may quote what it refuses.
        let code = failure.code.as_deref();
        tracing::debug!(attempt = number, wait = ?wait, kind = ?failure.kind, code, status = failure.status, "retrying");
        *last = Some(failure);
        tokio::time::sleep(wait).await;
    }
}

/// In adaptive mode, waits until a request may be sent.
async fn wait_for_rate(shared: &Shared) {
    loop {
        let wait = match shared.limiter() {
            None => return,
            Some(mut limiter) => limiter.acquire(shared.started.elapsed()),
        };
        match wait {
            None => return,
            Some(wait) => tokio::time::sleep(wait).await,
        }
    }
}

fn record(shared: &Shared, span: &Span, result: &Result<AttemptResponse, AttemptError>) {
    let (status, throttled) = match result {
        Ok(received) => (Some(received.response.status().as_u16()), false),
        Err(failed) => (failed.failure.status, failed.failure.throttling),
    };
    span.record("status", status);
    if let Some(mut limiter) = shared.limiter() {
        limiter.record(shared.started.elapsed(), throttled);
    }
}

fn out_of_time(operation: &Operation, limit: Duration, last: Option<Failure>) -> Failure {
    let mut message = format!("not done within {limit:?} (operation_timeout)");
    if let Some(last) = last {
        message.push_str(&format!("; the last attempt failed: {last}"));
    }
    Failure::new(ErrorKind::Timeout, operation.name).with_message(message)
}
