//! How sources of credentials do their input and output: our environment, one HTTP client, the settings of the metadata
//! service, and the configuration of the generated clients that call STS and IAM Identity Center.

use super::http::{self, Limits, MAX_BYTES};
use super::instance::Metadata;
use super::object::Object;
use crate::environment::Environment;
use bytes::Bytes;
use std::fmt;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tinsmith_runtime::{ConfigBuilder, HttpClient, HttpError};
use zeroize::Zeroizing;

/// The longest time for one answer of a service that gives credentials.
const ATTEMPT: Duration = Duration::from_secs(10);
/// The same with all its attempts.
const CALL: Duration = Duration::from_secs(60);

/// How sources of credentials do their input and output.
#[derive(Clone)]
pub(crate) struct ProviderIo {
    pub(crate) environment: Environment,
    pub(crate) http: Arc<dyn HttpClient>,
    pub(crate) metadata: Metadata,
    /// What the clients of services that give credentials have in common.
    pub(crate) clients: ConfigBuilder,
}

impl ProviderIo {
    /// The settings for clients of services that give credentials: those of the program's clients, except for limits and for
    /// an endpoint that were set in the program, which are those of another service.
    pub(crate) fn clients(config: &ConfigBuilder) -> ConfigBuilder {
        let mut config = config
            .clone()
            .connect_timeout(ATTEMPT)
            .attempt_timeout(ATTEMPT)
            .operation_timeout(CALL)
            .max_response_bytes(MAX_BYTES);
        config.settings_mut().endpoints.explicit = None;
        config
    }

    /// The configuration of a client that is called in `region`, as yet without credentials.
    pub(super) fn in_region(&self, region: &str) -> ConfigBuilder {
        self.clients.clone().region(region)
    }

    /// The same for a call that sends a token, which goes over HTTPS or to this machine only. Other SDKs send it wherever
    /// an endpoint variable says.
    pub(super) fn for_tokens(&self, region: &str) -> ConfigBuilder {
        self.in_region(region).sends_tokens()
    }

    /// The object in a file that another program stored. An error continues after the name of the file.
    pub(super) async fn stored(&self, path: &Path) -> Result<Object, String> {
        let text = self.environment.read(path).await;
        let text = text
            .map(Zeroizing::new)
            .map_err(|error| match error.kind() {
                ErrorKind::NotFound => "does not exist".to_owned(),
                _ => format!("cannot be read: {error}"),
            })?;
        Object::read(text.as_bytes()).map_err(|why| format!("cannot be read: {why}"))
    }

    /// Sends one request within the limits; sends it again if the response may be another one then.
    pub(super) async fn send(
        &self,
        limits: Limits,
        request: ::http::Request<Bytes>,
        accepts: impl Fn(&::http::Response<Bytes>) -> bool,
    ) -> Result<::http::Response<Bytes>, HttpError> {
        http::send(&*self.http, limits, request, accepts).await
    }
}

impl fmt::Debug for ProviderIo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProviderIo").finish_non_exhaustive()
    }
}
