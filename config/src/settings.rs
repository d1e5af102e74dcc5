//! Finds the values of settings: environment variables before the profile, each read and checked in one place. Without
//! input or output.

mod endpoints;
pub(crate) mod profile;
mod rules;
#[cfg(feature = "hyper")]
pub(crate) mod transport;

use crate::environment::Environment;
use profile::Profiles;
use tinsmith_runtime::loading::{Found, MOST_MIN_COMPRESSION_SIZE, Settings};
use tinsmith_runtime::{
    ConfigError, RequestChecksumCalculation, ResponseChecksumValidation, RetryMode, RetryRules,
};

/// What is expected of the two settings of checksums.
const WHEN: &str = "`when_supported` or `when_required`";

fn when<T>(text: &str, supported: T, required: T) -> Option<T> {
    match text.to_ascii_lowercase().as_str() {
        "when_supported" => Some(supported),
        "when_required" => Some(required),
        _ => None,
    }
}

/// Sets what is not set yet, from the environment and then from the profile.
pub(crate) fn fill(settings: &mut Settings, lookup: &Lookup<'_>) -> Result<(), ConfigError> {
    settings.region.or_find(|| lookup.region())?;
    settings
        .use_fips
        .or_find(|| lookup.boolean("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint"))?;
    settings
        .use_dual_stack
        .or_find(|| lookup.boolean("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint"))?;
    settings.max_attempts.or_find(|| {
        let number = |text: &str| text.parse().ok().filter(|number| *number >= 1);
        let expected = "a whole number from 1";
        lookup.read("AWS_MAX_ATTEMPTS", "max_attempts", expected, number)
    })?;
    settings.retry_mode.or_find(|| {
        let expected = "`standard`, `adaptive` or `legacy`";
        lookup.read("AWS_RETRY_MODE", "retry_mode", expected, retry_mode)
    })?;
    // A switch of the environment alone; no profile has it.
    settings.retry_rules.or_find(|| {
        lookup.read_variable("AWS_NEW_RETRIES_2026", BOOLEAN, |text| {
            Some(match boolean(text)? {
                true => RetryRules::V2_1,
                false => RetryRules::V2_0,
            })
        })
    })?;
    settings.request_checksum_calculation.or_find(|| {
        let name = "request_checksum_calculation";
        lookup.read("AWS_REQUEST_CHECKSUM_CALCULATION", name, WHEN, |text| {
            use RequestChecksumCalculation::{WhenRequired, WhenSupported};
            when(text, WhenSupported, WhenRequired)
        })
    })?;
    settings.response_checksum_validation.or_find(|| {
        let name = "response_checksum_validation";
        lookup.read("AWS_RESPONSE_CHECKSUM_VALIDATION", name, WHEN, |text| {
            use ResponseChecksumValidation::{WhenRequired, WhenSupported};
            when(text, WhenSupported, WhenRequired)
        })
    })?;
    settings.disable_request_compression.or_find(|| {
        lookup.boolean(
            "AWS_DISABLE_REQUEST_COMPRESSION",
            "disable_request_compression",
        )
    })?;
    settings.request_min_compression_size_bytes.or_find(|| {
        let size = |text: &str| {
            let size = text.parse().ok();
            size.filter(|size| *size <= MOST_MIN_COMPRESSION_SIZE)
        };
        lookup.read(
            "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES",
            "request_min_compression_size_bytes",
            "a number of bytes from 0 to 10485760",
            size,
        )
    })?;
    settings
        .app_name
        .or_find(|| lookup.find("AWS_SDK_UA_APP_ID", "sdk_ua_app_id"))?;
    settings.auth_scheme_preference.or_find(|| {
        let found = lookup.find("AWS_AUTH_SCHEME_PREFERENCE", "auth_scheme_preference")?;
        parsed(found, "names", |names| {
            let names = names.split(',').map(|name| name.trim().to_owned());
            Some(names.collect())
        })
    })?;
    settings.disable_host_prefix.or_find(|| {
        lookup.boolean(
            "AWS_DISABLE_HOST_PREFIX_INJECTION",
            "disable_host_prefix_injection",
        )
    })?;
    rules::fill(&mut settings.rules, lookup)?;
    let ignores = lookup.boolean(
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
        "ignore_configured_endpoint_urls",
    )?;
    if !ignores.is_some_and(|ignores| ignores.value) {
        endpoints::fill(&mut settings.endpoints, lookup.environment, lookup.profiles)?;
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
    ) -> Result<Option<Found<String>>, ConfigError> {
        match self.variable(variable)? {
            None => self.setting(name),
            found => Ok(found),
        }
    }

    fn region(&self) -> Result<Option<Found<String>>, ConfigError> {
        for variable in ["AWS_REGION", "AWS_DEFAULT_REGION"] {
            // As it is written: a region with a space is reported, not corrected.
            if let Some(found) = self.variable_as_written(variable)? {
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

    fn variable(&self, name: &str) -> Result<Option<Found<String>>, ConfigError> {
        let found = self.variable_as_written(name)?;
        Ok(found.map(|Found { value, place }| Found {
            value: value.trim().to_owned(),
            place,
        }))
    }

    fn variable_as_written(&self, name: &str) -> Result<Option<Found<String>>, ConfigError> {
        let Some(value) = self.environment.variable(name) else {
            return Ok(None);
        };
        if value.contains(['\r', '\n']) {
            let message = format!("{name}: expected a value of one line, found a line break in it");
            return Err(ConfigError::new(message));
        }
        let place = name.to_owned();
        Ok(Some(Found { value, place }))
    }

    fn setting(&self, name: &str) -> Result<Option<Found<String>>, ConfigError> {
        let value = self.profiles.setting(name).map_err(ConfigError::new)?;
        Ok(value.map(|value| Found {
            value: value.to_owned(),
            place: format!("{name} of profile `{}`", self.profiles.name()),
        }))
    }

    /// The parsed value of a setting; the error says where it is set and what was expected.
    pub(crate) fn read<T>(
        &self,
        variable: &str,
        name: &str,
        expected: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<Found<T>>, ConfigError> {
        parsed(self.find(variable, name)?, expected, parse)
    }

    /// The same of a yes or a no.
    fn boolean(&self, variable: &str, name: &str) -> Result<Option<Found<bool>>, ConfigError> {
        self.read(variable, name, BOOLEAN, boolean)
    }

    /// The same of a variable that no profile has a setting for.
    fn read_variable<T>(
        &self,
        variable: &str,
        expected: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<Found<T>>, ConfigError> {
        parsed(self.variable(variable)?, expected, parse)
    }
}

/// The value of a setting that was found; the error says where it is set and what was expected.
fn parsed<T>(
    found: Option<Found<String>>,
    expected: &str,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Result<Option<Found<T>>, ConfigError> {
    let Some(Found { value: text, place }) = found else {
        return Ok(None);
    };
    match parse(&text) {
        Some(value) => Ok(Some(Found { value, place })),
        None => Err(ConfigError::new(format!(
            "{place}: expected {expected}, found `{text}`"
        ))),
    }
}
