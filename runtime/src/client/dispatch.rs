//! All attempts of one call, with the quota, the waits between them and the limit of time for the whole call.

use super::answered_call::AnsweredCall;
use super::attempt::{AttemptError, AttemptResponse, Prepared, attempt};
use super::prepare::prepare;
use super::upload::{Upload, with_timeout};
use super::{CallResponse, Shared};
use crate::client::config::Retries;
use crate::endpoint::check_region;
use crate::error::{ErrorKind, Failure};
use crate::http_binding::{BuiltRequest, request_id};
use crate::protocol::{Elsewhere, ExtendedCall, Operation};
use crate::retry::RetryRules;
use std::pin::pin;
use std::sync::atomic::Ordering;
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
    extension
        .complete(operation, &mut request, shared.settings)
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
    let elsewhere = response.and_then(|response| call.elsewhere(failure.code.as_deref(), response));
    let region = match elsewhere {
        Some(Elsewhere::Region(region)) => Some(region),
        Some(Elsewhere::Unknown) => {
            let limit = limit.map(|limit| limit.saturating_sub(start.elapsed()));
            locate(shared, call, limit).await
        }
        None => None,
    };
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

/// The region of the place, which an error does not name.
async fn locate(
    shared: &Shared,
    call: &dyn ExtendedCall,
    limit: Option<Duration>,
) -> Option<String> {
    let own = call.locate()?;
    let asked = round(shared, own.operation, own.request, None, None, limit);
    let (result, _) = Box::pin(asked).await;
    call.located(match &result {
        Ok(answer) => &answer.response,
        Err(failure) => failure.response.as_ref()?,
    })
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
            Ok(AttemptResponse {
                response,
                body,
                validated_by,
            }) => {
                shared.quota().succeed(last_cost);
                return Ok(CallResponse {
                    response,
                    body,
                    call: AnsweredCall {
                        operation: prepared.operation,
                        attempts: number,
                        max_attempts: max,
                        events: prepared.body.events().cloned(),
                        validated_by,
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
