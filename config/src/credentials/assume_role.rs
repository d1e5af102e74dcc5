//! A role that the program names, rather than a profile.

use super::io::ProviderIo;
use super::role::{self, Role};
use super::{Credentials, CredentialsError, ProvideCredentials};
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tinsmith_runtime::BoxFuture;

/// A role and how it is to be assumed (`AssumeRole` of STS).
///
/// ```
/// # use std::time::Duration;
/// use tinsmith_config::AssumeRole;
///
/// let role = AssumeRole::new("arn:aws:iam::123456789012:role/reader")
///     .session_name("nightly-report")
///     .duration(Duration::from_secs(900));
/// ```
#[derive(Clone, Debug)]
pub struct AssumeRole(Role);

impl AssumeRole {
    /// The role with this ARN.
    pub fn new(arn: impl Into<String>) -> Self {
        Self(Role {
            arn: arn.into(),
            ..Role::default()
        })
    }

    /// The name of the session, which appears in logs of the account. Default: `tinsmith`.
    #[must_use]
    pub fn session_name(mut self, name: impl Into<String>) -> Self {
        self.0.session_name = Some(name.into());
        self
    }

    /// The identifier that the role's account asks for, if it does.
    #[must_use]
    pub fn external_id(mut self, id: impl Into<String>) -> Self {
        self.0.external_id = Some(id.into().into());
        self
    }

    /// How long the credentials are valid, in whole seconds. Default: that of STS, one hour.
    #[must_use]
    pub fn duration(mut self, duration: Duration) -> Self {
        self.0.duration_seconds = Some(i32::try_from(duration.as_secs()).unwrap_or(i32::MAX));
        self
    }
}

impl<T: Into<String>> From<T> for AssumeRole {
    fn from(arn: T) -> Self {
        Self::new(arn)
    }
}

/// The role's credentials, for those of another source.
pub(crate) struct AssumedRole {
    pub(crate) io: ProviderIo,
    pub(crate) region: Option<String>,
    pub(crate) role: AssumeRole,
    pub(crate) source: Arc<dyn ProvideCredentials>,
}

impl ProvideCredentials for AssumedRole {
    fn name(&self) -> &str {
        "assumed role"
    }

    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(async {
            let source = self.source.provide().await?;
            let source = source
                .unless_expired(self.source.name(), SystemTime::now())
                .map_err(CredentialsError::new)?;
            let assumed = role::assume(&self.io, self.region.as_deref(), &self.role.0, &source);
            let assumed = assumed.await.map_err(CredentialsError::new)?;
            let of = source.origin().unwrap_or_else(|| self.source.name());
            let origin = format!("role {} for those of {of}", self.role.0.arn);
            Ok(assumed.with_origin(origin))
        })
    }
}
