//! A service of one operation, written by hand as generated code would be, and clients for it.

use tinsmith_runtime::protocol::RestJson;
use tinsmith_runtime::replay::ReplayClient;
use tinsmith_runtime::{
    Body, BoxFuture, Client, Config, ConfigBuilder, Credentials, Endpoint, EndpointError,
    EndpointParams, Error, HttpClient, HttpError, Method, Operation, ReadError, ReadOutput,
    ReadServiceError, RequestWriter, ResponseReader, RetryKind, SendOptions, Service, WriteInput,
};

pub(crate) static SERVICE: Service = Service {
    id: "Tin Shop",
    signing_name: "tinshop",
    api_version: "2024-05-01",
    protocol: &RestJson,
    endpoint,
    retryable: &[
        ("OvenColdException", RetryKind::Transient),
        ("TooHotException", RetryKind::Throttling),
    ],
    ..Service::DEFAULT
};

pub(crate) static GET_TIN: Operation = Operation {
    name: "GetTin",
    method: Method::POST,
    uri: "/tins/{name}",
    service: &SERVICE,
    ..Operation::DEFAULT
};

fn endpoint(params: &EndpointParams) -> Result<Endpoint, EndpointError> {
    let EndpointParams {
        region,
        use_fips,
        use_dual_stack,
        endpoint,
        ..
    } = params;
    if let Some(url) = endpoint {
        return Ok(Endpoint::new(url));
    }
    let region = region
        .as_ref()
        .ok_or_else(|| EndpointError::new("Invalid Configuration: Missing Region"))?;
    let fips = if *use_fips { "-fips" } else { "" };
    let suffix = if *use_dual_stack {
        "api.aws"
    } else {
        "amazonaws.com"
    };
    Ok(Endpoint::new(format!(
        "https://tinshop{fips}.{region}.{suffix}"
    )))
}

tinsmith_runtime::structure! {
    /// Which tin.
    #[derive(Clone, Debug)]
    pub struct GetTinInput: write {
        pub name: Option<String>,
        pub colour: Option<String> = "colour",
    }
}

impl WriteInput for GetTinInput {
    fn write_request(&self, request: &mut RequestWriter) {
        request.label("name", &self.name);
        request.body(self);
    }
}

tinsmith_runtime::structure! {
    /// A tin.
    #[derive(Clone, Debug, PartialEq)]
    pub struct GetTinOutput: read {
        pub size: Option<i32> = "size",
    }
}

impl ReadOutput for GetTinOutput {}

/// The service's model declares no exceptions.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum NoException {}

impl ReadServiceError for NoException {
    fn read_error(_: &str, _: &ResponseReader<'_>) -> Option<Result<Self, ReadError>> {
        None
    }
}

pub(crate) type CallError = Error<NoException>;

/// Calls `GetTin` for the tin `a`.
pub(crate) async fn get_tin(client: &Client) -> Result<GetTinOutput, CallError> {
    call(client, &GET_TIN).await
}

pub(crate) async fn call(
    client: &Client,
    operation: &'static Operation,
) -> Result<GetTinOutput, CallError> {
    let input = GetTinInput {
        name: Some("a".to_owned()),
        colour: Some("red".to_owned()),
    };
    client.call(operation, &input).await
}

/// A configuration with everything that a call needs.
pub(crate) fn complete() -> ConfigBuilder {
    Config::builder()
        .region("eu-west-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
}

/// A client of a complete configuration whose requests go to `replay`.
pub(crate) fn client(replay: &ReplayClient) -> Client {
    client_with(replay, |config| config)
}

/// The same for another service.
pub(crate) fn client_of(service: &'static Service, replay: &ReplayClient) -> Client {
    Client::new(service, complete().http_client(replay.clone()).build())
}

pub(crate) fn client_with(
    replay: &ReplayClient,
    change: impl FnOnce(ConfigBuilder) -> ConfigBuilder,
) -> Client {
    Client::new(
        &SERVICE,
        change(complete().http_client(replay.clone())).build(),
    )
}

/// An HTTP client that never answers.
#[derive(Clone)]
pub(crate) struct Silent;

impl HttpClient for Silent {
    fn send(
        &self,
        _: http::Request<Body>,
        _: &SendOptions,
    ) -> BoxFuture<'_, Result<http::Response<Body>, HttpError>> {
        Box::pin(std::future::pending())
    }
}

/// A header of a request, or nothing.
pub(crate) fn header<'a, T>(request: &'a http::Request<T>, name: &str) -> &'a str {
    request
        .headers()
        .get(name)
        .map_or("", |value| value.to_str().unwrap())
}
