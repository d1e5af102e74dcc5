//! The credentials that a profile of the shared files selects: keys, a chain of roles, SSO or a program.

use super::chain::{self, SourceResult};
use super::io::ProviderIo;
use super::login::Login;
use super::role::{self, Role};
use super::sso::Sso;
use super::{Credentials, command, container, instance, web_identity};
use crate::environment::Environment;
use crate::settings::profile::{FileKind, Profile, Profiles, Section};
use tinsmith_runtime::loading::Secret;

/// The result of following a profile: credentials to begin with, and the roles to assume with them, in reverse order.
struct Plan {
    base: Base,
    roles: Vec<Role>,
}

impl Plan {
    /// What the plan is, in words, for a profile of this name.
    fn origin(&self, name: &str) -> String {
        let base = match &self.base {
            Base::Keys(_) => "keys".to_owned(),
            Base::WebIdentity { role, token_file } => {
                format!("role {} for the web identity in {token_file}", role.arn)
            }
            Base::Sso(_) => "single sign-on".to_owned(),
            Base::Login(_) => "login session".to_owned(),
            Base::Process(_) => "credential_process".to_owned(),
            Base::Environment => "keys of the environment".to_owned(),
            Base::Instance => "instance metadata".to_owned(),
            Base::Container => "container".to_owned(),
        };
        let roles = self.roles.iter().rev();
        let roles = roles.map(|role| format!(", then role {}", role.arn));
        format!("profile `{name}`: {base}{}", roles.collect::<String>())
    }
}

enum Base {
    Keys(Credentials),
    WebIdentity { role: Role, token_file: String },
    Sso(Sso),
    Login(Login),
    Process(String),
    Environment,
    Instance,
    Container,
}

/// Settings whose only purpose is to give credentials, besides those of SSO. A profile that has one must give
/// credentials: it was not meant to use the container or the instance.
const SOURCES: [(&str, &str); 6] = [
    ("source_profile", "role_arn"),
    ("credential_source", "role_arn"),
    ("web_identity_token_file", "role_arn"),
    ("aws_secret_access_key", "aws_access_key_id"),
    ("aws_session_token", "aws_access_key_id"),
    ("aws_security_token", "aws_access_key_id"),
];

/// `variables`: the environment variables that are used beside the profile, if any.
pub(super) async fn credentials(
    io: &ProviderIo,
    profiles: &Profiles,
    variables: Option<&Environment>,
    region: Option<&str>,
) -> SourceResult {
    let name = profiles.name();
    match plan(profiles, variables) {
        Ok(Some(plan)) => {
            let origin = plan.origin(name);
            match run(io, region, plan).await {
                Ok(credentials) => SourceResult::Found(credentials.with_origin(origin)),
                Err(why) => SourceResult::Failed(why),
            }
        }
        Ok(None) => match profiles.in_doubt() {
            Some(why) => SourceResult::Failed(why),
            None if profiles.current().is_none() => {
                SourceResult::Nothing(format!("not in {}", profiles.files()))
            }
            None => SourceResult::Nothing(format!(
                "profile `{name}` has no credentials in {}",
                profiles.files()
            )),
        },
        Err(why) => SourceResult::Failed(why),
    }
}

/// Whether the profile has a role that is assumed with the credentials of another profile or source.
pub(super) fn assumes_role(profile: &Profile) -> bool {
    profile.has("role_arn") && !profile.has("web_identity_token_file")
}

/// Whether the profile has a part of a key.
fn has_keys(profile: &Profile) -> bool {
    profile.has("aws_access_key_id") || profile.has("aws_secret_access_key")
}

/// Follows `source_profile` from profile to profile until one has credentials of its own. Without input or output. The
/// order is botocore's.
fn plan(profiles: &Profiles, variables: Option<&Environment>) -> Result<Option<Plan>, String> {
    let mut name = profiles.name();
    let Some(mut profile) = profiles.current() else {
        return Ok(None);
    };
    let mut roles = Vec::new();
    let mut visited = vec![name];
    loop {
        let is_first = visited.len() == 1;
        // A profile that others refer to uses its own keys if it has any, even if it has a role as well.
        if !assumes_role(profile) || !is_first && has_keys(profile) {
            let variables = variables.filter(|_| is_first);
            return match base(profiles, name, profile, variables)? {
                Some(base) => Ok(Some(Plan { base, roles })),
                None if is_first => Ok(None),
                None => Err(format!(
                    "profile `{name}` is a source_profile and has no credentials"
                )),
            };
        }
        let role = read_role(name, profile)?;
        let source = needed(name, profile, "source_profile")?;
        let credential_source = needed(name, profile, "credential_source")?;
        let source = match (source, credential_source) {
            (Some(_), Some(_)) => {
                return Err(format!(
                    "profile `{name}` has both source_profile and credential_source: leave one out"
                ));
            }
            (None, None) => {
                return Err(format!(
                    "profile `{name}` has role_arn but no source_profile, credential_source or web_identity_token_file"
                ));
            }
            (None, Some(source)) => {
                roles.push(role);
                let base = read_source(name, source)?;
                return Ok(Some(Plan { base, roles }));
            }
            (Some(source), None) => source,
        };
        let next = profiles.profile(source).ok_or_else(|| {
            format!("profile `{name}` has source_profile `{source}`, which does not exist")
        })?;
        // It may be its own source, for its keys.
        let is_own_source = source == name && has_keys(next);
        if visited.contains(&source) && !is_own_source {
            visited.push(source);
            return Err(format!(
                "source_profile has a cycle: {}",
                visited.join(" -> ")
            ));
        }
        visited.push(source);
        roles.push(role);
        (name, profile) = (source, next);
    }
}

