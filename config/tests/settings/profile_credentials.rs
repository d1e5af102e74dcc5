//! What a profile may lead to: keys, chains of roles, SSO, a program.

use crate::credentials::{CONTAINER_JSON, STS_XML, Signed, credentials, signed};
use tinsmith_config::Environment;
use tinsmith_runtime::replay::ReplayClient;

fn environment(config: &str) -> Environment {
    Environment::empty()
        .with_home("/home/me")
        .with_variable("AWS_EC2_METADATA_DISABLED", "true")
        .with_file("/home/me/.aws/config", config)
}

async fn profile(config: &str, replay: ReplayClient) -> Result<Signed, String> {
    credentials(environment(config), replay).await
}

/// What the profile itself said, without what the other sources did.
async fn failure(config: &str) -> String {
    let text = profile(config, ReplayClient::new()).await.unwrap_err();
    let (_, rest) = text
        .split_once("profile `default` failed: ")
        .unwrap_or_else(|| panic!("{text}"));
    rest.split_once("; container").unwrap().0.to_owned()
}

const KEYS: &str = "aws_access_key_id = AKIDBASE\naws_secret_access_key = secret\n";
const ARN: &str = "role_arn = arn:aws:iam::123456789012:role/";

#[tokio::test]
async fn keys_may_come_with_a_token() {
    let config = format!("[default]\n{KEYS}aws_session_token = file-token\n");
    assert_eq!(
        profile(&config, ReplayClient::new()).await,
        signed("AKIDBASE", "file-token")
    );
}

#[tokio::test]
async fn roles_are_assumed_from_the_source_profile_on() {
    let config = format!(
        "[default]\n{ARN}outer\nsource_profile = middle\nrole_session_name = me\nexternal_id = ext\nduration_seconds = 900\n\
         [profile middle]\n{ARN}inner\nsource_profile = base\n[profile base]\n{KEYS}"
    );
    let second = STS_XML
        .replace("ASIAROLE111111111", "ASIAROLE222222222")
        .replace("role-token", "second-token");
    let replay = ReplayClient::new().json(200, STS_XML).json(200, second);
    assert_eq!(
        profile(&config, replay.clone()).await,
        signed("ASIAROLE222222222", "second-token")
    );
    let [inner, outer, _] = &replay.requests()[..] else {
        panic!("three requests")
    };
    for (request, key, expected) in [
        (
            inner,
            "AKIDBASE",
            "RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Finner",
        ),
        (
            outer,
            "ASIAROLE111111111",
            "RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fouter",
        ),
        (
            outer,
            "ASIAROLE111111111",
            "RoleSessionName=me&DurationSeconds=900&ExternalId=ext",
        ),
    ] {
        assert_eq!(request.uri().host(), Some("sts.eu-west-1.amazonaws.com"));
        let body = String::from_utf8_lossy(request.body());
        assert!(body.contains(expected), "{expected} in {body}");
        assert_eq!(request.uri().query(), None);
        let authorization = request.headers()["authorization"].to_str().unwrap();
        assert!(
            authorization.contains(&format!("Credential={key}/")),
            "{authorization}"
        );
        assert!(
            authorization.contains("/eu-west-1/sts/aws4_request"),
            "{authorization}"
        );
    }
}

#[tokio::test]
async fn a_profile_may_be_its_own_source() {
    let config = format!("[default]\n{ARN}self\nsource_profile = default\n{KEYS}");
    let replay = ReplayClient::new().json(200, STS_XML);
    assert_eq!(
        profile(&config, replay.clone()).await,
        signed("ASIAROLE111111111", "role-token")
    );
    assert!(
        replay.requests()[0].headers()["authorization"]
            .to_str()
            .unwrap()
            .contains("=AKIDBASE/")
    );
}

#[tokio::test]
async fn a_role_may_come_from_the_environment_the_container_or_the_instance() {
    let role = |source: &str| {
        environment(&format!(
            "[default]\n{ARN}x\ncredential_source = {source}\n"
        ))
    };
    let container =
        role("EcsContainer").with_variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/task");
    let replay = ReplayClient::new()
        .json(200, CONTAINER_JSON)
        .json(200, STS_XML);
    assert_eq!(
        credentials(container, replay.clone()).await,
        signed("ASIAROLE111111111", "role-token")
    );
    assert_eq!(
        replay.requests()[1].headers()["x-amz-security-token"],
        "task-token"
    );

    let instance = credentials(role("Ec2InstanceMetadata"), ReplayClient::new())
        .await
        .unwrap_err();
    assert!(instance.contains(
        "credential_source Ec2InstanceMetadata: switched off by AWS_EC2_METADATA_DISABLED"
    ));
    let none = credentials(role("Environment"), ReplayClient::new())
        .await
        .unwrap_err();
    assert!(none.contains(
        "credential_source Environment: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set"
    ));
}

#[tokio::test]
async fn a_web_identity_token_file_of_the_profile_is_used_for_its_role() {
    let config = format!("[default]\n{ARN}x\nweb_identity_token_file = ~/token\n");
    let environment = environment(&config).with_file("/home/me/token", "JWT");
    let xml = STS_XML.replace("AssumeRole", "AssumeRoleWithWebIdentity");
    let replay = ReplayClient::new().json(200, xml);
    assert_eq!(
        credentials(environment, replay.clone()).await,
        signed("ASIAROLE111111111", "role-token")
    );
    assert!(String::from_utf8_lossy(replay.requests()[0].body()).contains("WebIdentityToken=JWT"));
}

