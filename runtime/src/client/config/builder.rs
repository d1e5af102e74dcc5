//! Building a [`Config`] from what is set in the program; a crate above this one may find the rest, see `loading`.

use super::{Config, Inner, Limit, Settings, Timeouts};
use crate::checksum::{RequestChecksumCalculation, ResponseChecksumValidation};
use crate::client::Explained;
use crate::client::cache::{Cache, Fetch};
use crate::client::credentials::{
    CachedCredentials, CredentialsError, ProvideCredentials, Provided,
};
use crate::client::http_client::{HttpClient, SendOptions};
use crate::client::tokens::Tokens;
use crate::retry::{RetryMode, RetryRules};
use crate::sign::BearerToken;
use crate::sign::Credentials;
use futures_core::future::BoxFuture;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// The largest value of the size from which bodies are compressed, in bytes.
pub const MOST_MIN_COMPRESSION_SIZE: usize = 10_485_760;

/// Settings for a [`Config`]; each setter documents its default and, after "When loaded", where tinsmith-config looks for it.
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct ConfigBuilder {
    pub(super) settings: Settings,
    pub(super) credentials: Option<CachedCredentials>,
    pub(super) tokens: Tokens,
    pub(super) http: Option<Http>,
    pub(super) region_looked_at: Option<String>,
    pub(super) notes: Vec<Explained>,
    pub(super) retry_429: bool,
    pub(super) timeouts: Timeouts,
    pub(super) max_response_bytes: usize,
    pub(super) sends_tokens: bool,
}

/// An HTTP client, and what [`Config::explain`] says of it.
#[derive(Clone)]
pub(super) struct Http {
    pub(super) client: Arc<dyn HttpClient>,
    pub(super) notes: Vec<Explained>,
}

impl Default for ConfigBuilder {
    fn default() -> Self {
        let SendOptions {
            connect_timeout, ..
        } = SendOptions::default();
        Self {
            settings: Settings::default(),
            credentials: None,
            tokens: Tokens::default(),
            http: None,
            region_looked_at: None,
            notes: Vec::new(),
            retry_429: true,
            timeouts: Timeouts {
                connect: connect_timeout,
                attempt: Limit::Default(Duration::from_secs(60)),
                operation: Limit::Default(Duration::from_secs(4 * 60)),
                idle: Some(Duration::from_secs(60)),
                events: Some(Duration::from_secs(5 * 60)),
            },
            max_response_bytes: 512 << 20,
            sends_tokens: false,
        }
    }
}

