//! Every source of credentials, with answers that are good, malformed or refusals. Whatever is secret in them holds the
//! word [`HUSH`], which then must be nowhere: not in an error or its causes, not in `Debug`, not in the log.

use std::collections::VecDeque;
use std::error::Error as _;
use std::sync::{Arc, Mutex};

use crate::log;
use crate::support::within;
use imagebuilder::Client;
use tinsmith_config::Environment;
use tinsmith_runtime::{Body, BoxFuture, HttpClient, HttpError, HyperClient, SendOptions};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

const HUSH: &str = "hUsHsEcReT";

fn nowhere() -> Environment {
    Environment::empty()
        .with_home("/home/me")
        .with_variable("AWS_REGION", "eu-west-1")
        .with_variable("AWS_EC2_METADATA_DISABLED", "true")
}

fn with_config(text: &str) -> Environment {
    nowhere().with_file("/home/me/.aws/config", text)
}

/// Sends what is for this machine there and answers the rest, in the order that it is given.
#[derive(Clone)]
struct Prepared {
    answers: Arc<Mutex<VecDeque<(u16, String)>>>,
    local: HyperClient,
}

impl HttpClient for Prepared {
    fn send(
        &self,
        request: http::Request<Body>,
        options: &SendOptions,
    ) -> BoxFuture<'_, Result<http::Response<Body>, HttpError>> {
        if request.uri().host() == Some("127.0.0.1") {
            return self.local.send(request, options);
        }
        let next = self.answers.lock().unwrap().pop_front();
        let (status, body) = next.unwrap_or((200, "{}".to_owned()));
        let response = http::Response::builder().status(status);
        let response = response.body(Body::from(body.into_bytes())).unwrap();
        Box::pin(std::future::ready(Ok(response)))
    }
}

/// Makes a call from this environment, whose requests get these answers, and looks for the word in all that is said.
/// Gives back whether the call was made, and the error's text.
async fn is_hushed(environment: Environment, answers: &[(u16, &str)]) -> (bool, String) {
    log::listen();
    let before = log::length();
    let answers = answers
        .iter()
        .map(|(status, body)| (*status, (*body).to_owned()));
    let builder = tinsmith_config::from_env()
        .environment(environment)
        .max_attempts(1)
        .http_client(Prepared {
            answers: Arc::new(Mutex::new(answers.collect())),
            local: HyperClient::new(),
        });
    let mut said = vec![format!("{builder:#?}")];
    let mut outcome = (true, String::new());
    match builder.load().await {
        Err(error) => {
            outcome = (false, error.to_string());
            said.push(format!("{error:#?}"));
        }
        Ok(config) => {
            said.push(format!("{config:#?}"));
            let client = Client::new(config);
            if let Err(error) = within(client.list_image_build_versions().send()).await {
                outcome = (false, error.to_string());
                said.push(format!("{error:#?}"));
                let mut cause = error.source();
                while let Some(error) = cause {
                    said.push(format!("{error} {error:#?}"));
                    cause = error.source();
                }
            }
            said.push(format!("{client:#?}"));
        }
    }
    said.extend([outcome.1.clone(), log::since(before)]);
    for text in said {
        if let Some(at) = text.find(HUSH) {
            let start = text[..at].rfind('\n').unwrap_or_default();
            let end = text[at..]
                .find('\n')
                .map_or(text.len(), |length| at + length);
            panic!("{}", &text[start..end]);
        }
    }
    outcome
}

