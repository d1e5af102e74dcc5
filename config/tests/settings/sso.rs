//! IAM Identity Center: the token in its file, and what the portal may answer. The portal is a prepared client, since
//! its host is AWS's.

use crate::shop::with_config;
use crate::support::{SERVICE, get_tin, header};
use tinsmith_config::Environment;
use tinsmith_runtime::Client;
use tinsmith_runtime::replay::ReplayClient;

const SESSION: &str = "[default]\nregion = eu-west-1\nsso_session = tin\nsso_account_id = 123456789012\nsso_role_name = R\n\
    [sso-session tin]\nsso_region = eu-west-1\nsso_start_url = https://tin.awsapps.com/start\n";
const LEGACY: &str = "[default]\nregion = eu-west-1\nsso_account_id = 123456789012\nsso_role_name = R\n\
    sso_region = eu-west-1\nsso_start_url = https://tin.awsapps.com/start\n";
/// SHA-1 of the session's name and of the start URL.
const SESSION_FILE: &str = "/home/me/.aws/sso/cache/f269197686c56c43a35254d877a71994c0b57030.json";
const LEGACY_FILE: &str = "/home/me/.aws/sso/cache/c9b3672f76e742f69ec03b6efb9332359eb11210.json";

const GOOD: &str = r#"{"roleCredentials": {"accessKeyId": "ASIASSO", "secretAccessKey": "hush", "sessionToken": "t", "expiration": 4070908800000}}"#;

fn token(expires_at: &str) -> String {
    format!(
        r#"{{"startUrl": "u", "region": "eu-west-1", "accessToken": "hush", "expiresAt": "{expires_at}"}}"#
    )
}

fn signed_in(text: &str) -> Environment {
    with_config(SESSION).with_file(SESSION_FILE, text)
}

/// Who signs the call, and with which token, where the portal answers this.
async fn seen(
    environment: Environment,
    status: u16,
    answer: &str,
) -> Result<(String, String), String> {
    let replay = ReplayClient::new()
        .json(status, answer.to_owned())
        .json(200, "{}");
    let config = tinsmith_config::from_env()
        .environment(environment)
        .http_client(replay.clone());
    let config = config.load().await.map_err(|error| error.to_string())?;
    let called = get_tin(&Client::new(&SERVICE, config)).await;
    called.map_err(|error| error.to_string())?;
    let requests = replay.requests();
    let call = requests.last().unwrap();
    let id = header(call, "authorization")
        .split(['=', '/'])
        .nth(1)
        .unwrap()
        .to_owned();
    Ok((id, header(call, "x-amz-security-token").to_owned()))
}

async fn failure(environment: Environment, status: u16, answer: &str) -> String {
    let error = seen(environment, status, answer).await.unwrap_err();
    assert!(error.contains("profile `default` failed: SSO: "), "{error}");
    assert!(error.contains("instance metadata: not asked"), "{error}");
    assert!(!error.contains("hush"), "{error}");
    error
}

#[tokio::test]
async fn settings_05_sso_token_with_utc_as_its_zone_is_read() {
    for config in [(SESSION, SESSION_FILE), (LEGACY, LEGACY_FILE)] {
        for zone in ["UTC", "Z", "+00:00"] {
            let text = token(&format!("2099-01-01T00:00:00{zone}"));
            let environment = with_config(config.0).with_file(config.1, text);
            let found = seen(environment, 200, GOOD).await;
            assert_eq!(found, Ok(("ASIASSO".to_owned(), "t".to_owned())), "{zone}");
        }
    }
}

