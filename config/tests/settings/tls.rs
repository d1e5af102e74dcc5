//! Which servers a client believes: those with a valid certificate of an authority that it trusts, and of the name that
//! it asked for.

use crate::authority::Authority;
use crate::support::{CallError, GetTinOutput, SERVICE, get_tin};
use tinsmith_config::Environment;
use tinsmith_runtime::{Client, Credentials};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// An environment with credentials, a region and a bundle of certificates.
fn environment(bundle: &str) -> Environment {
    Environment::empty()
        .with_variable("AWS_REGION", "eu-west-1")
        .with_variable("AWS_CA_BUNDLE", "/bundle.pem")
        .with_file("/bundle.pem", bundle)
}

/// A call of `https://localhost` at a port.
async fn call(port: u16, environment: Environment) -> Result<GetTinOutput, CallError> {
    let config = tinsmith_config::from_env()
        .environment(environment)
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .endpoint_url(format!("https://localhost:{port}"))
        .max_attempts(1);
    get_tin(&Client::new(&SERVICE, config.load().await.unwrap())).await
}

async fn refusal(port: u16, environment: Environment) -> String {
    let error = call(port, environment).await.unwrap_err();
    assert!(!error.is_timeout(), "{error}");
    error.to_string()
}

#[tokio::test]
async fn a_certificate_of_the_bundle_is_trusted() {
    let authority = Authority::new();
    let server = authority.server("localhost", false).await;
    let output = call(server.port, environment(&authority.pem())).await;
    assert_eq!(output.unwrap().size, Some(7));
    assert!(server.requests()[0].contains("authorization: AWS4-HMAC-SHA256 "));
}

#[tokio::test]
async fn the_bundle_of_the_profile_counts_where_the_variable_is_not_set() {
    let authority = Authority::new();
    let server = authority.server("localhost", false).await;
    let environment = Environment::empty()
        .with_home("/home/me")
        .with_file(
            "/home/me/.aws/config",
            "[default]\nregion = eu-west-1\nca_bundle = ~/tin.pem\n",
        )
        .with_file("/home/me/tin.pem", authority.pem());
    let output = call(server.port, environment).await;
    assert_eq!(output.unwrap().size, Some(7));
}

#[tokio::test]
async fn an_unknown_authority_is_refused() {
    let server = Authority::new().server("localhost", false).await;
    let other = Authority::named("another authority");
    let error = refusal(server.port, environment(&other.pem())).await;
    assert!(error.contains("UnknownIssuer"), "{error}");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn an_expired_certificate_is_refused() {
    let authority = Authority::new();
    let server = authority.server("localhost", true).await;
    let error = refusal(server.port, environment(&authority.pem())).await;
    assert!(error.contains("expired"), "{error}");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_certificate_of_another_name_is_refused() {
    let authority = Authority::new();
    let server = authority.server("tin.example.com", false).await;
    let error = refusal(server.port, environment(&authority.pem())).await;
    assert!(error.contains("not valid for name"), "{error}");
    assert!(server.requests().is_empty());
}

/// What a server says that knows no newer version than TLS 1.1.
#[tokio::test]
async fn tls_1_1_is_refused() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut hello = [0; 4096];
        let _ = stream.read(&mut hello).await;
        // A handshake record of version 3.2 with a ServerHello: version 3.2, a random, no session,
        // TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, no compression.
        let mut answer = vec![22, 3, 2, 0, 42, 2, 0, 0, 38, 3, 2];
        answer.extend([7; 32]);
        answer.extend([0, 0xc0, 0x13, 0]);
        let _ = stream.write_all(&answer).await;
        let mut rest = Vec::new();
        let _ = stream.read_to_end(&mut rest).await;
        rest
    });
    let authority = Authority::new();
    let error = refusal(port, environment(&authority.pem())).await;
    assert!(
        error.contains("could not connect to https://localhost"),
        "{error}"
    );
    // All that follows is an alert: no request.
    let rest = server.await.unwrap();
    assert!(
        rest.len() <= 7 && rest.first().is_none_or(|kind| *kind == 21),
        "{rest:?}"
    );
}

#[tokio::test]
async fn a_bundle_that_cannot_be_read_is_an_error_that_names_its_setting() {
    let load =
        |environment: Environment| tinsmith_config::from_env().environment(environment).load();
    let missing = Environment::empty()
        .with_variable("AWS_REGION", "eu-west-1")
        .with_variable("AWS_CA_BUNDLE", "/none.pem");
    let error = load(missing).await.unwrap_err().to_string();
    assert!(
        error.starts_with("AWS_CA_BUNDLE: /none.pem: expected a file of certificates in PEM, found none that can be read: "),
        "{error}"
    );
    let error = load(environment("# none\n")).await.unwrap_err().to_string();
    assert_eq!(
        error,
        "AWS_CA_BUNDLE: /bundle.pem: expected certificates in PEM (`-----BEGIN CERTIFICATE-----`), found none"
    );
    let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    let error = load(environment(broken)).await.unwrap_err().to_string();
    assert!(
        error.starts_with("AWS_CA_BUNDLE: /bundle.pem: expected certificates in PEM, found one that cannot be read, number 1: "),
        "{error}"
    );
}
