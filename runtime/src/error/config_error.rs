//! The error of a setting.

use super::{Error, ErrorKind, Failure};
use crate::shape::print;
use std::fmt;

/// A setting that is missing, unreadable or invalid. The message says which setting, where it was set, and what was
/// expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError(String);

impl ConfigError {
    /// An error with a message: which setting, where it was set, what was expected and found. It must not contain secrets.
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        print(f, &self.0)
    }
}

impl std::error::Error for ConfigError {}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Failure::new(ErrorKind::Configuration, "").with_source(error)
    }
}

impl<E> From<ConfigError> for Error<E> {
    fn from(error: ConfigError) -> Self {
        Failure::from(error).into()
    }
}
