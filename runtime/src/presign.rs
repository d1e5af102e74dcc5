//! Presigned requests: requests that carry their signature in the URL, so that whoever has it can send them until it
//! expires. No I/O, no clock and no randomness: [`Presigner`] is passed everything that they depend on.

mod config;
mod request;

pub use config::{PresigningConfig, PresigningConfigBuilder, PresigningConfigError};
pub use request::PresignedRequest;

use crate::endpoint::{EndpointParams, check_region};
use crate::error::{ConfigError, ErrorKind, Failure, Source};
use crate::http_binding::{BuiltRequest, WriteInput};
use crate::protocol::{AuthScheme, Operation, RegionCopy, Service, Settings};
use crate::shape::BuildError;
use crate::sign::{Credentials, SignedPayload, SigningKeys, SigningSettings};
use crate::stream::RequestBody;
use crate::target::Target;
use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};
use std::time::{Duration, SystemTime};

/// For how long the URL of a copy across regions is valid: as in botocore. The service uses it at once.
pub(crate) const COPY: Duration = Duration::from_secs(60 * 60);

/// Presigns requests of any operation: a pure function of what it is passed.
///
/// ```
/// # use tinsmith_runtime::{BuildError, Endpoint, EndpointParams, Operation, RequestWriter, Service, WriteInput};
/// # use tinsmith_runtime::{Credentials, Presigner};
/// # use std::time::{Duration, SystemTime};
/// # tinsmith_runtime::structure! {
/// #     /// Nothing.
/// #     #[derive(Clone, Debug)]
/// #     pub struct Input: write {}
/// # }
/// # impl WriteInput for Input { fn write_request(&self, _: &mut RequestWriter) {} }
/// # static SERVICE: Service = Service {
/// #     signing_name: "tins",
/// #     endpoint: |params| Ok(Endpoint::new(format!("https://tins.{}.example.com", params.region.as_deref().unwrap_or_default()))),
/// #     ..Service::DEFAULT
/// # };
/// # static GET_TIN: Operation = Operation { name: "GetTin", uri: "/tin", service: &SERVICE, ..Operation::DEFAULT };
/// # let input = Input {};
/// let credentials = Credentials::new("AKIDEXAMPLE", "secret", None);
/// let params = EndpointParams {
///     region: Some("eu-west-1".to_owned()),
///     ..EndpointParams::default()
/// };
/// let presigned = Presigner::new(&credentials, params, SystemTime::UNIX_EPOCH, Duration::from_secs(900))
///     .presign(&GET_TIN, &input, String::new)?;
/// assert!(presigned.uri().starts_with("https://tins.eu-west-1.example.com/tin?X-Amz-Algorithm="));
/// # Ok::<(), Box<tinsmith_runtime::Failure>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Presigner<'a> {
    credentials: &'a Credentials,
    params: EndpointParams,
    at: SystemTime,
    expires_in: Duration,
}

impl<'a> Presigner<'a> {
    /// `params` has the region and the other settings of the endpoint rules; its `context` is that of each input. `at` is
    /// the date of the signature, by the service's clock. `expires_in`: 1 second to 7 days, in whole seconds.
    #[must_use]
    pub fn new(
        credentials: &'a Credentials,
        params: EndpointParams,
        at: SystemTime,
        expires_in: Duration,
    ) -> Self {
        Self {
            credentials,
            params,
            at,
            expires_in,
        }
    }

    /// The presigned request of `operation` for `input`. `new_token` makes an idempotency token where the input has none,
    /// as in [`Operation::request`].
    ///
    /// # Errors
    /// A required member is unset, there is no endpoint for the parameters, its requests are not signed, or its body is a
    /// stream that is not in memory.
    pub fn presign(
        &self,
        operation: &'static Operation,
        input: &dyn WriteInput,
        new_token: fn() -> String,
    ) -> Result<PresignedRequest, Box<Failure>> {
        let settings = Settings {
            has_own_endpoint: self.params.endpoint.is_some(),
        };
        let request = build(operation, input, settings, new_token)
            .map_err(|error| failure(operation, ErrorKind::Input, error))?;
        self.presign_built(operation, request, self.params.region.as_deref())
    }

    /// Fills in the URL that a request needs to copy from another region, if its operation is one that does, and its input
    /// sets that region and no URL. It is the same request, presigned for that region; the region of the parameters is the
    /// destination. A client does this by itself.
    ///
    /// # Errors
    /// A region is not valid, or there is no endpoint for it.
    pub fn fill_in(
        &self,
        operation: &Operation,
        request: &mut BuiltRequest,
    ) -> Result<(), Box<Failure>> {
        let Some(copy) = operation.region_copy else {
            return Ok(());
        };
        match copy.take_source(request) {
            Some(source) => self.fill_in_from(operation, copy, request, &source),
            None => Ok(()),
        }
    }

    /// The same for a source region that was taken from the request.
    pub(crate) fn fill_in_from(
        &self,
        operation: &Operation,
        copy: RegionCopy,
        request: &mut BuiltRequest,
        source: &str,
    ) -> Result<(), Box<Failure>> {
        let configuration = |error| failure(operation, ErrorKind::Configuration, error);
        check_region(source, "SourceRegion").map_err(|why| configuration(ConfigError::new(why)))?;
        let destination = self.params.region.as_deref();
        let destination = destination.ok_or_else(|| configuration(no_region()))?;
        let mut at_source = copy.at_source(request, destination);
        let protocol = operation.service.protocol;
        protocol
            .prepare_to_presign(&mut at_source)
            .map_err(|error| failure(operation, ErrorKind::Input, error))?;
        let presigned = self.presign_built(operation, at_source, Some(source))?;
        copy.fill_in(request, presigned.uri(), destination);
        Ok(())
    }

