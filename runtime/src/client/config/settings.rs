//! The settings that may come from outside of the program, before defaults are applied.

use super::{Endpoints, RuleSettings};
use crate::checksum::{RequestChecksumCalculation, ResponseChecksumValidation};
use crate::retry::{RetryMode, RetryRules};
use std::fmt;

/// A value and where it was found.
#[derive(Clone, Debug)]
pub struct Found<T> {
    /// The value.
    pub value: T,
    /// Where it was found, such as `AWS_REGION` or ``region of profile `ci` ``.
    pub place: String,
}

/// A setting that is set in the program or found outside of it, or neither.
#[derive(Clone)]
pub struct Setting<T>(State<T>);

#[derive(Clone)]
enum State<T> {
    Unset,
    Set(T),
    Found(Found<T>),
}

impl<T> Default for Setting<T> {
    fn default() -> Self {
        Self(State::Unset)
    }
}

impl<T> Setting<T> {
    /// Sets it in the program: what is found outside does not count.
    pub fn set(&mut self, value: T) {
        self.0 = State::Set(value);
    }

    /// Looks outside of the program, unless it is set.
    ///
    /// # Errors
    /// Those of `find`.
    pub fn or_find<E>(
        &mut self,
        find: impl FnOnce() -> Result<Option<Found<T>>, E>,
    ) -> Result<(), E> {
        if let State::Unset = self.0
            && let Some(found) = find()?
        {
            self.found(found);
        }
        Ok(())
    }

    /// Sets it to what was found outside of the program.
    pub fn found(&mut self, found: Found<T>) {
        self.0 = State::Found(found);
    }

    /// Its value, if it has one.
    pub fn get(&self) -> Option<&T> {
        match &self.0 {
            State::Unset => None,
            State::Set(value) | State::Found(Found { value, .. }) => Some(value),
        }
    }

    /// Where its value was found; `None`: it has none, or it was set in the program.
    pub fn place(&self) -> Option<&str> {
        match &self.0 {
            State::Found(found) => Some(&found.place),
            State::Unset | State::Set(_) => None,
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for Setting<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}

impl<T: Copy> Setting<T> {
    /// Its value, if it has one.
    pub fn value(&self) -> Option<T> {
        self.get().copied()
    }
}

/// The settings that [`ConfigBuilder`](super::ConfigBuilder) has setters for and that may be found outside of the
/// program.
#[derive(Clone, Debug, Default)]
#[allow(
    missing_docs,
    reason = "the builder's setters of these names say what each means"
)]
pub struct Settings {
    pub region: Setting<String>,
    pub endpoints: Endpoints,
    pub use_fips: Setting<bool>,
    pub use_dual_stack: Setting<bool>,
    pub max_attempts: Setting<u32>,
    pub retry_mode: Setting<RetryMode>,
    pub retry_rules: Setting<RetryRules>,
    pub request_checksum_calculation: Setting<RequestChecksumCalculation>,
    pub response_checksum_validation: Setting<ResponseChecksumValidation>,
    pub disable_request_compression: Setting<bool>,
    pub request_min_compression_size_bytes: Setting<usize>,
    pub app_name: Setting<String>,
    pub auth_scheme_preference: Setting<Vec<String>>,
    pub disable_host_prefix: Setting<bool>,
    pub rules: RuleSettings,
}
