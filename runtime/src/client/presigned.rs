//! Presigned requests with the client's settings, credentials and clock; nothing is sent.

use super::{Client, Shared, new_token};
use crate::error::{ErrorKind, Failure};
use crate::http_binding::{BuiltRequest, WriteInput};
use crate::presign::{self, PresignedRequest, PresigningConfig, Signature};
use crate::protocol::Operation;
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
    let failure = |kind| Failure::new(kind, operation.name);
    let target = shared
        .target(request.endpoint.clone())
        .map_err(|error| failure(ErrorKind::Configuration).with_source(error))?;
    let now = SystemTime::now();
    let credentials = shared.config.credentials().get(now).await;
    let credentials =
        credentials.map_err(|error| failure(ErrorKind::Credentials).with_source(error))?;
    let clock = shared.clocks.offset(Some(target.authority()));
    let signature = Signature {
        credentials: &credentials,
        at: config
            .start_time()
            .unwrap_or_else(|| clock.shift(SystemTime::now())),
        expires_in: config.expires(),
        keys: Some(&shared.signing_keys),
    };
    presign::presigned(operation, request, &target, signature).map_err(|failure| *failure)
}
