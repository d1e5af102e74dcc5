//! Roles: temporary credentials from STS, for other credentials or for a web identity token.

use super::Credentials;
use super::context::ProviderIo;
use reqsign_aws_v4::{
    AssumeRoleCredentialProvider, AssumeRoleWithWebIdentityCredentialProvider, RequestSigner,
    StaticCredentialProvider,
};
use reqsign_core::Signer;
use zeroize::Zeroizing;

/// A role and how it is to be assumed.
#[derive(Clone, Debug, Default)]
pub(super) struct Role {
    pub(super) arn: String,
    pub(super) session_name: Option<String>,
    pub(super) external_id: Option<String>,
    pub(super) duration_seconds: Option<u32>,
}

impl Role {
    fn session_name(&self) -> String {
        self.session_name
            .clone()
            .unwrap_or_else(|| "tinsmith".to_owned())
    }
}

/// Assumes a role with the credentials of `source`. STS is called in `region`, or at its global endpoint if that is
/// unknown.
pub(super) async fn assume(
    io: &ProviderIo,
    region: Option<&str>,
    role: &Role,
    source: &Credentials,
) -> Result<Credentials, String> {
    let result = io
        .ask(|context| {
            let mut keys =
                StaticCredentialProvider::new(source.access_key_id(), source.secret_access_key());
            if let Some(token) = source.session_token() {
                keys = keys.with_session_token(token);
            }
            let signer = Signer::new(
                context.clone(),
                keys,
                RequestSigner::new("sts", region.unwrap_or("us-east-1")),
            );
            let mut provider = AssumeRoleCredentialProvider::new(role.arn.clone(), signer)
                .with_role_session_name(role.session_name());
            if let Some(id) = &role.external_id {
                provider = provider.with_external_id(id.clone());
            }
            if let Some(seconds) = role.duration_seconds {
                provider = provider.with_duration_seconds(seconds);
            }
            if let Some(region) = region {
                provider = provider
                    .with_region(region.to_owned())
                    .with_regional_sts_endpoint();
            }
            provider
        })
        .await;
    result.map_err(|why| format!("role {} could not be assumed: {why}", role.arn))
}

/// Assumes a role with the token in a file, which is read each time, because it is renewed.
pub(super) async fn assume_with_web_identity(
    io: &ProviderIo,
    region: Option<&str>,
    role: &Role,
    token_file: &str,
) -> Result<Credentials, String> {
    let path = io.environment.expand(token_file);
    let token = io.environment.read(&path).await;
    let token = token.map(Zeroizing::new).map_err(|error| {
        format!("the web identity token in {token_file} cannot be read: {error}")
    })?;
    if token.trim().is_empty() {
        return Err(format!("the web identity token in {token_file} is empty"));
    }
    let mut provider = AssumeRoleWithWebIdentityCredentialProvider::new()
        .with_role_arn(&role.arn)
        .with_subject_token(token.trim())
        .with_role_session_name(role.session_name());
    if let Some(seconds) = role.duration_seconds {
        provider = provider.with_duration_seconds(seconds);
    }
    if let Some(region) = region {
        provider = provider
            .with_region(region.to_owned())
            .with_regional_sts_endpoint();
    }
    let result = io.ask(|_| provider).await;
    result.map_err(|why| {
        format!(
            "role {} could not be assumed with the web identity token: {why}",
            role.arn
        )
    })
}
