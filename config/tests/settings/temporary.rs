//! Temporary credentials of roles, variables and files, and sessions that cannot be used yet.

use crate::support::{SERVICE, get_tin, header};
use crate::world::{instance, refusal, signer, with_config, with_credentials, with_pod};
use tinsmith_config::Environment;
use tinsmith_runtime::Client;
use tinsmith_runtime::replay::ReplayClient;

const ROLE: &str = "[default]\nregion = eu-west-1\nrole_arn = arn:aws:iam::123456789012:role/tin\nsource_profile = base\n\
    [profile base]\naws_access_key_id = AKIDBASE\naws_secret_access_key = s\n";

/// What STS gives for either kind of role.
fn given(token: &str, expiration: &str) -> [String; 2] {
    ["AssumeRole", "AssumeRoleWithWebIdentity"].map(|name| {
        format!(
            "<{name}Response><{name}Result><Credentials><AccessKeyId>ASIAROLE111111111</AccessKeyId>\
             <SecretAccessKey>s</SecretAccessKey><SessionToken>{token}</SessionToken>\
             <Expiration>{expiration}</Expiration></Credentials></{name}Result></{name}Response>"
        )
    })
}

/// The session token that a call is sent with, where STS answers this.
async fn token(environment: Environment, answer: String) -> Result<Option<String>, String> {
    let replay = ReplayClient::new().json(200, answer).json(200, "{}");
    let builder = tinsmith_config::from_env()
        .region("eu-west-1")
        .environment(environment)
        .http_client(replay.clone());
    let config = builder.load().await.map_err(|error| error.to_string())?;
    let called = get_tin(&Client::new(&SERVICE, config)).await;
    called.map_err(|error| error.to_string())?;
    let requests = replay.requests();
    let call = requests.last().unwrap();
    let has_token = call.headers().contains_key("x-amz-security-token");
    Ok(has_token.then(|| header(call, "x-amz-security-token").to_owned()))
}

#[tokio::test]
async fn settings_06_login_session_without_a_file_is_an_error_that_ends_the_search_and_says_what_helps()
 {
    let login = "login_session = arn:aws:iam::123456789012:user/alice\n";
    let alone = format!("[default]\nregion = eu-west-1\n{login}");
    let program = format!("{alone}credential_process = true\n");
    let source = format!("{}{login}", ROLE.split("aws_access").next().unwrap());
    for (config, profile) in [
        (alone.clone(), "default"),
        (program, "default"),
        (source, "base"),
    ] {
        let error = refusal(with_config(&config)).await;
        let expected = format!("does not exist; sign in with `aws login --profile {profile}`");
        assert!(error.contains(&expected), "{error}");
        assert!(error.contains("instance metadata: not asked"), "{error}");
    }
    let keys = "[default]\naws_access_key_id = AKIDFILE\naws_secret_access_key = s\n";
    let both = with_credentials(with_config(&alone), keys);
    assert_eq!(signer(both).await.unwrap(), "AKIDFILE");
}

#[tokio::test]
async fn settings_26_empty_session_token_of_a_role_or_a_web_identity_is_none() {
    let [role, web_identity] = given("", "2099-01-01T00:00:00Z");
    assert_eq!(token(with_pod(instance()), web_identity).await, Ok(None));
    assert_eq!(token(with_config(ROLE), role).await, Ok(None));
    let [role, _] = given("t", "2099-01-01T00:00:00Z");
    assert_eq!(
        token(with_config(ROLE), role).await,
        Ok(Some("t".to_owned()))
    );
}

#[tokio::test]
async fn settings_26_empty_session_token_of_variables_or_a_file_is_none() {
    let keys = "aws_access_key_id = AKIDFILE\naws_secret_access_key = s\naws_session_token =\n";
    let in_file = format!("[default]\nregion = eu-west-1\n{keys}");
    let variables = crate::world::with_keys(instance()).with_variable("AWS_SESSION_TOKEN", "");
    for environment in [
        with_config(&in_file),
        with_credentials(instance(), &in_file),
        variables,
    ] {
        assert_eq!(token(environment, "{}".to_owned()).await, Ok(None));
    }
}

#[tokio::test]
async fn settings_27_already_expired_from_a_role_or_a_web_identity() {
    let [role, web_identity] = given("t", "2020-01-01T00:00:00Z");
    for (environment, answer) in [
        (with_config(ROLE), role),
        (with_pod(instance()), web_identity),
    ] {
        let error = token(environment, answer).await.unwrap_err();
        assert!(error.contains("could not be assumed"), "{error}");
        assert!(
            error.contains("STS") && error.contains("expired"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn settings_27_already_expired_from_variables() {
    let keys = crate::world::with_keys(instance());
    let at = |date: &str| {
        keys.clone()
            .with_variable("AWS_CREDENTIAL_EXPIRATION", date)
    };
    let error = token(at("2020-01-01T00:00:00Z"), "{}".to_owned())
        .await
        .unwrap_err();
    let expected =
        "environment failed: environment gave credentials that expired at 2020-01-01T00:00:00Z";
    assert!(error.contains(expected), "{error}");
    assert_eq!(
        token(at("2099-01-01T00:00:00UTC"), "{}".to_owned()).await,
        Ok(None)
    );
}
