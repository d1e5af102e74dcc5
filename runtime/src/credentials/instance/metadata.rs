//! The settings of the metadata service: where it is, whether it is asked, how long and how often.

use crate::config::ConfigError;
use crate::credentials::http::Limits;
use crate::environment::Environment;
use crate::profile::Profiles;
use ::http::Uri;
use std::time::Duration;

const DISABLED: &str = "AWS_EC2_METADATA_DISABLED";

/// A variable and the profile's setting of the same meaning.
struct Setting {
    variable: &'static str,
    name: &'static str,
}

const ENDPOINT: Setting = Setting {
    variable: "AWS_EC2_METADATA_SERVICE_ENDPOINT",
    name: "ec2_metadata_service_endpoint",
};
const ENDPOINT_MODE: Setting = Setting {
    variable: "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
    name: "ec2_metadata_service_endpoint_mode",
};
const TIMEOUT: Setting = Setting {
    variable: "AWS_METADATA_SERVICE_TIMEOUT",
    name: "metadata_service_timeout",
};
const TRIES: Setting = Setting {
    variable: "AWS_METADATA_SERVICE_NUM_ATTEMPTS",
    name: "metadata_service_num_attempts",
};

impl Setting {
    /// The text of the setting and where it stands.
    fn find(&self, environment: &Environment, profiles: &Profiles) -> Option<(String, String)> {
        if let Some(text) = environment.variable(self.variable) {
            return Some((self.variable.to_owned(), text.trim().to_owned()));
        }
        let text = profiles.setting(self.name)?.trim().to_owned();
        let place = format!("{} of profile `{}`", self.name, profiles.name());
        Some((place, text))
    }

    fn read<T>(
        &self,
        environment: &Environment,
        profiles: &Profiles,
        expected: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, ConfigError> {
        let Some((place, text)) = self.find(environment, profiles) else {
            return Ok(None);
        };
        let value = parse(&text);
        value.map(Some).ok_or_else(|| {
            ConfigError::new(format!("{place}: expected {expected}, found `{text}`"))
        })
    }
}

/// The metadata service as it is set up.
#[derive(Clone, Debug)]
pub(crate) struct Metadata {
    is_disabled: bool,
    endpoint: Endpoint,
    pub(super) limits: Limits,
}

/// Where the service is, without a slash at the end.
#[derive(Clone, Debug)]
pub(super) struct Endpoint(String);

impl Endpoint {
    fn read(text: &str) -> Option<Self> {
        let uri: Uri = text.parse().ok()?;
        let is_web = matches!(uri.scheme_str(), Some("http" | "https"));
        let is_place = is_web && uri.query().is_none() && uri.host().is_some();
        is_place.then(|| Self(text.trim_end_matches('/').to_owned()))
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }
}

impl Metadata {
    /// # Errors
    /// A setting makes no sense.
    pub(crate) fn read(
        environment: &Environment,
        profiles: &Profiles,
    ) -> Result<Self, ConfigError> {
        let number = |text: &str| text.parse().ok().filter(|number: &u32| *number > 0);
        let endpoint = ENDPOINT.read(
            environment,
            profiles,
            "an http or https URL",
            Endpoint::read,
        )?;
        let default =
            ENDPOINT_MODE.read(environment, profiles, "`IPv4` or `IPv6`", |text| match text
                .to_ascii_lowercase()
                .as_str()
            {
                "ipv4" => Some("http://169.254.169.254"),
                "ipv6" => Some("http://[fd00:ec2::254]"),
                _ => None,
            })?;
        let seconds = TIMEOUT.read(
            environment,
            profiles,
            "a whole number of seconds from 1",
            number,
        )?;
        let tries = TRIES.read(environment, profiles, "a whole number from 1", number)?;
        let default = default.unwrap_or("http://169.254.169.254");
        Ok(Self {
            is_disabled: environment
                .variable(DISABLED)
                .is_some_and(|value| value.trim().eq_ignore_ascii_case("true")),
            endpoint: endpoint.unwrap_or_else(|| Endpoint(default.to_owned())),
            limits: Limits {
                timeout: Duration::from_secs(seconds.unwrap_or(1).into()),
                tries: tries.unwrap_or(1),
            },
        })
    }

    /// Where to ask, or why not to ask at all.
    pub(super) fn endpoint(&self) -> Result<&Endpoint, String> {
        match self.is_disabled {
            true => Err(format!("switched off by {DISABLED}")),
            false => Ok(&self.endpoint),
        }
    }
}
