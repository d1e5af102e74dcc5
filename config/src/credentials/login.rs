//! `login_session`: the credentials that `aws login` stored, and their renewal. The renewal proves that it holds the key
//! of the session (DPoP, RFC 9449). File and flow are botocore's.

mod proof;

use super::Credentials;
use super::expiry;
use super::http::without;
use super::io::ProviderIo;
use super::object::Object;
use proof::Proving;
use sha2::{Digest, Sha256};
use std::path::PathBuf;
use std::time::{Duration, SystemTime};
use tinsmith_runtime::Timestamp;
use tinsmith_runtime::loading::{check_region, hex};
use tinsmith_signin::types::CreateOauth2TokenRequestBody;
use zeroize::Zeroizing;

/// How long before they expire the credentials are renewed, as in botocore.
const AHEAD: Duration = Duration::from_secs(5 * 60);

/// The folder of the stored sessions, unless this variable names another.
const FOLDER: &str = "AWS_LOGIN_CACHE_DIRECTORY";

/// A session of a profile.
#[derive(Debug)]
pub(super) struct Login {
    pub(super) profile: String,
    pub(super) session: String,
}

impl Login {
    /// The stored credentials; renewed ones if those soon expire, for which `region` is asked unless the session names
    /// another.
    pub(super) async fn credentials(
        &self,
        io: &ProviderIo,
        region: Option<&str>,
    ) -> Result<Credentials, String> {
        let now = SystemTime::now();
        let path = self.path(io);
        let unusable = |why: String| {
            format!(
                "the login session of profile `{profile}` in {} {why}; sign in with `aws login --profile {profile}`",
                path.display(),
                profile = self.profile,
            )
        };
        let stored = io.stored(&path).await.map_err(unusable)?;
        let (credentials, expires_at) =
            read(&stored).map_err(|why| unusable(format!("cannot be read: {why}")))?;
        if now + AHEAD < expires_at {
            return Ok(credentials);
        }
        match renew(io, region, stored, now).await {
            Ok((renewed, content)) => {
                if let Err(error) = io.environment.write(&path, &content).await {
                    // The credentials are good all the same; the next process has to renew them again, which may fail.
                    tracing::warn!(path = %path.display(), %error, "the renewed login session could not be stored");
                }
                Ok(renewed)
            }
            Err(why) if now < expires_at => {
                tracing::warn!(
                    profile = self.profile,
                    why,
                    "the login session was not renewed"
                );
                Ok(credentials)
            }
            // Another program may have renewed it meanwhile.
            Err(why) => match io.stored(&path).await.and_then(|stored| read(&stored)) {
                Ok((renewed, expires_at)) if now < expires_at => Ok(renewed),
                _ => Err(unusable(format!("has expired, and {why}"))),
            },
        }
    }

    fn path(&self, io: &ProviderIo) -> PathBuf {
        let folder = io.environment.variable(FOLDER);
        let folder = folder.as_deref().unwrap_or("~/.aws/login/cache");
        let hash = hex(&Sha256::digest(self.session.as_bytes()));
        io.environment.expand(folder).join(format!("{hash}.json"))
    }
}

/// The credentials of a stored session, and when they expire.
fn read(stored: &Object) -> Result<(Credentials, SystemTime), String> {
    let token = stored.need_object("accessToken")?;
    let credentials = Credentials::new(
        token.need_text("accessKeyId")?,
        token.need_text("secretAccessKey")?,
        Some(token.need_text("sessionToken")?.to_owned()),
    );
    let expires_at =
        expiry::member(token, "expiresAt")?.ok_or_else(|| "`expiresAt` is missing".to_owned())?;
    Ok((credentials.with_expiry(expires_at), expires_at))
}

/// Renewed credentials, and the file's new content.
async fn renew(
    io: &ProviderIo,
    region: Option<&str>,
    mut stored: Object,
    now: SystemTime,
) -> Result<(Credentials, Zeroizing<Vec<u8>>), String> {
    let cannot = |why: String| format!("it cannot be renewed: {why}");
    let proving = Proving::new(
        io.http.clone(),
        stored.need_text("dpopKey").map_err(cannot)?,
    )
    .map_err(cannot)?;
    let sign_in_region = stored.text("signInRegion").map_err(cannot)?;
    if let Some(region) = sign_in_region {
        check_region(region, "`signInRegion`").map_err(cannot)?;
    }
    let region = sign_in_region
        .or(region)
        .ok_or_else(|| cannot("no region is known".to_owned()))?;
    let refresh = stored.need_text("refreshToken").map_err(cannot)?;
    let asked = CreateOauth2TokenRequestBody::default()
        .client_id(stored.need_text("clientId").map_err(cannot)?)
        .grant_type("refresh_token")
        .refresh_token(refresh);
    let config = io.for_tokens(region).http_client(proving);
    let answer = tinsmith_signin::Client::new(config.build())
        .create_oauth2_token()
        .token_input(asked)
        .send()
        .await
        .map_err(|error| format!("it was not renewed: {}", without(&error, &[refresh])))?;
    let missing = |name: &str| format!("it was not renewed: `{name}` is missing in the answer");
    let given = answer.token_output.ok_or_else(|| missing("tokenOutput"))?;
    let token = given.access_token.ok_or_else(|| missing("accessToken"))?;
    let seconds = u32::try_from(given.expires_in.unwrap_or_default()).unwrap_or_default();
    let expires_at = expiry::whole_seconds(now + Duration::from_secs(seconds.into()));
    let need = |name: &str, value: Option<String>| value.ok_or_else(|| missing(name));
    let id = need("accessKeyId", token.access_key_id)?;
    let secret = need("secretAccessKey", token.secret_access_key)?;
    let session = need("sessionToken", token.session_token)?;
    stored.change("accessToken", |token| {
        token.set("accessKeyId", &id);
        token.set("secretAccessKey", &secret);
        token.set("sessionToken", &session);
        token.set("expiresAt", &Timestamp::from(expires_at).to_string());
    });
    let next = given.refresh_token.map(Zeroizing::new);
    stored.set(
        "refreshToken",
        &next.ok_or_else(|| missing("refreshToken"))?,
    );
    let content = stored.to_json()?;
    let credentials = Credentials::new(id, secret, Some(session)).with_expiry(expires_at);
    let credentials = credentials.unless_expired("the sign-in service", now)?;
    Ok((credentials, content))
}
