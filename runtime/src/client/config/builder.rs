//! Building a [`Config`] from what is set in the program; `crate::load` finds the rest.

use super::{Config, Inner, Limit, Retries, Settings, Timeouts};
use crate::client::credentials::{Cache, CredentialsError, ProvideCredentials};
use crate::client::environment::Environment;
use crate::client::http_client::{HttpClient, SendOptions};
use crate::client::tokens::Tokens;
use crate::retry::{RetryMode, RetryRules};
use crate::sign::BearerToken;
use crate::sign::Credentials;
use futures_core::future::BoxFuture;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

const MAX_ATTEMPTS: u32 = 3;
const MIN_COMPRESSION_SIZE: usize = 10_240;

/// The largest value of the size from which bodies are compressed, in bytes.
pub(crate) const MOST_MIN_COMPRESSION_SIZE: usize = 10_485_760;

/// Settings for a [`Config`]; each setter documents its default.
#[derive(Clone)]
#[must_use = "a builder does nothing until `build` or `load`"]
pub struct ConfigBuilder {
    pub(crate) settings: Settings,
    pub(crate) profile: Option<String>,
    credentials: Option<Arc<dyn ProvideCredentials>>,
    pub(crate) tokens: Tokens,
    pub(crate) http: Option<Arc<dyn HttpClient>>,
    pub(crate) environment: Environment,
    retry_429: bool,
    timeouts: Timeouts,
    max_response_bytes: usize,
}

impl Default for ConfigBuilder {
    fn default() -> Self {
        let SendOptions {
            connect_timeout, ..
        } = SendOptions::default();
        Self {
            settings: Settings::default(),
            profile: None,
            credentials: None,
            tokens: Tokens::default(),
            http: None,
            environment: Environment::process(),
            retry_429: true,
            timeouts: Timeouts {
                connect: connect_timeout,
                attempt: Limit::Default(Duration::from_secs(60)),
                operation: Limit::Default(Duration::from_secs(4 * 60)),
                idle: Some(Duration::from_secs(60)),
                events: Some(Duration::from_secs(5 * 60)),
            },
            max_response_bytes: 512 << 20,
        }
    }
}

