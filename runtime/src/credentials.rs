//! Sources of credentials and tokens: environment, shared files, roles, containers, instances.

#[cfg(feature = "aws-credential-types")]
mod aws_credential_types;
mod chain;
mod command;
mod container;
mod context;
pub(crate) mod expiry;
mod http;
mod instance;
mod object;
mod profile;
mod role;
mod sso;
mod sso_token;
mod tokens;
mod web_identity;

#[cfg(feature = "aws-credential-types")]
pub use self::aws_credential_types::AwsCredentialTypes;
pub(crate) use chain::Chain;
pub(crate) use context::ProviderIo;
pub(crate) use instance::{Metadata, region as instance_region};
pub(crate) use object::Object;
pub(crate) use tokens::FoundTokens;

use crate::client::credentials::{CredentialsError, ProvideCredentials};
use crate::sign::Credentials;
