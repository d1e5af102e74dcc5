//! Roles: temporary credentials from STS, for other credentials or for a web identity token.

use super::Credentials;
use super::http::without;
use super::io::ProviderIo;
use std::fmt::Display;
use std::time::SystemTime;
use tinsmith_runtime::ConfigBuilder;
use tinsmith_runtime::loading::Secret;
use tinsmith_sts::types::Credentials as Given;
use zeroize::Zeroizing;

/// A role and how it is to be assumed.
#[derive(Clone, Debug, Default)]
pub(super) struct Role {
    pub(super) arn: String,
    pub(super) session_name: Option<String>,
    pub(super) external_id: Option<Secret>,
    pub(super) duration_seconds: Option<i32>,
}

impl Role {
    fn session_name(&self) -> &str {
        self.session_name.as_deref().unwrap_or("tinsmith")
    }

    /// The credentials in an answer.
    fn credentials(&self, given: Option<Given>) -> Result<Credentials, String> {
        given
            .ok_or_else(|| "STS gave no credentials".to_owned())
            .and_then(read)
            .map_err(|why| self.failed(why))
    }

    fn failed(&self, why: impl Display) -> String {
        format!("role {} could not be assumed: {why}", self.arn)
    }
}

fn read(given: Given) -> Result<Credentials, String> {
    let missing = |name: &str| format!("`{name}` is missing in the answer of STS");
    let credentials = Credentials::new(
        given.access_key_id.ok_or_else(|| missing("AccessKeyId"))?,
        given
            .secret_access_key
            .ok_or_else(|| missing("SecretAccessKey"))?,
        given.session_token,
    );
    let expires_at = given.expiration.ok_or_else(|| missing("Expiration"))?;
    let expires_at = SystemTime::try_from(expires_at).map_err(|error| error.to_string())?;
    credentials
        .with_expiry(expires_at)
        .unless_expired("STS", SystemTime::now())
}

/// The configuration of calls of STS in `region`, or at its endpoint of all regions if that is unknown.
fn sts(io: &ProviderIo, region: Option<&str>) -> ConfigBuilder {
    match region {
        Some(region) => io.in_region(region),
        None => io.in_region("us-east-1").sts_use_global_endpoint(true),
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
    let config = sts(io, region).credentials(source.clone());
    let answer = tinsmith_sts::Client::new(config.build())
        .assume_role()
        .role_arn(&role.arn)
        .role_session_name(role.session_name())
        .external_id(role.external_id.as_deref())
        .duration_seconds(role.duration_seconds)
        .send()
        .await;
    let secret = role.external_id.as_deref().unwrap_or_default();
    let answer = answer.map_err(|error| role.failed(without(&error, &[secret])))?;
    role.credentials(answer.credentials)
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
    let config = sts(io, region).sends_tokens();
    let answer = tinsmith_sts::Client::new(config.build())
        .assume_role_with_web_identity()
        .role_arn(&role.arn)
        .role_session_name(role.session_name())
        .web_identity_token(token.trim())
        .duration_seconds(role.duration_seconds)
        .send()
        .await;
    let given = answer.map_err(|error| {
        format!(
            "role {} could not be assumed with the web identity token: {}",
            role.arn,
            without(&error, &[token.trim()])
        )
    })?;
    role.credentials(given.credentials)
}
