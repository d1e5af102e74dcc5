//! Where credentials come from where none are set: the chain, and web identity.

use crate::support::{SERVICE, get_tin, header};
use tinsmith_config::Environment;
use tinsmith_runtime::replay::ReplayClient;
use tinsmith_runtime::{Client, Config, ErrorKind};

pub(crate) const STS_XML: &str = "<AssumeRoleResponse><AssumeRoleResult><Credentials>\
    <AccessKeyId>ASIAROLE111111111</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>\
    <SessionToken>role-token</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>\
    </Credentials></AssumeRoleResult></AssumeRoleResponse>";

pub(crate) const CONTAINER_JSON: &str = r#"{"AccessKeyId": "ASIATASK", "SecretAccessKey": "secret", "Token": "task-token",
    "Expiration": "2099-01-01T00:00:00Z"}"#;

/// What a call is signed with, or why it could not be.
#[derive(Debug, PartialEq)]
pub(crate) struct Signed {
    pub(crate) access_key_id: String,
    pub(crate) token: String,
}

pub(crate) fn signed(access_key_id: &str, token: &str) -> Result<Signed, String> {
    Ok(Signed {
        access_key_id: access_key_id.to_owned(),
        token: token.to_owned(),
    })
}

/// The credentials that a call uses. Requests for credentials and the call itself all go to `replay`.
pub(crate) async fn credentials(
    environment: Environment,
    replay: ReplayClient,
) -> Result<Signed, String> {
    let replay = replay.json(200, "{}");
    let config = tinsmith_config::from_env()
        .region("eu-west-1")
        .environment(environment)
        .http_client(replay.clone());
    let client = Client::new(
        &SERVICE,
        config.load().await.map_err(|error| error.to_string())?,
    );
    if let Err(error) = get_tin(&client).await {
        assert_eq!(
            (error.kind(), error.attempts()),
            (ErrorKind::Credentials, 0),
            "{error}"
        );
        return Err(error.to_string());
    }
    let requests = replay.requests();
    let authorization = header(requests.last().unwrap(), "authorization");
    let id = authorization.split(['=', '/']).nth(1).unwrap();
    signed(id, header(requests.last().unwrap(), "x-amz-security-token"))
}

pub(crate) fn off_the_network() -> Environment {
    Environment::empty()
        .with_home("/home/me")
        .with_variable("AWS_EC2_METADATA_DISABLED", "true")
}

#[tokio::test]
async fn the_chain_asks_in_order() {
    let environment = off_the_network()
        .with_variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2/task")
        .with_file(
            "/home/me/.aws/credentials",
            "[default]\naws_access_key_id = AKIDFILE\naws_secret_access_key = s\n",
        );
    let with_keys = environment
        .clone()
        .with_variable("AWS_ACCESS_KEY_ID", "AKIDENV")
        .with_variable("AWS_SECRET_ACCESS_KEY", "s")
        .with_variable("AWS_SESSION_TOKEN", "env-token");
    assert_eq!(
        credentials(with_keys.clone(), ReplayClient::new()).await,
        signed("AKIDENV", "env-token")
    );
    assert_eq!(
        credentials(environment, ReplayClient::new()).await,
        signed("AKIDFILE", "")
    );
    let container =
        off_the_network().with_variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2/task");
    let replay = ReplayClient::new().json(200, CONTAINER_JSON);
    assert_eq!(
        credentials(container, replay.clone()).await,
        signed("ASIATASK", "task-token")
    );
    assert_eq!(replay.requests()[0].uri(), "http://169.254.170.2/v2/task");

    // A profile that the program itself names is more deliberate than a variable.
    let replay = ReplayClient::new().json(200, "{}");
    let config = tinsmith_config::from_env()
        .region("eu-west-1")
        .profile("default")
        .environment(with_keys);
    let config = config.http_client(replay.clone()).load().await.unwrap();
    get_tin(&Client::new(&SERVICE, config)).await.unwrap();
    assert!(header(&replay.requests()[0], "authorization").contains("Credential=AKIDFILE/"));
}

#[tokio::test]
async fn no_credentials_is_an_error_that_lists_each_source_and_what_it_said() {
    assert_eq!(
        credentials(off_the_network(), ReplayClient::new())
            .await
            .unwrap_err(),
        "GetTin: no credentials found: environment: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set; \
         web identity: AWS_WEB_IDENTITY_TOKEN_FILE is not set; \
         profile `default`: not in /home/me/.aws/config (not there) and /home/me/.aws/credentials (not there); \
         container: neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set; \
         instance metadata: switched off by AWS_EC2_METADATA_DISABLED"
    );
    let config = Config::builder()
        .region("eu-west-1")
        .http_client(ReplayClient::new())
        .build();
    let error = get_tin(&Client::new(&SERVICE, config)).await.unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("GetTin: no credentials: none were set; "),
        "{error}"
    );
}

#[tokio::test]
async fn a_source_that_is_set_up_but_fails_ends_the_search() {
    let file = "[default]\naws_access_key_id = AKIDFILE\naws_secret_access_key = s\n";
    let environment = off_the_network()
        .with_variable("AWS_ACCESS_KEY_ID", "AKIDENV")
        .with_file("/home/me/.aws/credentials", file);
    assert_eq!(
        credentials(environment, ReplayClient::new())
            .await
            .unwrap_err(),
        "GetTin: no credentials found: environment failed: AWS_ACCESS_KEY_ID is set but AWS_SECRET_ACCESS_KEY is not; \
         web identity: not asked; profile `default`: not asked; container: not asked; instance metadata: not asked"
    );
}

#[tokio::test(start_paused = true)]
async fn web_identity_assumes_the_role_with_the_token_in_the_file() {
    let environment = off_the_network()
        .with_variable("AWS_WEB_IDENTITY_TOKEN_FILE", "/var/token")
        .with_variable("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/tin")
        .with_variable("AWS_ROLE_SESSION_NAME", "me")
        .with_file("/var/token", "JWTSECRET\n");
    let xml = STS_XML.replace("AssumeRole", "AssumeRoleWithWebIdentity");
    let replay = ReplayClient::new().json(503, "").json(200, xml);
    assert_eq!(
        credentials(environment.clone(), replay.clone()).await,
        signed("ASIAROLE111111111", "role-token")
    );
    let request = &replay.requests()[1];
    assert_eq!(request.uri(), "https://sts.eu-west-1.amazonaws.com/");
    let body = String::from_utf8_lossy(request.body());
    for expected in [
        "WebIdentityToken=JWTSECRET",
        "RoleSessionName=me",
        "RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Ftin",
    ] {
        assert!(body.contains(expected), "{expected} in {body}");
    }

    let denied = "<ErrorResponse><Error><Code>AccessDenied</Code><Message>not for JWTSECRET</Message></Error></ErrorResponse>";
    let error = credentials(environment, ReplayClient::new().json(403, denied))
        .await
        .unwrap_err();
    assert!(
        error.contains(
            "web identity failed: role arn:aws:iam::123456789012:role/tin could not be assumed with the web identity \
             token: AssumeRoleWithWebIdentity: AccessDenied (403): not for ** redacted ** [attempt 1 of 3]; profile"
        ),
        "{error}"
    );
}
