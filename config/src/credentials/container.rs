//! Credentials from the agent of a container: ECS, Fargate, EKS Pod Identity, Greengrass.

use super::chain::SourceResult;
use super::http::AGENT;
use super::io::ProviderIo;
use super::object::Object;
use super::{Credentials, expiry, http};
use ::http::header::{ACCEPT, AUTHORIZATION};
use ::http::{HeaderValue, Request, Response, Uri};
use bytes::Bytes;
use std::net::IpAddr;
use std::time::SystemTime;
use tinsmith_runtime::loading::BaseUrl;
use zeroize::Zeroizing;

const RELATIVE_URI: &str = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
const FULL_URI: &str = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
const TOKEN: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
const TOKEN_FILE: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";

/// The host of a relative URI: ECS.
const ECS_HOST: &str = "http://169.254.170.2";

pub(super) async fn credentials(io: &ProviderIo) -> SourceResult {
    let environment = &io.environment;
    let uri = match (
        environment.variable(RELATIVE_URI),
        environment.variable(FULL_URI),
    ) {
        (Some(path), _) => at_ecs(&path).map_err(|why| format!("{RELATIVE_URI} {why}")),
        (None, Some(url)) => full(&url).map_err(|why| format!("{FULL_URI} {why}")),
        (None, None) => {
            return SourceResult::Nothing(format!("neither {RELATIVE_URI} nor {FULL_URI} is set"));
        }
    };
    let asked = async { ask(io, uri?).await };
    match asked.await {
        Ok(credentials) => SourceResult::Found(credentials),
        Err(why) => SourceResult::Failed(why),
    }
}

async fn ask(io: &ProviderIo, uri: Uri) -> Result<Credentials, String> {
    let host = uri.host().unwrap_or_default().to_owned();
    let mut request = Request::builder()
        .uri(uri)
        .header(ACCEPT, "application/json");
    if let Some(token) = token(io).await? {
        request = request.header(AUTHORIZATION, token);
    }
    let request = request
        .body(Bytes::new())
        .map_err(|error| format!("the request to {host} failed: {error}"))?;
    // An agent that has just started may return anything.
    let accepts = |response: &Response<Bytes>| {
        response.status() == 200 && Object::read(response.body()).is_ok()
    };
    let response = io
        .send(AGENT, request, accepts)
        .await
        .map_err(|error| error.to_string())?;
    if response.status() != 200 {
        let status = response.status().as_u16();
        return Err(format!("{host} answered with status {status}"));
    }
    let body = response.into_body();
    let credentials = Object::read(&body).and_then(|object| read(&object));
    http::wipe(body);
    credentials
        .map_err(|why| format!("what {host} answered: {why}"))?
        .unless_expired(&host, SystemTime::now())
}

fn read(object: &Object) -> Result<Credentials, String> {
    object.need_member("Token")?;
    object.need_member("Expiration")?;
    let credentials = Credentials::new(
        object.need_text("AccessKeyId")?,
        object.need_text("SecretAccessKey")?,
        object.text("Token")?.map(str::to_owned),
    );
    let expires_at =
        expiry::member(object, "Expiration")?.ok_or_else(|| "`Expiration` is empty".to_owned())?;
    Ok(credentials.with_expiry(expires_at))
}

/// The token that identifies the container to the agent. The file has priority: it is renewed while the process runs,
/// the variable is not.
async fn token(io: &ProviderIo) -> Result<Option<HeaderValue>, String> {
    let environment = &io.environment;
    let (place, token) = if let Some(file) = environment.variable(TOKEN_FILE) {
        let path = environment.expand(&file);
        let token = environment.read(&path).await;
        let token =
            token.map_err(|error| format!("{TOKEN_FILE}: {file} cannot be read: {error}"))?;
        (file, Zeroizing::new(token))
    } else if let Some(token) = environment.variable(TOKEN) {
        (TOKEN.to_owned(), Zeroizing::new(token))
    } else {
        return Ok(None);
    };
    let header = http::secret_header(&token).ok_or_else(|| {
        format!(
            "the token in {place} cannot be sent: expected visible ASCII in one line without an end, found something else"
        )
    })?;
    Ok(Some(header))
}

fn at_ecs(path: &str) -> Result<Uri, String> {
    if !path.starts_with('/') {
        return Err("must be a path, which begins with `/`".to_owned());
    }
    uri(&BaseUrl::parse(&format!("{ECS_HOST}{path}"))?)
}

/// The token is sent in clear text over `http`, so only to this machine or to the agents' own addresses.
fn full(url: &str) -> Result<Uri, String> {
    let scheme = url.split("://").next().unwrap_or_default();
    if !["http", "https"]
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known))
    {
        return Err("must begin with http:// or https://".to_owned());
    }
    let url = BaseUrl::parse(url)?;
    let is_agent = match url.address() {
        Some(IpAddr::V4(ip)) => matches!(ip.octets(), [169, 254, 170, 2 | 23]),
        Some(IpAddr::V6(ip)) => matches!(ip.segments(), [0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x23]),
        None => false,
    };
    if url.is_https || is_agent || url.is_this_machine() {
        return uri(&url);
    }
    Err(format!(
        "has the host `{}`: without https it must be this machine, 169.254.170.2, 169.254.170.23 or fd00:ec2::23",
        url.host()
    ))
}

fn uri(url: &BaseUrl) -> Result<Uri, String> {
    let uri = url.to_string().parse();
    uri.map_err(|error| format!("is not a URL: {error}"))
}
