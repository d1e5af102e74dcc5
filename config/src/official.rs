//! The names that the official `aws-config` has for what is here, so that a program that passes one configuration around
//! moves with `aws-config = { package = "tinsmith-config", path = … }` in its Cargo.toml, and a `?` where it loads one:
//!
//! ```
//! use tinsmith_config as aws_config;
//!
//! use aws_config::{BehaviorVersion, SdkConfig};
//!
//! async fn load() -> Result<SdkConfig, aws_config::ConfigError> {
//!     aws_config::load_defaults(BehaviorVersion::latest()).await
//! }
//! ```

use crate::loader::{Loader, from_env, load};
use tinsmith_runtime::{Config, ConfigError};

/// The name of [`Config`] in the official crates.
pub type SdkConfig = Config;

/// The name of [`Loader`] in the official crate.
pub type ConfigLoader = Loader;

/// Which defaults count: those of the version in use. The versions of the official SDK's defaults do not exist here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BehaviorVersion(());

impl BehaviorVersion {
    /// The defaults of this version.
    #[must_use]
    pub const fn latest() -> Self {
        Self(())
    }
}

/// A loader in which nothing is set, as [`from_env`].
pub fn defaults(_: BehaviorVersion) -> Loader {
    from_env()
}

/// A configuration from outside of the program, as [`load`].
///
/// # Errors
/// See [`Loader::load`].
pub async fn load_defaults(_: BehaviorVersion) -> Result<SdkConfig, ConfigError> {
    load().await
}

/// A configuration from outside of the program, as [`load`].
///
/// # Errors
/// See [`Loader::load`].
pub async fn load_from_env() -> Result<SdkConfig, ConfigError> {
    load().await
}

/// Retries as a group of settings.
pub mod retry {
    pub use tinsmith_runtime::codegen::paths::config::retry::{RetryConfig, RetryMode};
}

/// Limits of time as a group of settings.
pub mod timeout {
    pub use tinsmith_runtime::codegen::paths::config::timeout::TimeoutConfig;
}

/// Sources of settings.
pub mod meta {
    /// The region as a chain of places.
    pub mod region {
        pub use crate::region_chain::{ProvideRegion, RegionProviderChain};
    }
}
