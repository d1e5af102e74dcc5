//! Headers that no member may set: those of the transport, of the signature and of the client.

use crate::support::{CallError, GetTinOutput, SERVICE, client, complete};
#[cfg(feature = "hyper")]
use crate::wire::{Wire, header_of, read_request};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use tinsmith_runtime::replay::ReplayClient;
use tinsmith_runtime::{
    Client, Endpoint, ErrorKind, Member, Operation, RequestWriter, Service, ShapeWriter,
    WriteInput, WriteStructure,
};

/// The whole set; of those of proxies all there are.
const RESERVED: [&str; 20] = [
    "host",
    "content-length",
    "transfer-encoding",
    "connection",
    "keep-alive",
    "te",
    "trailer",
    "upgrade",
    "expect",
    "http2-settings",
    "proxy-authorization",
    "proxy-authenticate",
    "proxy-connection",
    "Proxy-Anything",
    "authorization",
    "x-amz-date",
    "x-amz-security-token",
    "user-agent",
    "amz-sdk-request",
    "amz-sdk-invocation-id",
];

/// What a caller might set them to.
const BAD: &str = "evil.example";

/// Members that are bound to these headers, and one in the body.
struct Headers(Vec<&'static str>);

impl WriteInput for Headers {
    fn write_request(&self, request: &mut RequestWriter) {
        for name in &self.0 {
            request.header(*name, &Some(BAD.to_owned()));
            request.header(&*name.to_uppercase().leak(), &Some(vec![BAD.to_owned()]));
            request.idempotency_header(*name, &Some(BAD.to_owned()));
            request.json_header(*name, &Some(BAD.to_owned()));
        }
        request.header("x-tin", &Some("its own".to_owned()));
        request.body(self);
    }
}

impl WriteStructure for Headers {
    fn write_members(&self, writer: &mut dyn ShapeWriter) {
        writer.structure(&[Member::new("colour")], &[&"red"]);
    }
}

/// A map whose entries are headers, their names after the prefix.
struct Prefix(&'static str, &'static str);

impl WriteStructure for Prefix {}

impl WriteInput for Prefix {
    fn write_request(&self, request: &mut RequestWriter) {
        let headers = BTreeMap::from([(self.1.to_owned(), BAD.to_owned())]);
        request.prefix_headers(self.0, &headers);
    }
}

static PUT_TIN: Operation = Operation {
    name: "PutTin",
    service: &SERVICE,
    ..Operation::DEFAULT
};

static PUT_UNSIGNED_TIN: Operation = Operation {
    name: "PutTin",
    service: &SERVICE,
    auth: &[],
    ..Operation::DEFAULT
};

async fn put(
    client: &Client,
    operation: &'static Operation,
    input: &dyn WriteInput,
) -> Result<GetTinOutput, CallError> {
    client.call(operation, input).await
}

#[cfg(feature = "hyper")]
#[tokio::test]
async fn a_member_bound_to_a_header_of_the_transport_never_reaches_the_wire() {
    let heads = Arc::new(Mutex::new(Vec::new()));
    let wire = Wire::start({
        let heads = heads.clone();
        move |_, mut stream| {
            let heads = heads.clone();
            async move {
                use tokio::io::AsyncWriteExt as _;
                while let Some(request) = read_request(&mut stream).await {
                    heads.lock().unwrap().push(request);
                    let answer = "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{\"size\":4}";
                    stream.write_all(answer.as_bytes()).await.unwrap();
                }
            }
        }
    })
    .await;
    let client = Client::new(&SERVICE, complete().endpoint_url(&wire.url).build());
    let each = RESERVED.iter().map(|name| vec![*name]);
    for names in each.chain([RESERVED.to_vec()]) {
        for operation in [&PUT_TIN, &PUT_UNSIGNED_TIN] {
            put(&client, operation, &Headers(names.clone()))
                .await
                .unwrap();
            let (head, body) = heads.lock().unwrap().pop().unwrap();
            assert!(!head.contains(BAD), "{names:?}: {head}");
            assert_eq!(body, br#"{"colour":"red"}"#);
            assert_eq!(header_of(&head, "host"), wire.url.strip_prefix("http://"));
            assert_eq!(header_of(&head, "content-length"), Some("16"));
            assert_eq!(header_of(&head, "x-tin"), Some("its own"));
            for name in RESERVED {
                // Each at most once; and none of those that we do not send.
                let value = header_of(&head, name);
                assert!(value.is_none_or(|value| !value.is_empty()), "{name}");
            }
        }
    }
    assert_eq!(wire.accepted(), 1);
}

#[tokio::test]
async fn a_member_bound_to_a_header_of_the_transport_is_in_no_request_of_any_http_client() {
    let replay = ReplayClient::new().json(200, "{}").json(200, "{}");
    let client = client(&replay);
    put(&client, &PUT_TIN, &Headers(RESERVED.to_vec()))
        .await
        .unwrap();
    put(&client, &PUT_UNSIGNED_TIN, &Headers(RESERVED.to_vec()))
        .await
        .unwrap();
    for request in replay.requests() {
        let values = request.headers().values();
        assert!(!values.into_iter().any(|value| value == BAD), "{request:?}");
        let names: Vec<_> = request
            .headers()
            .keys()
            .map(http::HeaderName::as_str)
            .collect();
        let own = [
            "content-type",
            "x-tin",
            "authorization",
            "x-amz-content-sha256",
            "x-amz-date",
        ];
        let client = ["amz-sdk-request", "amz-sdk-invocation-id", "user-agent"];
        assert!(
            names
                .iter()
                .all(|name| own.contains(name) || client.contains(name)),
            "{names:?}"
        );
    }
}

#[tokio::test]
async fn a_key_that_makes_a_header_of_the_transport_is_an_error_that_names_it() {
    let replay = ReplayClient::new();
    let client = client(&replay);
    for name in RESERVED {
        for split in 0..name.len() {
            let (prefix, key) = name.split_at(split);
            let error = put(&client, &PUT_TIN, &Prefix(prefix, key))
                .await
                .unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Input);
            let name = name.to_lowercase();
            assert_eq!(
                error.to_string(),
                format!(
                    "PutTin: [{key:?}]: the header `{name}` belongs to the transport or the signature; no member can set it"
                )
            );
        }
    }
    assert_eq!(replay.requests().len(), 0);
}

#[tokio::test]
async fn headers_of_the_service_and_of_endpoint_rules_are_none_of_the_transport_either() {
    static ODD: Service = Service {
        id: "Odd",
        signing_name: "odd",
        headers: &[("host", BAD), ("content-length", "7"), ("accept", "x/y")],
        endpoint: |params| {
            let mut endpoint = Endpoint::new("https://odd.example");
            if params.region.as_deref() != Some("eu-west-1") {
                let chunked = ("transfer-encoding".to_owned(), vec!["chunked".to_owned()]);
                endpoint.headers.push(chunked);
            }
            Ok(endpoint)
        },
        ..Service::DEFAULT
    };
    static PUT_ODD: Operation = Operation {
        name: "PutOdd",
        service: &ODD,
        ..Operation::DEFAULT
    };
    let replay = ReplayClient::new().json(200, "{}");
    let config = || complete().http_client(replay.clone());
    let client = Client::new(&ODD, config().build());
    put(&client, &PUT_ODD, &Headers(vec![])).await.unwrap();
    let requests = replay.requests();
    let headers = requests[0].headers();
    assert_eq!(headers["accept"], "x/y");
    assert!(!headers.contains_key("host") && !headers.contains_key("content-length"));

    let client = Client::new(&ODD, config().region("us-east-1").build());
    let error = put(&client, &PUT_ODD, &Headers(vec![])).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert_eq!(
        error.to_string(),
        "PutOdd: the endpoint rules give a header that cannot be sent: `transfer-encoding`"
    );
}
