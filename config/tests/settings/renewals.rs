//! Tokens and sessions that are renewed: of IAM Identity Center, for credentials and as a bearer token, and of `aws login`.

use crate::shop::{nowhere, with_config};
use crate::support::{SERVICE, get_tin, header};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::Request;
use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{Signature, SigningKey};
use p256::pkcs8::LineEnding;
use serde_json::Value;
use std::time::{Duration, SystemTime};
use tinsmith_config::{Environment, Loader};
use tinsmith_runtime::replay::ReplayClient;
use tinsmith_runtime::{Client, Timestamp};

const SSO: &str = "[default]\nregion = eu-west-1\nsso_session = tin\nsso_account_id = 123456789012\nsso_role_name = R\n\
    [sso-session tin]\nsso_region = eu-central-1\nsso_start_url = https://tin.awsapps.com/start\n";
const TOKEN_FILE: &str = "/home/me/.aws/sso/cache/f269197686c56c43a35254d877a71994c0b57030.json";
const OF_ROLE: &str = r#"{"roleCredentials": {"accessKeyId": "ASIASSO", "secretAccessKey": "s", "sessionToken": "t", "expiration": 4070908800000}}"#;
const RENEWED: &str =
    r#"{"accessToken": "NEWTOK", "tokenType": "Bearer", "expiresIn": 28800, "refreshToken": "R2"}"#;

fn in_minutes(minutes: u64) -> String {
    let at = SystemTime::now() + Duration::from_secs(60 * minutes);
    Timestamp::from(at).to_string()
}

fn token(expires_at: &str, registered_until: &str) -> String {
    format!(
        r#"{{"accessToken": "OLDTOK", "expiresAt": "{expires_at}", "clientId": "C", "clientSecret": "CS",
            "registrationExpiresAt": "{registered_until}", "refreshToken": "R1", "region": "eu-central-1",
            "startUrl": "https://tin.awsapps.com/start"}}"#
    )
}

fn signed_in(text: &str) -> Environment {
    with_config(SSO).with_file(TOKEN_FILE, text)
}

async fn call(loader: Loader, replay: &ReplayClient) -> Result<(), String> {
    let config = loader.http_client(replay.clone()).load().await;
    let config = config.map_err(|error| error.to_string())?;
    let called = get_tin(&Client::new(&SERVICE, config)).await;
    called.map(drop).map_err(|error| error.to_string())
}

fn from(environment: &Environment) -> Loader {
    tinsmith_config::from_env().environment(environment.clone())
}

fn body(request: &Request<bytes::Bytes>) -> Value {
    serde_json::from_slice(request.body()).unwrap()
}

fn stored(environment: &Environment, file: &str) -> Value {
    serde_json::from_slice(&environment.file(file).unwrap()).unwrap()
}

#[tokio::test]
async fn settings_05_sso_token_is_renewed_by_its_refresh_token() {
    let environment = signed_in(&token("2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z"));
    let replay = ReplayClient::new()
        .json(200, RENEWED)
        .json(200, OF_ROLE)
        .json(200, "{}");
    call(from(&environment), &replay).await.unwrap();
    let [renewal, of_role, _] = &replay.requests()[..] else {
        panic!("three requests")
    };
    assert_eq!(
        renewal.uri(),
        "https://oidc.eu-central-1.amazonaws.com/token"
    );
    assert!(!renewal.headers().contains_key("authorization"));
    let asked = body(renewal);
    for (name, value) in [
        ("clientId", "C"),
        ("clientSecret", "CS"),
        ("grantType", "refresh_token"),
        ("refreshToken", "R1"),
    ] {
        assert_eq!(asked[name], value, "{name}");
    }
    assert_eq!(header(of_role, "x-amz-sso_bearer_token"), "NEWTOK");
    let stored = stored(&environment, TOKEN_FILE);
    for (name, value) in [
        ("accessToken", "NEWTOK"),
        ("clientId", "C"),
        ("clientSecret", "CS"),
        ("refreshToken", "R2"),
        ("region", "eu-central-1"),
        ("registrationExpiresAt", "2099-01-01T00:00:00Z"),
        ("startUrl", "https://tin.awsapps.com/start"),
    ] {
        assert_eq!(stored[name], value, "{name}");
    }
    let expires_at = stored["expiresAt"].as_str().unwrap();
    assert!(
        expires_at.ends_with('Z') && expires_at.len() == 20,
        "{expires_at}"
    );
    // The next program finds the new token.
    let replay = ReplayClient::new().json(200, OF_ROLE).json(200, "{}");
    call(from(&environment), &replay).await.unwrap();
    let of_role = &replay.requests()[0];
    assert_eq!(header(of_role, "x-amz-sso_bearer_token"), "NEWTOK");
}