impl ConfigBuilder {
    /// The region to call and to sign for, such as `eu-west-1`. When loaded: `AWS_REGION`, `AWS_DEFAULT_REGION`,
    /// `region` of the profile, the instance's metadata.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.settings.region.set(region.into());
        self
    }

    /// Credentials to sign with. When loaded: environment, web identity, profile, container, instance metadata, in this
    /// order, but the role of a profile comes before the web identity.
    pub fn credentials(self, credentials: Credentials) -> Self {
        self.credentials_provider(credentials)
    }

    /// A custom source of credentials, called when the first call needs them and again before they expire.
    pub fn credentials_provider(mut self, provider: impl ProvideCredentials + 'static) -> Self {
        self.credentials = Some(Cache::new(Provided(Arc::new(provider))));
        self.tokens.has_credentials = true;
        self
    }

    /// A token for services that accept one (RFC 6750), in place of a signature. It is sent only over HTTPS or to this
    /// machine. When loaded: `AWS_BEARER_TOKEN_<SIGNING NAME>` for that service, such as `AWS_BEARER_TOKEN_BEDROCK`;
    /// the token of the profile's `sso_session`.
    ///
    /// A service that prefers signatures is called with a token that was set here or in the variable, unless
    /// credentials were set in the program; see also [`auth_scheme_preference`](Self::auth_scheme_preference).
    pub fn bearer_token(mut self, token: impl Into<BearerToken>) -> Self {
        self.tokens.explicit = Some(token.into());
        self
    }

    /// The authorisation schemes to prefer where a service accepts several, in order: `sigv4`, `httpBearerAuth`; other
    /// names are ignored, and so is the token scheme if there is no token. Default: the service's own order. When
    /// loaded: `AWS_AUTH_SCHEME_PREFERENCE`, `auth_scheme_preference`, separated by commas.
    pub fn auth_scheme_preference(
        mut self,
        names: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        self.settings
            .auth_scheme_preference
            .set(names.into_iter().map(Into::into).collect());
        self
    }

    /// The endpoint of every service, as an `http` or `https` URL, in place of its endpoint rules. When loaded:
    /// `AWS_ENDPOINT_URL_<SERVICE>`, `AWS_ENDPOINT_URL`, the profile's services section, `endpoint_url` of the profile;
    /// none of these with `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS`.
    pub fn endpoint_url(mut self, url: impl Into<String>) -> Self {
        self.settings.endpoints.set(url.into());
        self
    }

    /// Whether to call FIPS endpoints. Default: no. When loaded: `AWS_USE_FIPS_ENDPOINT`, `use_fips_endpoint`.
    pub fn use_fips(mut self, use_fips: bool) -> Self {
        self.settings.use_fips.set(use_fips);
        self
    }

    /// Whether to call endpoints that can also be reached over IPv6. Default: no. When loaded:
    /// `AWS_USE_DUALSTACK_ENDPOINT`, `use_dualstack_endpoint`.
    pub fn use_dual_stack(mut self, use_dual_stack: bool) -> Self {
        self.settings.use_dual_stack.set(use_dual_stack);
        self
    }

    /// Whether to omit the host prefix of operations that have one, such as `data.`: for a server that replaces all
    /// hosts of a service. Default: no. When loaded: `AWS_DISABLE_HOST_PREFIX_INJECTION`,
    /// `disable_host_prefix_injection`.
    pub fn disable_host_prefix(mut self, disable: bool) -> Self {
        self.settings.disable_host_prefix.set(disable);
        self
    }

    /// The largest number of attempts of a call, including the first one; at least 1. Default: 3. When loaded:
    /// `AWS_MAX_ATTEMPTS`, `max_attempts`.
    pub fn max_attempts(mut self, max_attempts: u32) -> Self {
        self.settings.max_attempts.set(max_attempts.max(1));
        self
    }

    /// What to do when a service throttles. Default: [`RetryMode::Standard`]. When loaded: `AWS_RETRY_MODE`,
    /// `retry_mode`.
    pub fn retry_mode(mut self, mode: RetryMode) -> Self {
        self.settings.retry_mode.set(mode);
        self
    }

    /// Which rules decide how long to wait for a retry and what it costs. Default: [`RetryRules::V2_0`]. When loaded:
    /// [`RetryRules::V2_1`] if `AWS_NEW_RETRIES_2026` is `true`.
    pub fn retry_rules(mut self, rules: RetryRules) -> Self {
        self.settings.retry_rules.set(rules);
        self
    }

    /// When a checksum is sent that the call does not choose: with every body of an operation that takes one, which is the
    /// default, or only where the service requires it, as some stores that are compatible with S3 want it. When loaded:
    /// `AWS_REQUEST_CHECKSUM_CALCULATION`, `request_checksum_calculation`.
    pub fn request_checksum_calculation(mut self, rule: RequestChecksumCalculation) -> Self {
        self.settings.request_checksum_calculation.set(rule);
        self
    }

    /// When a response is validated by its checksum although the call does not ask for it: where the operation can be asked
    /// for one, which is the default, or never. When loaded: `AWS_RESPONSE_CHECKSUM_VALIDATION`,
    /// `response_checksum_validation`.
    pub fn response_checksum_validation(mut self, rule: ResponseChecksumValidation) -> Self {
        self.settings.response_checksum_validation.set(rule);
        self
    }

    /// Whether the status 429 is retried with any error code. Default: yes, unlike other AWS clients.
    pub fn retry_429(mut self, retry_429: bool) -> Self {
        self.retry_429 = retry_429;
        self
    }

    /// The longest time to connect, TLS included. Default: 3.1 s; `None`: no limit.
    pub fn connect_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeouts.connect = timeout.into();
        self
    }

    /// The longest time for one attempt, from sending to the end of the response, or to its head if its body is a
    /// stream. While a streaming body is sent, the limit is for the time since its last piece. Default: 60 s, or 10 s
    /// more than the operation's long poll if that is longer; `None`: no limit.
    pub fn attempt_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeouts.attempt = Limit::Set(timeout.into());
        self
    }

    /// The longest time for a call, including credentials, all attempts and the waits between them; for streams see
    /// [`attempt_timeout`](Self::attempt_timeout). Default: 4 min plus the operation's long poll; `None`: no limit.
    pub fn operation_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeouts.operation = Limit::Set(timeout.into());
        self
    }

    /// The longest time without a byte while a streaming response is read; the time that the reader itself takes
    /// between two pieces does not count. Default: 60 s; `None`: no limit.
    pub fn idle_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeouts.idle = timeout.into();
        self
    }

    /// The same for event streams, whose services may send nothing for some time. Default: 5 min; `None`: no limit.
    pub fn event_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeouts.events = timeout.into();
        self
    }

    /// The largest response body that is accepted, in bytes, also by
    /// [`ByteStream::collect`](crate::ByteStream::collect); streams themselves have no limit. Default: 512 MiB.
    pub fn max_response_bytes(mut self, max: usize) -> Self {
        self.max_response_bytes = max;
        self
    }

    /// Whether bodies are sent uncompressed even if the service accepts compressed ones. Default: no. When loaded:
    /// `AWS_DISABLE_REQUEST_COMPRESSION`, `disable_request_compression`.
    pub fn disable_request_compression(mut self, disable: bool) -> Self {
        self.settings.disable_request_compression.set(disable);
        self
    }

    /// The smallest size of a body, in bytes, that is compressed if the service accepts it; at most 10,485,760.
    /// Default: 10,240. When loaded: `AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES`, `request_min_compression_size_bytes`.
    pub fn request_min_compression_size_bytes(mut self, least: usize) -> Self {
        let least = least.min(MOST_MIN_COMPRESSION_SIZE);
        self.settings.request_min_compression_size_bytes.set(least);
        self
    }

    /// The client that sends all requests, including those for credentials. Default: one `HyperClient` for each
    /// configuration that is built, with the feature `hyper`. When loaded, it trusts the certificates of `AWS_CA_BUNDLE` or
    /// `ca_bundle` in place of the system's, and uses the proxies of `HTTPS_PROXY`, `HTTP_PROXY` and `ALL_PROXY` except
    /// for the hosts of `NO_PROXY`, as curl does (names in lower case are read too, and first). These settings do not
    /// change a client that is set here; `HyperClient::builder` has setters for them.
    pub fn http_client(mut self, client: impl HttpClient + 'static) -> Self {
        let note = Explained::new(
            "proxies",
            "those of the HTTP client",
            "which is set in the program",
        );
        self.http = Some(Http {
            client: Arc::new(client),
            notes: vec![note],
        });
        self
    }

    /// The application's name in the `User-Agent` header; characters that are not allowed there become `-`. When loaded:
    /// `AWS_SDK_UA_APP_ID`, `sdk_ua_app_id`.
    pub fn app_name(mut self, name: impl Into<String>) -> Self {
        self.settings.app_name.set(name.into());
        self
    }

    /// A configuration of the values that were set. Nothing is read from the environment; a missing setting is an error
    /// of the first call.
    pub fn build(self) -> Config {
        let http = self.http.clone().unwrap_or_else(|| Http {
            client: default_http_client(),
            notes: Vec::new(),
        });
        let credentials = self.credentials.clone();
        Config(Arc::new(Inner {
            http,
            credentials: credentials.unwrap_or_else(|| Cache::new(Provided(Arc::new(NotSet)))),
            set: self,
        }))
    }
}

