//! The token of IAM Identity Center (SSO) that `aws sso login` stored, its file, and its renewal.

use super::expiry;
use super::http::without;
use super::io::ProviderIo;
use super::object::Object;
use crate::environment::Environment;
use sha1::{Digest, Sha1};
use std::path::PathBuf;
use std::time::{Duration, SystemTime};
use tinsmith_runtime::loading::{Secret, check_region, hex};
use tinsmith_runtime::{BoxFuture, Timestamp};

/// How long before it expires a token is renewed, as in botocore.
pub(super) const AHEAD: Duration = Duration::from_secs(15 * 60);

/// The file of one token.
#[derive(Clone, Debug)]
pub(super) struct TokenFile {
    /// For messages: `sso-session `corp``.
    of: String,
    /// The command that signs in.
    login: String,
    /// The file's name.
    name: String,
    /// How it is renewed; `None`: by signing in alone.
    renewal: Option<Renewal>,
}

/// What the renewal of a session's token needs to know, besides what the file has.
#[derive(Clone, Debug)]
pub(super) struct Renewal {
    pub(super) region: String,
    pub(super) start_url: String,
}

/// A token that is still valid, and when it expires.
pub(super) struct SsoToken {
    pub(super) token: Secret,
    pub(super) expires_at: SystemTime,
}

impl TokenFile {
    pub(super) fn of_session(session: &str, renewal: Option<Renewal>) -> Self {
        Self {
            of: format!("sso-session `{session}`"),
            login: format!("aws sso login --sso-session {session}"),
            name: file_name(session),
            renewal,
        }
    }

    /// The token of a profile without a session, by its start URL.
    pub(super) fn of_start_url(url: &str, profile: &str) -> Self {
        Self {
            of: format!("profile `{profile}`"),
            login: format!("aws sso login --profile {profile}"),
            name: file_name(url),
            renewal: None,
        }
    }

    /// Reads the token, which must still be valid at `now`. A session's token that soon expires is renewed, and its file
    /// written; where that fails, the token is used while it is valid.
    pub(super) fn read<'a>(
        &'a self,
        io: &'a ProviderIo,
        now: SystemTime,
    ) -> BoxFuture<'a, Result<SsoToken, String>> {
        // Boxed here, so that its code is not in each place that reads a token.
        Box::pin(self.read_or_renew(io, now))
    }

    async fn read_or_renew(&self, io: &ProviderIo, now: SystemTime) -> Result<SsoToken, String> {
        let unusable = |why: &str| self.unusable(&io.environment, why);
        let path = self.path(&io.environment);
        let object = io.stored(&path).await.map_err(|why| unusable(&why))?;
        let token = read(&object).map_err(|why| unusable(&format!("cannot be read: {why}")))?;
        if now + AHEAD < token.expires_at {
            return Ok(token);
        }
        let why = match &self.renewal {
            Some(renewal) if !object.is_null("refreshToken") => {
                match self.renew(renewal, io, &object, now).await {
                    Ok(renewed) => return Ok(renewed),
                    Err(why) => format!("has expired, and {why}"),
                }
            }
            _ => "has expired".to_owned(),
        };
        if now < token.expires_at {
            tracing::warn!(token = self.of, why, "the SSO token was not renewed");
            return Ok(token);
        }
        // Another program may have renewed it meanwhile.
        match io.stored(&path).await.and_then(|object| read(&object)) {
            Ok(token) if now < token.expires_at => Ok(token),
            _ => Err(unusable(&why)),
        }
    }

    /// A new token for the refresh token in the file, which is written.
    async fn renew(
        &self,
        renewal: &Renewal,
        io: &ProviderIo,
        stored: &Object,
        now: SystemTime,
    ) -> Result<SsoToken, String> {
        let need = |name: &str| {
            stored
                .need_text(name)
                .map_err(|why| format!("it cannot be renewed: {why}"))
        };
        let [id, secret, refresh] = [
            need("clientId")?,
            need("clientSecret")?,
            need("refreshToken")?,
        ];
        let registered_until = need("registrationExpiresAt")?;
        check_region(&renewal.region, &format!("sso_region of {}", self.of))?;
        if expiry::read(registered_until).is_none_or(|until| until <= now) {
            return Err("its registration, by which it is renewed, has expired too".to_owned());
        }
        let answer = tinsmith_sso_oidc::Client::new(io.for_tokens(&renewal.region).build())
            .create_token()
            .client_id(id)
            .client_secret(secret)
            .grant_type("refresh_token")
            .refresh_token(refresh)
            .send()
            .await
            .map_err(|error| {
                let error = without(&error, &[secret, refresh]);
                format!("it was not renewed: {error}")
            })?;
        let token = answer
            .access_token
            .filter(|token| !token.is_empty())
            .ok_or("it was not renewed: `accessToken` is missing in the answer")?;
        let seconds = u64::try_from(answer.expires_in.unwrap_or_default()).unwrap_or_default();
        let expires_at = now
            .checked_add(Duration::from_secs(seconds))
            .filter(|at| *at > now)
            .ok_or("it was not renewed: `expiresIn` of the answer is no time from now")?;
        let token = Secret::from(token);
        let expiry = Timestamp::from(expiry::whole_seconds(expires_at)).to_string();
        let next = answer.refresh_token.map(Secret::from);
        let members = [
            ("accessToken", Some(&*token)),
            ("clientId", Some(id)),
            ("clientSecret", Some(secret)),
            ("expiresAt", Some(&*expiry)),
            ("refreshToken", next.as_deref()),
            ("region", Some(&*renewal.region)),
            ("registrationExpiresAt", Some(registered_until)),
            ("startUrl", Some(&*renewal.start_url)),
        ];
        let mut object = Object::default();
        for (name, value) in members {
            if let Some(value) = value {
                object.set(name, value);
            }
        }
        let text = object.to_json()?;
        let path = self.path(&io.environment);
        if let Err(error) = io.environment.write(&path, &text).await {
            // The token is good all the same; the next process has to renew it again, which may fail.
            tracing::warn!(path = %path.display(), %error, "the renewed SSO token could not be stored");
        }
        Ok(SsoToken { token, expires_at })
    }

    /// The error for a token that cannot be used, with the command that helps.
    pub(super) fn unusable(&self, environment: &Environment, why: &str) -> String {
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

/// The token in its file.
fn read(object: &Object) -> Result<SsoToken, String> {
    Ok(SsoToken {
        token: object.need_text("accessToken")?.into(),
        expires_at: expiry::member(object, "expiresAt")?
            .ok_or_else(|| "`expiresAt` is missing".to_owned())?,
    })
}

fn file_name(key: &str) -> String {
    format!("{}.json", hex(&Sha1::digest(key.as_bytes())))
}