#[tokio::test]
async fn a_token_that_is_still_valid_is_used_where_its_renewal_fails() {
    let environment = signed_in(&token(&in_minutes(10), "2099-01-01T00:00:00Z"));
    let replay = ReplayClient::new()
        .json(400, r#"{"error": "invalid_grant"}"#)
        .json(200, OF_ROLE)
        .json(200, "{}");
    call(from(&environment), &replay).await.unwrap();
    let of_role = &replay.requests()[1];
    assert_eq!(header(of_role, "x-amz-sso_bearer_token"), "OLDTOK");
    let fresh = signed_in(&token(&in_minutes(20), "2099-01-01T00:00:00Z"));
    let replay = ReplayClient::new().json(200, OF_ROLE).json(200, "{}");
    call(from(&fresh), &replay).await.unwrap();
}

#[tokio::test]
async fn a_token_that_can_no_longer_be_renewed_says_to_sign_in() {
    let table = [
        (
            token("2020-01-01T00:00:00Z", "2020-01-01T00:00:00Z"),
            "has expired, and its registration, by which it is renewed, has expired too; sign in with",
        ),
        (
            token("2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z"),
            "has expired, and it was not renewed: CreateToken: InvalidGrantException (400)",
        ),
        (
            token("2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z").replace("refreshToken", "other"),
            "has expired; sign in with",
        ),
    ];
    for (text, expected) in table {
        let refused = http::Response::builder()
            .status(400)
            .header("x-amzn-errortype", "InvalidGrantException")
            .body(r#"{"error": "invalid_grant"}"#)
            .unwrap();
        let replay = ReplayClient::new().response(refused);
        let error = call(from(&signed_in(&text)), &replay).await.unwrap_err();
        assert!(error.contains(expected), "{error}");
        assert!(error.contains("aws sso login --sso-session tin"), "{error}");
        assert!(!error.contains("R1") && !error.contains("CS"), "{error}");
    }
}

const LOGIN: &str =
    "[default]\nregion = eu-west-1\nlogin_session = arn:aws:iam::123456789012:user/alice\n";
/// SHA-256 of the session's name.
const LOGIN_FILE: &str = "b7d71d383b9557a9bad4c3346c50365819226484c6824a0fdef66637be339db0.json";

fn key() -> SigningKey {
    SigningKey::from_slice(&[7; 32]).unwrap()
}

fn login(expires_at: &str, more: &str) -> String {
    let pem = p256::SecretKey::from_slice(&[7; 32]).unwrap();
    let pem = pem
        .to_sec1_pem(LineEnding::LF)
        .unwrap()
        .replace('\n', "\\n");
    format!(
        r#"{{"accessToken": {{"accessKeyId": "ASIAOLD", "secretAccessKey": "s", "sessionToken": "t", "accountId": "123456789012",
            "expiresAt": "{expires_at}"}}, "tokenType": "aws_sigv4", "clientId": "arn:aws:signin:::devtools/same-device",
            "refreshToken": "R1", "idToken": "ID", "dpopKey": "{pem}"{more}}}"#
    )
}

const LOGIN_RENEWED: &str = r#"{"accessToken": {"accessKeyId": "ASIANEW", "secretAccessKey": "s2", "sessionToken": "t2"},
    "tokenType": "aws_sigv4", "expiresIn": 900, "refreshToken": "R2"}"#;

fn logged_in(text: &str) -> Environment {
    with_config(LOGIN).with_file(format!("/home/me/.aws/login/cache/{LOGIN_FILE}"), text)
}

fn signer(replay: &ReplayClient) -> String {
    let requests = replay.requests();
    let authorization = header(requests.last().unwrap(), "authorization");
    authorization.split(['=', '/']).nth(1).unwrap().to_owned()
}

#[tokio::test]
async fn settings_06_login_session_signs() {
    let replay = ReplayClient::new().json(200, "{}");
    call(from(&logged_in(&login(&in_minutes(6), ""))), &replay)
        .await
        .unwrap();
    assert_eq!(signer(&replay), "ASIAOLD");
    // The folder may be another one.
    let elsewhere = with_config(LOGIN)
        .with_variable("AWS_LOGIN_CACHE_DIRECTORY", "~/sessions")
        .with_file(
            format!("/home/me/sessions/{LOGIN_FILE}"),
            login(&in_minutes(6), ""),
        );
    let replay = ReplayClient::new().json(200, "{}");
    call(from(&elsewhere), &replay).await.unwrap();
    assert_eq!(signer(&replay), "ASIAOLD");
}

#[tokio::test]
async fn settings_06_login_session_is_renewed_with_a_proof_of_its_key() {
    for (more, host) in [
        ("", "eu-west-1.signin.aws.amazon.com"),
        (
            r#", "signInRegion": "us-east-2""#,
            "us-east-2.signin.aws.amazon.com",
        ),
    ] {
        let environment = logged_in(&login("2020-01-01T00:00:00Z", more));
        let replay = ReplayClient::new().json(200, LOGIN_RENEWED).json(200, "{}");
        call(from(&environment), &replay).await.unwrap();
        assert_eq!(signer(&replay), "ASIANEW");
        let renewal = &replay.requests()[0];
        assert_eq!(
            renewal.uri().to_string(),
            format!("https://{host}/v1/token")
        );
        let asked = body(renewal);
        assert_eq!(asked["clientId"], "arn:aws:signin:::devtools/same-device");
        assert_eq!(asked["grantType"], "refresh_token");
        assert_eq!(asked["refreshToken"], "R1");
        let proof = header(renewal, "dpop");
        let (signed, signature) = proof.rsplit_once('.').unwrap();
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
        let signature = Signature::from_slice(&signature).unwrap();
        let verified = key().verifying_key().verify(signed.as_bytes(), &signature);
        assert!(verified.is_ok());
        let stored = stored(
            &environment,
            &format!("/home/me/.aws/login/cache/{LOGIN_FILE}"),
        );
        assert_eq!(stored["accessToken"]["accessKeyId"], "ASIANEW");
        assert_eq!(stored["accessToken"]["accountId"], "123456789012");
        assert_eq!(stored["refreshToken"], "R2");
        assert_eq!(stored["tokenType"], "aws_sigv4");
        assert_eq!(stored["idToken"], "ID");
    }
}