/// The client that a configuration has if none is set.
pub fn default_http_client() -> Arc<dyn HttpClient> {
    #[cfg(feature = "hyper")]
    return Arc::new(crate::client::hyper_client::HyperClient::new());
    #[cfg(not(feature = "hyper"))]
    return Arc::new(crate::client::http_client::NoHttpClient);
}

impl fmt::Debug for ConfigBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            settings,
            credentials,
            tokens,
            http: _,
            region_looked_at: _,
            notes: _,
            retry_429,
            timeouts,
            max_response_bytes,
            sends_tokens: _,
        } = self;
        f.debug_struct("ConfigBuilder")
            .field("settings", settings)
            .field(
                "credentials",
                &credentials.as_ref().map(|cache| cache.source().name()),
            )
            .field("tokens", tokens)
            .field("retry_429", retry_429)
            .field("timeouts", timeouts)
            .field("max_response_bytes", max_response_bytes)
            .finish_non_exhaustive()
    }
}

/// The source in place of credentials that were not set.
struct NotSet;

impl ProvideCredentials for NotSet {
    fn name(&self) -> &str {
        "none"
    }

    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        let message = "no credentials: none were set; set them with Config::builder().credentials(…), or let \
                       tinsmith_config::load() look into the environment and the shared files";
        Box::pin(std::future::ready(Err(CredentialsError::new(message))))
    }
}
