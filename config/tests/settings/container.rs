//! The agent of a container: where it may be, what it is sent, and what it may answer.

use crate::keys::malformed;
use crate::server::{Server, ok, response};
use crate::shop::{Seen, call_from, header, nowhere, open, path, seen};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tinsmith_config::Environment;

const FULL: &str = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
const RELATIVE: &str = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
const TOKEN: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
const TOKEN_FILE: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";

const GOOD: &str = r#"{"AccessKeyId": "ASIATASK", "SecretAccessKey": "hush", "Token": "t", "Expiration": "2099-01-01T00:00:00Z"}"#;

fn at(shop: &Server) -> Environment {
    nowhere().with_variable(FULL, format!("{}/creds?id=1", shop.url))
}

/// How a call is seen whose agent gives these answers in turn, the last one again and again; and how often it is asked.
async fn answered(answers: &[(&str, &str)]) -> (Seen, usize) {
    let answers: Vec<_> = answers
        .iter()
        .map(|(status, body)| response(status, body))
        .collect();
    let asked = Arc::new(AtomicUsize::new(0));
    let shop = open({
        let asked = asked.clone();
        move |_| {
            let number = asked.fetch_add(1, Ordering::SeqCst);
            answers[number.min(answers.len() - 1)].clone()
        }
    })
    .await;
    (
        call_from(at(&shop), &shop).await,
        asked.load(Ordering::SeqCst),
    )
}

async fn answer(body: &str) -> Seen {
    answered(&[("200 OK", body)]).await.0
}

