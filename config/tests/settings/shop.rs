//! The loopback service that calls go to, and what a call was signed with.

use crate::server::{Server, ok, response};
use crate::support::{SERVICE, get_tin};
use tinsmith_config::{Environment, Loader};
use tinsmith_runtime::Client;

/// An environment in which nothing is said and no instance is asked.
pub(crate) fn nowhere() -> Environment {
    Environment::empty()
        .with_home("/home/me")
        .with_variable("AWS_EC2_METADATA_DISABLED", "true")
}

/// The same with a configuration file.
pub(crate) fn with_config(text: &str) -> Environment {
    nowhere().with_file("/home/me/.aws/config", text)
}

/// A service on this machine that takes every call; other paths are answered by `other`, which is given the request.
pub(crate) async fn open(other: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> Server {
    Server::start(move |_, request| match path(request) {
        "/tins/a" => ok(r#"{"size": 3}"#),
        _ => other(request).or_else(|| response("404 Not Found", "")),
    })
    .await
}

/// The path and the query of a request.
pub(crate) fn path(request: &str) -> &str {
    request.split(' ').nth(1).unwrap_or_default()
}

/// A header of a request; `None`: it has none of that name.
pub(crate) fn header<'a>(request: &'a str, name: &str) -> Option<&'a str> {
    let (head, _) = request.split_once("\r\n\r\n")?;
    head.lines().find_map(|line| {
        let (found, value) = line.split_once(": ")?;
        found.eq_ignore_ascii_case(name).then_some(value)
    })
}

/// The access key id that the service sees and the session token, or the text of the error.
pub(crate) type Seen = Result<(String, Option<String>), String>;

pub(crate) fn seen(id: &str, token: Option<&str>) -> Seen {
    Ok((id.to_owned(), token.map(str::to_owned)))
}

/// Makes one call from this environment and says how the service saw it.
pub(crate) async fn call_from(environment: Environment, shop: &Server) -> Seen {
    call_with(tinsmith_config::from_env().environment(environment), shop).await
}

/// The same with more set in the program.
pub(crate) async fn call_with(builder: Loader, shop: &Server) -> Seen {
    let builder = builder.region("eu-west-1").endpoint_url(&shop.url);
    let config = builder.load().await.map_err(|error| error.to_string())?;
    call(&Client::new(&SERVICE, config), shop).await
}

/// Makes one call of a client of the shop and says how the service saw it.
pub(crate) async fn call(client: &Client, shop: &Server) -> Seen {
    let before = shop.requests().len();
    get_tin(client).await.map_err(|error| error.to_string())?;
    let requests = shop.requests();
    let mut calls = requests[before..]
        .iter()
        .filter(|request| path(request) == "/tins/a");
    let arrived = calls.next_back().unwrap();
    let authorization = header(arrived, "authorization").unwrap();
    let id = authorization
        .split(['=', '/'])
        .nth(1)
        .unwrap_or_default()
        .to_owned();
    let token = header(arrived, "x-amz-security-token").map(str::to_owned);
    Ok((id, token))
}
