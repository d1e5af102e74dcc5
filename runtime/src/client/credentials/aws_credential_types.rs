//! An adapter for the providers of `aws_credential_types`, such as those of aws-config.

use super::{Credentials, CredentialsError, ProvideCredentials};
use ::aws_credential_types::provider::ProvideCredentials as AwsProvideCredentials;
use futures_core::future::BoxFuture;

/// Makes a provider of [`Credentials`] from one of `aws_credential_types`, such as aws-config's default chain.
#[derive(Clone, Debug)]
pub struct AwsCredentialTypes<P>(pub P);

impl<P: AwsProvideCredentials> ProvideCredentials for AwsCredentialTypes<P> {
    fn name(&self) -> &str {
        "aws_credential_types"
    }

    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(async {
            match self.0.provide_credentials().await {
                Ok(credentials) => Ok(credentials.into()),
                Err(error) => {
                    let mut message = error.to_string();
                    let mut cause = std::error::Error::source(&error);
                    while let Some(error) = cause {
                        message.push_str(&format!(": {error}"));
                        cause = error.source();
                    }
                    Err(CredentialsError::with_source(message, error))
                }
            }
        })
    }
}

impl From<::aws_credential_types::Credentials> for Credentials {
    fn from(theirs: ::aws_credential_types::Credentials) -> Self {
        let token = theirs.session_token().map(str::to_owned);
        let ours = Self::new(theirs.access_key_id(), theirs.secret_access_key(), token);
        match theirs.expiry() {
            Some(expiry) => ours.with_expiry(expiry),
            None => ours,
        }
    }
}
