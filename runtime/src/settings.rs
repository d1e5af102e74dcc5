//! Finds the values of settings: environment variables before the profile, each read and checked in one place. Without
//! input or output.

mod endpoints;
pub(crate) mod profile;
mod rules;
#[cfg(feature = "hyper")]
pub(crate) mod transport;

use crate::client::config::{MOST_MIN_COMPRESSION_SIZE, Settings};
use crate::client::environment::Environment;
use crate::error::ConfigError;
use crate::retry::{RetryMode, RetryRules};
use profile::Profiles;

/// Sets what is not set yet, from the environment and then from the profile.
pub(crate) fn fill(
    settings: &mut Settings,
    environment: &Environment,
    profiles: &Profiles,
) -> Result<(), ConfigError> {
    let lookup = Lookup {
        environment,
        profiles,
    };
    if settings.region.is_none()
        && let Some((place, region)) = lookup.region()?
    {
        settings.region = Some(region);
        settings.region_place = Some(place);
    }
    if settings.use_fips.is_none() {
        settings.use_fips = lookup.read(
            "AWS_USE_FIPS_ENDPOINT",
            "use_fips_endpoint",
            BOOLEAN,
            boolean,
        )?;
    }
    if settings.use_dual_stack.is_none() {
        settings.use_dual_stack = lookup.read(
            "AWS_USE_DUALSTACK_ENDPOINT",
            "use_dualstack_endpoint",
            BOOLEAN,
            boolean,
        )?;
    }
    if settings.max_attempts.is_none() {
        let number = |text: &str| text.parse().ok().filter(|number| *number >= 1);
        settings.max_attempts = lookup.read(
            "AWS_MAX_ATTEMPTS",
            "max_attempts",
            "a whole number from 1",
            number,
        )?;
    }
    if settings.retry_mode.is_none() {
        settings.retry_mode = lookup.read(
            "AWS_RETRY_MODE",
            "retry_mode",
            "`standard`, `adaptive` or `legacy`",
            retry_mode,
        )?;
    }
    if settings.retry_rules.is_none() {
        // A switch of the environment alone; no profile has it.
        settings.retry_rules = lookup
            .read_variable("AWS_NEW_RETRIES_2026", BOOLEAN, boolean)?
            .map(|is_new| match is_new {
                true => RetryRules::V2_1,
                false => RetryRules::V2_0,
            });
    }
    if settings.disable_request_compression.is_none() {
        settings.disable_request_compression = lookup.read(
            "AWS_DISABLE_REQUEST_COMPRESSION",
            "disable_request_compression",
            BOOLEAN,
            boolean,
        )?;
    }
    if settings.request_min_compression_size_bytes.is_none() {
        let size = |text: &str| {
            let size = text.parse().ok();
            size.filter(|size| *size <= MOST_MIN_COMPRESSION_SIZE)
        };
        settings.request_min_compression_size_bytes = lookup.read(
            "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES",
            "request_min_compression_size_bytes",
            "a number of bytes from 0 to 10485760",
            size,
        )?;
    }
    if settings.app_name.is_none() {
        settings.app_name = lookup
            .find("AWS_SDK_UA_APP_ID", "sdk_ua_app_id")?
            .map(|(_, text)| text);
    }
    if settings.auth_scheme_preference.is_none() {
        settings.auth_scheme_preference = lookup
            .find("AWS_AUTH_SCHEME_PREFERENCE", "auth_scheme_preference")?
            .map(|(_, names)| {
                names
                    .split(',')
                    .map(|name| name.trim().to_owned())
                    .collect()
            });
    }
    if settings.disable_host_prefix.is_none() {
        settings.disable_host_prefix = lookup.read(
            "AWS_DISABLE_HOST_PREFIX_INJECTION",
            "disable_host_prefix_injection",
            BOOLEAN,
            boolean,
        )?;
    }
    rules::fill(&mut settings.rules, &lookup)?;
    let ignore = [
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
        "ignore_configured_endpoint_urls",
    ];
    if lookup.read(ignore[0], ignore[1], BOOLEAN, boolean)? != Some(true) {
        endpoints::fill(&mut settings.endpoints, environment, profiles)?;
    }
    Ok(())
}

const BOOLEAN: &str = "`true` or `false`";

fn boolean(text: &str) -> Option<bool> {
    text.to_ascii_lowercase().parse().ok()
}

/// `legacy` is an older mode of the AWS CLI, for which the standard one is used.
fn retry_mode(text: &str) -> Option<RetryMode> {
    match text {
        "standard" | "legacy" => Some(RetryMode::Standard),
        "adaptive" => Some(RetryMode::Adaptive),
        _ => None,
    }
}

/// Looks up a variable, or else the profile's setting with the same meaning.
pub(crate) struct Lookup<'a> {
    pub(crate) environment: &'a Environment,
    pub(crate) profiles: &'a Profiles,
}

impl Lookup<'_> {
    /// The text of a setting and where it is set. It must not contain a line break.
    pub(crate) fn find(
        &self,
        variable: &str,
        name: &str,
    ) -> Result<Option<(String, String)>, ConfigError> {
        match self.variable(variable)? {
            Some((place, text)) => Ok(Some((place, text.trim().to_owned()))),
            None => self.setting(name),
        }
    }

    fn region(&self) -> Result<Option<(String, String)>, ConfigError> {
        for variable in ["AWS_REGION", "AWS_DEFAULT_REGION"] {
            if let Some(found) = self.variable(variable)? {
                return Ok(Some(found));
            }
        }
        let profile = self.profiles.current();
        match (self.setting("region")?, profile) {
            (None, Some(profile)) if profile.has("region") => Err(ConfigError::new(format!(
                "region of profile `{}` is empty",
                self.profiles.name()
            ))),
            (found, _) => Ok(found),
        }
    }

    fn variable(&self, name: &str) -> Result<Option<(String, String)>, ConfigError> {
        let Some(text) = self.environment.variable(name) else {
            return Ok(None);
        };
        if text.contains(['\r', '\n']) {
            let message = format!("{name}: expected a value of one line, found a line break in it");
            return Err(ConfigError::new(message));
        }
        Ok(Some((name.to_owned(), text)))
    }

    fn setting(&self, name: &str) -> Result<Option<(String, String)>, ConfigError> {
        let text = self.profiles.setting(name).map_err(ConfigError::new)?;
        let place = || format!("{name} of profile `{}`", self.profiles.name());
        Ok(text.map(|text| (place(), text.to_owned())))
    }

    /// The parsed value of a setting; the error says where it is set and what was expected.
    pub(crate) fn read<T>(
        &self,
        variable: &str,
        name: &str,
        expected: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, ConfigError> {
        parsed(self.find(variable, name)?, expected, parse)
    }

    /// The same of a variable that no profile has a setting for.
    fn read_variable<T>(
        &self,
        variable: &str,
        expected: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, ConfigError> {
        let found = self.variable(variable)?;
        let found = found.map(|(place, text)| (place, text.trim().to_owned()));
        parsed(found, expected, parse)
    }
}

/// The value of a setting that was found; the error says where it is set and what was expected.
fn parsed<T>(
    found: Option<(String, String)>,
    expected: &str,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Result<Option<T>, ConfigError> {
    let Some((place, text)) = found else {
        return Ok(None);
    };
    match parse(&text) {
        Some(value) => Ok(Some(value)),
        None => Err(ConfigError::new(format!(
            "{place}: expected {expected}, found `{text}`"
        ))),
    }
}
