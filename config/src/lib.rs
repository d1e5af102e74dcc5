//! Configurations for the clients that Tinsmith generates, from outside of a program: environment variables, the shared
//! files of the AWS tools, and the sources of credentials that these name.
//!
//! A configuration is loaded once and given to the clients of all services; they share its credentials and connections:
//!
//! ```no_run
//! # async fn f() -> Result<(), tinsmith_runtime::ConfigError> {
//! let config = tinsmith_config::from_env().region_or("eu-west-1").max_attempts(5).load().await?;
//! # let _ = config;
//! # Ok(())
//! # }
//! ```
//!
//! Which variables and settings there are, and which of them count where several are set, stands beside each setter of
//! [`Loader`]. The names are those of the AWS SDKs and Tools Reference Guide; the order is botocore's.

mod credentials;
mod environment;
mod loader;
mod official;
mod region_chain;
mod settings;

pub use credentials::AssumeRole;
pub use environment::Environment;
pub use loader::{Loader, from_env, load};
pub use official::{
    BehaviorVersion, ConfigLoader, SdkConfig, defaults, load_defaults, load_from_env, meta, retry,
    timeout,
};
pub use tinsmith_runtime::codegen::paths::config::Region;
pub use tinsmith_runtime::{Config, ConfigError};
