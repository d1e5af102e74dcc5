//! A call as it goes out, and the attempts that are made of it.

use crate::support::{
    CallError, GET_TIN, GetTinOutput, SERVICE, call, client, client_with, complete, get_tin, header,
};
use http::{Request, Response};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tinsmith_runtime::replay::ReplayClient;
use tinsmith_runtime::{
    Body, BoxFuture, Client, Config, Endpoint, ErrorKind, HttpClient, HttpError, HttpErrorKind,
    Operation, RequestWriter, SendOptions, Service, WriteInput, WriteStructure,
};

#[tokio::test]
async fn a_request_is_signed_and_named_and_its_response_is_read() {
    let replay = ReplayClient::new().json(200, r#"{"size": 3}"#);
    let client = client_with(&replay, |config| config.app_name("my app"));
    assert_eq!(
        get_tin(&client).await.unwrap(),
        GetTinOutput { size: Some(3) }
    );

    let [request] = &replay.requests()[..] else {
        panic!("one request")
    };
    assert_eq!(request.method(), "POST");
    assert_eq!(
        request.uri(),
        "https://tinshop.eu-west-1.amazonaws.com/tins/a"
    );
    assert_eq!(request.body(), r#"{"colour":"red"}"#);
    assert_eq!(header(request, "content-type"), "application/json");
    assert_eq!(header(request, "amz-sdk-request"), "attempt=1; max=3");
    assert_eq!(header(request, "amz-sdk-invocation-id").len(), 36);
    assert_eq!(
        header(request, "user-agent"),
        format!(
            "tinsmith/{} api/Tin-Shop#2024-05-01 os/{} lang/rust app/my-app",
            env!("CARGO_PKG_VERSION"),
            std::env::consts::OS
        )
    );
    let authorization = header(request, "authorization");
    assert!(
        authorization.starts_with("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/"),
        "{authorization}"
    );
    assert!(
        authorization.contains("/eu-west-1/tinshop/aws4_request, SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date, "),
        "{authorization}"
    );
}

#[tokio::test(start_paused = true)]
async fn attempts_share_their_invocation_id_and_count_up() {
    let replay = ReplayClient::new()
        .json(503, "")
        .error(HttpError::new(HttpErrorKind::Reset, "cut"))
        .json(200, r#"{"size": 1}"#);
    assert_eq!(get_tin(&client(&replay)).await.unwrap().size, Some(1));

    let requests = replay.requests();
    let all = |name: &'static str| {
        requests
            .iter()
            .map(|request| header(request, name))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        all("amz-sdk-request"),
        ["attempt=1; max=3", "attempt=2; max=3", "attempt=3; max=3"]
    );
    let ids = all("amz-sdk-invocation-id");
    assert!(ids.iter().all(|id| *id == ids[0]));
    assert!(all("authorization").iter().all(|value| !value.is_empty()));
    let unsigned = |request: &Request<_>| {
        let names = request
            .headers()
            .keys()
            .map(|name| name.as_str().to_owned());
        names.collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(
        unsigned(&requests[0]),
        unsigned(&requests[2]),
        "nothing of one attempt is left in the next"
    );
}

#[tokio::test]
async fn each_attempt_is_signed_again_with_its_own_date() {
    let slow_down = http::Response::builder()
        .status(503)
        .header("x-amz-retry-after", "1100");
    let replay = ReplayClient::new()
        .response(slow_down.body("").unwrap())
        .json(200, "{}");
    get_tin(&client(&replay)).await.unwrap();
    let requests = replay.requests();
    for name in ["x-amz-date", "authorization"] {
        let both = [header(&requests[0], name), header(&requests[1], name)];
        assert_ne!(both[0], both[1], "{name}");
    }
}

/// Keeps how long a connection may take.
#[derive(Clone, Default)]
struct Connecting(Arc<Mutex<Vec<Option<Duration>>>>);

impl HttpClient for Connecting {
    fn send(
        &self,
        _: Request<Body>,
        options: &SendOptions,
    ) -> BoxFuture<'_, Result<Response<Body>, HttpError>> {
        self.0.lock().unwrap().push(options.connect_timeout);
        Box::pin(std::future::ready(Ok(Response::new("{}".into()))))
    }
}

#[tokio::test]
async fn a_connection_may_take_3_1_seconds_unless_the_configuration_says_otherwise() {
    let http = Connecting::default();
    let config = complete().http_client(http.clone());
    let limit = Duration::from_secs(7);
    for config in [
        config.clone(),
        config.clone().connect_timeout(limit),
        config.connect_timeout(None),
    ] {
        get_tin(&Client::new(&SERVICE, config.build()))
            .await
            .unwrap();
    }
    let default = Duration::from_millis(3100);
    assert_eq!(*http.0.lock().unwrap(), [Some(default), Some(limit), None]);
}

#[tokio::test]
async fn each_call_has_an_invocation_id_of_its_own() {
    let replay = ReplayClient::new().json(200, "{}").json(200, "{}");
    let client = client(&replay);
    get_tin(&client).await.unwrap();
    get_tin(&client.clone()).await.unwrap();
    let requests = replay.requests();
    assert_ne!(
        header(&requests[0], "amz-sdk-invocation-id"),
        header(&requests[1], "amz-sdk-invocation-id")
    );
}

/// An input whose idempotency token is left open.
struct OpenToken;

impl WriteStructure for OpenToken {}

impl WriteInput for OpenToken {
    fn write_request(&self, request: &mut RequestWriter) {
        request.idempotency_header("x-tin-token", &None);
    }
}

#[tokio::test(start_paused = true)]
async fn attempts_share_their_idempotency_token_and_calls_do_not() {
    let replay = ReplayClient::new()
        .json(503, "")
        .json(200, "{}")
        .json(200, "{}");
    let client = client(&replay);
    const OPERATION: Operation = Operation {
        service: &SERVICE,
        ..Operation::DEFAULT
    };
    for _ in 0..2 {
        let answer: Result<GetTinOutput, CallError> = client.call(&OPERATION, &OpenToken).await;
        answer.unwrap();
    }
    let requests = replay.requests();
    let tokens: Vec<&str> = requests
        .iter()
        .map(|request| header(request, "x-tin-token"))
        .collect();
    assert_eq!(tokens[0], tokens[1]);
    assert_ne!(tokens[1], tokens[2]);
    for token in tokens {
        assert_eq!(uuid::Uuid::parse_str(token).unwrap().get_version_num(), 4);
    }
}

#[tokio::test]
async fn an_operation_without_authorisation_needs_no_credentials_and_sends_none() {
    static OPEN: Operation = Operation {
        name: "GetOpenTin",
        method: http::Method::GET,
        uri: "/open/{name}",
        service: &SERVICE,
        auth: &[],
        ..Operation::DEFAULT
    };
    let replay = ReplayClient::new().json(200, "{}");
    let config = Config::builder()
        .endpoint_url("http://127.0.0.1:9")
        .http_client(replay.clone())
        .build();
    call(&Client::new(&SERVICE, config), &OPEN).await.unwrap();
    assert_eq!(header(&replay.requests()[0], "authorization"), "");
}

#[tokio::test]
async fn the_endpoint_gives_base_path_headers_host_prefix_and_signing_scope() {
    static ODD: Service = Service {
        endpoint: |params| {
            let endpoint = Endpoint::new(params.endpoint.clone().unwrap_or_default());
            Ok(endpoint
                .header("x-odd", ["1", "2"])
                .signing_name("odd")
                .signing_region("mars-1"))
        },
        ..Service::DEFAULT
    };
    static PREFIXED: Operation = Operation {
        name: "Odd",
        uri: "/o/{name}",
        service: &ODD,
        host_prefix: Some("data."),
        ..Operation::DEFAULT
    };
    for (endpoint, expected) in [
        (
            "https://odd.example/base/",
            "https://data.odd.example/base/o/a",
        ),
        (
            "https://odd.example:8443",
            "https://data.odd.example:8443/o/a",
        ),
        // A name below an address leads nowhere.
        (
            "http://127.0.0.1:4566/base",
            "http://127.0.0.1:4566/base/o/a",
        ),
        ("http://[::1]:4566", "http://[::1]:4566/o/a"),
        ("http://localhost", "http://localhost/o/a"),
    ] {
        let replay = ReplayClient::new().json(200, "{}");
        let config = complete()
            .endpoint_url(endpoint)
            .http_client(replay.clone())
            .build();
        call(&Client::new(&ODD, config), &PREFIXED).await.unwrap();
        let [request] = &replay.requests()[..] else {
            panic!("one request")
        };
        assert_eq!(request.uri(), expected);
        assert_eq!(request.headers().get_all("x-odd").iter().count(), 2);
        assert!(header(request, "authorization").contains("/mars-1/odd/aws4_request"));
    }
}

#[tokio::test]
async fn an_input_that_cannot_be_sent_sends_nothing() {
    let replay = ReplayClient::new();
    let input = crate::support::GetTinInput::default();
    let result: Result<GetTinOutput, CallError> = client(&replay).call(&GET_TIN, &input).await;
    let error = result.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Input);
    assert_eq!(error.attempts(), 0);
    assert!(error.to_string().starts_with("GetTin: name"), "{error}");
    assert_eq!(replay.requests().len(), 0);
}

#[tokio::test]
async fn a_replay_that_runs_out_says_so() {
    let replay = ReplayClient::new().json(200, "{}");
    let client = client(&replay);
    get_tin(&client).await.unwrap();
    let error = get_tin(&client).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GetTin: the replay client ran out of responses: request 2 is POST \
         https://tinshop.eu-west-1.amazonaws.com/tins/a, and 1 responses were prepared [attempt 1 of 3]"
    );
    assert_eq!(
        format!("{replay:?}"),
        "ReplayClient(2 requests so far, 0 responses left)"
    );
}

#[tokio::test]
async fn a_call_is_a_future_that_any_thread_may_run() {
    fn is_send<T: Send>(value: T) -> T {
        value
    }
    let replay = ReplayClient::new().json(200, "{}");
    is_send(get_tin(&client(&replay))).await.unwrap();
}