#[tokio::test]
async fn sso_uses_the_token_of_the_session_or_of_the_start_url() {
    let account = "sso_account_id = 123456789012\nsso_role_name = Reader\n";
    let place = "sso_region = eu-north-1\nsso_start_url = https://tin.awsapps.com/start\n";
    let session = format!("[default]\nsso_session = tin\n{account}[sso-session tin]\n{place}");
    let legacy = format!("[default]\n{account}{place}");
    let answer = r#"{"roleCredentials": {"accessKeyId": "ASIASSO", "secretAccessKey": "s", "sessionToken": "sso-token",
        "expiration": 4070908800000}}"#;
    // SHA-1 of `tin` and of the start URL.
    for (config, file) in [
        (session, "f269197686c56c43a35254d877a71994c0b57030"),
        (legacy, "c9b3672f76e742f69ec03b6efb9332359eb11210"),
    ] {
        let token = r#"{"accessToken": "SSOSECRET", "expiresAt": "2099-01-01T00:00:00Z"}"#;
        let file = format!("/home/me/.aws/sso/cache/{file}.json");
        let replay = ReplayClient::new().json(200, answer);
        let found = credentials(environment(&config).with_file(file, token), replay.clone()).await;
        assert_eq!(found, signed("ASIASSO", "sso-token"));
        let request = &replay.requests()[0];
        assert_eq!(
            request.uri(),
            "https://portal.sso.eu-north-1.amazonaws.com/federation/credentials?role_name=Reader&account_id=123456789012"
        );
        let token = &request.headers()["x-amz-sso_bearer_token"];
        assert_eq!(token, "SSOSECRET");
        assert!(token.is_sensitive());
        assert!(failure(&config).await.contains("aws sso login"));
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_program_may_print_the_credentials() {
    let config = |line: &str| format!("[default]\ncredential_process = {line}\n");
    let printed = r#"{"Version": 1, "AccessKeyId": "ASIA PROGRAM", "SecretAccessKey": "s", "SessionToken": "t"}"#;
    let found = profile(
        &config(&format!("printf '%s' '{}'", printed.replace(' ', ""))),
        ReplayClient::new(),
    )
    .await;
    assert_eq!(found, signed("ASIAPROGRAM", "t"));
    let spaces = config("test \"two  words\" = 'two  words' && exit 3");
    assert_eq!(
        failure(&spaces).await,
        "credential_process: the program ended with status 3; run it by hand to see its output"
    );
}

#[tokio::test]
async fn a_profile_that_makes_no_sense_is_an_error_that_says_how() {
    let cases = [
        (
            format!("[default]\n{ARN}a\nsource_profile = b\n[profile b]\n{ARN}b\nsource_profile = default\n"),
            "source_profile has a cycle: default -> b -> default",
        ),
        (
            format!("[default]\n{ARN}a\nsource_profile = gone\n"),
            "profile `default` has source_profile `gone`, which does not exist",
        ),
        (
            format!("[default]\n{ARN}a\nsource_profile = b\n[profile b]\nregion = x\n"),
            "profile `b` is a source_profile and has no credentials",
        ),
        (
            format!("[default]\n{ARN}a\n"),
            "profile `default` has role_arn but no source_profile, credential_source or web_identity_token_file",
        ),
        (
            format!("[default]\n{ARN}a\nsource_profile = b\ncredential_source = Environment\n[profile b]\n{KEYS}"),
            "profile `default` has both source_profile and credential_source: leave one out",
        ),
        (
            format!("[default]\n{ARN}a\ncredential_source = Moon\n"),
            "credential_source of profile `default`: expected Environment, Ec2InstanceMetadata or EcsContainer, found `Moon`",
        ),
        (
            format!("[default]\n{ARN}a\nsource_profile = b\nduration_seconds = long\n[profile b]\n{KEYS}"),
            "duration_seconds of profile `default`: expected a number of seconds, found `long`",
        ),
        (
            "[default]\naws_access_key_id = AKID\n".to_owned(),
            "profile `default` has aws_access_key_id but no aws_secret_access_key",
        ),
        (
            "[default]\nsso_session = x\n".to_owned(),
            "profile `default` refers to section [sso-session x], which does not exist",
        ),
        (
            "[default]\nsso_session = x\nsso_account_id = 1\n[sso-session x]\nsso_start_url = u\nsso_region = r\n".to_owned(),
            "`sso_role_name` is missing in profile `default`",
        ),
    ];
    for (config, expected) in cases {
        assert_eq!(failure(&config).await, expected);
    }
    let mfa = format!("[default]\n{ARN}a\nmfa_serial = 1\nsource_profile = b\n[profile b]\n{KEYS}");
    assert!(
        failure(&mfa)
            .await
            .starts_with("profile `default` has mfa_serial: ")
    );
    let silent = profile("[default]\nregion = x\n", ReplayClient::new())
        .await
        .unwrap_err();
    assert!(
        silent.contains("profile `default`: profile `default` has no credentials in /home/me/"),
        "{silent}"
    );
}
