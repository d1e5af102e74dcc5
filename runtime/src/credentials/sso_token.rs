//! The token of IAM Identity Center (SSO) that `aws sso login` stored, and its file.

use crate::client::environment::Environment;
use crate::credentials::{Object, expiry};
use crate::sign::{Secret, hex};
use sha1::{Digest, Sha1};
use std::path::PathBuf;
use std::time::SystemTime;
use zeroize::Zeroizing;

/// The file of one token.
#[derive(Clone, Debug)]
pub(crate) struct TokenFile {
    /// For messages: `sso-session `corp``.
    of: String,
    /// The command that renews the token.
    login: String,
    /// The file's name.
    name: String,
}

/// A token that is still valid, and when it expires.
pub(crate) struct SsoToken {
    pub(crate) token: Secret,
    pub(crate) expires_at: SystemTime,
}

impl TokenFile {
    pub(crate) fn of_session(session: &str) -> Self {
        Self {
            of: format!("sso-session `{session}`"),
            login: format!("aws sso login --sso-session {session}"),
            name: file_name(session),
        }
    }

    /// The token of a profile without a session, by its start URL.
    pub(crate) fn of_start_url(url: &str, profile: &str) -> Self {
        Self {
            of: format!("profile `{profile}`"),
            login: format!("aws sso login --profile {profile}"),
            name: file_name(url),
        }
    }

    /// Reads the token, which must still be valid at `now`.
    pub(crate) async fn read(
        &self,
        environment: &Environment,
        now: SystemTime,
    ) -> Result<SsoToken, String> {
        let text = environment.read(&self.path(environment)).await;
        let text = text.map(Zeroizing::new).map_err(|error| {
            let why = match error.kind() {
                std::io::ErrorKind::NotFound => "does not exist".to_owned(),
                _ => format!("cannot be read: {error}"),
            };
            self.unusable(environment, &why)
        })?;
        let object = Object::read(text.as_bytes());
        let (token, can_be_refreshed) = object
            .and_then(|object| {
                let token = SsoToken {
                    token: object.need_text("accessToken")?.into(),
                    expires_at: expiry::member(&object, "expiresAt")?
                        .ok_or_else(|| "`expiresAt` is missing".to_owned())?,
                };
                Ok((token, object.text("refreshToken")?.is_some()))
            })
            .map_err(|why| self.unusable(environment, &format!("cannot be read: {why}")))?;
        match (now < token.expires_at, can_be_refreshed) {
            (true, _) => Ok(token),
            (false, false) => Err(self.unusable(environment, "has expired")),
            (false, true) => Err(self.unusable(
                environment,
                "has expired; it has a refresh token, which is not supported yet",
            )),
        }
    }

    /// The error for a token that cannot be used, with the command that helps.
    pub(crate) fn unusable(&self, environment: &Environment, why: &str) -> String {
        format!(
            "the token of {} in {} {why}; sign in with `{}`",
            self.of,
            self.path(environment).display(),
            self.login
        )
    }

    fn path(&self, environment: &Environment) -> PathBuf {
        environment.expand(&format!("~/.aws/sso/cache/{}", self.name))
    }
}

fn file_name(key: &str) -> String {
    format!("{}.json", hex(&Sha1::digest(key.as_bytes())))
}
