//! Presigned requests with the client's settings, credentials and clock; nothing is sent. Some calls have one as a
//! parameter.

use super::sessions::Opening;
use super::{Client, Shared, new_token};
use crate::endpoint::EndpointContext;
use crate::error::{ConfigError, ErrorKind, Failure};
use crate::http_binding::{BuiltRequest, WriteInput};
use crate::presign::{self, PresignedRequest, Presigner, PresigningConfig, Signature};
use crate::protocol::{Operation, RegionCopy};
use crate::sign::Credentials;
use crate::target::Target;
use futures_core::future::BoxFuture;
use std::time::SystemTime;

impl Client {
    /// Presigns the request of `operation` for `input` with the client's credentials. Nothing is sent, unless the
    /// credentials have to be fetched.
    ///
    /// # Errors
    /// As for [`Presigner::presign`](crate::Presigner::presign), and if there are no credentials.
    pub fn presigned(
        &self,
        operation: &'static Operation,
        input: &dyn WriteInput,
        config: PresigningConfig,
    ) -> BoxFuture<'static, Result<PresignedRequest, Failure>> {
        let request = self.to_presign(operation, input);
        let shared = self.0.clone();
        Box::pin(async move {
            let request = request.map_err(|failure| *failure)?;
            presigned(&shared, operation, request, &config).await
        })
    }

    /// The request that is signed.
    fn to_presign(
        &self,
        operation: &'static Operation,
        input: &dyn WriteInput,
    ) -> Result<BuiltRequest, Box<Failure>> {
        presign::build(operation, input, self.0.settings, new_token).map_err(|error| {
            Box::new(Failure::new(ErrorKind::Input, operation.name).with_source(error))
        })
    }
}

/// A request, and everything that a signature of it depends on.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Unsigned {
    /// The request, without host and signature.
    pub request: BuiltRequest,
    /// The URL of the endpoint, without the request's path.
    pub url: String,
    /// The service's name in signatures.
    pub service: String,
    /// The region in signatures.
    pub region: String,
    /// The client's credentials.
    pub credentials: Credentials,
    /// Now, by the service's clock.
    pub at: SystemTime,
}

impl Client {
    /// The request of `operation` for `input` with the client's endpoint and credentials, for what signs in other forms
    /// than this crate. Nothing is sent, unless the credentials have to be fetched.
    ///
    /// # Errors
    /// A required member is unset, there is no endpoint that accepts Signature Version 4, or there are no credentials.
    pub fn unsigned(
        &self,
        operation: &'static Operation,
        input: &dyn WriteInput,
    ) -> BoxFuture<'static, Result<Unsigned, Failure>> {
        let request = self.to_presign(operation, input);
        let shared = self.0.clone();
        Box::pin(async move {
            let request = request.map_err(|failure| *failure)?;
            let region = known_region(&shared, operation, &request);
            let target = shared.target(request.endpoint.clone(), region.as_deref());
            let target = target.map_err(|error| configuration(operation, error))?;
            let scope = target.scope(operation);
            let scope = scope.map_err(|error| configuration(operation, error))?;
            let signer = signer(&shared, operation, &target, &request.endpoint);
            let (credentials, at) = signer.await?;
            Ok(Unsigned {
                url: target.url().to_string(),
                service: scope.service,
                region: scope.region,
                request,
                credentials,
                at,
            })
        })
    }
}

async fn presigned(
    shared: &Shared,
    operation: &'static Operation,
    request: BuiltRequest,
    config: &PresigningConfig,
) -> Result<PresignedRequest, Failure> {
    let region = known_region(shared, operation, &request);
    let target = shared.target(request.endpoint.clone(), region.as_deref());
    let target = target.map_err(|error| configuration(operation, error))?;
    let (credentials, now) = signer(shared, operation, &target, &request.endpoint).await?;
    let signature = Signature {
        credentials: &credentials,
        at: config.start_time().unwrap_or(now),
        expires_in: config.expires(),
        keys: Some(&shared.signing_keys),
    };
    presign::presigned(operation, request, &target, signature).map_err(|failure| *failure)
}

/// Fills in the URL that a copy from another region needs, if the caller sets that region and no URL.
pub(super) async fn fill_in(
    shared: &Shared,
    operation: &'static Operation,
    copy: RegionCopy,
    request: &mut BuiltRequest,
) -> Result<(), Failure> {
    let Some(source) = copy.take_source(request) else {
        return Ok(());
    };
    let params = shared.params.clone();
    let mut params = params.map_err(|error| configuration(operation, error))?;
    params.context = request.endpoint.clone();
    let here = shared.target(request.endpoint.clone(), None);
    let here = here.map_err(|error| configuration(operation, error))?;
    let (credentials, now) = signer(shared, operation, &here, &request.endpoint).await?;
    let presigner = Presigner::new(&credentials, params, now, presign::COPY);
    let filled = presigner.fill_in_from(operation, copy, request, &source);
    filled.map_err(|failure| *failure)
}

/// The region of what the request is for, if a call found that it is not the client's.
fn known_region(
    shared: &Shared,
    operation: &'static Operation,
    request: &BuiltRequest,
) -> Option<String> {
    let extension = shared.service.extension?;
    let call = extension.begin(operation, &mut request.clone());
    shared.regions.get(call.place()?)
}

/// The credentials, those of a session where the endpoint asks for one, and the time by the service's clock.
async fn signer(
    shared: &Shared,
    operation: &'static Operation,
    target: &Target,
    endpoint: &EndpointContext,
) -> Result<(Credentials, SystemTime), Failure> {
    let credentials = shared.config.credentials().get(SystemTime::now()).await;
    let mut credentials = credentials
        .map_err(|error| Failure::new(ErrorKind::Credentials, operation.name).with_source(error))?;
    let scope = target.scope(operation);
    let scope = scope.map_err(|error| configuration(operation, error))?;
    if let Some(session) = Opening::of(scope.sessions, endpoint, operation) {
        credentials = session.credentials(shared, &credentials).await?;
    }
    let clock = shared.clocks.offset(Some(target.authority()));
    Ok((credentials, clock.shift(SystemTime::now())))
}

fn configuration(operation: &Operation, error: ConfigError) -> Failure {
    Failure::new(ErrorKind::Configuration, operation.name).with_source(error)
}