impl ConfigBuilder {
    /// The region to call and to sign for, such as `eu-west-1`. When loaded: `AWS_REGION`, `AWS_DEFAULT_REGION`,
    /// `region` of the profile, the instance's metadata.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.settings.region = Some(region.into());
        self
    }

    /// Credentials to sign with. When loaded: environment, web identity, profile, container, instance metadata, in this
    /// order, but the role of a profile comes before the web identity. With a profile that is set with
    /// [`profile`](Self::profile), keys and web identities in environment variables are ignored.
    pub fn credentials(self, credentials: Credentials) -> Self {
        self.credentials_provider(credentials)
    }

    /// A custom source of credentials, called when the first call needs them and again before they expire.
    pub fn credentials_provider(mut self, provider: impl ProvideCredentials + 'static) -> Self {
        self.credentials = Some(Arc::new(provider));
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
        self.settings.auth_scheme_preference = Some(names.into_iter().map(Into::into).collect());
        self
    }

    /// The profile of the shared files that [`load`](Self::load) uses. Default: `AWS_DEFAULT_PROFILE`, `AWS_PROFILE`,
    /// or else `default`. A profile that is set and does not exist is an error.
    ///
    /// With a profile that is set here, keys and web identities in environment variables are ignored.
    pub fn profile(mut self, name: impl Into<String>) -> Self {
        self.profile = Some(name.into());
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
        self.settings.use_fips = Some(use_fips);
        self
    }

    /// Whether to call endpoints that can also be reached over IPv6. Default: no. When loaded:
    /// `AWS_USE_DUALSTACK_ENDPOINT`, `use_dualstack_endpoint`.
    pub fn use_dual_stack(mut self, use_dual_stack: bool) -> Self {
        self.settings.use_dual_stack = Some(use_dual_stack);
        self
    }

    /// Whether to omit the host prefix of operations that have one, such as `data.`: for a server that replaces all
    /// hosts of a service. Default: no. When loaded: `AWS_DISABLE_HOST_PREFIX_INJECTION`,
    /// `disable_host_prefix_injection`.
    pub fn disable_host_prefix(mut self, disable: bool) -> Self {
        self.settings.disable_host_prefix = Some(disable);
        self
    }

    /// The largest number of attempts of a call, including the first one; at least 1. Default: 3. When loaded:
    /// `AWS_MAX_ATTEMPTS`, `max_attempts`.
    pub fn max_attempts(mut self, max_attempts: u32) -> Self {
        self.settings.max_attempts = Some(max_attempts.max(1));
        self
    }

    /// What to do when a service throttles. Default: [`RetryMode::Standard`]. When loaded: `AWS_RETRY_MODE`,
    /// `retry_mode`.
    pub fn retry_mode(mut self, mode: RetryMode) -> Self {
        self.settings.retry_mode = Some(mode);
        self
    }

    /// Which rules decide how long to wait for a retry and what it costs. Default: [`RetryRules::V2_0`]. When loaded:
    /// [`RetryRules::V2_1`] if `AWS_NEW_RETRIES_2026` is `true`.
    pub fn retry_rules(mut self, rules: RetryRules) -> Self {
        self.settings.retry_rules = Some(rules);
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
        self.settings.disable_request_compression = Some(disable);
        self
    }

    /// The smallest size of a body, in bytes, that is compressed if the service accepts it; at most 10,485,760.
    /// Default: 10,240. When loaded: `AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES`, `request_min_compression_size_bytes`.
    pub fn request_min_compression_size_bytes(mut self, least: usize) -> Self {
        let least = least.min(MOST_MIN_COMPRESSION_SIZE);
        self.settings.request_min_compression_size_bytes = Some(least);
        self
    }

    /// The client that sends all requests, including those for credentials. Default: one `HyperClient` for each
    /// configuration, with the feature `hyper`. When loaded, it trusts the certificates of `AWS_CA_BUNDLE` or
    /// `ca_bundle` in place of the system's, and uses the proxies of `HTTPS_PROXY`, `HTTP_PROXY` and `ALL_PROXY` except
    /// for the hosts of `NO_PROXY`, as curl does (names in lower case are read too, and first). These settings do not
    /// change a client that is set here; `HyperClient::builder` has setters for them.
    pub fn http_client(mut self, client: impl HttpClient + 'static) -> Self {
        self.http = Some(Arc::new(client));
        self
    }

    /// The application's name in the `User-Agent` header; characters that are not allowed there become `-`. When loaded:
    /// `AWS_SDK_UA_APP_ID`, `sdk_ua_app_id`.
    pub fn app_name(mut self, name: impl Into<String>) -> Self {
        self.settings.app_name = Some(name.into());
        self
    }

    /// Where [`load`](Self::load) reads settings from. Default: [`Environment::process`].
    pub fn environment(mut self, environment: Environment) -> Self {
        self.environment = environment;
        self
    }

    /// A configuration of the values that were set. Nothing is read from the environment; a missing setting is an error
    /// of the first call.
    pub fn build(self) -> Config {
        let looked_at = "none was set; set one with Config::builder().region(…), or let Config::builder().load() \
                         look into the environment and the shared files";
        let http = self.http();
        self.finish(http, looked_at.to_owned(), |_| Arc::new(NotSet))
    }

    pub(crate) fn http(&self) -> Arc<dyn HttpClient> {
        match &self.http {
            Some(http) => http.clone(),
            #[cfg(feature = "hyper")]
            None => Arc::new(crate::client::hyper_client::HyperClient::new()),
            #[cfg(not(feature = "hyper"))]
            None => Arc::new(crate::client::http_client::NoHttpClient),
        }
    }

    pub(crate) fn finish(
        self,
        http: Arc<dyn HttpClient>,
        region_looked_at: String,
        credentials: impl FnOnce(Option<String>) -> Arc<dyn ProvideCredentials>,
    ) -> Config {
        let Settings {
            region,
            region_place,
            endpoints,
            use_fips,
            use_dual_stack,
            max_attempts,
            retry_mode,
            retry_rules,
            disable_request_compression,
            request_min_compression_size_bytes,
            app_name,
            auth_scheme_preference,
            disable_host_prefix,
            rules,
        } = self.settings;
        let mut tokens = self.tokens;
        tokens.has_credentials = self.credentials.is_some();
        tokens.preference = auth_scheme_preference.unwrap_or_default();
        let provider = self
            .credentials
            .unwrap_or_else(|| credentials(region.clone()));
        Config(Arc::new(Inner {
            region,
            region_place,
            region_looked_at,
            endpoints,
            use_fips: use_fips.unwrap_or_default(),
            use_dual_stack: use_dual_stack.unwrap_or_default(),
            disable_host_prefix: disable_host_prefix.unwrap_or_default(),
            rules,
            retries: Retries {
                max_attempts: max_attempts.unwrap_or(MAX_ATTEMPTS),
                mode: retry_mode.unwrap_or_default(),
                rules: retry_rules.unwrap_or_default(),
                retry_429: self.retry_429,
            },
            timeouts: self.timeouts,
            max_response_bytes: self.max_response_bytes,
            min_compression_size: match disable_request_compression {
                Some(true) => None,
                _ => Some(request_min_compression_size_bytes.unwrap_or(MIN_COMPRESSION_SIZE)),
            },
            app_name,
            http,
            credentials: Cache::new(provider),
            tokens,
        }))
    }
}

impl fmt::Debug for ConfigBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            settings,
            profile,
            credentials,
            tokens,
            http: _,
            environment,
            retry_429,
            timeouts,
            max_response_bytes,
        } = self;
        f.debug_struct("ConfigBuilder")
            .field("settings", settings)
            .field("profile", profile)
            .field(
                "credentials",
                &credentials.as_ref().map(|provider| provider.name()),
            )
            .field("tokens", tokens)
            .field("environment", environment)
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
                       Config::builder().load() look into the environment and the shared files";
        Box::pin(std::future::ready(Err(CredentialsError::new(message))))
    }
}
