//! The configuration of clients: region, endpoint, credentials, retries, limits, and where they come from.

mod builder;
mod endpoints;
mod rule_settings;
mod settings;
mod timeouts;

pub use builder::ConfigBuilder;
pub(crate) use builder::MOST_MIN_COMPRESSION_SIZE;
pub(crate) use endpoints::{Endpoints, Url};
pub(crate) use rule_settings::RuleSettings;
pub(crate) use settings::Settings;
pub(crate) use timeouts::{Limit, Timeouts};

use super::credentials::Cache;
use super::http_client::{HttpClient, SendOptions};
use super::tokens::Tokens;
use crate::endpoint::BaseUrl;
use crate::endpoint::region;
use crate::error::ConfigError;
use crate::retry::{RetryMode, RetryRules};
use std::fmt;
use std::sync::Arc;

/// The settings of clients, of any service. Cheap to clone; clones share the credentials and the connections.
///
/// [`ConfigBuilder::build`] has only what was set; [`ConfigBuilder::load`] reads the rest from the environment.
#[derive(Clone)]
pub struct Config(Arc<Inner>);

struct Inner {
    region: Option<String>,
    region_place: Option<String>,
    /// Where a region was looked for and not found, for the error.
    region_looked_at: String,
    endpoints: Endpoints,
    use_fips: bool,
    use_dual_stack: bool,
    disable_host_prefix: bool,
    rules: RuleSettings,
    retries: Retries,
    timeouts: Timeouts,
    max_response_bytes: usize,
    /// The smallest size of a body that is compressed; `None`: no body is.
    min_compression_size: Option<usize>,
    app_name: Option<String>,
    http: Arc<dyn HttpClient>,
    credentials: Cache,
    tokens: Tokens,
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

    /// The region, such as `eu-west-1`, if one was set or found; the first call checks that it is valid.
    pub fn region(&self) -> Option<&str> {
        self.0.region.as_deref()
    }

    /// The region, if there is one; it must be a valid part of a host name.
    pub(crate) fn checked_region(&self) -> Result<Option<&str>, ConfigError> {
        if let Some(region) = self.region() {
            let place = self.0.region_place.as_deref().unwrap_or("region");
            region::check(region, place).map_err(ConfigError::new)?;
        }
        Ok(self.region())
    }

    pub(crate) fn require_region(&self) -> Result<&str, ConfigError> {
        self.region()
            .ok_or_else(|| ConfigError::new(format!("no region: {}", self.0.region_looked_at)))
    }

    /// The endpoint that is set for a service; `None`: its own rules decide. An error for an invalid URL.
    pub(crate) fn endpoint(&self, service_id: &str) -> Result<Option<BaseUrl>, ConfigError> {
        self.0.endpoints.of(service_id)
    }

    pub(crate) fn takes_host_prefixes(&self) -> bool {
        !self.0.disable_host_prefix
    }

    pub(crate) fn use_fips(&self) -> bool {
        self.0.use_fips
    }

    pub(crate) fn use_dual_stack(&self) -> bool {
        self.0.use_dual_stack
    }

    pub(crate) fn rules(&self) -> RuleSettings {
        self.0.rules
    }

    pub(crate) fn retries(&self) -> Retries {
        self.0.retries
    }

    pub(crate) fn timeouts(&self) -> Timeouts {
        self.0.timeouts
    }

    pub(crate) fn send_options(&self) -> SendOptions {
        SendOptions {
            connect_timeout: self.0.timeouts.connect,
            ..SendOptions::default()
        }
    }

    pub(crate) fn max_response_bytes(&self) -> usize {
        self.0.max_response_bytes
    }

    pub(crate) fn min_compression_size(&self) -> Option<usize> {
        self.0.min_compression_size
    }

    pub(crate) fn app_name(&self) -> Option<&str> {
        self.0.app_name.as_deref()
    }

    pub(crate) fn http(&self) -> &dyn HttpClient {
        &*self.0.http
    }

    pub(crate) fn tokens(&self) -> &Tokens {
        &self.0.tokens
    }

    pub(crate) fn credentials(&self) -> &Cache {
        &self.0.credentials
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            region,
            region_place: _,
            region_looked_at: _,
            endpoints,
            use_fips,
            use_dual_stack,
            disable_host_prefix,
            rules,
            retries,
            timeouts,
            max_response_bytes,
            min_compression_size,
            app_name,
            http: _,
            credentials: _,
            tokens,
        } = &*self.0;
        f.debug_struct("Config")
            .field("region", region)
            .field("endpoints", endpoints)
            .field("use_fips", use_fips)
            .field("use_dual_stack", use_dual_stack)
            .field("disable_host_prefix", disable_host_prefix)
            .field("rules", rules)
            .field("retries", retries)
            .field("timeouts", timeouts)
            .field("max_response_bytes", max_response_bytes)
            .field("min_compression_size", min_compression_size)
            .field("app_name", app_name)
            .field("tokens", tokens)
            .finish_non_exhaustive()
    }
}
