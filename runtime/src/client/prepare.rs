//! What a call prepares once for all of its attempts: the body with its checksum, the endpoint, and what is signed.

use super::Shared;
use super::attempt::{Prepared, PreparedBody};
use super::body_checksum::{finish_body, has_checksum, length_of, read_ahead, trailer_of};
use super::pieces::PIECE;
use super::sessions::Opening;
use super::upload::Upload;
use crate::checksum::ResponseChecksumValidation;
use crate::endpoint::EndpointContext;
use crate::error::{ConfigError, ErrorKind, Failure};
use crate::http_binding::BuiltRequest;
use crate::protocol::{AuthScheme, ExtendedCall, Operation};
use crate::sign::SigningSettings;
use crate::stream::{RequestBody, TAKEN};
use crate::target::Scope;
use http::header::{HeaderValue, InvalidHeaderValue};
use http::request::Parts;
use http::uri::Scheme;
use std::sync::atomic::{AtomicBool, AtomicU32};

/// Prepares everything that is the same for all attempts.
pub(super) async fn prepare<'c>(
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
        endpoint: context,
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
    // The checksum of a file is added up later, when it is known whether the signature covers the body, too.
    let mut ahead = None;
    if let RequestBody::Stream(stream) = &body
        && let (Some(checksum), Some(_)) = (checksum, stream.as_replayable())
    {
        let pending = checksum.begin(&mut head.headers);
        ahead = pending.map_err(|error| failure(ErrorKind::Input).with_source(error))?;
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
        context.clone(),
        region,
    )
    .map_err(|error| failure(ErrorKind::Configuration).with_source(error))?;
    let session = Opening::of(scope.sessions, &context, operation);
    let is_https = head.uri.scheme() == Some(&Scheme::HTTPS);
    let covers_body = auth == Some(AuthScheme::SigV4) && !operation.unsigned_payload;
    let is_optional = is_https && takes_unsigned(&scope);
    // TLS and a checksum protect a stream, so that it need not be hashed for the signature as well. botocore does the same.
    let has_checksum = ahead.is_some() || has_checksum(&head.headers);
    let is_protected = is_optional && has_checksum && matches!(body, RequestBody::Stream(_));
    let is_signed = covers_body && !is_protected;
    let mut hashed = None;
    if let RequestBody::Stream(stream) = &body
        && let Some(content) = stream.as_replayable()
    {
        hashed = read_ahead(content, ahead, is_signed, operation, &mut head.headers).await?;
    }
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
    let mut is_signed = is_signed && trailer.is_none();
    if let RequestBody::Stream(stream) = &body
        && covers_body
        && is_optional
        && stream.as_replayable().is_none()
    {
        // Without a checksum TLS alone protects it; otherwise it could not be sent at all.
        length_of(stream, operation).map_err(|failure| *failure)?;
        is_signed = false;
    }
    Ok(Prepared {
        operation,
        call,
        head,
        body: match body {
            // A limit of time must not end a long body either that is still being sent.
            RequestBody::Bytes(bytes) if bytes.len() > PIECE => PreparedBody::Upload(
                Upload::new(bytes.into(), operation, is_signed, None, None)
                    .map_err(|failure| *failure)?,
            ),
            RequestBody::Bytes(bytes) => PreparedBody::Bytes(bytes),
            RequestBody::Stream(stream) => PreparedBody::Upload(
                Upload::new(stream, operation, is_signed, hashed, trailer)
                    .map_err(|failure| *failure)?,
            ),
            RequestBody::Events(events) => PreparedBody::Events(events),
        },
        auth,
        scope,
        session,
        invocation_id: invocation_id()
            .map_err(|error| failure(ErrorKind::Configuration).with_source(error))?,
        dated_again: AtomicBool::new(false),
        sent: AtomicU32::new(0),
    })
}

/// Whether the service takes bodies over TLS that the signature does not cover: only S3 and its relatives do.
fn takes_unsigned(scope: &Scope) -> bool {
    !SigningSettings::of_service(&scope.service).presigns_payload
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
