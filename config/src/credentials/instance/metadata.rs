//! The settings of the metadata service: its address, whether it is used, its timeout and attempts.

use crate::credentials::http::Limits;
use crate::settings::Lookup;
use std::time::Duration;
use tinsmith_runtime::ConfigError;
use tinsmith_runtime::loading::BaseUrl;
use tinsmith_runtime::loading::Found;

const DISABLED: &str = "AWS_EC2_METADATA_DISABLED";

/// The metadata service as it is configured.
#[derive(Clone, Debug)]
pub(crate) struct Metadata {
    is_disabled: bool,
    endpoint: Endpoint,
    pub(super) limits: Limits,
}

/// The address of the service.
#[derive(Clone, Debug)]
pub(super) struct Endpoint(BaseUrl);

impl Endpoint {
    pub(super) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }
}

impl Metadata {
    /// # Errors
    /// A setting is invalid.
    pub(crate) fn read(lookup: &Lookup<'_>) -> Result<Self, ConfigError> {
        let environment = lookup.environment;
        let mode = lookup.read(
            "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
            "ec2_metadata_service_endpoint_mode",
            "`IPv4` or `IPv6`",
            |text| match text.to_ascii_lowercase().as_str() {
                "ipv4" => Some("http://169.254.169.254"),
                "ipv6" => Some("http://[fd00:ec2::254]"),
                _ => None,
            },
        )?;
        let set = lookup.find(
            "AWS_EC2_METADATA_SERVICE_ENDPOINT",
            "ec2_metadata_service_endpoint",
        )?;
        let mode = mode.map_or("http://169.254.169.254", |mode| mode.value);
        let Found { value: url, place } = set.unwrap_or_else(|| Found {
            value: mode.to_owned(),
            place: String::new(),
        });
        let endpoint = BaseUrl::parse_base(&url).map_err(|why| {
            ConfigError::new(format!(
                "{place}: {why}; expected one such as http://127.0.0.1:1338"
            ))
        })?;
        let number = |text: &str| text.parse().ok().filter(|number: &u32| *number > 0);
        let seconds = lookup.read(
            "AWS_METADATA_SERVICE_TIMEOUT",
            "metadata_service_timeout",
            "a whole number of seconds from 1",
            number,
        )?;
        let tries = lookup.read(
            "AWS_METADATA_SERVICE_NUM_ATTEMPTS",
            "metadata_service_num_attempts",
            "a whole number from 1",
            number,
        )?;
        Ok(Self {
            is_disabled: environment
                .variable(DISABLED)
                .is_some_and(|value| value.trim().eq_ignore_ascii_case("true")),
            endpoint: Endpoint(endpoint),
            limits: Limits {
                timeout: Duration::from_secs(seconds.map_or(1, |it| it.value).into()),
                tries: tries.map_or(1, |it| it.value),
            },
        })
    }

    /// The address of the service, or why it is not used.
    pub(super) fn endpoint(&self) -> Result<&Endpoint, String> {
        match self.is_disabled {
            true => Err(format!("switched off by {DISABLED}")),
            false => Ok(&self.endpoint),
        }
    }
}
