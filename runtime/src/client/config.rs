//! The configuration of clients: region, endpoint, credentials, retries, limits, and where they come from.

mod builder;
mod endpoints;
mod groups;
mod loading;
mod rule_settings;
mod settings;
mod timeouts;

use builder::Http;
pub use builder::{ConfigBuilder, MOST_MIN_COMPRESSION_SIZE, default_http_client};
pub use endpoints::{Endpoints, Url};
pub use groups::{RetryConfig, TimeoutConfig};
pub use rule_settings::RuleSettings;
pub use settings::{Found, Setting, Settings};
pub(crate) use timeouts::{Limit, Timeouts};

use super::Explained;
use super::credentials::CachedCredentials;
use super::http_client::{HttpClient, SendOptions};
use super::tokens::Tokens;
use crate::checksum::{RequestChecksumCalculation, ResponseChecksumValidation};
use crate::endpoint::region;
use crate::endpoint::{BaseUrl, EndpointContext, EndpointParams};
use crate::error::ConfigError;
use crate::protocol::{Service, Settings as ExtensionSettings};
use crate::retry::{RetryMode, RetryRules, ServiceRetries};
use crate::target::Target;
use std::fmt;
use std::sync::Arc;

const MIN_COMPRESSION_SIZE: usize = 10_240;

/// The settings of clients, of any service. Cheap to clone; clones share the credentials and the connections, so one
/// configuration is made once and given to all clients.
///
/// [`ConfigBuilder::build`] has only what was set; the crate tinsmith-config loads the rest from the environment.
#[derive(Clone)]
pub struct Config(Arc<Inner>);

struct Inner {
    set: ConfigBuilder,
    http: Http,
    credentials: CachedCredentials,
}

/// The retries that a client makes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Retries {
    pub(crate) max_attempts: u32,
    pub(crate) mode: RetryMode,
    pub(crate) rules: RetryRules,
    pub(crate) retry_429: bool,
}

impl Config {
    /// A builder in which nothing is set.
    pub fn builder() -> ConfigBuilder {
        ConfigBuilder::default()
    }

    /// A builder with these settings, for a client that needs some of them changed. What is built shares the credentials
    /// and the connections, unless others are set.
    ///
    /// ```
    /// # use tinsmith_runtime::Config;
    /// let shared = Config::builder().region("eu-west-1").build();
    /// let elsewhere = shared.to_builder().region("us-east-1").build();
    /// # assert_eq!((shared.region(), elsewhere.region()), (Some("eu-west-1"), Some("us-east-1")));
    /// ```
    pub fn to_builder(&self) -> ConfigBuilder {
        ConfigBuilder {
            http: Some(self.0.http.clone()),
            credentials: Some(self.0.credentials.clone()),
            ..self.0.set.clone()
        }
    }

    /// The region, such as `eu-west-1`, if one was set or found; the first call checks that it is valid.
    pub fn region(&self) -> Option<&str> {
        self.settings().region.get().map(String::as_str)
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.0.set.settings
    }

    /// What whoever loaded it has to say of it, and of its HTTP client.
    pub(crate) fn notes(&self) -> impl Iterator<Item = &Explained> {
        self.0.set.notes.iter().chain(&self.0.http.notes)
    }

    /// Where a region was looked for and not found.
    pub(crate) fn region_looked_at(&self) -> &str {
        self.0.set.region_looked_at.as_deref().unwrap_or(
            "none was set; set one with Config::builder().region(…), or let tinsmith_config::load() look into the \
             environment and the shared files",
        )
    }

    /// The region, if there is one; it must be a valid part of a host name.
    pub(crate) fn checked_region(&self) -> Result<Option<&str>, ConfigError> {
        if let Some(region) = self.region() {
            let place = self.settings().region.place().unwrap_or("region");
            region::check(region, place).map_err(ConfigError::new)?;
        }
        Ok(self.region())
    }

    /// The error of a call that needs a region.
    pub(crate) fn no_region(&self) -> ConfigError {
        ConfigError::new(format!("no region: {}", self.region_looked_at()))
    }

    /// The endpoint that is set for a service; `None`: its own rules decide. An error for an invalid URL.
    pub(crate) fn endpoint(&self, service_id: &str) -> Result<Option<BaseUrl>, ConfigError> {
        self.settings().endpoints.of(service_id)
    }

