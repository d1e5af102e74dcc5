//! All attempts of one call: between them the quota, the waits and the limit of time for the whole.

use super::attempt::{Failed, Prepared, Received, attempt};
use super::events::{self, Events};
use super::target::Target;
use super::upload::{Upload, within};
use super::{Answer, Shared};
use crate::endpoint::EndpointContext;
use crate::error::ConfigError;
use crate::error::{ErrorKind, Failure};
use crate::http_binding::{HostPrefix, ResponseReader};
use crate::protocol::{Auth, Operation};
use crate::retry;
use crate::shape::BuildError;
use crate::stream::ByteStream;
use bytes::Bytes;
use http::HeaderValue;
use std::borrow::Cow;
use std::sync::atomic::AtomicBool;
use std::time::Duration;
use tokio::time::Instant;
use tracing::field::Empty;
use tracing::{Instrument, Span};

/// What is known of a call when its time is over.
#[derive(Default)]
struct Progress {
    /// How often the request was sent.
    sent: u32,
    /// What the last finished attempt failed with.
    last: Option<Failure>,
}

pub(super) async fn dispatch(
    shared: &Shared,
    operation: &'static Operation,
    request: http::Request<Bytes>,
) -> Result<Answer, Failure> {
    let span = tracing::debug_span!(
        "call",
        service = shared.service.id,
        operation = operation.name,
        attempts = Empty,
        request_id = Empty,
    );
    let result = run(shared, operation, request)
        .instrument(span.clone())
        .await;
    if !span.is_disabled() {
        let (attempts, request_id) = match &result {
            Ok(answer) => {
                let reader = ResponseReader::new(shared.service.protocol, &answer.response);
                (answer.attempts, reader.request_id().map(str::to_owned))
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
    mut request: http::Request<Bytes>,
) -> Result<Answer, Failure> {
    finish_body(shared, operation, &mut request)
        .map_err(|error| Failure::new(ErrorKind::Input, operation.name).with_source(error))?;
    let events = events::outgoing(operation, &mut request).map_err(|failure| *failure)?;
    let mut prepared = prepare(shared, operation, request).map_err(|error| {
        Failure::new(ErrorKind::Configuration, operation.name).with_source(error)
    })?;
    prepared.events = events;
    if let Some(stream) = prepared.request.extensions_mut().remove::<ByteStream>() {
        prepared.upload = Some(Upload::new(stream, operation, prepared.uses_token).await?);
    }
    let mut progress = Progress::default();
    let limit = shared.config.timeouts().of_operation(operation);
    let attempts = attempts(shared, &prepared, limit, &mut progress);
    let result = match within(limit, prepared.upload.as_ref(), attempts).await {
        Some(result) => result,
        None => Err(out_of_time(
            operation,
            limit.unwrap_or_default(),
            progress.last.take(),
        )),
    };
    let max = shared.config.retries().max_attempts;
    result.map_err(|failure| failure.with_attempts(progress.sent, max))
}

/// Compresses the body and adds up what goes out then, where the operation wants it.
fn finish_body(
    shared: &Shared,
    operation: &Operation,
    request: &mut http::Request<Bytes>,
) -> Result<(), BuildError> {
    let least = shared.config.compress_from();
    if let (Some(compression), Some(least)) = (operation.compression, least) {
        compression.apply(request, least);
    }
    match operation.checksum {
        Some(checksum) => checksum.apply(request),
        None => Ok(()),
    }
}

/// Everything that is the same for all attempts.
fn prepare(
    shared: &Shared,
    operation: &'static Operation,
    mut request: http::Request<Bytes>,
) -> Result<Prepared, ConfigError> {
    let target = match request.extensions_mut().remove::<EndpointContext>() {
        None => Cow::Borrowed(shared.target.as_ref().map_err(Clone::clone)?),
        Some(context) => Cow::Owned(Target::resolve(shared.service, &shared.config, context)?),
    };
    let tokens = shared.config.tokens();
    let uses_token = tokens.is_used(operation.bearer, &target.signing_name);
    if uses_token {
        target.is_safe_for_tokens()?;
    }
    let signs = operation.auth != Auth::None && !uses_token;
    if let Some(scheme) = target.only_auth.as_ref().filter(|_| signs) {
        return Err(ConfigError::new(format!(
            "the endpoint of {} is open to requests signed with `{scheme}` only, which this client cannot do; expected an endpoint that takes Signature Version 4",
            operation.name
        )));
    }
    let signing_region = match &target.signing_region {
        Err(_) if !signs => String::new(),
        region => region.clone()?,
    };
    let prefix = request.extensions_mut().remove::<HostPrefix>();
    *request.uri_mut() = target.uri(request.uri(), prefix.as_ref())?;
    for (name, value) in &target.headers {
        request.headers_mut().append(name, value.clone());
    }
    let mut buffer = uuid::Uuid::encode_buffer();
    // It tells calls apart in logs and guards nothing, so it needs none of the system's own randomness.
    let id = uuid::Builder::from_random_bytes(fastrand::u128(..).to_ne_bytes())
        .into_uuid()
        .as_hyphenated()
        .encode_lower(&mut buffer);
    Ok(Prepared {
        operation,
        request,
        uses_token,
        upload: None,
        events: None,
        dated_again: AtomicBool::new(false),
        signing_name: target.signing_name.clone(),
        signing_region,
        invocation_id: HeaderValue::from_str(id)
            .map_err(|error| ConfigError::new(error.to_string()))?,
    })
}

async fn attempts(
    shared: &Shared,
    prepared: &Prepared,
    limit: Option<Duration>,
    progress: &mut Progress,
) -> Result<Answer, Failure> {
    let max = shared.config.retries().max_attempts;
    let upload = prepared.upload.as_ref();
    let start = Instant::now();
    let mut last_cost = 0;
    let mut number = 0;
    loop {
        number += 1;
        wait_for_rate(shared).await;
        let span = tracing::debug_span!("attempt", number, status = Empty);
        let result = attempt(shared, prepared, number, || progress.sent = number)
            .instrument(span.clone())
            .await;
        record(shared, &span, &result);
        let Failed { mut failure, retry } = match result {
            Ok(Received {
                mut response, body, ..
            }) => {
                shared.quota().succeed(last_cost);
                if prepared.operation.event_stream {
                    let events = prepared.events.as_ref();
                    events::name_call(shared, prepared.operation, &mut response, number, events);
                }
                return Ok(Answer {
                    response,
                    body,
                    attempts: number,
                });
            }
            Err(failed) => failed,
        };
        let Some(retry) = retry.filter(|_| number < max) else {
            return Err(failure);
        };
        // Events that were taken are gone.
        let taken = prepared.events.as_ref().is_some_and(Events::are_taken);
        if taken || !upload.is_none_or(Upload::can_be_sent) {
            failure.body_spent = true;
            return Err(failure);
        }
        let wait = retry::backoff(number, fastrand::f64(), retry.asked);
        let since = upload.map_or(start, Upload::last_moved);
        let deadline = limit.and_then(|limit| since.checked_add(limit));
        // A wait that would use up the time is pointless: then this attempt's error says more than a timeout.
        if deadline.is_some_and(|deadline| Instant::now() + wait >= deadline) {
            return Err(failure);
        }
        if !shared.quota().take(retry.cost) {
            failure.quota_empty = true;
            return Err(failure);
        }
        last_cost = retry.cost;
        tracing::debug!(attempt = number, wait = ?wait, error = %failure, "retrying");
        progress.last = Some(failure);
        tokio::time::sleep(wait).await;
    }
}

/// In adaptive mode, waits until a request may go.
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

fn record(shared: &Shared, span: &Span, result: &Result<Received, Failed>) {
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