/// A server that gives every request this answer, whatever it is.
async fn answering(status: &str, body: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let answer = format!(
        "HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut head = [0; 4096];
            let _ = stream.read(&mut head).await;
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    url
}

/// A JSON answer and all the ways in which it may be malformed; the first is whole.
fn malformed(good: &str) -> Vec<String> {
    let good = good.replace("HUSH", HUSH);
    let mut all = vec![good.clone()];
    // Cut everywhere near a secret.
    for (at, _) in good.match_indices(HUSH) {
        for cut in [at, at + 4, at + HUSH.len(), at + HUSH.len() + 1] {
            all.push(good[..cut].to_owned());
        }
    }
    let quoted = format!("\"{HUSH}\"");
    all.extend([
        good.replace(&quoted, HUSH),
        good.replace(&quoted, &format!("[{quoted}]")),
        good.replace(&quoted, &format!("{{{quoted}: {quoted}}}")),
        good.replace(&quoted, &format!("\"{HUSH}\n{HUSH}\"")),
        good.replace(&quoted, &format!("\"{HUSH}\\n{HUSH}\"")),
        good.replace(&quoted, &format!("\"{HUSH}\\ud83d\"")),
        good.replace(&quoted, &format!("\"{HUSH}\u{e9}\"")),
        good.replace("2099-01-01T00:00:00Z", HUSH),
        good.replace("2099", "2020"),
        good.replace("Key", &format!("Key{HUSH}")),
        good.replace('{', &format!("{{\"{HUSH}\": 1, ")),
        good.replace("4070908800000", &quoted),
        good.replace("\"Version\": 1", &format!("\"Version\": {quoted}")),
        format!("{good}{good}"),
        format!("[{good}]"),
        quoted,
        HUSH.to_owned(),
        format!("<html>{HUSH}</html>"),
        format!("{{\"Code\": \"{HUSH}\", \"Message\": \"{HUSH}\", \"message\": \"{HUSH}\"}}"),
    ]);
    all
}

const KEYS: &str = r#"{"Version": 1, "AccessKeyId": "AKID", "SecretAccessKey": "HUSH", "SessionToken": "HUSH", "Token": "HUSH", "Expiration": "2099-01-01T00:00:00Z"}"#;

#[cfg(unix)]
#[tokio::test]
async fn of_a_program() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("output.json");
    for (index, output) in malformed(KEYS).into_iter().enumerate() {
        std::fs::write(&file, output).unwrap();
        let print = format!("cat {}", file.display());
        for line in [
            print.clone(),
            format!("{print} >&2; exit 1"),
            format!("{print}; exit 1 # {HUSH}"),
            format!("/no/such/program {HUSH}"),
        ] {
            let config = format!("[default]\ncredential_process = {line}\n");
            let (called, error) = is_hushed(with_config(&config), &[]).await;
            let is_good = index == 0 && line == print;
            assert!(called || !is_good, "{error}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn of_a_container() {
    let at = |url: &str| {
        nowhere()
            .with_variable("AWS_CONTAINER_CREDENTIALS_FULL_URI", url)
            .with_variable("AWS_CONTAINER_AUTHORIZATION_TOKEN", HUSH)
    };
    for (index, body) in malformed(KEYS).iter().enumerate() {
        for status in [200, 403, 500] {
            // It is asked three times.
            let answers = [(status, body.as_str()); 3];
            let answers = if index == 0 && status == 200 {
                &answers[..1]
            } else {
                &answers
            };
            let (called, error) = is_hushed(at("https://agent.example/creds"), answers).await;
            assert!(called || index != 0 || status != 200, "{error}");
        }
    }
}

#[tokio::test]
async fn of_a_container_over_the_network() {
    let good = KEYS.replace("HUSH", HUSH);
    for (status, body) in [
        ("200 OK", good.as_str()),
        ("200 OK", HUSH),
        ("403 Forbidden", &good),
    ] {
        let url = answering(status, body).await;
        let environment = nowhere()
            .with_variable("AWS_CONTAINER_CREDENTIALS_FULL_URI", format!("{url}/creds"))
            .with_variable("AWS_CONTAINER_AUTHORIZATION_TOKEN", HUSH);
        let (called, error) = is_hushed(environment, &[]).await;
        assert_eq!(called, status == "200 OK" && body == good, "{error}");
    }
}

#[tokio::test]
async fn of_a_containers_token_and_url() {
    let file = format!("{HUSH}\n");
    for environment in [
        nowhere()
            .with_variable("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:9/")
            .with_variable("AWS_CONTAINER_AUTHORIZATION_TOKEN", &file),
        nowhere()
            .with_variable("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:9/")
            .with_variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/token")
            .with_file("/token", file),
        nowhere().with_variable(
            "AWS_CONTAINER_CREDENTIALS_FULL_URI",
            format!("http://me:{HUSH}@agent.example/"),
        ),
    ] {
        assert!(!is_hushed(environment, &[]).await.0);
    }
}

#[tokio::test]
async fn of_an_instance() {
    let at = |url: &str| {
        nowhere()
            .with_variable("AWS_EC2_METADATA_DISABLED", "false")
            .with_variable("AWS_EC2_METADATA_SERVICE_ENDPOINT", url)
    };
    for status in ["200 OK", "403 Forbidden"] {
        // The answer stands for the token, the role and the credentials alike.
        let url = answering(status, HUSH).await;
        assert!(!is_hushed(at(&url), &[]).await.0);
    }
    for (index, keys) in malformed(KEYS).iter().enumerate() {
        let answers = [(200, HUSH), (200, "role"), (200, keys)];
        let (called, error) = is_hushed(at("http://instance.example"), &answers).await;
        // What has expired is used on, from an instance.
        let is_good = index == 0 || keys.contains("2020");
        assert!(called || !is_good, "{error}");
    }
}

const SSO: &str = "[default]\nsso_session = tin\nsso_account_id = 123456789012\nsso_role_name = R\n\
    [sso-session tin]\nsso_region = eu-west-1\nsso_start_url = https://tin.awsapps.com/start\n";
const SSO_FILE: &str = "/home/me/.aws/sso/cache/f269197686c56c43a35254d877a71994c0b57030.json";
const SSO_TOKEN: &str = r#"{"accessToken": "HUSH", "expiresAt": "2099-01-01T00:00:00Z", "refreshToken": "HUSH", "clientSecret": "HUSH"}"#;
const SSO_KEYS: &str = r#"{"roleCredentials": {"accessKeyId": "AKID", "secretAccessKey": "HUSH", "sessionToken": "HUSH", "expiration": 4070908800000}}"#;

#[tokio::test(start_paused = true)]
async fn of_single_sign_on() {
    let keys = SSO_KEYS.replace("HUSH", HUSH);
    for (index, token) in malformed(SSO_TOKEN).into_iter().enumerate() {
        let is_whole = index == 0;
        let environment = with_config(SSO).with_file(SSO_FILE, token);
        let (called, error) = is_hushed(environment.clone(), &[(200, &keys)]).await;
        assert!(called || !is_whole, "{error}");
        // The same file holds the token of services that take one.
        let bearer = environment.with_variable("AWS_AUTH_SCHEME_PREFERENCE", "httpBearerAuth");
        is_hushed(bearer, &[]).await;
    }
    let token = SSO_TOKEN.replace("HUSH", HUSH);
    for (index, keys) in malformed(SSO_KEYS).iter().enumerate() {
        for status in [200, 401, 403, 500] {
            let answers = [(status, keys.as_str()); 3];
            let environment = with_config(SSO).with_file(SSO_FILE, token.clone());
            let (called, error) = is_hushed(environment, &answers).await;
            assert!(called || index != 0 || status != 200, "{error}");
        }
    }
}

const STS_KEYS: &str = "<X><XResult><Credentials><AccessKeyId>ASIAROLE111111111</AccessKeyId>\
    <SecretAccessKey>HUSH</SecretAccessKey><SessionToken>HUSH</SessionToken>\
    <Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></XResult></X>";

/// Answers of STS to this operation, malformed and not.
fn of_sts(operation: &str) -> Vec<(u16, String)> {
    let operation = format!("{operation}Res");
    let good = STS_KEYS
        .replace("<X", &format!("<{operation}"))
        .replace("</X", &format!("</{operation}"))
        .replace("ResResult", "Result")
        .replace("Res>", "Response>")
        .replace("HUSH", HUSH);
    let mut all = vec![(200, good.clone())];
    for (at, _) in good.match_indices(HUSH) {
        all.extend([4, HUSH.len()].map(|length| (200, good[..at + length].to_owned())));
    }
    all.extend([
        (200, good.replace("2099-01-01T00:00:00Z", HUSH)),
        (200, good.replace("2099", "2020")),
        (200, good.replace("AccessKeyId", HUSH)),
        (200, good.replace(HUSH, &format!("{HUSH}\n"))),
        (200, good.replace("</", &format!("&{HUSH};</"))),
        (200, HUSH.to_owned()),
        (403, HUSH.to_owned()),
        (403, good.clone()),
        (403, format!("<ErrorResponse><Error><Code>{HUSH}")),
        (401, format!("{{\"message\": \"{HUSH}\"}}")),
    ]);
    all
}

#[tokio::test]
async fn of_a_web_identity() {
    let environment = |token: &str| {
        nowhere()
            .with_variable("AWS_WEB_IDENTITY_TOKEN_FILE", "/token")
            .with_variable("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/tin")
            .with_file("/token", token.to_owned())
    };
    for (index, (status, answer)) in of_sts("AssumeRoleWithWebIdentity").into_iter().enumerate() {
        let (called, error) = is_hushed(environment(HUSH), &[(status, &answer)]).await;
        assert!(called || index != 0, "{error}");
    }
    // STS may quote the token.
    let denied = format!(
        "<ErrorResponse><Error><Code>AccessDenied</Code><Message>not for {HUSH}</Message></Error></ErrorResponse>"
    );
    assert!(!is_hushed(environment(HUSH), &[(403, &denied)]).await.0);
    assert!(!is_hushed(environment("\n"), &[]).await.0);
}

#[tokio::test]
async fn of_a_role() {
    let config = format!(
        "[default]\nrole_arn = arn:aws:iam::123456789012:role/tin\nsource_profile = base\nexternal_id = tin\n\
         [profile base]\naws_access_key_id = AKIDBASE\naws_secret_access_key = {HUSH}\naws_session_token = {HUSH}\n"
    );
    for (index, (status, answer)) in of_sts("AssumeRole").into_iter().enumerate() {
        let (called, error) = is_hushed(with_config(&config), &[(status, &answer)]).await;
        assert!(called || index != 0, "{error}");
    }
}

#[tokio::test]
async fn of_the_shared_files() {
    let keys = format!(
        "aws_access_key_id = AKID\naws_secret_access_key = {HUSH}\naws_session_token = {HUSH}\n"
    );
    let indented = keys.replace("aws_", "  aws_");
    for text in [
        format!("[default]\n{keys}"),
        format!("[default]\nregion = eu-west-1\n{indented}"),
        format!("[default]\n  region = eu-west-1\n{indented}"),
        format!("[default]\nsdk_ua_app_id = app\n{indented}"),
        format!("[default]\nmax_attempts =\n{indented}"),
        format!("[default]\nmax_attempts = 3\n{indented}"),
        format!("[default]\nretry_mode = standard\n  {HUSH}\n{keys}"),
        format!("[default]\nmetadata_service_timeout = 1\n  {HUSH}\n{keys}"),
        format!("[default]\n{}", keys.replace(" = ", " ")),
        format!("[default]\n{}", keys.replace(" = ", ": ")),
        format!("[default\n{keys}"),
        format!("[default]{HUSH}\n{keys}"),
        keys.clone(),
        format!("[default]\n{HUSH}\n{keys}"),
        format!("[default]\n{}", keys.replace("_id", "_ID ")),
        format!("[default]\n{}", keys.replace(HUSH, &format!("{HUSH}\u{7}"))),
        format!("[default]\naws_secret_access_key = {HUSH}\n"),
        format!("[default]\nendpoint_url = http://me:{HUSH}@host\n{keys}"),
    ] {
        for file in ["config", "credentials"] {
            let environment = nowhere().with_file(format!("/home/me/.aws/{file}"), text.clone());
            is_hushed(environment, &[]).await;
        }
    }
}

#[tokio::test]
async fn of_the_environment() {
    let keys = || {
        nowhere()
            .with_variable("AWS_ACCESS_KEY_ID", "AKID")
            .with_variable("AWS_SECRET_ACCESS_KEY", HUSH)
    };
    let with = |name: &str, value: String| keys().with_variable(name, value);
    assert!(
        is_hushed(with("AWS_SESSION_TOKEN", HUSH.to_owned()), &[])
            .await
            .0
    );
    for environment in [
        with("AWS_SESSION_TOKEN", format!("{HUSH}\n{HUSH}")),
        with("AWS_SESSION_TOKEN", format!("{HUSH}\u{e9}")),
        with("AWS_SECRET_ACCESS_KEY", format!("{HUSH}\n")),
        with("AWS_ACCESS_KEY_ID", " ".to_owned()),
        with("AWS_ENDPOINT_URL", format!("http://me:{HUSH}@127.0.0.1:9")),
        with(
            "AWS_ENDPOINT_URL_IMAGEBUILDER",
            format!("http://me:{HUSH}@x:y"),
        ),
        with(
            "AWS_EC2_METADATA_SERVICE_ENDPOINT",
            format!("http://me:{HUSH}@x:y"),
        ),
        nowhere().with_variable("AWS_SECRET_ACCESS_KEY", HUSH),
        nowhere().with_variable("AWS_BEARER_TOKEN_IMAGEBUILDER", HUSH),
        nowhere().with_variable("AWS_BEARER_TOKEN_IMAGEBUILDER", format!("{HUSH} \n {HUSH}")),
    ] {
        is_hushed(environment, &[]).await;
    }
}
