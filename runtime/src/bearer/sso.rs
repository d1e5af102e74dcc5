//! The token of an IAM Identity Center session, as `aws sso login --sso-session NAME` leaves it behind.

use super::BearerToken;
use crate::environment::Environment;
use crate::profile::Profiles;
use crate::timestamp::Timestamp;
use serde::Deserialize;
use sha1::{Digest, Sha1};
use std::fmt::{self, Write as _};
use std::path::PathBuf;
use std::time::SystemTime;

/// A session that a profile names, and the file in which its token is kept.
pub(super) struct Session {
    name: String,
    file: PathBuf,
    environment: Environment,
}

/// What of the file matters here. Its names are botocore's.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Cached {
    access_token: String,
    expires_at: String,
}

impl Session {
    /// The session of the profile in force; `None` where it names none.
    pub(super) fn of(environment: &Environment, profiles: &Profiles) -> Option<Self> {
        let name = profiles.setting("sso_session")?.to_owned();
        let mut file = "~/.aws/sso/cache/".to_owned();
        for byte in Sha1::digest(name.as_bytes()) {
            // A string takes all that is written to it.
            let _ = write!(file, "{byte:02x}");
        }
        file.push_str(".json");
        Some(Self {
            name,
            file: environment.expand(&file),
            environment: environment.clone(),
        })
    }

    pub(super) async fn read(&self) -> Result<BearerToken, String> {
        let file = self.file.display();
        let text = self.environment.read(&self.file).await.map_err(|error| {
            let why = match error.kind() {
                std::io::ErrorKind::NotFound => "is not there".to_owned(),
                _ => format!("cannot be read: {error}"),
            };
            format!(
                "the token of sso-session `{}` in {file} {why}; {}",
                self.name,
                self.advice()
            )
        })?;
        // What the parser says may quote the file, and with it the token.
        let cached: Cached = serde_json::from_str(&text).map_err(|error| {
            format!(
                "{file}: expected a token's `accessToken` and `expiresAt`, found none (line {}, column {})",
                error.line(),
                error.column()
            )
        })?;
        // Older versions of botocore wrote the zone as a word.
        let moment = cached.expires_at.replace("UTC", "Z");
        let moment: Option<Timestamp> = moment.parse().ok();
        let expires_at = moment.and_then(|moment| SystemTime::try_from(moment).ok());
        let expires_at = expires_at.ok_or_else(|| {
            format!(
                "{file}: expected a date as `expiresAt`, found `{}`",
                cached.expires_at
            )
        })?;
        Ok(BearerToken::new(cached.access_token).with_expiry(expires_at))
    }

    pub(super) fn expired(&self) -> String {
        format!(
            "the token of sso-session `{}` in {} has expired; {}",
            self.name,
            self.file.display(),
            self.advice()
        )
    }

    fn advice(&self) -> String {
        format!("sign in with `aws sso login --sso-session {}`", self.name)
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}