#[tokio::test]
async fn what_an_agent_answers_is_read_as_other_clients_read_it() {
    for good in [
        GOOD.to_owned(),
        GOOD.replace(
            '{',
            r#"{"RoleArn": "arn", "Code": "Success", "More": [1], "#,
        ),
        GOOD.replace("00Z", "00UTC"),
    ] {
        assert_eq!(answer(&good).await, seen("ASIATASK", Some("t")), "{good}");
    }
    for (body, expected) in malformed(GOOD).into_iter().chain([
        (
            GOOD.replace(r#""2099-01-01T00:00:00Z""#, "4070908800"),
            "expected text as `Expiration`",
        ),
        (GOOD.replace("ASIATASK", ""), "`AccessKeyId` is empty"),
        (GOOD.replace(r#""t""#, "[]"), "expected text as `Token`"),
    ]) {
        let error = answer(&body).await.unwrap_err();
        assert!(
            error.contains("container failed: what 127.0.0.1 answered: "),
            "{error}"
        );
        assert!(error.contains(expected), "{body}: {error}");
        assert!(!error.contains("hush"), "{error}");
    }
}

#[tokio::test]
async fn settings_08_expiration_of_a_container_that_cannot_be_read_is_an_error() {
    let error = answer(&GOOD.replace("2099-01-01T00:00:00Z", "hush"))
        .await
        .unwrap_err();
    assert!(
        error.contains("with its zone as `Expiration`, found something else"),
        "{error}"
    );
}

#[tokio::test]
async fn settings_26_empty_session_token_of_a_container_is_none() {
    for token in [r#""""#, "null"] {
        let body = GOOD.replace(r#""t""#, token);
        assert_eq!(answer(&body).await, seen("ASIATASK", None));
    }
}

#[tokio::test]
async fn settings_27_already_expired_from_a_container() {
    let error = answer(&GOOD.replace("2099", "2020")).await.unwrap_err();
    let expected =
        "container failed: 127.0.0.1 gave credentials that expired at 2020-01-01T00:00:00Z: ";
    assert!(error.contains(expected), "{error}");
}

#[tokio::test]
async fn an_agent_is_asked_three_times_and_what_it_refuses_with_is_not_quoted() {
    let good = ("200 OK", GOOD);
    for first in [
        ("404 Not Found", ""),
        ("500 Oops", "hush"),
        ("200 OK", "hush"),
    ] {
        let (found, asked) = answered(&[first, good]).await;
        assert_eq!(
            (found, asked),
            (seen("ASIATASK", Some("t")), 2),
            "{first:?}"
        );
    }
    let (found, asked) = answered(&[("403 Forbidden", "hush")]).await;
    let error = found.unwrap_err();
    assert!(
        error.contains("127.0.0.1 answered with status 403"),
        "{error}"
    );
    assert_eq!((asked, error.contains("hush")), (3, false));
}

#[tokio::test]
async fn a_container_says_who_it_is_as_the_file_has_it_or_else_the_variable() {
    let shop = open(|_| ok(GOOD)).await;
    let variable = || at(&shop).with_variable(TOKEN, "Basic variable");
    let file = |text: &'static str| {
        variable()
            .with_variable(TOKEN_FILE, "/token")
            .with_file("/token", text)
    };
    for (environment, token) in [
        (at(&shop), None),
        (variable(), Some("Basic variable")),
        (file("Bearer file"), Some("Bearer file")),
    ] {
        let before = shop.requests().len();
        call_from(environment, &shop).await.unwrap();
        let request = &shop.requests()[before];
        assert_eq!(path(request), "/creds?id=1");
        assert_eq!(header(request, "authorization"), token);
        assert_eq!(header(request, "accept"), Some("application/json"));
    }
    let before = shop.requests().len();
    for (environment, place) in [
        (file("hush\n"), "/token"),
        (file("hush\r\nx-more: hush"), "/token"),
        (at(&shop).with_variable(TOKEN, "hush\nhush"), TOKEN),
        (at(&shop).with_variable(TOKEN, "h\u{fc}sh hush"), TOKEN),
        (
            variable().with_variable(TOKEN_FILE, "/gone"),
            "/gone cannot be read",
        ),
    ] {
        let error = call_from(environment, &shop).await.unwrap_err();
        assert!(
            error.contains("container failed: ") && error.contains(place),
            "{error}"
        );
        assert!(!error.contains("hush"), "{error}");
    }
    assert_eq!(shop.requests().len(), before, "nothing is asked");
}

#[tokio::test]
async fn an_agent_is_on_this_machine_or_at_its_own_address_unless_https_guards_the_token() {
    for url in [
        "http://10.0.0.1/creds",
        "http://169.254.170.3/creds",
        "http://169.254.169.254/creds",
        "http://[fd00:ec2::24]/creds",
        "http://[::ffff:10.0.0.1]/creds",
        "http://agent.example/creds",
        "http://localhost.example/creds",
        "http://localhost@agent.example/creds",
        "http://127.0.0.1.example/creds",
        "ftp://127.0.0.1/creds",
        "//127.0.0.1/creds",
        "/creds",
        "127.0.0.1",
        "http:///creds",
    ] {
        let shop = open(|_| ok(GOOD)).await;
        let error = call_from(nowhere().with_variable(FULL, url), &shop).await;
        let error = error.unwrap_err();
        assert!(
            error.contains(&format!("container failed: {FULL} ")),
            "{url}: {error}"
        );
    }
    let shop = open(|_| ok(GOOD)).await;
    let port = shop.url.rsplit(':').next().unwrap();
    for host in ["127.0.0.1", "localhost", "LocalHost"] {
        let url = format!("http://{host}:{port}/creds");
        let found = call_from(nowhere().with_variable(FULL, url), &shop).await;
        assert_eq!(found, seen("ASIATASK", Some("t")), "{host}");
    }
}

#[tokio::test]
async fn a_relative_uri_is_a_path_at_the_agent_of_ecs_and_leads_nowhere_else() {
    for path in [
        "creds",
        "@agent.example/",
        ".agent.example/",
        ":99/",
        "/a#b",
        "/a b",
    ] {
        let shop = open(|_| ok(GOOD)).await;
        let environment = nowhere().with_variable(RELATIVE, path);
        let error = call_from(environment, &shop).await.unwrap_err();
        assert!(
            error.contains(&format!("container failed: {RELATIVE} ")),
            "{path}: {error}"
        );
    }
}
