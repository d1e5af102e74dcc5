//! The order in which credentials are looked for where none were set in the program.

use super::context::ProviderIo;
use super::{Credentials, CredentialsError, ProvideCredentials};
use super::{container, expiry, instance, profile, role, web_identity};
use crate::client::environment::Environment;
use crate::settings::profile::Profiles;
use futures_core::future::BoxFuture;
use std::sync::Arc;
use std::time::SystemTime;

/// What a source says when it is asked.
pub(super) enum Answer {
    Found(Credentials),
    /// It has not been set up.
    Nothing(String),
    /// It has been set up and does not work.
    Failed(String),
}

impl Answer {
    /// What has already expired was not found, whichever source gave it.
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

    /// For a source that was asked for by name: then nothing is a failure too.
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
/// A source that is set up but fails ends the search: going on would make the call in somebody else's name.
pub(crate) struct Chain {
    pub(crate) outside: ProviderIo,
    pub(crate) profiles: Arc<Profiles>,
    pub(crate) region: Option<String>,
    /// The program named the profile: then the variables name nobody, unless the profile itself asks for them.
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

    async fn ask(&self, link: Link) -> Answer {
        let region = self.region.as_deref();
        match link {
            Link::Environment => environment(&self.outside.environment),
            Link::WebIdentity => self.web_identity(region).await,
            Link::Profile => {
                let variables = match self.is_profile_named {
                    true => None,
                    false => Some(&self.outside.environment),
                };
                profile::credentials(&self.outside, &self.profiles, variables, region).await
            }
            Link::Container => container::credentials(&self.outside).await,
            Link::Instance => instance::credentials(&self.outside).await,
        }
    }

    /// `AWS_WEB_IDENTITY_TOKEN_FILE`, with what the variables or else the profile say of the role.
    async fn web_identity(&self, region: Option<&str>) -> Answer {
        let environment = &self.outside.environment;
        let Some(token_file) = environment.variable(web_identity::TOKEN_FILE) else {
            return Answer::Nothing(format!("{} is not set", web_identity::TOKEN_FILE));
        };
        let profile = self.profiles.current();
        if profile.is_some_and(profile::assumes_role) {
            let name = self.profiles.name();
            return Answer::Nothing(format!("profile `{name}` has a role of its own"));
        }
        let asked = async {
            let role = web_identity::role(self.profiles.name(), profile, Some(environment))?;
            role::assume_with_web_identity(&self.outside, region, &role, &token_file).await
        };
        match asked.await {
            Ok(credentials) => Answer::Found(credentials),
            Err(why) => Answer::Failed(why),
        }
    }

    async fn search(&self) -> Result<Credentials, CredentialsError> {
        let mut said = Vec::new();
        let mut failed = false;
        for &link in self.links() {
            let name = self.link_name(link);
            if failed {
                said.push(format!("{name}: not asked"));
                continue;
            }
            match self.ask(link).await.unless_expired(&name) {
                Answer::Found(credentials) => {
                    tracing::debug!(source = name, "credentials found");
                    return Ok(credentials);
                }
                Answer::Nothing(why) => said.push(format!("{name}: {why}")),
                Answer::Failed(why) => {
                    failed = true;
                    said.push(format!("{name} failed: {why}"));
                }
            }
        }
        Err(CredentialsError::new(format!(
            "no credentials found: {}",
            said.join("; ")
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

/// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`, by an older name `AWS_SECURITY_TOKEN`, and
/// `AWS_CREDENTIAL_EXPIRATION`. Without a key id they name nobody.
pub(super) fn environment(environment: &Environment) -> Answer {
    const ID: &str = "AWS_ACCESS_KEY_ID";
    const SECRET: &str = "AWS_SECRET_ACCESS_KEY";
    const TOKENS: [&str; 2] = ["AWS_SECURITY_TOKEN", "AWS_SESSION_TOKEN"];
    const EXPIRATION: &str = "AWS_CREDENTIAL_EXPIRATION";
    let Some(id) = environment.variable(ID) else {
        return Answer::Nothing(match environment.variable(SECRET) {
            None => format!("{ID} and {SECRET} are not set"),
            Some(_) => format!("{ID} is not set, only {SECRET}"),
        });
    };
    let Some(secret) = environment.variable(SECRET) else {
        return Answer::Failed(format!("{ID} is set but {SECRET} is not"));
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
            return Answer::Failed(format!(
                "{name}: expected a value of one line, found a line break in it"
            ));
        }
    }
    let credentials = Credentials::new(id, secret, token);
    match environment.variable(EXPIRATION) {
        None => Answer::Found(credentials),
        Some(text) => match expiry::read(&text) {
            Some(at) => Answer::Found(credentials.with_expiry(at)),
            None => Answer::Failed(format!(
                "{EXPIRATION}: expected a date such as 2030-01-01T00:00:00Z, found something else"
            )),
        },
    }
}
