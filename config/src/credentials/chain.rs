//! The order in which sources of credentials are tried if none were set in the program.

use super::io::ProviderIo;
use super::{Credentials, CredentialsError, ProvideCredentials};
use super::{container, expiry, instance, profile, role, web_identity};
use crate::environment::Environment;
use crate::settings::profile::Profiles;
use std::sync::Arc;
use std::time::SystemTime;
use tinsmith_runtime::BoxFuture;

/// The result of asking a source.
pub(super) enum SourceResult {
    Found(Credentials),
    /// The source is not configured.
    Nothing(String),
    /// The source is configured and does not work.
    Failed(String),
}

impl SourceResult {
    /// Credentials that have expired count as not found, whichever source returned them.
    fn unless_expired(self, source: &str) -> Self {
        match self {
            Self::Found(credentials) => {
                match credentials.unless_expired(source, SystemTime::now()) {
                    Ok(credentials) => Self::Found(credentials),
                    Err(why) => Self::Failed(why),
                }
            }
            other => other,
        }
    }

    /// For a source that was named: then a missing configuration is a failure as well.
    pub(super) fn into_result(self, name: &str) -> Result<Credentials, String> {
        match self {
            Self::Found(credentials) => Ok(credentials),
            Self::Nothing(why) | Self::Failed(why) => Err(format!("{name}: {why}")),
        }
    }
}

/// All sources, in order: environment, web identity, profile, container, instance metadata. The role of a profile comes
/// before the web identity of the environment, as in botocore.
///
/// A source that is configured but fails ends the search: otherwise the call would be made with another identity.
pub(crate) struct Chain {
    pub(crate) io: ProviderIo,
    pub(crate) profiles: Arc<Profiles>,
    pub(crate) region: Option<String>,
    /// The program set the profile: then variables are ignored, unless the profile itself refers to them.
    pub(crate) is_profile_named: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Link {
    Environment,
    WebIdentity,
    Profile,
    Container,
    Instance,
}

impl Chain {
    fn links(&self) -> &'static [Link] {
        use Link::{Container, Environment, Instance, Profile, WebIdentity};
        match self.is_profile_named {
            true => &[Profile, Container, Instance],
            false => &[Environment, WebIdentity, Profile, Container, Instance],
        }
    }

    fn link_name(&self, link: Link) -> String {
        match link {
            Link::Environment => "environment".to_owned(),
            Link::WebIdentity => "web identity".to_owned(),
            Link::Profile => format!("profile `{}`", self.profiles.name()),
            Link::Container => "container".to_owned(),
            Link::Instance => "instance metadata".to_owned(),
        }
    }

    async fn ask(&self, link: Link) -> SourceResult {
        let region = self.region.as_deref();
        match link {
            Link::Environment => environment(&self.io.environment),
            Link::WebIdentity => self.web_identity(region).await,
            Link::Profile => {
                let variables = match self.is_profile_named {
                    true => None,
                    false => Some(&self.io.environment),
                };
                profile::credentials(&self.io, &self.profiles, variables, region).await
            }
            Link::Container => container::credentials(&self.io).await,
            Link::Instance => instance::credentials(&self.io).await,
        }
    }

    /// `AWS_WEB_IDENTITY_TOKEN_FILE`, with the role of the variables or else of the profile.
    async fn web_identity(&self, region: Option<&str>) -> SourceResult {
        let environment = &self.io.environment;
        let Some(token_file) = environment.variable(web_identity::TOKEN_FILE) else {
            return SourceResult::Nothing(format!("{} is not set", web_identity::TOKEN_FILE));
        };
        let profile = self.profiles.current();
        if profile.is_some_and(profile::assumes_role) {
            let name = self.profiles.name();
            return SourceResult::Nothing(format!("profile `{name}` has a role of its own"));
        }
        let asked = async {
            let role = web_identity::role(self.profiles.name(), profile, Some(environment))?;
            role::assume_with_web_identity(&self.io, region, &role, &token_file).await
        };
        match asked.await {
            Ok(credentials) => SourceResult::Found(credentials),
            Err(why) => SourceResult::Failed(why),
        }
    }

    async fn search(&self) -> Result<Credentials, CredentialsError> {
        let mut reports = Vec::new();
        let mut failed = false;
        for &link in self.links() {
            let name = self.link_name(link);
            if failed {
                reports.push(format!("{name}: not asked"));
                continue;
            }
            match self.ask(link).await.unless_expired(&name) {
                SourceResult::Found(credentials) => {
                    tracing::debug!(source = name, "credentials found");
                    return Ok(match credentials.origin() {
                        Some(_) => credentials,
                        None => credentials.with_origin(name),
                    });
                }
                SourceResult::Nothing(why) => reports.push(format!("{name}: {why}")),
                SourceResult::Failed(why) => {
                    failed = true;
                    reports.push(format!("{name} failed: {why}"));
                }
            }
        }
        Err(CredentialsError::new(format!(
            "no credentials found: {}",
            reports.join("; ")
        )))
    }
}

impl ProvideCredentials for Chain {
    fn name(&self) -> &str {
        "default chain"
    }

    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(self.search())
    }
}

/// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN` (older name: `AWS_SECURITY_TOKEN`) and
/// `AWS_CREDENTIAL_EXPIRATION`. Without a key id there are no credentials.
pub(super) fn environment(environment: &Environment) -> SourceResult {
    const ID: &str = "AWS_ACCESS_KEY_ID";
    const SECRET: &str = "AWS_SECRET_ACCESS_KEY";
    const TOKENS: [&str; 2] = ["AWS_SECURITY_TOKEN", "AWS_SESSION_TOKEN"];
    const EXPIRATION: &str = "AWS_CREDENTIAL_EXPIRATION";
    let Some(id) = environment.variable(ID) else {
        return SourceResult::Nothing(match environment.variable(SECRET) {
            None => format!("{ID} and {SECRET} are not set"),
            Some(_) => format!("{ID} is not set, only {SECRET}"),
        });
    };
    let Some(secret) = environment.variable(SECRET) else {
        return SourceResult::Failed(format!("{ID} is set but {SECRET} is not"));
    };
    let (token_name, token) = TOKENS
        .into_iter()
        .find_map(|name| Some((name, Some(environment.variable(name)?))))
        .unwrap_or_default();
    let parts = [
        (ID, Some(&id)),
        (SECRET, Some(&secret)),
        (token_name, token.as_ref()),
    ];
    for (name, value) in parts {
        if value.is_some_and(|value| value.contains(['\r', '\n'])) {
            return SourceResult::Failed(format!(
                "{name}: expected a value of one line, found a line break in it"
            ));
        }
    }
    let credentials = Credentials::new(id, secret, token);
    match environment.variable(EXPIRATION) {
        None => SourceResult::Found(credentials),
        Some(text) => match expiry::read(&text) {
            Some(at) => SourceResult::Found(credentials.with_expiry(at)),
            None => SourceResult::Failed(format!(
                "{EXPIRATION}: expected a date such as 2030-01-01T00:00:00Z, found something else"
            )),
        },
    }
}
