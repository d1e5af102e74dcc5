//! The outside world as reqsign's providers are given it: HTTP through our client with short limits, files through
//! our environment, and no environment variables, so that every setting passes through our own resolution.

use super::Credentials;
use crate::body::Body;
use crate::environment::Environment;
use crate::http_client::{HttpClient, HttpError, HttpErrorKind, SendOptions};
use crate::retry;
use bytes::Bytes;
use reqsign_core::{Context, FileRead, HttpSend, ProvideCredential, StaticEnv};
use std::error::Error;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use std::{fmt, iter};

/// What the sources of credentials are asked over.
#[derive(Clone)]
pub(crate) struct Outside {
    pub(crate) environment: Environment,
    pub(crate) http: Arc<dyn HttpClient>,
}

/// How long to wait for one response, and how often to ask.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    pub(super) timeout: Duration,
    pub(super) tries: u32,
}

/// For services reached over the internet: STS and SSO.
pub(super) const SERVICE: Limits = Limits {
    timeout: Duration::from_secs(10),
    tries: 3,
};
/// For an agent beside the process: containers.
pub(super) const AGENT: Limits = Limits {
    timeout: Duration::from_secs(2),
    tries: 3,
};
/// For instance metadata, which is not there at all outside of EC2.
pub(super) const METADATA: Limits = Limits {
    timeout: Duration::from_secs(1),
    tries: 1,
};

/// The largest answer that is taken from a source of credentials.
const MAX_BYTES: usize = 1 << 20;

impl Outside {
    /// Asks one of reqsign's providers, and tells what went wrong with its causes.
    pub(super) async fn ask<P>(
        &self,
        limits: Limits,
        provider: impl FnOnce(&Context) -> P,
    ) -> Result<Credentials, String>
    where
        P: ProvideCredential<Credential = reqsign_aws_v4::Credential>,
    {
        let http = Arc::new(Http {
            client: self.http.clone(),
            limits,
            last_error: Mutex::default(),
        });
        let context = Context::new()
            .with_http_send(SharedHttp(http.clone()))
            .with_file_read(Files(self.environment.clone()))
            .with_env(StaticEnv {
                home_dir: self.environment.home(),
                ..StaticEnv::default()
            });
        match provider(&context).provide_credential(&context).await {
            Ok(Some(keys)) => Ok(keys.into()),
            Ok(None) => Err("gave nothing".to_owned()),
            Err(error) => {
                let cause = http
                    .last_error
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .take();
                Err(describe(&error, cause))
            }
        }
    }

    /// Sends one request within the limits; asks again where that may help.
    pub(super) async fn send(
        &self,
        limits: Limits,
        request: http::Request<Bytes>,
    ) -> Result<http::Response<Bytes>, HttpError> {
        send(&*self.http, limits, request).await
    }
}

async fn send(
    client: &dyn HttpClient,
    limits: Limits,
    request: http::Request<Bytes>,
) -> Result<http::Response<Bytes>, HttpError> {
    let options = SendOptions {
        connect_timeout: Some(limits.timeout),
        ..SendOptions::default()
    };
    let mut attempt = 1;
    loop {
        let sending = client.send(request.clone().map(Body::from), &options);
        let whole = async {
            let (head, body) = sending.await?.into_parts();
            let body = body.collect(MAX_BYTES).await?;
            Ok(http::Response::from_parts(head, body))
        };
        let result = match tokio::time::timeout(limits.timeout, whole).await {
            Ok(result) => result,
            Err(_) => Err(HttpError::new(
                HttpErrorKind::Timeout,
                format!(
                    "no response from {} within {:?}",
                    request.uri().host().unwrap_or("?"),
                    limits.timeout
                ),
            )),
        };
        let again = match &result {
            Ok(response) => {
                response.status().is_server_error() || response.status().as_u16() == 429
            }
            Err(error) => error.is_retryable(),
        };
        if !again || attempt >= limits.tries {
            return result;
        }
        tokio::time::sleep(retry::backoff(attempt, fastrand::f64(), None)).await;
        attempt += 1;
    }
}

/// The message of a provider's error with what lies below it, each said once.
fn describe(error: &reqsign_core::Error, cause: Option<String>) -> String {
    let mut text = error.to_string();
    let sources =
        iter::successors(error.source(), |&source| source.source()).map(ToString::to_string);
    for source in sources.chain(cause) {
        if !text.contains(&source) {
            text.push_str(": ");
            text.push_str(&source);
        }
    }
    text
}

struct Http {
    client: Arc<dyn HttpClient>,
    limits: Limits,
    /// Some of reqsign's providers drop the cause of their error, so it is kept here.
    last_error: Mutex<Option<String>>,
}

struct SharedHttp(Arc<Http>);

impl HttpSend for SharedHttp {
    async fn http_send(
        &self,
        request: http::Request<Bytes>,
    ) -> reqsign_core::Result<http::Response<Bytes>> {
        send(&*self.0.client, self.0.limits, request)
            .await
            .map_err(|error| {
                *self
                    .0
                    .last_error
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner) = Some(error.to_string());
                reqsign_core::Error::unexpected(error.to_string())
            })
    }
}

impl fmt::Debug for SharedHttp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SharedHttp")
    }
}

#[derive(Debug)]
struct Files(Environment);

impl FileRead for Files {
    async fn file_read(&self, path: &str) -> reqsign_core::Result<Vec<u8>> {
        let path = self.0.expand(path);
        Ok(self
            .0
            .read(Path::new(&path))
            .await
            .map(String::into_bytes)?)
    }
}
