//! Authorises a request; after an error, another date or other credentials may help.

use super::chain::{Link, Next};
use super::{Attempt, AttemptError, AttemptResponse, Prepared, Retry, Signature};
use crate::client::{Shared, tokens};
use crate::error::{ErrorKind, Failure};
use crate::protocol::AuthScheme;
use crate::retry::{self, RetryReason};
use crate::sign::{Credentials, SignedPayload};
use futures_core::future::BoxFuture;
use http::header::AUTHORIZATION;
use std::sync::atomic::Ordering;
use std::time::SystemTime;

pub(super) struct Authentication;

impl Link for Authentication {
    fn send<'a>(
        &'a self,
        mut attempt: Attempt<'a>,
        next: Next<'a>,
    ) -> BoxFuture<'a, Result<AttemptResponse, AttemptError>> {
        Box::pin(async move {
            let (shared, prepared) = (attempt.shared, attempt.prepared);
            match prepared.auth {
                None => next.run(attempt).await,
                Some(AuthScheme::Bearer) => {
                    show_token(&mut attempt)
                        .await
                        .map_err(AttemptError::for_good)?;
                    next.run(attempt).await
                }
                Some(AuthScheme::SigV4) => {
                    let signature = signed(&mut attempt).await.map_err(AttemptError::for_good)?;
                    attempt.signature = Some(signature.clone());
                    let failed = match next.run(attempt).await {
                        Ok(received) => return Ok(received),
                        Err(failed) => failed,
                    };
                    let failed = with_other_date(shared, prepared, failed, signature.at);
                    Err(
                        with_other_credentials(shared, prepared, failed, signature.credentials)
                            .await,
                    )
                }
            }
        })
    }
}

/// Adds a bearer token to the head.
async fn show_token(attempt: &mut Attempt<'_>) -> Result<(), Failure> {
    let tokens = attempt.shared.config.tokens();
    let token = tokens
        .get(&attempt.prepared.scope.service, SystemTime::now())
        .await;
    let header = token.and_then(|token| tokens::header(&token));
    let header = header.map_err(|error| failure(attempt.prepared).with_source(error))?;
    attempt.head.headers.insert(AUTHORIZATION, header);
    Ok(())
}

/// Signs the head, with a date by the service's clock.
async fn signed(attempt: &mut Attempt<'_>) -> Result<Signature, Failure> {
    let (shared, prepared) = (attempt.shared, attempt.prepared);
    let clock = shared.clocks.offset(prepared.head.uri.authority());
    let credentials = shared.config.credentials().get(SystemTime::now()).await;
    let mut credentials = credentials.map_err(|error| failure(prepared).with_source(error))?;
    if let Some(session) = &prepared.session {
        credentials = session.credentials(shared, &credentials).await?;
    }
    let payload = match prepared.operation.unsigned_payload {
        true => SignedPayload::Unsigned,
        false => prepared.body.signed_payload(),
    };
    let at = clock.shift(SystemTime::now());
    let signer = prepared.scope.signer(&credentials, at);
    let signer = signer.keys(&shared.signing_keys);
    signer
        .sign(&mut attempt.head, payload)
        .map_err(|error| Failure::new(error.kind(), prepared.operation.name).with_source(error))?;
    Ok(Signature {
        credentials,
        at,
        clock,
    })
}

fn failure(prepared: &Prepared<'_>) -> Failure {
    Failure::new(ErrorKind::Credentials, prepared.operation.name)
}

/// If the date of the request may be the reason for the error: one more attempt with a date by the service's clock,
/// once in a call.
fn with_other_date(
    shared: &Shared,
    prepared: &Prepared<'_>,
    failed: AttemptError,
    signed_at: SystemTime,
) -> AttemptError {
    let Failure { code, response, .. } = &failed.failure;
    let (Some(response), Some(arrived)) = (response, failed.arrived) else {
        return failed;
    };
    let corrected = shared.clocks.correct(
        prepared.head.uri.authority(),
        code.as_deref(),
        response.headers(),
        signed_at,
        arrived,
    );
    if !corrected || prepared.dated_again.swap(true, Ordering::Relaxed) {
        return failed;
    }
    let retry_after = failed.retry.as_ref().and_then(|retry| retry.retry_after);
    AttemptError {
        retry: Some(Retry {
            reason: RetryReason::Transient,
            retry_after,
        }),
        ..failed
    }
}

/// If the service reports that the credentials have expired: another attempt, if their source has others now. A session is
/// opened again.
async fn with_other_credentials(
    shared: &Shared,
    prepared: &Prepared<'_>,
    failed: AttemptError,
    refused: Credentials,
) -> AttemptError {
    if failed.retry.is_some() || !retry::is_expired_token(failed.failure.code.as_deref()) {
        return failed;
    }
    let has_others = match &prepared.session {
        Some(_) => {
            shared.sessions.forget(&refused);
            true
        }
        None => {
            let others = shared.config.credentials();
            let others = others.replace(&refused, SystemTime::now()).await;
            others.is_some()
        }
    };
    AttemptError {
        retry: has_others.then_some(Retry {
            reason: RetryReason::Transient,
            retry_after: None,
        }),
        ..failed
    }
}
