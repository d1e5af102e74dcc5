//! The metadata service of an EC2 instance, version 2 only: credentials of its role, and its region.

mod metadata;

pub(crate) use metadata::Metadata;

use super::chain::Answer;
use super::context::ProviderIo;
use super::object::Object;
use super::{Credentials, expiry, http};
use ::http::{HeaderValue, Method, Request, Response, request};
use bytes::Bytes;
use metadata::Endpoint;

const TOKEN: &str = "/latest/api/token";
const ROLE: &str = "/latest/meta-data/iam/security-credentials/";
const REGION: &str = "/latest/meta-data/placement/region";

/// The `Code` that an instance answers with whose role has no trust policy for it.
const UNTRUSTED: &str = "AssumeRoleUnauthorizedAccess";

pub(super) async fn credentials(outside: &ProviderIo) -> Answer {
    match outside.metadata.endpoint() {
        Err(why) => Answer::Nothing(why),
        Ok(endpoint) => match of_role(outside, endpoint).await {
            Ok(credentials) => Answer::Found(credentials),
            Err(why) => Answer::Failed(why),
        },
    }
}

/// The region that the instance runs in, or why it is not known.
pub(crate) async fn region(outside: &ProviderIo) -> Result<String, String> {
    let endpoint = outside.metadata.endpoint()?;
    let token = token(outside, endpoint).await?;
    let request = get(endpoint, REGION, &token);
    let region = send(outside, REGION, request, whole(|_| true)).await?;
    Ok(line(&region))
}

async fn of_role(outside: &ProviderIo, endpoint: &Endpoint) -> Result<Credentials, String> {
    let token = token(outside, endpoint).await?;
    let request = get(endpoint, ROLE, &token);
    let role = line(&send(outside, ROLE, request, whole(|_| true)).await?);
    if !is_path(&role) {
        return Err(format!(
            "{ROLE} was answered with something that is no role's name"
        ));
    }
    let is_object = |body: &[u8]| Object::read(body).is_ok();
    let path = format!("{ROLE}{role}");
    let of_role = format!("{ROLE}<role>");
    let request = get(endpoint, &path, &token);
    let body = send(outside, &of_role, request, whole(is_object)).await?;
    let read = Object::read(&body).and_then(|object| read(&object));
    http::wipe(body);
    read.map_err(|why| format!("{of_role}: {why}"))
}

/// What is answered for a role. Where the service has no credentials to give, it says so with the status 200.
fn read(object: &Object) -> Result<Credentials, String> {
    for name in ["AccessKeyId", "SecretAccessKey", "Token", "Expiration"] {
        object
            .need_member(name)
            .map_err(|why| match object.text("Code") {
                Ok(Some(UNTRUSTED)) => format!("{why}: the role does not trust EC2 ({UNTRUSTED})"),
                _ => why,
            })?;
    }
    let credentials = Credentials::new(
        object.need_text("AccessKeyId")?,
        object.need_text("SecretAccessKey")?,
        object.text("Token")?.map(str::to_owned),
    );
    let expires_at =
        expiry::member(object, "Expiration")?.ok_or_else(|| "`Expiration` is empty".to_owned())?;
    Ok(credentials.with_expiry(expires_at).used_after_expiry())
}

async fn token(outside: &ProviderIo, endpoint: &Endpoint) -> Result<HeaderValue, String> {
    let request = Request::builder()
        .method(Method::PUT)
        .uri(endpoint.url(TOKEN))
        .header("x-aws-ec2-metadata-token-ttl-seconds", "21600");
    // What is not understood, forbidden or not there will not be another answer in a moment.
    let is_final = |response: &Response<Bytes>| {
        matches!(response.status().as_u16(), 200 | 400 | 403 | 404 | 405)
    };
    let body = send(outside, TOKEN, request, is_final).await?;
    let token = std::str::from_utf8(&body).ok();
    let token = token.and_then(http::secret_header);
    http::wipe(body);
    token.ok_or_else(|| format!("{TOKEN} was answered with something that no header can carry"))
}

fn get(endpoint: &Endpoint, path: &str, token: &HeaderValue) -> request::Builder {
    Request::builder()
        .uri(endpoint.url(path))
        .header("x-aws-ec2-metadata-token", token)
}

/// Whether an answer is a success with a body that is `wanted`.
fn whole(wanted: impl Fn(&[u8]) -> bool) -> impl Fn(&Response<Bytes>) -> bool {
    move |response| {
        response.status() == 200 && !response.body().is_empty() && wanted(response.body())
    }
}

/// The body of the answer; `path` is what it is called in errors.
async fn send(
    outside: &ProviderIo,
    path: &str,
    request: request::Builder,
    wanted: impl Fn(&Response<Bytes>) -> bool,
) -> Result<Bytes, String> {
    let request = request
        .body(Bytes::new())
        .map_err(|error| format!("{path} cannot be asked for: {error}"))?;
    let response = outside
        .send(outside.metadata.limits, request, wanted)
        .await
        .map_err(|error| error.to_string())?;
    match response.status().as_u16() {
        200 if response.body().is_empty() => Err(format!("{path} was answered with nothing")),
        200 => Ok(response.into_body()),
        status => Err(format!("{path} was answered with status {status}")),
    }
}

/// An answer of one line, whose end may or may not be there.
fn line(body: &[u8]) -> String {
    String::from_utf8_lossy(body).trim().to_owned()
}

/// Whether an answer may stand in a URL's path: names of what RFC 3986 allows there, and nothing that leads elsewhere.
fn is_path(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@".contains(&byte);
    text.split('/').all(|name| {
        !name.is_empty() && name.bytes().any(|byte| byte != b'.') && name.bytes().all(is_plain)
    })
}
