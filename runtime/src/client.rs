//! The client of a service: the state that its clones share, and a call from input to output.

mod answered_call;
mod attempt;
mod body_checksum;
mod byte_stream;
pub(crate) mod cache;
mod call;
mod call_builder;
mod clock;
pub(crate) mod config;
pub(crate) mod credentials;
mod dispatch;
#[cfg_attr(not(feature = "event-streams"), path = "client/no_events.rs")]
mod events;
mod explain;
pub(crate) mod http_client;
#[cfg(feature = "hyper")]
pub(crate) mod hyper_client;
mod idle;
mod pieces;
mod prepare;
mod presigned;
mod regions;
pub mod replay;
mod sessions;
mod targets;
pub(crate) mod tokens;
mod upload;
mod user_agent;
mod wait;

pub use byte_stream::ByteStreamReader;
pub use call::{Call, Sending};
pub use explain::{Explained, Explanation};
pub use presigned::Unsigned;

use crate::client::config::{Config, Retries};
use crate::endpoint::{EndpointContext, EndpointParams};
use crate::error::ConfigError;
use crate::error::{ErrorKind, Failure};
use crate::http_binding::{
    BuiltRequest, PendingBody, ReadOutput, ResponseReader, WriteInput, request_id,
};
use crate::protocol::{Operation, Service, Settings as ExtensionSettings};
use crate::retry::{RateLimiter, RetryMode, RetryQuota};
use crate::sign::SigningKeys;
use crate::stream::Body;
use crate::target::Target;
use answered_call::AnsweredCall;
use bytes::Bytes;
use call::PendingCall;
use clock::Clocks;
pub(crate) use clock::Offset;
use http::HeaderValue;
use regions::Regions;
use sessions::Sessions;
use std::cell::RefCell;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use targets::Targets;
use tokio::time::Instant;

/// The client of a service, which the generated one wraps. Cheap to clone; clones share connections, credentials and
/// the retry quota.
#[derive(Clone)]
pub struct Client(Arc<Shared>);

struct Shared {
    service: &'static Service,
    config: Config,
    /// What the endpoints of all calls depend on; an error of it is an error of each call.
    params: Result<EndpointParams, ConfigError>,
    /// The endpoint of all calls that add no parameters of their own.
    target: Result<Arc<Target>, ConfigError>,
    /// The endpoints of other calls.
    targets: Targets,
    /// What the extension of the service depends on.
    settings: ExtensionSettings,
    user_agent: HeaderValue,
    quota: Mutex<RetryQuota>,
    clocks: Clocks,
    signing_keys: SigningKeys,
    limiter: Option<Mutex<RateLimiter>>,
    regions: Regions,
    sessions: Sessions,
    started: Instant,
}

impl Client {
    /// A client of `service`. Nothing is sent, and nothing is read from the environment; a missing setting is an error
    /// of the first call.
    pub fn new(service: &'static Service, config: Config) -> Self {
        let limiter = match config.retries(&service.retries).mode {
            RetryMode::Standard => None,
            RetryMode::Adaptive => Some(Mutex::default()),
        };
        let params = config.endpoint_params(service, EndpointContext::default());
        Self(Arc::new(Shared {
            service,
            target: match &params {
                Ok(params) => config.target(service, params).map(Arc::new),
                Err(error) => Err(error.clone()),
            },
            targets: Targets::default(),
            params,
            settings: config.extension_settings(service.id),
            user_agent: user_agent::user_agent(service, config.app_name()),
            config,
            quota: Mutex::default(),
            clocks: Clocks::default(),
            signing_keys: SigningKeys::new(),
            limiter,
            regions: Regions::default(),
            sessions: Sessions::default(),
            started: Instant::now(),
        }))
    }

    /// Its configuration.
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// Makes one call: sends `input`, with retries, and reads the output.
    pub fn call<O, E>(
        &self,
        operation: &'static Operation,
        input: &dyn WriteInput,
    ) -> Sending<O, E> {
        self.begin(operation, input).into()
    }

