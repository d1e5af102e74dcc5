//! The metadata service of an instance: its settings, and what it may answer.

use crate::keys::malformed;
use crate::server::{Server, ok, response};
use crate::shop::{Seen, call_from, header, open, path, seen};
use std::time::Instant;
use tinsmith_config::Environment;

const GOOD: &str = r#"{"Code": "Success", "AccessKeyId": "ASIAINST", "SecretAccessKey": "hush", "Token": "t", "Expiration": "2099-01-01T00:00:00Z"}"#;
const ENDPOINT: &str = "AWS_EC2_METADATA_SERVICE_ENDPOINT";
const TRIES: &str = "AWS_METADATA_SERVICE_NUM_ATTEMPTS";
const TIMEOUT: &str = "AWS_METADATA_SERVICE_TIMEOUT";
const ROLE: &str = "/latest/meta-data/iam/security-credentials/";

fn at(shop: &Server) -> Environment {
    Environment::empty().with_variable(ENDPOINT, &shop.url)
}

/// A shop whose instance answers with these: status and body for its token, the name of its role, and its credentials.
async fn instance(token: (&str, &str), role: (&str, &str), keys: (&str, &str)) -> Server {
    let [token, role, keys] = [token, role, keys].map(|(status, body)| response(status, body));
    open(move |request| match path(request) {
        "/latest/api/token" => token.clone(),
        ROLE => role.clone(),
        path if path.starts_with(ROLE) => keys.clone(),
        _ => None,
    })
    .await
}

async fn seen_with_role(role: &str) -> (Seen, Vec<String>) {
    let shop = instance(("200 OK", "T"), ("200 OK", role), ("200 OK", GOOD)).await;
    let seen = call_from(at(&shop), &shop).await;
    let requests = shop.requests();
    let paths = requests.iter().map(|it| path(it).to_owned());
    (seen, paths.collect())
}

async fn seen_with_keys(keys: &str) -> Seen {
    let shop = instance(("200 OK", "T"), ("200 OK", "role"), ("200 OK", keys)).await;
    call_from(at(&shop), &shop).await
}

#[tokio::test]
async fn a_role_name_with_a_line_end_is_the_name_without_it() {
    for role in ["role", "role\n", "role\r\n", " role\n\n"] {
        let (found, paths) = seen_with_role(role).await;
        assert_eq!(found, seen("ASIAINST", Some("t")), "{role:?}");
        assert_eq!(paths[2], format!("{ROLE}role"));
    }
    for role in ["a+b=c,d.e@f-g_h", "path/of/role"] {
        assert_eq!(seen_with_role(role).await.1[2], format!("{ROLE}{role}"));
    }
}

#[tokio::test]
async fn what_cannot_be_a_role_name_reaches_no_url() {
    for role in [
        "hush\nhush",
        "two words",
        "..",
        ".",
        "a/../b",
        "/a",
        "a/",
        "a//b",
        "a?b",
        "a#b",
        "a%2fb",
        "a\\b",
        "a\u{0}b",
        "r\u{f6}le",
        "<html>",
        "\n",
    ] {
        let (found, paths) = seen_with_role(role).await;
        let error = found.unwrap_err();
        assert!(
            error.contains("is not the name of a role"),
            "{role:?}: {error}"
        );
        assert!(!error.contains("hush"), "{error}");
        assert_eq!(paths.len(), 2, "{paths:?}");
    }
    let (found, _) = seen_with_role("").await;
    assert!(found.unwrap_err().contains(" is empty"));
}

