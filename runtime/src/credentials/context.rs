//! How sources of credentials do their input and output: with our HTTP client and short limits, our environment, and
//! the settings of the metadata service. STS is called by reqsign, which gets the same client and an empty environment.

use super::Credentials;
use super::http::{self, Limits, SERVICE, is_final};
use super::instance::Metadata;
use crate::client::environment::Environment;
use crate::client::http_client::HttpClient;
use crate::error::HttpError;
use bytes::Bytes;
use reqsign_core::{Context, HttpSend, ProvideCredential};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

/// How sources of credentials do their input and output.
#[derive(Clone)]
pub(crate) struct ProviderIo {
    pub(crate) environment: Environment,
    pub(crate) http: Arc<dyn HttpClient>,
    pub(crate) metadata: Metadata,
}

impl ProviderIo {
    /// Sends one request within the limits; sends it again if the response may be another one then.
    pub(super) async fn send(
        &self,
        limits: Limits,
        request: ::http::Request<Bytes>,
        accepts: impl Fn(&::http::Response<Bytes>) -> bool,
    ) -> Result<::http::Response<Bytes>, HttpError> {
        http::send(&*self.http, limits, request, accepts).await
    }

    /// Calls STS with one of reqsign's providers, and describes what went wrong.
    pub(super) async fn ask<P>(
        &self,
        provider: impl FnOnce(&Context) -> P,
    ) -> Result<Credentials, String>
    where
        P: ProvideCredential<Credential = reqsign_aws_v4::Credential>,
    {
        let http = Arc::new(Http {
            client: self.http.clone(),
            last_error: Mutex::default(),
        });
        let context = Context::new().with_http_send(SharedHttp(http.clone()));
        match provider(&context).provide_credential(&context).await {
            Ok(Some(keys)) => credentials(keys).unless_expired("STS", SystemTime::now()),
            Ok(None) => Err("STS returned no credentials".to_owned()),
            Err(error) => {
                let mut last_error = http
                    .last_error
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner);
                Err(last_error.take().unwrap_or_else(|| describe(&error)))
            }
        }
    }
}

/// Converts the credentials of STS.
fn credentials(keys: reqsign_aws_v4::Credential) -> Credentials {
    let credentials = Credentials::new(
        keys.access_key_id,
        keys.secret_access_key,
        keys.session_token,
    );
    match keys.expires_in {
        Some(expiry) => credentials.with_expiry(expiry.as_system_time()),
        None => credentials,
    }
}

/// The provider's message without the parts that it may quote: responses that it could not parse, and its causes.
fn describe(error: &reqsign_core::Error) -> String {
    const UNREAD: &str = "STS request failed with ";
    let text = error.to_string();
    match text
        .strip_prefix(UNREAD)
        .and_then(|rest| rest.split_once(':'))
    {
        Some((status, _)) => format!("{UNREAD}{status}"),
        None => text,
    }
}

struct Http {
    client: Arc<dyn HttpClient>,
    /// Some of reqsign's providers drop the cause of their error, so it is kept here.
    last_error: Mutex<Option<String>>,
}

struct SharedHttp(Arc<Http>);

impl HttpSend for SharedHttp {
    async fn http_send(
        &self,
        request: ::http::Request<Bytes>,
    ) -> reqsign_core::Result<::http::Response<Bytes>> {
        http::send(&*self.0.client, SERVICE, request, is_final)
            .await
            .map_err(|error| {
                let mut last_error = self
                    .0
                    .last_error
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner);
                *last_error = Some(error.to_string());
                reqsign_core::Error::unexpected(error.to_string())
            })
    }
}

impl fmt::Debug for SharedHttp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SharedHttp")
    }
}