    fn presign_built(
        &self,
        operation: &Operation,
        request: BuiltRequest,
        region: Option<&str>,
    ) -> Result<PresignedRequest, Box<Failure>> {
        let params = EndpointParams {
            context: request.endpoint.clone(),
            region: region.map(str::to_owned),
            ..self.params.clone()
        };
        let target = Target::resolve(operation.service, &params, true, &no_region);
        let target = target.map_err(|error| failure(operation, ErrorKind::Configuration, error))?;
        let scope = target.scope(operation);
        let scope = scope.map_err(|error| failure(operation, ErrorKind::Configuration, error))?;
        if scope.sessions.is_some() {
            let message = "the endpoint accepts only requests that are signed by a session, which only a client can open; \
                           presign with the client, or disable sessions in the endpoint's parameters";
            let failure = Failure::new(ErrorKind::Configuration, operation.name);
            return Err(Box::new(failure.with_message(message)));
        }
        let signature = Signature {
            credentials: self.credentials,
            at: self.at,
            expires_in: self.expires_in,
            keys: None,
        };
        presigned(operation, request, &target, signature)
    }
}

fn no_region() -> ConfigError {
    ConfigError::new("no region: expected one in the endpoint's parameters")
}

fn failure(operation: &Operation, kind: ErrorKind, error: impl Into<Source>) -> Box<Failure> {
    Box::new(Failure::new(kind, operation.name).with_source(error))
}

/// The request of `operation` as it is presigned.
pub(crate) fn build(
    operation: &Operation,
    input: &dyn WriteInput,
    settings: Settings,
    new_token: fn() -> String,
) -> Result<BuiltRequest, BuildError> {
    let Service {
        protocol,
        extension,
        ..
    } = operation.service;
    let mut request = protocol.request(operation, input, new_token)?;
    if let Some(extension) = extension {
        extension.complete(operation, &mut request, settings)?;
    }
    protocol.prepare_to_presign(&mut request)?;
    Ok(request)
}

/// What the signature of a presigned request depends on, besides the request and its endpoint.
#[derive(Clone, Copy)]
pub(crate) struct Signature<'a> {
    pub(crate) credentials: &'a Credentials,
    pub(crate) at: SystemTime,
    pub(crate) expires_in: Duration,
    /// Keeps the signing key for the next signature.
    pub(crate) keys: Option<&'a SigningKeys>,
}

/// Presigns what [`build`] returned.
pub(crate) fn presigned(
    operation: &Operation,
    request: BuiltRequest,
    target: &Target,
    signature: Signature<'_>,
) -> Result<PresignedRequest, Box<Failure>> {
    if !operation.auth.contains(&AuthScheme::SigV4) {
        let message = "its requests are not authorised by signatures, so they cannot be presigned";
        let failure = Failure::new(ErrorKind::Configuration, operation.name);
        return Err(Box::new(failure.with_message(message)));
    }
    let scope = target
        .scope(operation)
        .map_err(|error| failure(operation, ErrorKind::Configuration, error))?;
    let signs_payload = SigningSettings::of_service(&scope.service).presigns_payload;
    let is_covered = signs_payload && !operation.unsigned_payload;
    let host_prefix = request.host_prefix.clone();
    let (mut head, body) = complete(operation, request, is_covered)
        .map_err(|error| failure(operation, ErrorKind::Input, error))?;
    target
        .complete(&mut head, host_prefix.as_deref())
        .map_err(|error| failure(operation, ErrorKind::Configuration, error))?;
    let Signature {
        credentials,
        at,
        expires_in,
        keys,
    } = signature;
    let signer = scope.signer(credentials, at);
    let signer = match keys {
        Some(keys) => signer.keys(keys),
        None => signer,
    };
    let payload = match is_covered {
        true => SignedPayload::Bytes(&body),
        false => SignedPayload::Unsigned,
    };
    signer
        .presign(&mut head, payload, expires_in)
        .map_err(|error| failure(operation, error.kind(), error))?;
    let expires_at = at.checked_add(expires_in).into_iter();
    let expires_at = expires_at.chain(credentials.expires_at()).min();
    Ok(PresignedRequest {
        uri: head.uri.to_string(),
        head,
        body: Some(body).filter(|body| !body.is_empty()),
        expires_at: expires_at.unwrap_or(at),
    })
}

/// Head and body, with every header that is to be signed. `is_covered`: whether the signature covers the body. If it does
/// not, only headers are signed that were set: whoever has the URL decides what is sent.
fn complete(
    operation: &Operation,
    request: BuiltRequest,
    is_covered: bool,
) -> Result<(http::request::Parts, Bytes), BuildError> {
    let BuiltRequest {
        mut head,
        body,
        has_default_content_type,
        content_length,
        ..
    } = request;
    let RequestBody::Bytes(body) = body else {
        return Err(BuildError::new(
            "expected a body in memory, or none, which whoever has the URL sends; a presigned request has no stream",
        ));
    };
    if has_default_content_type && !is_covered {
        head.headers.remove(CONTENT_TYPE);
    }
    // A body that is not known yet has no checksum and any length.
    let is_known = is_covered || !body.is_empty();
    if let Some(checksum) = operation.checksum.filter(|_| is_known) {
        checksum.apply(&mut head.headers, &body)?;
    }
    if let Some((member, length)) = content_length {
        let found = i64::try_from(body.len()).unwrap_or(i64::MAX);
        if length < 0 || (is_known && length != found) {
            let message = format!("expected the length of the body, {found} bytes, found {length}");
            return Err(BuildError::new(message).in_member(member));
        }
        head.headers
            .insert(CONTENT_LENGTH, HeaderValue::from(length));
    }
    Ok((head, body))
}
