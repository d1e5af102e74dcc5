//! The role for a web identity token: each setting is taken from a variable, or else from the profile.

use super::role::Role;
use crate::environment::Environment;
use crate::settings::profile::Profile;

pub(super) const TOKEN_FILE: &str = "AWS_WEB_IDENTITY_TOKEN_FILE";
const ROLE_ARN: &str = "AWS_ROLE_ARN";
const ROLE_SESSION_NAME: &str = "AWS_ROLE_SESSION_NAME";

/// The role for a token file that is set. `variables`: the environment variables, if they are used.
pub(super) fn role(
    name: &str,
    profile: Option<&Profile>,
    variables: Option<&Environment>,
) -> Result<Role, String> {
    let find = |variable: &str, setting: &str| -> Result<Option<String>, String> {
        let found = variables.and_then(|variables| variables.variable(variable));
        match (found, profile) {
            (Some(found), _) => Ok(Some(found)),
            (None, Some(profile)) => Ok(profile.get(setting)?.map(str::to_owned)),
            (None, None) => Ok(None),
        }
    };
    let arn = find(ROLE_ARN, "role_arn")?.ok_or_else(|| match variables {
        Some(_) => format!(
            "a web identity token file is set but no role for it: expected {ROLE_ARN}, or role_arn of profile `{name}`"
        ),
        None => format!("profile `{name}` has web_identity_token_file but no role_arn"),
    })?;
    Ok(Role {
        arn,
        session_name: find(ROLE_SESSION_NAME, "role_session_name")?,
        ..Role::default()
    })
}