#[tokio::test]
async fn settings_06_login_session_that_cannot_be_renewed_says_to_sign_in() {
    let refused = r#"{"error": "TOKEN_EXPIRED", "message": "over"}"#;
    let replay = ReplayClient::new().json(400, refused);
    let environment = logged_in(&login("2020-01-01T00:00:00Z", ""));
    let error = call(from(&environment), &replay).await.unwrap_err();
    assert!(
        error.contains("has expired, and it was not renewed: CreateOAuth2Token")
            && error.contains("aws login --profile default"),
        "{error}"
    );
    // Where it is still valid, it is used.
    let replay = ReplayClient::new().json(400, refused).json(200, "{}");
    call(from(&logged_in(&login(&in_minutes(4), ""))), &replay)
        .await
        .unwrap();
    assert_eq!(signer(&replay), "ASIAOLD");
    for (text, expected) in [
        (String::new(), "cannot be read"),
        ("{}".to_owned(), "`accessToken` is missing"),
        (
            login("2020-01-01T00:00:00Z", "").replace("dpopKey", "other"),
            "`dpopKey` is missing",
        ),
    ] {
        let error = call(from(&logged_in(&text)), &ReplayClient::new()).await;
        let error = error.unwrap_err();
        assert!(error.contains(expected), "{error}");
        assert!(error.contains("instance metadata: not asked"), "{error}");
    }
    let error = call(from(&with_config(LOGIN)), &ReplayClient::new()).await;
    assert!(
        error
            .unwrap_err()
            .contains("does not exist; sign in with `aws login --profile default`")
    );
}

/// Sources that send a token, or a secret that anybody could use who reads it, and the variables of their endpoints.
fn that_send_tokens() -> Vec<(Environment, &'static str)> {
    let web_identity = nowhere()
        .with_file("/run/token", "WEBTOK")
        .with_variable("AWS_WEB_IDENTITY_TOKEN_FILE", "/run/token")
        .with_variable("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/x");
    vec![
        (
            signed_in(&token("2099-01-01T00:00:00Z", "2099-01-01T00:00:00Z")),
            "AWS_ENDPOINT_URL_SSO",
        ),
        (
            signed_in(&token("2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z")),
            "AWS_ENDPOINT_URL_SSO_OIDC",
        ),
        (
            logged_in(&login("2020-01-01T00:00:00Z", "")),
            "AWS_ENDPOINT_URL_SIGNIN",
        ),
        (web_identity, "AWS_ENDPOINT_URL_STS"),
    ]
}

#[tokio::test]
async fn tokens_of_sources_leave_this_machine_over_https_only() {
    for (environment, variable) in that_send_tokens() {
        for (url, is_sent) in [
            ("https://tins.example", true),
            ("http://localhost:1", true),
            ("http://127.0.0.1:1", true),
            ("http://tins.example", false),
        ] {
            let environment = environment.clone().with_variable(variable, url);
            let replay = ReplayClient::new().json(400, "{}").json(400, "{}");
            let error = call(from(&environment).region("eu-west-1"), &replay)
                .await
                .unwrap_err();
            let sent = replay.requests();
            assert_eq!(!sent.is_empty(), is_sent, "{variable}={url}: {error}");
            match is_sent {
                true => assert!(sent[0].uri().to_string().starts_with(url), "{sent:?}"),
                false => {
                    let why = "a token is sent over https only, or within this machine; found the endpoint http://tins.example";
                    assert!(error.contains(why), "{variable}: {error}");
                }
            }
        }
    }
}

#[tokio::test]
async fn a_role_is_assumed_over_http_where_a_variable_says_so() {
    let file = "[default]\nrole_arn = arn:aws:iam::123456789012:role/x\nsource_profile = b\n\
                [profile b]\naws_access_key_id = AKIDB\naws_secret_access_key = HUSH\n";
    let environment = with_config(file).with_variable("AWS_ENDPOINT_URL_STS", "http://sts.example");
    let replay = ReplayClient::new().json(400, "{}");
    let loader = from(&environment).region("eu-west-1");
    call(loader, &replay).await.unwrap_err();
    // It is signed: nothing in it is of use to others.
    assert_eq!(replay.requests()[0].uri().host(), Some("sts.example"));
}
