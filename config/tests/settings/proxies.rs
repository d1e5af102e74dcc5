//! Requests that go through a proxy, and those that never do.

use crate::authority::Authority;
use crate::server::{Server, ok};
use crate::support::{CallError, GetTinOutput, SERVICE, get_tin};
use std::sync::{Arc, Mutex};
use tinsmith_config::Environment;
use tinsmith_runtime::{Client, Credentials};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const USER_AND_PASSWORD: &str = "dGluOnNvbGRlcg=="; // tin:solder

fn environment() -> Environment {
    Environment::empty().with_variable("AWS_REGION", "eu-west-1")
}

async fn call(url: &str, environment: Environment) -> Result<GetTinOutput, CallError> {
    let config = tinsmith_config::from_env()
        .environment(environment)
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .endpoint_url(url)
        .max_attempts(1);
    get_tin(&Client::new(&SERVICE, config.load().await.unwrap())).await
}

/// The address of a proxy, with the user and the password in it.
fn with_user(url: &str) -> String {
    url.replacen("http://", "http://tin:solder@", 1)
}

/// A proxy for tunnels: what it was asked, and it leads every tunnel to a port of this machine.
async fn tunnels_to(port: u16) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let seen = asked.clone();
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            let mut text = String::new();
            let mut byte = [0];
            while !text.ends_with("\r\n\r\n") {
                if client.read(&mut byte).await.unwrap_or(0) == 0 {
                    break;
                }
                text.push(char::from(byte[0]));
            }
            seen.lock().unwrap().push(text);
            let mut server = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
            client.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
            tokio::spawn(
                async move { tokio::io::copy_bidirectional(&mut client, &mut server).await },
            );
        }
    });
    (url, asked)
}

#[tokio::test]
async fn a_plain_request_is_handed_to_the_proxy_with_its_whole_address() {
    let proxy = Server::start(|_, _| ok(r#"{"size":7}"#)).await;
    let environment = environment().with_variable("HTTP_PROXY", with_user(&proxy.url));
    let output = call("http://shop.test:8080", environment).await.unwrap();
    assert_eq!(output.size, Some(7));
    let request = &proxy.requests()[0];
    assert!(
        request.starts_with("POST http://shop.test:8080/tins/a HTTP/1.1\r\n"),
        "{request}"
    );
    assert!(request.contains("host: shop.test:8080\r\n"), "{request}");
    let authorization = format!("proxy-authorization: Basic {USER_AND_PASSWORD}\r\n");
    assert!(request.contains(&authorization), "{request}");
    let signed = request.split("SignedHeaders=").nth(1).unwrap();
    let signed = signed.split(',').next().unwrap();
    assert!(!signed.contains("proxy"), "{signed}");
}

#[tokio::test]
async fn a_tls_request_is_tunnelled_and_opaque_to_the_proxy() {
    let authority = Authority::new();
    let server = authority.server("shop.test", false).await;
    let (proxy, asked) = tunnels_to(server.port).await;
    let environment = environment()
        .with_variable("AWS_CA_BUNDLE", "/bundle.pem")
        .with_file("/bundle.pem", authority.pem())
        .with_variable("https_proxy", with_user(&proxy));
    let output = call("https://shop.test", environment).await.unwrap();
    assert_eq!(output.size, Some(7));
    let asked = asked.lock().unwrap().clone();
    assert!(
        asked[0].starts_with("CONNECT shop.test:443 HTTP/1.1\r\n"),
        "{asked:?}"
    );
    assert!(
        asked[0].to_lowercase().contains(&format!(
            "proxy-authorization: basic {}\r\n",
            USER_AND_PASSWORD.to_lowercase()
        )),
        "{asked:?}"
    );
    // The password is the proxy's alone.
    assert!(
        !server.requests()[0]
            .to_lowercase()
            .contains("proxy-authorization")
    );
}

#[tokio::test]
async fn no_proxy_names_hosts_that_are_reached_without_one() {
    let proxy = Server::start(|_, _| ok(r#"{"size":7}"#)).await;
    let environment = environment()
        .with_variable("HTTP_PROXY", &*proxy.url)
        .with_variable("NO_PROXY", "example.com, .test");
    let error = call("http://shop.test", environment).await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("could not connect to http://shop.test"),
        "{error}"
    );
    assert!(proxy.requests().is_empty());
}

#[tokio::test]
async fn what_is_on_this_machine_never_has_a_proxy() {
    let proxy = Server::start(|_, _| ok("{}")).await;
    let server = Server::start(|_, _| ok(r#"{"size":7}"#)).await;
    let environment = environment().with_variable("ALL_PROXY", &*proxy.url);
    assert_eq!(call(&server.url, environment).await.unwrap().size, Some(7));
    assert!(proxy.requests().is_empty());
}

/// A web server gives a program the headers of its caller as variables: `Proxy: …` would become HTTP_PROXY.
#[tokio::test]
async fn http_proxy_of_a_program_that_a_web_server_runs_does_not_count() {
    let proxy = Server::start(|_, _| ok("{}")).await;
    let environment = environment()
        .with_variable("REQUEST_METHOD", "GET")
        .with_variable("HTTP_PROXY", &*proxy.url);
    call("http://shop.test", environment).await.unwrap_err();
    assert!(proxy.requests().is_empty());
}

#[tokio::test]
async fn an_address_that_is_no_proxys_is_an_error_that_does_not_quote_it() {
    for (address, found) in [
        (
            "socks5://tin:solder@proxy.test:1080",
            "one of the scheme `socks5`",
        ),
        ("https://tin:solder@proxy.test", "one of the scheme `https`"),
        ("ftp://tin:solder@proxy.test", "another text"),
        ("http://tin:solder@pro xy", "another text"),
    ] {
        let environment = environment().with_variable("HTTPS_PROXY", address);
        let error = tinsmith_config::from_env()
            .environment(environment)
            .load()
            .await
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "HTTPS_PROXY: expected the address of an HTTP proxy, such as `http://proxy.example.com:3128`, found {found}"
            )
        );
    }
}

#[tokio::test]
async fn a_proxy_that_refuses_is_an_error_of_the_connection() {
    let proxy = Server::start(|_, _| {
        Some("HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n".to_owned())
    })
    .await;
    let environment = environment().with_variable("HTTPS_PROXY", &*proxy.url);
    let error = call("https://shop.test", environment)
        .await
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("could not connect to https://shop.test: "),
        "{error}"
    );
    assert!(error.contains("proxy"), "{error}");
}
