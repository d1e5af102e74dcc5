//! Settings in the groups that the official SDK has them in, for programs that were written for it. Each is also a setting
//! of its own.

use super::ConfigBuilder;
use crate::retry::RetryMode;
use std::time::Duration;

/// How often a call is repeated, and how it is slowed down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryConfig {
    mode: RetryMode,
    max_attempts: Option<u32>,
}

impl RetryConfig {
    /// [`RetryMode::Standard`].
    #[must_use]
    pub const fn standard() -> Self {
        Self {
            mode: RetryMode::Standard,
            max_attempts: None,
        }
    }

    /// [`RetryMode::Adaptive`].
    #[must_use]
    pub const fn adaptive() -> Self {
        Self {
            mode: RetryMode::Adaptive,
            max_attempts: None,
        }
    }

    /// One attempt, and no other.
    #[must_use]
    pub const fn disabled() -> Self {
        Self::standard().with_max_attempts(1)
    }

    /// Sets the number of attempts, including the first one.
    #[must_use]
    pub const fn with_max_attempts(self, max_attempts: u32) -> Self {
        Self {
            max_attempts: Some(max_attempts),
            ..self
        }
    }
}

/// How long calls may take. What is not set keeps its default, or what it was set to before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[must_use = "it is a setting of a configuration: `timeout_config`"]
pub struct TimeoutConfig {
    connect: Option<Duration>,
    attempt: Option<Duration>,
    operation: Option<Duration>,
}

impl TimeoutConfig {
    /// One in which nothing is set.
    pub fn builder() -> Self {
        Self::default()
    }

    /// See [`ConfigBuilder::connect_timeout`].
    pub fn connect_timeout(self, timeout: Duration) -> Self {
        Self {
            connect: Some(timeout),
            ..self
        }
    }

    /// See [`ConfigBuilder::attempt_timeout`].
    pub fn operation_attempt_timeout(self, timeout: Duration) -> Self {
        Self {
            attempt: Some(timeout),
            ..self
        }
    }

    /// See [`ConfigBuilder::operation_timeout`].
    pub fn operation_timeout(self, timeout: Duration) -> Self {
        Self {
            operation: Some(timeout),
            ..self
        }
    }

    /// What was set.
    pub fn build(self) -> Self {
        self
    }
}

impl ConfigBuilder {
    /// Sets [`retry_mode`](Self::retry_mode) and, if it is set there, [`max_attempts`](Self::max_attempts).
    pub fn retry_config(self, retries: RetryConfig) -> Self {
        let RetryConfig { mode, max_attempts } = retries;
        let config = self.retry_mode(mode);
        match max_attempts {
            Some(max_attempts) => config.max_attempts(max_attempts),
            None => config,
        }
    }

    /// Sets those of [`connect_timeout`](Self::connect_timeout), [`attempt_timeout`](Self::attempt_timeout) and
    /// [`operation_timeout`](Self::operation_timeout) that are set there.
    pub fn timeout_config(mut self, timeouts: TimeoutConfig) -> Self {
        let TimeoutConfig {
            connect,
            attempt,
            operation,
        } = timeouts;
        if connect.is_some() {
            self = self.connect_timeout(connect);
        }
        if attempt.is_some() {
            self = self.attempt_timeout(attempt);
        }
        match operation {
            Some(_) => self.operation_timeout(operation),
            None => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::config::Config;
    use crate::protocol::Operation;
    use crate::retry::ServiceRetries;

    #[test]
    fn a_group_sets_what_is_set_in_it_and_nothing_else() {
        let before = Config::builder()
            .max_attempts(7)
            .operation_timeout(Duration::from_secs(90));
        let after = before
            .retry_config(RetryConfig::adaptive())
            .timeout_config(
                TimeoutConfig::builder()
                    .connect_timeout(Duration::from_secs(1))
                    .operation_attempt_timeout(Duration::from_secs(2))
                    .build(),
            )
            .build();
        let retries = after.retries(&ServiceRetries::DEFAULT);
        assert_eq!(
            (retries.mode, retries.max_attempts),
            (RetryMode::Adaptive, 7)
        );
        let timeouts = after.timeouts();
        let seconds = |limit: Option<Duration>| limit.map(|limit| limit.as_secs());
        assert_eq!(seconds(timeouts.connect), Some(1));
        assert_eq!(seconds(timeouts.of_attempt(&Operation::DEFAULT)), Some(2));
        assert_eq!(
            seconds(timeouts.of_operation(&Operation::DEFAULT)),
            Some(90)
        );
        let none = after.to_builder().retry_config(RetryConfig::disabled());
        let none = none.build().retries(&ServiceRetries::DEFAULT);
        assert_eq!((none.mode, none.max_attempts), (RetryMode::Standard, 1));
    }
}
