//! The credentials that a profile of the shared files leads to: keys, a chain of roles, SSO or a program.

use super::chain::{self, Answer};
use super::context::Outside;
use super::role::{self, Role};
use super::sso::Sso;
use super::{Credentials, command, container, instance};
use crate::profile::{Profiles, Section};

/// What a profile leads to: credentials to begin with, and the roles to assume with them, in the reverse order.
struct Plan {
    base: Base,
    roles: Vec<Role>,
}

enum Base {
    Keys(Credentials),
    WebIdentity { role: Role, token_file: String },
    Sso(Sso),
    Process(String),
    Environment,
    Instance,
    Container,
}

pub(super) async fn credentials(
    outside: &Outside,
    profiles: &Profiles,
    region: Option<&str>,
) -> Answer {
    let name = profiles.name();
    match plan(profiles) {
        Ok(Some(plan)) => match run(outside, region, plan).await {
            Ok(credentials) => Answer::Found(credentials),
            Err(why) => Answer::Failed(why),
        },
        Ok(None) if profiles.current().is_none() => {
            Answer::Nothing(format!("not in {}", profiles.files()))
        }
        Ok(None) => Answer::Nothing(format!(
            "profile `{name}` says nothing about credentials in {}",
            profiles.files()
        )),
        Err(why) => Answer::Failed(why),
    }
}

/// Follows `source_profile` from profile to profile until one has credentials of its own. Pure.
fn plan(profiles: &Profiles) -> Result<Option<Plan>, String> {
    let mut roles = Vec::new();
    let mut visited: Vec<&str> = Vec::new();
    let mut name = profiles.name();
    loop {
        let Some(profile) = profiles.profile(name) else {
            return match visited.last() {
                None => Ok(None),
                Some(from) => Err(format!(
                    "profile `{from}` has source_profile `{name}`, which does not exist"
                )),
            };
        };
        // A profile that others refer to stands for its own keys if it has any, even if it names a role as well.
        let keys = keys(name, profile)?;
        if let Some(keys) = keys.clone().filter(|_| !visited.is_empty()) {
            return Ok(Some(Plan {
                base: Base::Keys(keys),
                roles,
            }));
        }
        if visited.contains(&name) {
            visited.push(name);
            return Err(format!(
                "source_profile goes in a circle: {}",
                visited.join(" -> ")
            ));
        }
        visited.push(name);
        let Some(arn) = profile.get("role_arn") else {
            let base = match keys {
                Some(keys) => Some(Base::Keys(keys)),
                None => match Sso::of(profiles, name, profile)? {
                    Some(sso) => Some(Base::Sso(sso)),
                    None => profile
                        .get("credential_process")
                        .map(|line| Base::Process(line.to_owned())),
                },
            };
            return match base {
                Some(base) => Ok(Some(Plan { base, roles })),
                None if roles.is_empty() => Ok(None),
                None => Err(format!(
                    "profile `{name}` is a source_profile and has no credentials"
                )),
            };
        };
        let role = read_role(name, profile, arn)?;
        match (
            profile.get("web_identity_token_file"),
            profile.get("source_profile"),
            profile.get("credential_source"),
        ) {
            (Some(token_file), _, _) => {
                return Ok(Some(Plan {
                    base: Base::WebIdentity {
                        role,
                        token_file: token_file.to_owned(),
                    },
                    roles,
                }));
            }
            (None, Some(_), Some(_)) => {
                return Err(format!(
                    "profile `{name}` has both source_profile and credential_source: leave one out"
                ));
            }
            (None, Some(source), None) => {
                roles.push(role);
                name = source;
            }
            (None, None, Some(source)) => {
                roles.push(role);
                let base = match source.to_ascii_lowercase().as_str() {
                    "environment" => Base::Environment,
                    "ec2instancemetadata" => Base::Instance,
                    "ecscontainer" => Base::Container,
                    _ => {
                        return Err(format!(
                            "credential_source of profile `{name}`: expected Environment, Ec2InstanceMetadata or \
                             EcsContainer, found `{source}`"
                        ));
                    }
                };
                return Ok(Some(Plan { base, roles }));
            }
            (None, None, None) => {
                return Err(format!(
                    "profile `{name}` has role_arn but no source_profile, credential_source or web_identity_token_file"
                ));
            }
        }
    }
}

fn keys(name: &str, profile: &Section) -> Result<Option<Credentials>, String> {
    match (
        profile.get("aws_access_key_id"),
        profile.get("aws_secret_access_key"),
    ) {
        (None, None) => Ok(None),
        (Some(id), Some(secret)) => {
            let token = profile.get("aws_session_token").map(str::to_owned);
            Ok(Some(Credentials::new(id, secret, token)))
        }
        (Some(_), None) => Err(format!(
            "profile `{name}` has aws_access_key_id but no aws_secret_access_key"
        )),
        (None, Some(_)) => Err(format!(
            "profile `{name}` has aws_secret_access_key but no aws_access_key_id"
        )),
    }
}

fn read_role(name: &str, profile: &Section, arn: &str) -> Result<Role, String> {
    if profile.get("mfa_serial").is_some() {
        return Err(format!(
            "profile `{name}` has mfa_serial: nobody can be asked for a code here; use `credential_process`, or set \
             temporary credentials"
        ));
    }
    let duration_seconds = match profile.get("duration_seconds") {
        None => None,
        Some(text) => Some(text.parse().map_err(|_| {
            format!(
                "duration_seconds of profile `{name}`: expected a number of seconds, found `{text}`"
            )
        })?),
    };
    Ok(Role {
        arn: arn.to_owned(),
        session_name: profile.get("role_session_name").map(str::to_owned),
        external_id: profile.get("external_id").map(str::to_owned),
        duration_seconds,
    })
}

async fn run(outside: &Outside, region: Option<&str>, plan: Plan) -> Result<Credentials, String> {
    let mut credentials = match plan.base {
        Base::Keys(credentials) => credentials,
        Base::WebIdentity { role, token_file } => {
            role::assume_with_web_identity(outside, region, &role, &token_file).await?
        }
        Base::Sso(sso) => sso.credentials(outside).await?,
        Base::Process(line) => command::credentials(&line)
            .await
            .map_err(|why| format!("credential_process: {why}"))?,
        Base::Environment => {
            chain::environment(&outside.environment).into_result("credential_source Environment")?
        }
        Base::Instance => instance::credentials(outside)
            .await
            .into_result("credential_source Ec2InstanceMetadata")?,
        Base::Container => container::credentials(outside)
            .await
            .into_result("credential_source EcsContainer")?,
    };
    for role in plan.roles.iter().rev() {
        credentials = role::assume(outside, region, role, &credentials).await?;
    }
    Ok(credentials)
}
