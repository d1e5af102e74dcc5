//! Credentials from the agent of a container and from instance metadata.

use crate::credentials::{CONTAINER_JSON, credentials, off_the_network, signed};
#[cfg(feature = "hyper")]
use crate::server::{Server, ok, response};
use crate::support::{SERVICE, Silent, get_tin};
use tinsmith_config::Environment;
use tinsmith_runtime::replay::ReplayClient;
use tinsmith_runtime::{Client, HttpError, HttpErrorKind};

/// The credentials that a call uses whose requests go over the network.
#[cfg(feature = "hyper")]
async fn over_the_network(environment: Environment, server: &Server) -> Result<String, String> {
    let config = tinsmith_config::from_env()
        .region("eu-west-1")
        .endpoint_url(&server.url)
        .environment(environment);
    let client = Client::new(
        &SERVICE,
        config.load().await.map_err(|error| error.to_string())?,
    );
    get_tin(&client).await.map_err(|error| error.to_string())?;
    let requests = server.requests();
    Ok(requests
        .last()
        .unwrap()
        .split("Credential=")
        .nth(1)
        .unwrap()
        .split('/')
        .next()
        .unwrap()
        .to_owned())
}

#[cfg(feature = "hyper")]
#[tokio::test]
async fn a_container_is_asked_with_its_token_which_a_file_gives_before_the_variable() {
    let server = Server::start(|_, _| ok(CONTAINER_JSON)).await;
    let environment = off_the_network()
        .with_variable(
            "AWS_CONTAINER_CREDENTIALS_FULL_URI",
            format!("{}/creds", server.url),
        )
        .with_variable("AWS_CONTAINER_AUTHORIZATION_TOKEN", "from-variable");
    for (environment, token) in [
        (environment.clone(), "from-variable"),
        (
            environment
                .with_variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/token")
                .with_file("/token", "from-file"),
            "from-file",
        ),
    ] {
        let before = server.requests().len();
        assert_eq!(
            over_the_network(environment, &server).await.unwrap(),
            "ASIATASK"
        );
        let request = server.requests()[before].to_lowercase();
        assert!(request.starts_with("get /creds http/1.1"), "{request}");
        assert!(
            request.contains(&format!("authorization: {token}\r\n")),
            "{request}"
        );
    }
}

#[tokio::test]
async fn a_containers_url_must_not_carry_its_token_to_strangers() {
    for (url, expected) in [
        (
            "http://10.0.0.1/creds",
            Some("has the host `10.0.0.1`: without https it must be this machine"),
        ),
        (
            "http://evil.example/creds",
            Some("has the host `evil.example`: without https"),
        ),
        (
            "ftp://127.0.0.1/creds",
            Some("must begin with http:// or https://"),
        ),
        ("http://127.0.0.1:1338/creds", None),
        ("http://localhost/creds", None),
        ("http://169.254.170.23/v1/credentials", None),
        ("http://[fd00:ec2::23]/v1/credentials", None),
        ("https://anywhere.example/creds", None),
    ] {
        let environment =
            off_the_network().with_variable("AWS_CONTAINER_CREDENTIALS_FULL_URI", url);
        let result = credentials(environment, ReplayClient::new().json(200, CONTAINER_JSON)).await;
        match expected {
            None => assert_eq!(result, signed("ASIATASK", "task-token"), "{url}"),
            Some(expected) => assert!(
                result.as_ref().unwrap_err().contains(expected),
                "{url}: {result:?}"
            ),
        }
    }
}

#[cfg(feature = "hyper")]
#[tokio::test]
async fn an_instance_is_asked_by_version_2_of_its_metadata_service() {
    let server = Server::start(|_, request| match request.split(' ').nth(1).unwrap() {
        "/latest/api/token" => ok("TOKEN"),
        "/latest/meta-data/iam/security-credentials/" => ok("tin-role"),
        "/latest/meta-data/iam/security-credentials/tin-role" => ok(&CONTAINER_JSON
            .replace("ASIATASK", "ASIAINSTANCE")
            .replace('{', r#"{"Code": "Success", "#)),
        "/tins/a" => ok("{}"),
        _ => response("404 Not Found", ""),
    })
    .await;
    let environment = Environment::empty().with_variable(
        "AWS_EC2_METADATA_SERVICE_ENDPOINT",
        format!("{}/", server.url),
    );
    assert_eq!(
        over_the_network(environment, &server).await.unwrap(),
        "ASIAINSTANCE"
    );
    let requests = server.requests();
    assert!(requests[0].starts_with("PUT /latest/api/token"));
    assert!(
        requests[1..3]
            .iter()
            .all(|request| request.contains("x-aws-ec2-metadata-token: TOKEN"))
    );
}

#[tokio::test(start_paused = true)]
async fn an_instance_that_does_not_answer_is_given_up_after_one_second_and_one_try() {
    let start = tokio::time::Instant::now();
    let config = tinsmith_config::from_env()
        .region("eu-west-1")
        .environment(Environment::empty())
        .http_client(Silent);
    let error = get_tin(&Client::new(&SERVICE, config.load().await.unwrap()))
        .await
        .unwrap_err();
    assert!(
        error.to_string().contains("instance metadata failed: "),
        "{error}"
    );
    assert!(
        error
            .to_string()
            .ends_with("no response from 169.254.169.254 within 1s"),
        "{error}"
    );
    assert_eq!(start.elapsed().as_millis() / 100, 10);

    let refused = HttpError::new(HttpErrorKind::Connect, "nobody there");
    let replay = ReplayClient::new().error(refused);
    credentials(Environment::empty(), replay.clone())
        .await
        .unwrap_err();
    assert_eq!(replay.requests().len(), 1);
}
