//! For how long a presigned request is valid.

use std::fmt;
use std::time::{Duration, SystemTime};

/// The longest time for which a presigned request can be valid: seven days.
const LONGEST: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// For how long a presigned request is valid, from when: 1 second to 7 days, in whole seconds.
///
/// It is also invalid as soon as the credentials that signed it expire: those of a role last 1 to 12 hours, whatever is
/// set here ([AWS's documentation][limits]).
///
/// [limits]: https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html#PresignedUrl-Expiration
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PresigningConfig {
    expires_in: Duration,
    start_time: Option<SystemTime>,
}

impl PresigningConfig {
    /// Valid for this time from the moment of signing.
    ///
    /// # Errors
    /// It is below 1 second or above 7 days.
    pub fn expires_in(expires_in: Duration) -> Result<Self, PresigningConfigError> {
        Self::builder().expires_in(expires_in).build()
    }

    /// A builder in which nothing is set.
    #[must_use]
    pub fn builder() -> PresigningConfigBuilder {
        PresigningConfigBuilder::default()
    }

    /// For how long.
    #[must_use]
    pub fn expires(&self) -> Duration {
        self.expires_in
    }

    /// From when; `None`: from the moment of signing.
    #[must_use]
    pub fn start_time(&self) -> Option<SystemTime> {
        self.start_time
    }
}

/// Not checked before the request is signed: a time below 1 second or above 7 days is an error of the call.
impl From<Duration> for PresigningConfig {
    fn from(expires_in: Duration) -> Self {
        Self {
            expires_in,
            start_time: None,
        }
    }
}

/// Builds a [`PresigningConfig`].
#[derive(Clone, Debug, Default)]
pub struct PresigningConfigBuilder {
    expires_in: Option<Duration>,
    start_time: Option<SystemTime>,
}

impl PresigningConfigBuilder {
    /// For how long it is valid. Required.
    #[must_use]
    pub fn expires_in(self, expires_in: Duration) -> Self {
        self.set_expires_in(Some(expires_in))
    }

    /// The same; `None` clears it.
    #[must_use]
    pub fn set_expires_in(self, expires_in: Option<Duration>) -> Self {
        Self { expires_in, ..self }
    }

    /// From when it is valid. Default: the moment of signing.
    #[must_use]
    pub fn start_time(self, start_time: SystemTime) -> Self {
        self.set_start_time(Some(start_time))
    }

    /// The same; `None` clears it.
    #[must_use]
    pub fn set_start_time(self, start_time: Option<SystemTime>) -> Self {
        Self { start_time, ..self }
    }

    /// The configuration.
    ///
    /// # Errors
    /// The time is not set, below 1 second, or above 7 days.
    pub fn build(self) -> Result<PresigningConfig, PresigningConfigError> {
        match self.expires_in {
            Some(expires_in) if (Duration::from_secs(1)..=LONGEST).contains(&expires_in) => {
                Ok(PresigningConfig {
                    expires_in,
                    start_time: self.start_time,
                })
            }
            found => Err(PresigningConfigError(found)),
        }
    }
}

/// A presigned request cannot be valid for so long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PresigningConfigError(Option<Duration>);

impl fmt::Display for PresigningConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected `expires_in` from 1 second to 7 days, found ")?;
        match self.0 {
            Some(found) => write!(f, "{found:?}"),
            None => f.write_str("none"),
        }
    }
}

impl std::error::Error for PresigningConfigError {}