#[tokio::test]
async fn settings_05_sso_401_says_to_sign_in_again() {
    let session = signed_in(&token("2099-01-01T00:00:00Z"));
    let error = failure(session, 401, r#"{"message": "hush"}"#).await;
    let advice =
        "is no longer accepted by the portal; sign in with `aws sso login --sso-session tin`";
    assert!(error.contains(advice), "{error}");
    let legacy = with_config(LEGACY).with_file(LEGACY_FILE, token("2099-01-01T00:00:00Z"));
    let error = failure(legacy, 401, "").await;
    assert!(
        error.contains("sign in with `aws sso login --profile default`"),
        "{error}"
    );
}

#[tokio::test]
async fn settings_05_sso_token_that_has_expired_is_an_error_that_says_what_to_do() {
    let expired = token("2020-01-01T00:00:00Z");
    let refreshable = expired.replace(
        '{',
        r#"{"refreshToken": "hush", "clientId": "C", "clientSecret": "hush", "#,
    );
    let error = failure(signed_in(&expired), 200, GOOD).await;
    assert!(
        error.contains("has expired; sign in with `aws sso login --sso-session tin`"),
        "{error}"
    );
    let error = failure(signed_in(&refreshable), 200, GOOD).await;
    assert!(
        error.contains("has expired, and it cannot be renewed: `registrationExpiresAt` is missing; sign in with `aws sso login"),
        "{error}"
    );
}

#[tokio::test]
async fn a_token_that_makes_no_sense_is_an_error_that_names_the_file() {
    let good = token("2099-01-01T00:00:00Z");
    for (text, expected) in [
        (String::new(), "cannot be read: expected a JSON object"),
        ("hush".to_owned(), "cannot be read: expected a JSON object"),
        (
            good.replace("accessToken", "token"),
            "`accessToken` is missing",
        ),
        (
            good.replace("\"hush\"", "[\"hush\"]"),
            "expected text as `accessToken`",
        ),
        (good.replace("hush", ""), "`accessToken` is empty"),
        (
            good.replace("expiresAt", "expires"),
            "`expiresAt` is missing",
        ),
        (token("2099-01-01T00:00:00"), "with its zone as `expiresAt`"),
        (token("hush"), "with its zone as `expiresAt`"),
        (
            good.replace("hush", "hush\\nhush"),
            "cannot be sent: expected visible ASCII",
        ),
    ] {
        let error = failure(signed_in(&text), 200, GOOD).await;
        assert!(
            error.contains(SESSION_FILE) && error.contains(expected),
            "{text}: {error}"
        );
    }
    let error = failure(with_config(SESSION), 200, GOOD).await;
    assert!(error.contains("does not exist; sign in with"), "{error}");
}

#[tokio::test]
async fn what_the_portal_answers_is_an_error_where_it_makes_no_sense() {
    let good = || signed_in(&token("2099-01-01T00:00:00Z"));
    for (answer, expected) in [
        (String::new(), "`roleCredentials` is missing"),
        ("hush".to_owned(), "not valid JSON"),
        (r#"{"hush": 1}"#.to_owned(), "`roleCredentials` is missing"),
        (
            r#"{"roleCredentials": "hush"}"#.to_owned(),
            "roleCredentials: ",
        ),
        (
            GOOD.replace("accessKeyId", "id"),
            "`accessKeyId` is missing",
        ),
        (
            GOOD.replace("secretAccessKey", "key"),
            "`secretAccessKey` is missing",
        ),
        (
            GOOD.replace("sessionToken", "token"),
            "`sessionToken` is missing",
        ),
        (
            GOOD.replace("expiration", "expires"),
            "`expiration` is missing",
        ),
        (
            GOOD.replace("4070908800000", "\"2099-01-01T00:00:00Z\""),
            "roleCredentials.expiration: ",
        ),
        (
            GOOD.replace("4070908800000", "-1"),
            "expected milliseconds since 1970 as `expiration`",
        ),
        (
            GOOD.replace("4070908800000", "1e300"),
            "roleCredentials.expiration: expected an integer",
        ),
    ] {
        let error = failure(good(), 200, &answer).await;
        let unread = "SSO: the portal gave no credentials for role `R` in account 123456789012: GetRoleCredentials: ";
        assert!(
            error.contains("SSO: the response of the portal: ") || error.contains(unread),
            "{error}"
        );
        assert!(error.contains(expected), "{answer}: {error}");
    }
    let error = failure(good(), 403, "hush").await;
    assert!(
        error.contains("the portal gave no credentials for role `R` in account 123456789012: GetRoleCredentials: ") && error.contains("403"),
        "{error}"
    );
}

#[tokio::test]
async fn settings_26_empty_session_token_of_sso_is_none() {
    let answer = GOOD.replace(r#""t""#, r#""""#);
    let found = seen(signed_in(&token("2099-01-01T00:00:00Z")), 200, &answer).await;
    assert_eq!(found, Ok(("ASIASSO".to_owned(), String::new())));
}

#[tokio::test]
async fn settings_27_already_expired_from_sso() {
    let answer = GOOD.replace("4070908800000", "1577836800000");
    let error = failure(signed_in(&token("2099-01-01T00:00:00Z")), 200, &answer).await;
    assert!(
        error.contains("SSO: the portal gave credentials that expired at 2020-01-01T00:00:00Z"),
        "{error}"
    );
}

#[tokio::test]
async fn the_portal_is_asked_in_its_own_partition() {
    let config = SESSION.replace("sso_region = eu-west-1", "sso_region = cn-north-1");
    let environment = with_config(&config).with_file(SESSION_FILE, token("2099-01-01T00:00:00Z"));
    let replay = ReplayClient::new().json(200, GOOD).json(200, "{}");
    let config = tinsmith_config::from_env()
        .environment(environment)
        .http_client(replay.clone());
    get_tin(&Client::new(&SERVICE, config.load().await.unwrap()))
        .await
        .unwrap();
    let request = &replay.requests()[0];
    assert_eq!(
        request.uri().host(),
        Some("portal.sso.cn-north-1.amazonaws.com.cn")
    );
    assert_eq!(
        request.uri().query(),
        Some("role_name=R&account_id=123456789012")
    );
}
