//! The metadata service of an EC2 instance, version 2 only: the credentials of its role, and its region.

mod metadata;

pub(crate) use metadata::Metadata;

use super::chain::SourceResult;
use super::io::ProviderIo;
use super::object::Object;
use super::{Credentials, expiry, http};
use ::http::{HeaderValue, Method, Request, Response, request};
use bytes::Bytes;
use metadata::Endpoint;

const TOKEN: &str = "/latest/api/token";
const ROLE: &str = "/latest/meta-data/iam/security-credentials/";
const REGION: &str = "/latest/meta-data/placement/region";

/// The `Code` in the response of an instance whose role has no trust policy for EC2.
const UNTRUSTED: &str = "AssumeRoleUnauthorizedAccess";

pub(super) async fn credentials(io: &ProviderIo) -> SourceResult {
    match io.metadata.endpoint() {
        Err(why) => SourceResult::Nothing(why),
        Ok(endpoint) => match of_role(io, endpoint).await {
            Ok(credentials) => SourceResult::Found(credentials),
            Err(why) => SourceResult::Failed(why),
        },
    }
}

/// The region of the instance, or why it is not known.
pub(crate) async fn region(io: &ProviderIo) -> Result<String, String> {
    let endpoint = io.metadata.endpoint()?;
    let token = token(io, endpoint).await?;
    let request = get(endpoint, REGION, &token);
    let region = send(io, REGION, request, whole(|_| true)).await?;
    Ok(line(&region))
}

async fn of_role(io: &ProviderIo, endpoint: &Endpoint) -> Result<Credentials, String> {
    let token = token(io, endpoint).await?;
    let request = get(endpoint, ROLE, &token);
    let role = line(&send(io, ROLE, request, whole(|_| true)).await?);
    if !is_path(&role) {
        return Err(format!("the response to {ROLE} is not the name of a role"));
    }
    let is_object = |body: &[u8]| Object::read(body).is_ok();
    let path = format!("{ROLE}{role}");
    let of_role = format!("{ROLE}<role>");
    let request = get(endpoint, &path, &token);
    let body = send(io, &of_role, request, whole(is_object)).await?;
    let read = Object::read(&body).and_then(|object| read(&object));
    http::wipe(body);
    read.map_err(|why| format!("{of_role}: {why}"))
}

/// Reads the response for a role. If the service has no credentials, it says so with the status 200.
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

async fn token(io: &ProviderIo, endpoint: &Endpoint) -> Result<HeaderValue, String> {
    let request = Request::builder()
        .method(Method::PUT)
        .uri(endpoint.url(TOKEN))
        .header("x-aws-ec2-metadata-token-ttl-seconds", "21600");
    // Requests that are malformed, forbidden or not found get the same response again.
    let is_final = |response: &Response<Bytes>| {
        matches!(response.status().as_u16(), 200 | 400 | 403 | 404 | 405)
    };
    let body = send(io, TOKEN, request, is_final).await?;
    let token = std::str::from_utf8(&body).ok();
    let token = token.and_then(http::secret_header);
    http::wipe(body);
    token.ok_or_else(|| format!("the response to {TOKEN} cannot be sent in a header"))
}

fn get(endpoint: &Endpoint, path: &str, token: &HeaderValue) -> request::Builder {
    Request::builder()
        .uri(endpoint.url(path))
        .header("x-aws-ec2-metadata-token", token)
}

/// Whether a response is a success whose body is accepted.
fn whole(accepts: impl Fn(&[u8]) -> bool) -> impl Fn(&Response<Bytes>) -> bool {
    move |response| {
        response.status() == 200 && !response.body().is_empty() && accepts(response.body())
    }
}

/// The body of the response; `path` is its name in errors.
async fn send(
    io: &ProviderIo,
    path: &str,
    request: request::Builder,
    accepts: impl Fn(&Response<Bytes>) -> bool,
) -> Result<Bytes, String> {
    let request = request
        .body(Bytes::new())
        .map_err(|error| format!("the request for {path} failed: {error}"))?;
    let response = io
        .send(io.metadata.limits, request, accepts)
        .await
        .map_err(|error| error.to_string())?;
    match response.status().as_u16() {
        200 if response.body().is_empty() => Err(format!("the response to {path} is empty")),
        200 => Ok(response.into_body()),
        status => Err(format!("the response to {path} has status {status}")),
    }
}

/// A response of one line, with or without a line end.
fn line(body: &[u8]) -> String {
    String::from_utf8_lossy(body).trim().to_owned()
}

/// Whether a response may become part of a URL's path: characters that RFC 3986 allows there, and nothing that leaves
/// the path.
fn is_path(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@".contains(&byte);
    text.split('/').all(|name| {
        !name.is_empty() && name.bytes().any(|byte| byte != b'.') && name.bytes().all(is_plain)
    })
}