    /// Makes one call with a request that was built before, as [`Operation::request`] does, and may have been changed since.
    pub fn call_built<O, E>(
        &self,
        operation: &'static Operation,
        request: BuiltRequest,
    ) -> Sending<O, E> {
        let shared = self.0.clone();
        let pending = PendingCall {
            client: self.clone(),
            operation,
            response: Box::pin(
                async move { dispatch::dispatch(&shared, operation, request).await },
            ),
        };
        pending.into()
    }

    fn begin(&self, operation: &'static Operation, input: &dyn WriteInput) -> PendingCall {
        let request = operation.request(input, new_token);
        let shared = self.0.clone();
        PendingCall {
            client: self.clone(),
            operation,
            response: Box::pin(async move {
                let mut request = request.map_err(|error| {
                    Failure::new(ErrorKind::Input, operation.name).with_source(error)
                })?;
                if let Some(copy) = operation.region_copy {
                    presigned::fill_in(&shared, operation, copy, &mut request).await?;
                }
                dispatch::dispatch(&shared, operation, request).await
            }),
        }
    }

    fn read(
        &self,
        operation: &Operation,
        answer: CallResponse,
        output: &mut dyn ReadOutput,
    ) -> Result<(), Box<Failure>> {
        let protocol = self.0.service.protocol;
        let CallResponse {
            response,
            body,
            call,
        } = answer;
        let (attempts, max_attempts) = (call.attempts, call.max_attempts);
        let pending = body.map(|body| PendingBody {
            body: RefCell::new(Some(body)),
            operation: operation.name,
            max: self.0.config.max_response_bytes(),
            validated_by: call.validated_by,
            call: Some(Arc::new(call)),
        });
        let reader = ResponseReader::new(protocol, &response).with_pending(pending.as_ref());
        protocol
            .read_output(operation, reader, output)
            .map_err(|error| {
                let mut failure = Failure::new(ErrorKind::Response, operation.name)
                    .with_attempts(attempts, max_attempts)
                    .with_source(error);
                failure.status = Some(response.status().as_u16());
                failure.request_id = request_id(response.headers()).map(str::to_owned);
                Box::new(failure)
            })
    }
}

/// A UUID (version 4) from the system's own randomness: two calls with the same token would count as one.
fn new_token() -> String {
    uuid::Uuid::new_v4().to_string()
}

/// A response that is not an error.
struct CallResponse {
    response: http::Response<Bytes>,
    /// The body, if the caller reads it as a stream; the response's own body is empty then.
    body: Option<Body>,
    /// Facts about the call, for reading the body later.
    call: AnsweredCall,
}

impl Shared {
    /// The endpoint of a call that adds these parameters, in another region than the client's if there is one.
    fn target(
        &self,
        context: EndpointContext,
        region: Option<&str>,
    ) -> Result<Arc<Target>, ConfigError> {
        if region.is_none() && context.is_empty() {
            return self.target.clone();
        }
        if let Some(known) = self.targets.get(&context, region) {
            return Ok(known);
        }
        let mut params = self.params.clone()?;
        params.context = context;
        if let Some(region) = region {
            params.region = Some(region.to_owned());
        }
        let target = self.config.target(self.service, &params)?;
        Ok(self.targets.keep(params.context, region, target))
    }

    /// The retries of its calls.
    fn retries(&self) -> Retries {
        self.config.retries(&self.service.retries)
    }

    fn quota(&self) -> MutexGuard<'_, RetryQuota> {
        self.quota.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn limiter(&self) -> Option<MutexGuard<'_, RateLimiter>> {
        Some(
            self.limiter
                .as_ref()?
                .lock()
                .unwrap_or_else(PoisonError::into_inner),
        )
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("service", &self.0.service.id)
            .field("config", &self.0.config)
            .finish_non_exhaustive()
    }
}