    /// The parameters of the endpoint rules of a service, with those from an operation and its input.
    pub(crate) fn endpoint_params(
        &self,
        service: &Service,
        context: EndpointContext,
    ) -> Result<EndpointParams, ConfigError> {
        Ok(EndpointParams {
            region: self.checked_region()?.map(str::to_owned),
            use_fips: self.use_fips(),
            use_dual_stack: self.use_dual_stack(),
            endpoint: self.endpoint(service.id)?.map(|url| url.to_string()),
            context,
            ..self.rules().params()
        })
    }

    /// The endpoint of a service with these parameters.
    pub(crate) fn target(
        &self,
        service: &Service,
        params: &EndpointParams,
    ) -> Result<Target, ConfigError> {
        Target::resolve(service, params, self.takes_host_prefixes(), &|| {
            self.no_region()
        })
    }

    /// What the extension of a service depends on.
    pub(crate) fn extension_settings(&self, service_id: &str) -> ExtensionSettings {
        ExtensionSettings {
            has_own_endpoint: matches!(self.endpoint(service_id), Ok(Some(_))),
        }
    }

    pub(crate) fn takes_host_prefixes(&self) -> bool {
        self.settings().disable_host_prefix.value() != Some(true)
    }

    pub(crate) fn use_fips(&self) -> bool {
        self.settings().use_fips.value().unwrap_or_default()
    }

    pub(crate) fn use_dual_stack(&self) -> bool {
        self.settings().use_dual_stack.value().unwrap_or_default()
    }

    pub(crate) fn rules(&self) -> &RuleSettings {
        &self.settings().rules
    }

    /// The retries of a service's client.
    pub(crate) fn retries(&self, service: &ServiceRetries) -> Retries {
        let settings = self.settings();
        let rules = settings.retry_rules.value().unwrap_or_default();
        let max_attempts = settings.max_attempts.value();
        Retries {
            max_attempts: max_attempts.unwrap_or_else(|| rules.max_attempts(service)),
            mode: settings.retry_mode.value().unwrap_or_default(),
            rules,
            retry_429: self.0.set.retry_429,
        }
    }

    pub(crate) fn timeouts(&self) -> Timeouts {
        self.0.set.timeouts
    }

    pub(crate) fn send_options(&self) -> SendOptions {
        SendOptions {
            connect_timeout: self.0.set.timeouts.connect,
            ..SendOptions::default()
        }
    }

    /// Whether the inputs of calls have tokens, for which an endpoint must be safe.
    pub(crate) fn sends_tokens(&self) -> bool {
        self.0.set.sends_tokens
    }

    pub(crate) fn max_response_bytes(&self) -> usize {
        self.0.set.max_response_bytes
    }

    /// When a checksum is sent with a request for which nobody chose one.
    pub fn request_checksum_calculation(&self) -> RequestChecksumCalculation {
        let rule = self.settings().request_checksum_calculation.value();
        rule.unwrap_or_default()
    }

    /// When a response is validated although the call does not ask for it.
    pub fn response_checksum_validation(&self) -> ResponseChecksumValidation {
        let rule = self.settings().response_checksum_validation.value();
        rule.unwrap_or_default()
    }

    /// The smallest size of a body that is compressed; `None`: no body is.
    pub(crate) fn min_compression_size(&self) -> Option<usize> {
        let settings = self.settings();
        let least = settings.request_min_compression_size_bytes.value();
        match settings.disable_request_compression.value() {
            Some(true) => None,
            _ => Some(least.unwrap_or(MIN_COMPRESSION_SIZE)),
        }
    }

    pub(crate) fn app_name(&self) -> Option<&str> {
        self.settings().app_name.get().map(String::as_str)
    }

    /// The authorisation schemes to prefer, by their names in Smithy without the part before `#`.
    pub(crate) fn preferred_auth(&self) -> &[String] {
        let names = self.settings().auth_scheme_preference.get();
        names.map_or(&[], Vec::as_slice)
    }

    pub(crate) fn http(&self) -> &dyn HttpClient {
        &*self.0.http.client
    }

    pub(crate) fn tokens(&self) -> &Tokens {
        &self.0.set.tokens
    }

    pub(crate) fn credentials(&self) -> &CachedCredentials {
        &self.0.credentials
    }
}

impl From<&Config> for Config {
    fn from(config: &Config) -> Self {
        config.clone()
    }
}

impl From<&Config> for ConfigBuilder {
    fn from(config: &Config) -> Self {
        config.to_builder()
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Config").field(&self.0.set).finish()
    }
}
