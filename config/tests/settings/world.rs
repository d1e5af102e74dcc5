//! All that a client can reach, in one HTTP client: the service, STS, IAM Identity Center, the agent of a container and
//! the metadata of an instance. Each gives credentials that tell where they come from.

use crate::support::{SERVICE, get_tin};
use bytes::Bytes;
use std::sync::{Arc, Mutex};
use tinsmith_config::{Environment, Loader};
use tinsmith_runtime::{Body, BoxFuture, Client, HttpClient, HttpError, SendOptions};

/// What a request showed when it arrived.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Arrived {
    pub(crate) uri: String,
    /// The access key id that it was signed with, without the zeros that make it long enough.
    pub(crate) id: String,
    pub(crate) token: Option<String>,
    pub(crate) user_agent: String,
}

#[derive(Clone, Default)]
pub(crate) struct World {
    requests: Arc<Mutex<Vec<Arrived>>>,
    /// Where the instance says that it is; unless set: `eu-north-1`.
    region: Option<&'static str>,
}

impl World {
    /// A world whose instance is in this region.
    pub(crate) fn of_region(region: &'static str) -> Self {
        Self {
            region: Some(region),
            ..Self::default()
        }
    }

    /// Whether no request has arrived anywhere.
    pub(crate) fn is_untouched(&self) -> bool {
        self.requests.lock().unwrap().is_empty()
    }

    /// The first request that arrived.
    pub(crate) fn first(&self) -> Arrived {
        self.requests.lock().unwrap().first().unwrap().clone()
    }

    /// The last request that arrived.
    pub(crate) fn last(&self) -> Arrived {
        self.requests.lock().unwrap().last().unwrap().clone()
    }

    /// Who asked STS, in order: access key ids, empty for a web identity.
    pub(crate) fn asked_sts(&self) -> Vec<String> {
        let requests = self.requests.lock().unwrap();
        let to_sts = requests
            .iter()
            .filter(|request| request.uri.contains("//sts."));
        to_sts.map(|request| request.id.clone()).collect()
    }
}

impl HttpClient for World {
    fn send(
        &self,
        request: http::Request<Body>,
        _: &SendOptions,
    ) -> BoxFuture<'_, Result<http::Response<Body>, HttpError>> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = body.collect(usize::MAX).await?;
            let header = |name: &str| {
                let value = head.headers.get(name)?;
                Some(value.to_str().unwrap().to_owned())
            };
            let authorization = header("authorization").unwrap_or_default();
            let id = authorization
                .split_once("Credential=")
                .and_then(|(_, rest)| rest.split('/').next())
                .unwrap_or_default()
                .trim_end_matches('0');
            self.requests.lock().unwrap().push(Arrived {
                uri: head.uri.to_string(),
                id: id.to_owned(),
                token: header("x-amz-security-token"),
                user_agent: header("user-agent").unwrap_or_default(),
            });
            let (status, answer) = answer(&head.uri, &String::from_utf8_lossy(&body), self.region);
            let response = http::Response::builder().status(status);
            Ok(response.body(Body::from(Bytes::from(answer))).unwrap())
        })
    }
}

fn answer(uri: &http::Uri, body: &str, region: Option<&str>) -> (u16, String) {
    const DATE: &str = "2099-01-01T00:00:00Z";
    let host = uri.host().unwrap_or_default();
    let text = match host {
        _ if body.starts_with("Action=AssumeRole") => {
            let asked = format!("{uri}&{body}");
            let role = asked.split("role%2F").nth(1).unwrap_or_default();
            let role = role.split('&').next().unwrap_or_default().to_uppercase();
            let id = format!("{:0<20}", format!("ASIAROLE{role}"));
            let result = match asked.contains("WebIdentity") {
                true => "AssumeRoleWithWebIdentity",
                false => "AssumeRole",
            };
            format!(
                "<{result}Response><{result}Result><Credentials><AccessKeyId>{id}</AccessKeyId>\
                 <SecretAccessKey>s</SecretAccessKey><SessionToken>token-of-{role}</SessionToken>\
                 <Expiration>{DATE}</Expiration></Credentials></{result}Result></{result}Response>"
            )
        }
        _ if host.starts_with("portal.sso.") => {
            r#"{"roleCredentials": {"accessKeyId": "ASIASSO", "secretAccessKey": "s", "sessionToken": "sso-token",
                "expiration": 4070908800000}}"#
                .to_owned()
        }
        "169.254.170.2" => keys("ASIACONTAINER", DATE),
        "localhost" if uri.path() == "/creds" => keys("ASIACONTAINER", DATE),
        "169.254.169.254" | "[fd00:ec2::254]" => match uri.path() {
            "/latest/meta-data/iam/security-credentials/" => "instance".to_owned(),
            "/latest/meta-data/placement/region" => region.unwrap_or("eu-north-1").to_owned(),
            "/latest/api/token" => "TOKEN".to_owned(),
            _ => keys("ASIAINSTANCE", DATE),
        },
        _ => r#"{"size": 3}"#.to_owned(),
    };
    (200, text)
}

fn keys(id: &str, date: &str) -> String {
    format!(
        r#"{{"Code": "Success", "Type": "AWS-HMAC", "AccessKeyId": "{id}", "SecretAccessKey": "s", "Token": "token-of-{id}",
            "Expiration": "{date}"}}"#
    )
}

/// An instance on which nothing is said: if nothing else signs, its own keys do.
pub(crate) fn instance() -> Environment {
    Environment::empty().with_home("/home/me")
}

/// The same with a configuration file.
pub(crate) fn with_config(text: &str) -> Environment {
    instance().with_file("/home/me/.aws/config", text)
}

/// The same with a credentials file.
pub(crate) fn with_credentials(environment: Environment, text: &str) -> Environment {
    environment.with_file("/home/me/.aws/credentials", text)
}

/// The variables that are keys.
pub(crate) fn with_keys(environment: Environment) -> Environment {
    environment
        .with_variable("AWS_ACCESS_KEY_ID", "AKIDVARIABLE")
        .with_variable("AWS_SECRET_ACCESS_KEY", "s")
}

/// A token for a role in variables, as a pod has it.
pub(crate) fn with_pod(environment: Environment) -> Environment {
    environment
        .with_variable("AWS_WEB_IDENTITY_TOKEN_FILE", "/token")
        .with_variable("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/pod")
        .with_file("/token", "JWT")
}

/// Makes one call and says how it arrived; the text of the error otherwise.
pub(crate) async fn call(environment: Environment) -> Result<Arrived, String> {
    call_with(environment, |builder| builder).await.1
}

/// The same with more set in the program.
pub(crate) async fn call_with(
    environment: Environment,
    change: impl FnOnce(Loader) -> Loader,
) -> (World, Result<Arrived, String>) {
    let world = World::default();
    let builder = tinsmith_config::from_env()
        .environment(environment)
        .http_client(world.clone());
    let arrived = arrival(&world, change(builder)).await;
    (world, arrived)
}

async fn arrival(world: &World, builder: Loader) -> Result<Arrived, String> {
    let config = builder.load().await.map_err(|error| error.to_string())?;
    let client = Client::new(&SERVICE, config);
    get_tin(&client).await.map_err(|error| error.to_string())?;
    Ok(world.last())
}

/// The access key id that signs a call.
pub(crate) async fn signer(environment: Environment) -> Result<String, String> {
    Ok(call(environment).await?.id)
}

/// The error of a call, which must be one.
pub(crate) async fn refusal(environment: Environment) -> String {
    match call(environment).await {
        Ok(arrived) => panic!("signed by {arrived:?}"),
        Err(error) => error,
    }
}
