//! Sources of credentials and tokens: environment, shared files, roles, containers, instances.

mod assume_role;
mod chain;
mod command;
mod container;
mod expiry;
mod http;
mod instance;
mod io;
#[cfg(feature = "login")]
mod login;
#[cfg(not(feature = "login"))]
#[path = "credentials/no_login.rs"]
mod login;
// Tests see every feature, and what stands in for this one as well.
#[cfg(all(test, feature = "login"))]
mod no_login;
mod object;
mod profile;
mod role;
mod sso;
mod sso_token;
mod tokens;
mod web_identity;

pub use assume_role::AssumeRole;
pub(crate) use assume_role::AssumedRole;
pub(crate) use chain::Chain;
pub(crate) use instance::{Metadata, region as instance_region};
pub(crate) use io::ProviderIo;
pub(crate) use tokens::FoundTokens;

use tinsmith_runtime::{Credentials, CredentialsError, ProvideCredentials};
