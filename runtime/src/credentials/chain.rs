//! The order in which credentials are looked for where none were set outright.

use super::context::Outside;
use super::role::{self, Role};
use super::{Credentials, CredentialsError, ProvideCredentials, container, instance, profile};
use crate::environment::Environment;
use crate::profile::Profiles;
use futures_core::future::BoxFuture;
use std::sync::Arc;

/// What a source says when it is asked.
pub(super) enum Answer {
    Found(Credentials),
    /// It has not been set up.
    Nothing(String),
    /// It has been set up and does not work.
    Failed(String),
}

impl Answer {
    /// For a source that was asked for by name: then nothing is a failure too.
    pub(super) fn into_result(self, name: &str) -> Result<Credentials, String> {
        match self {
            Self::Found(credentials) => Ok(credentials),
            Self::Nothing(why) | Self::Failed(why) => Err(format!("{name}: {why}")),
        }
    }
}

/// All sources, in order: environment, web identity, profile, container, instance metadata. A profile that the
/// program itself named comes first, since it is more deliberate than a variable.
///
/// A source that is set up but fails ends the search: going on would make the call in somebody else's name.
pub(crate) struct Chain {
    pub(crate) outside: Outside,
    pub(crate) profiles: Arc<Profiles>,
    pub(crate) region: Option<String>,
    pub(crate) profile_first: bool,
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
    fn links(&self) -> [Link; 5] {
        use Link::{Container, Environment, Instance, Profile, WebIdentity};
        match self.profile_first {
            true => [Profile, Environment, WebIdentity, Container, Instance],
            false => [Environment, WebIdentity, Profile, Container, Instance],
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
        match link {
            Link::Environment => environment(&self.outside.environment),
            Link::WebIdentity => web_identity(&self.outside, self.region.as_deref()).await,
            Link::Profile => {
                profile::credentials(&self.outside, &self.profiles, self.region.as_deref()).await
            }
            Link::Container => container::credentials(&self.outside).await,
            Link::Instance => instance::credentials(&self.outside).await,
        }
    }

    async fn search(&self) -> Result<Credentials, CredentialsError> {
        let mut said = Vec::new();
        let mut failed = false;
        for link in self.links() {
            let name = self.link_name(link);
            if failed {
                said.push(format!("{name}: not asked"));
                continue;
            }
            match self.ask(link).await {
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

/// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`.
pub(super) fn environment(environment: &Environment) -> Answer {
    match (
        environment.variable("AWS_ACCESS_KEY_ID"),
        environment.variable("AWS_SECRET_ACCESS_KEY"),
    ) {
        (Some(id), Some(secret)) => {
            let token = environment.variable("AWS_SESSION_TOKEN");
            Answer::Found(Credentials::new(id, secret, token))
        }
        (None, None) => {
            Answer::Nothing("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set".to_owned())
        }
        (Some(_), None) => {
            Answer::Failed("AWS_ACCESS_KEY_ID is set but AWS_SECRET_ACCESS_KEY is not".to_owned())
        }
        (None, Some(_)) => {
            Answer::Failed("AWS_SECRET_ACCESS_KEY is set but AWS_ACCESS_KEY_ID is not".to_owned())
        }
    }
}

/// `AWS_WEB_IDENTITY_TOKEN_FILE`, `AWS_ROLE_ARN`, `AWS_ROLE_SESSION_NAME`.
async fn web_identity(outside: &Outside, region: Option<&str>) -> Answer {
    let environment = &outside.environment;
    let Some(token_file) = environment.variable("AWS_WEB_IDENTITY_TOKEN_FILE") else {
        return Answer::Nothing("AWS_WEB_IDENTITY_TOKEN_FILE is not set".to_owned());
    };
    let Some(arn) = environment.variable("AWS_ROLE_ARN") else {
        return Answer::Failed(
            "AWS_WEB_IDENTITY_TOKEN_FILE is set but AWS_ROLE_ARN is not".to_owned(),
        );
    };
    let role = Role {
        arn,
        session_name: environment.variable("AWS_ROLE_SESSION_NAME"),
        ..Role::default()
    };
    match role::assume_with_web_identity(outside, region, &role, &token_file).await {
        Ok(credentials) => Answer::Found(credentials),
        Err(why) => Answer::Failed(why),
    }
}
