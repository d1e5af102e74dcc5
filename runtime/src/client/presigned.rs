//! Presigned requests with the client's settings, credentials and clock; nothing is sent. Some calls have one as a
//! parameter.

use super::{Client, Shared, new_token};
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
        let request = presign::build(operation, input, new_token);
        let shared = self.0.clone();
        Box::pin(async move {
            let request = request.map_err(|error| {
                Failure::new(ErrorKind::Input, operation.name).with_source(error)
            })?;
            presigned(&shared, operation, request, &config).await
        })
    }
}

async fn presigned(
    shared: &Shared,
    operation: &'static Operation,
    request: BuiltRequest,
    config: &PresigningConfig,
) -> Result<PresignedRequest, Failure> {
    let target = shared.target(request.endpoint.clone());
    let target = target.map_err(|error| configuration(operation, error))?;
    let (credentials, now) = signer(shared, operation, &target).await?;
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
    let params = shared
        .config
        .endpoint_params(shared.service, request.endpoint.clone());
    let params = params.map_err(|error| configuration(operation, error))?;
    let here = shared.target(request.endpoint.clone());
    let here = here.map_err(|error| configuration(operation, error))?;
    let (credentials, now) = signer(shared, operation, &here).await?;
    let presigner = Presigner::new(&credentials, params, now, presign::COPY);
    let filled = presigner.fill_in_from(operation, copy, request, &source);
    filled.map_err(|failure| *failure)
}

/// The credentials, and the time by the service's clock.
async fn signer(
    shared: &Shared,
    operation: &Operation,
    target: &Target,
) -> Result<(Credentials, SystemTime), Failure> {
    let credentials = shared.config.credentials().get(SystemTime::now()).await;
    let credentials = credentials
        .map_err(|error| Failure::new(ErrorKind::Credentials, operation.name).with_source(error))?;
    let clock = shared.clocks.offset(Some(target.authority()));
    Ok((credentials, clock.shift(SystemTime::now())))
}

fn configuration(operation: &Operation, error: ConfigError) -> Failure {
    Failure::new(ErrorKind::Configuration, operation.name).with_source(error)
}