#[tokio::test]
async fn what_an_instance_answers_is_read_as_other_clients_read_it() {
    for good in [
        GOOD.to_owned(),
        GOOD.replace(r#""Code": "Success", "#, ""),
        GOOD.replace("00Z", "00UTC"),
    ] {
        assert_eq!(
            seen_with_keys(&good).await,
            seen("ASIAINST", Some("t")),
            "{good}"
        );
    }
    for (keys, expected) in malformed(GOOD).into_iter().chain([
        (
            r#"{"Code": "AssumeRoleUnauthorizedAccess", "Message": "hush"}"#.to_owned(),
            "`AccessKeyId` is missing: the role does not trust EC2 (AssumeRoleUnauthorizedAccess)",
        ),
        (
            r#"{"Code": "hush hush"}"#.to_owned(),
            "`AccessKeyId` is missing",
        ),
        (
            "hush".to_owned(),
            "expected a JSON object, found something else",
        ),
        (
            "\"hush\"".to_owned(),
            "expected a JSON object, found another",
        ),
    ]) {
        let error = seen_with_keys(&keys).await.unwrap_err();
        assert!(
            error.contains(&format!("instance metadata failed: {ROLE}<role>: ")),
            "{error}"
        );
        assert!(error.contains(expected), "{keys}: {error}");
        assert!(!error.contains("hush"), "{error}");
    }
}

#[tokio::test]
async fn settings_26_empty_session_token_of_an_instance_is_none() {
    for token in [r#""""#, "null"] {
        let keys = GOOD.replace(r#""t""#, token);
        assert_eq!(seen_with_keys(&keys).await, seen("ASIAINST", None));
    }
}

#[tokio::test]
async fn settings_27_already_expired_from_an_instance_is_used_on() {
    let keys = GOOD.replace("2099", "2020");
    assert_eq!(seen_with_keys(&keys).await, seen("ASIAINST", Some("t")));
}

#[tokio::test]
async fn an_instance_that_refuses_is_an_error_with_the_path_and_the_status_only() {
    let (token, role, keys) = (("200 OK", "T"), ("200 OK", "role"), ("200 OK", GOOD));
    for status in ["400 Bad", "403 Forbidden", "404 Not Found", "500 Oops"] {
        let bad = (status, "hush");
        let number = &status[..3];
        for (shop, path) in [
            (instance(bad, role, keys).await, "/latest/api/token"),
            (instance(token, bad, keys).await, ROLE),
            (instance(token, role, bad).await, &format!("{ROLE}<role>")),
        ] {
            let error = call_from(at(&shop), &shop).await.unwrap_err();
            let expected =
                format!("instance metadata failed: the response to {path} has status {number}");
            assert!(error.contains(&expected), "{error}");
            assert!(!error.contains("hush"), "{error}");
        }
    }
    let shop = instance(("200 OK", "hu\nsh"), role, keys).await;
    let error = call_from(at(&shop), &shop).await.unwrap_err();
    assert!(error.contains("cannot be sent in a header"), "{error}");
}

/// How often an instance is asked for its token that has an error for it.
async fn tries(environment: impl FnOnce(Environment) -> Environment) -> usize {
    let shop = instance(("500 Oops", ""), ("", ""), ("", "")).await;
    call_from(environment(at(&shop)), &shop).await.unwrap_err();
    shop.requests().len()
}

#[tokio::test]
async fn metadata_service_num_attempts_says_how_often_an_instance_is_asked() {
    let profile = "[default]\nmetadata_service_num_attempts = 2\n";
    let in_profile = |it: Environment| {
        it.with_home("/home/me")
            .with_file("/home/me/.aws/config", profile)
    };
    assert_eq!(tries(|it| it).await, 1);
    assert_eq!(tries(|it| it.with_variable(TRIES, "3")).await, 3);
    assert_eq!(tries(in_profile).await, 2);
    assert_eq!(
        tries(|it| in_profile(it).with_variable(TRIES, " 1 ")).await,
        1
    );

    // Also for what is not there yet.
    let shop = Server::start(|number, request| match path(request) {
        "/latest/api/token" => ok("T"),
        "/tins/a" => ok("{}"),
        _ if number < 3 => response("404 Not Found", ""),
        ROLE => ok("role"),
        _ => ok(GOOD),
    })
    .await;
    let found = call_from(at(&shop).with_variable(TRIES, "2"), &shop).await;
    assert_eq!(found, seen("ASIAINST", Some("t")));
}

#[tokio::test]
async fn metadata_service_timeout_says_how_long_an_instance_may_take() {
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    let shop = open(|_| None).await;
    let profile = "[default]\nmetadata_service_timeout = 2\n";
    let environment = Environment::empty()
        .with_variable(ENDPOINT, url)
        .with_home("/home/me")
        .with_file("/home/me/.aws/config", profile);
    for (environment, seconds) in [
        (environment.clone(), 2),
        (environment.with_variable(TIMEOUT, "1"), 1),
    ] {
        let start = Instant::now();
        let error = call_from(environment, &shop).await.unwrap_err();
        assert!(error.contains(&format!("within {seconds}s")), "{error}");
        assert_eq!(start.elapsed().as_secs(), seconds);
    }
}

#[tokio::test]
async fn settings_of_the_metadata_service_that_make_no_sense_are_refused() {
    let shop = open(|_| None).await;
    let in_profile = |setting: &str| {
        at(&shop)
            .with_home("/home/me")
            .with_file("/home/me/.aws/config", format!("[default]\n{setting}\n"))
    };
    let variable = |name: &str, text: &str| at(&shop).with_variable(name, text);
    for (environment, expected) in [
        (
            variable(TRIES, "0"),
            "AWS_METADATA_SERVICE_NUM_ATTEMPTS: expected a whole number from 1, found `0`",
        ),
        (variable(TRIES, "many"), "found `many`"),
        (variable(TRIES, "1.5"), "found `1.5`"),
        (variable(TRIES, "-1"), "found `-1`"),
        (
            variable(TIMEOUT, "0"),
            "AWS_METADATA_SERVICE_TIMEOUT: expected a whole number of seconds from 1, found `0`",
        ),
        (variable(TIMEOUT, "1s"), "found `1s`"),
        (
            in_profile("metadata_service_timeout = soon"),
            "metadata_service_timeout of profile `default`: expected",
        ),
        (
            in_profile("metadata_service_num_attempts = -3"),
            "metadata_service_num_attempts of profile `default`: expected",
        ),
        (
            variable("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "IPv5"),
            "expected `IPv4` or `IPv6`",
        ),
        (
            in_profile("ec2_metadata_service_endpoint_mode = 6"),
            "expected `IPv4` or `IPv6`",
        ),
    ] {
        let error = call_from(environment, &shop).await.unwrap_err();
        assert!(error.contains(expected), "{error}");
    }
    for url in [
        "127.0.0.1",
        "ftp://127.0.0.1",
        "http://",
        "http://127.0.0.1/?hush",
    ] {
        let error = call_from(variable(ENDPOINT, url), &shop).await.unwrap_err();
        assert!(error.contains(ENDPOINT), "{error}");
    }
    assert_eq!(shop.requests().len(), 0);
    for text in ["true", "TRUE", " True "] {
        let environment = at(&shop).with_variable("AWS_EC2_METADATA_DISABLED", text);
        call_from(environment, &shop).await.unwrap_err();
    }
    assert_eq!(shop.requests().len(), 0);
    let environment = at(&shop).with_variable("AWS_EC2_METADATA_DISABLED", "yes");
    call_from(environment, &shop).await.unwrap_err();
    assert_eq!(shop.requests().len(), 1);
    assert!(header(&shop.requests()[0], "x-aws-ec2-metadata-token-ttl-seconds").is_some());
}