/// The credentials that a profile itself has. All parts of a key are from one file.
fn base(
    profiles: &Profiles,
    name: &str,
    profile: &Profile,
    variables: Option<&Environment>,
) -> Result<Option<Base>, String> {
    if let Some(token_file) = profile.get("web_identity_token_file")? {
        return Ok(Some(Base::WebIdentity {
            role: web_identity::role(name, Some(profile), variables)?,
            token_file: token_file.to_owned(),
        }));
    }
    if let Some(sso) = Sso::of(profiles, name, profile)? {
        return Ok(Some(Base::Sso(sso)));
    }
    if let Some(keys) = keys(name, profile.section(FileKind::Credentials))? {
        return Ok(Some(Base::Keys(keys)));
    }
    if let Some(session) = needed(name, profile, "login_session")? {
        return Ok(Some(Base::Login(Login {
            profile: name.to_owned(),
            session: session.to_owned(),
        })));
    }
    if let Some(line) = needed(name, profile, "credential_process")? {
        return Ok(Some(Base::Process(line.to_owned())));
    }
    if let Some(keys) = keys(name, profile.section(FileKind::Config))? {
        return Ok(Some(Base::Keys(keys)));
    }
    Sso::is_whole(profiles, name, profile)?;
    match SOURCES.iter().find(|(setting, _)| profile.has(setting)) {
        Some((setting, missing)) => Err(format!("profile `{name}` has {setting} but no {missing}")),
        None => Ok(None),
    }
}

/// A setting that must not be empty where it is set.
pub(super) fn needed<'a>(
    name: &str,
    profile: &'a Profile,
    setting: &str,
) -> Result<Option<&'a str>, String> {
    match profile.get(setting)? {
        None if profile.has(setting) => Err(format!("{setting} of profile `{name}` is empty")),
        value => Ok(value),
    }
}

fn keys(name: &str, section: &Section) -> Result<Option<Credentials>, String> {
    if !section.has("aws_access_key_id") {
        return Ok(None);
    }
    let need = |setting: &str| {
        section
            .get(setting)?
            .ok_or_else(|| match section.has(setting) {
                true => format!("{setting} of profile `{name}` is empty"),
                false => format!("profile `{name}` has aws_access_key_id but no {setting}"),
            })
    };
    let (id, secret) = (need("aws_access_key_id")?, need("aws_secret_access_key")?);
    let tokens = ["aws_security_token", "aws_session_token"];
    let token = match tokens.into_iter().find(|token| section.has(token)) {
        Some(token) => section.get(token)?.map(str::to_owned),
        None => None,
    };
    Ok(Some(Credentials::new(id, secret, token)))
}

fn read_source(name: &str, source: &str) -> Result<Base, String> {
    match source {
        "Environment" => Ok(Base::Environment),
        "Ec2InstanceMetadata" => Ok(Base::Instance),
        "EcsContainer" => Ok(Base::Container),
        _ => Err(format!(
            "credential_source of profile `{name}`: expected Environment, Ec2InstanceMetadata or EcsContainer, found \
             `{source}`"
        )),
    }
}

fn read_role(name: &str, profile: &Profile) -> Result<Role, String> {
    let arn = needed(name, profile, "role_arn")?.unwrap_or_default();
    if profile.has("mfa_serial") {
        return Err(format!(
            "profile `{name}` has mfa_serial: codes cannot be requested here; use `credential_process`, or set \
             temporary credentials"
        ));
    }
    let duration_seconds = match profile.get("duration_seconds")? {
        None => None,
        Some(text) => Some(text.parse::<i32>().map_err(|_| {
            format!(
                "duration_seconds of profile `{name}`: expected a number of seconds, found `{text}`"
            )
        })?),
    };
    Ok(Role {
        arn: arn.to_owned(),
        session_name: needed(name, profile, "role_session_name")?.map(str::to_owned),
        external_id: needed(name, profile, "external_id")?.map(Secret::from),
        duration_seconds,
    })
}

async fn run(io: &ProviderIo, region: Option<&str>, plan: Plan) -> Result<Credentials, String> {
    let mut credentials = match plan.base {
        Base::Keys(credentials) => credentials,
        Base::WebIdentity { role, token_file } => {
            role::assume_with_web_identity(io, region, &role, &token_file).await?
        }
        Base::Sso(sso) => sso.credentials(io).await?,
        Base::Login(login) => login.credentials(io, region).await?,
        Base::Process(line) => command::credentials(&line)
            .await
            .map_err(|why| format!("credential_process: {why}"))?,
        Base::Environment => {
            chain::environment(&io.environment).into_result("credential_source Environment")?
        }
        Base::Instance => instance::credentials(io)
            .await
            .into_result("credential_source Ec2InstanceMetadata")?,
        Base::Container => container::credentials(io)
            .await
            .into_result("credential_source EcsContainer")?,
    };
    for role in plan.roles.iter().rev() {
        credentials = role::assume(io, region, role, &credentials).await?;
    }
    Ok(credentials)
}
