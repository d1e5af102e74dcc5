//! The protocol smithy-rpc-v2-cbor: what goes out, which answers are successes, and what the others say.

use crate::support::{client_of, header};
use bytes::Bytes;
use tinsmith_runtime::codegen::structure;
use tinsmith_runtime::protocol::RpcV2Cbor;
use tinsmith_runtime::replay::ReplayClient;
use tinsmith_runtime::{
    Blob, Error, ErrorKind, Operation, OutputBody, Protocol, ReadError, ReadOutput,
    ReadServiceError, RequestWriter, ResponseReader, Service, WriteInput, WriteStructure,
};

static PLAIN: RpcV2Cbor = RpcV2Cbor {
    service: "TinShop_20240501",
    query_compatible: false,
};

static QUERY_COMPATIBLE: RpcV2Cbor = RpcV2Cbor {
    query_compatible: true,
    ..PLAIN
};

static SERVICE: Service = Service {
    protocol: &PLAIN,
    ..crate::support::SERVICE
};

static COMPATIBLE_SERVICE: Service = Service {
    protocol: &QUERY_COMPATIBLE,
    ..crate::support::SERVICE
};

static PUT_TIN: Operation = Operation {
    name: "PutTin",
    // A protocol without bindings asks neither.
    method: http::Method::DELETE,
    uri: "/tins/{name}",
    service: &SERVICE,
    ..Operation::DEFAULT
};

static PUT_TIN_COMPATIBLE: Operation = Operation {
    name: "PutTin",
    service: &COMPATIBLE_SERVICE,
    ..Operation::DEFAULT
};

static WATCH_TINS: Operation = Operation {
    name: "WatchTins",
    service: &SERVICE,
    output_body: OutputBody::Events,
    ..Operation::DEFAULT
};

structure! {
    /// A tin.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Tin: read write {
        pub name: Option<String> = "name" required,
        pub content: Option<Blob> = "content",
        pub size: Option<i32> = "size",
    }
}

impl WriteInput for Tin {}

impl ReadOutput for Tin {}

/// What an operation without input takes.
struct Nothing;

impl WriteStructure for Nothing {}

impl WriteInput for Nothing {
    fn write_request(&self, _: &mut RequestWriter) {}
}

/// An input without members, which is one all the same.
struct Empty;

impl WriteStructure for Empty {}

impl WriteInput for Empty {}

structure! {
    /// The tin is there already.
    #[derive(Clone, Debug, PartialEq)]
    pub struct TakenException: read {
        pub message: Option<String> = "message",
        pub by: Option<String> = "by",
    }
}

impl ReadOutput for TakenException {}

#[derive(Clone, Debug, PartialEq)]
enum ServiceError {
    Taken(TakenException),
}

impl ReadServiceError for ServiceError {
    fn read_error(code: &str, response: &ResponseReader<'_>) -> Option<Result<Self, ReadError>> {
        (code == "TakenException").then(|| response.error().map(Self::Taken))
    }
}

/// A response of this status and these headers.
fn response(status: u16, headers: &[(&str, &str)], body: &[u8]) -> http::Response<Bytes> {
    let mut response = http::Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    response.body(Bytes::copy_from_slice(body)).unwrap()
}

const OURS: (&str, &str) = ("smithy-protocol", "rpc-v2-cbor");

/// `{"size": 7}`
const SEVEN: &[u8] = b"\xa1\x64size\x07";

async fn put(
    operation: &'static Operation,
    input: &dyn WriteInput,
    answer: http::Response<Bytes>,
) -> (Result<Tin, Error<ServiceError>>, Vec<http::Request<Bytes>>) {
    let replay = ReplayClient::new().response(answer);
    let client = client_of(operation.service, &replay);
    let result = client.call(operation, input).await;
    (result, replay.requests())
}

async fn failure(answer: http::Response<Bytes>) -> Error<ServiceError> {
    put(&PUT_TIN, &Nothing, answer).await.0.unwrap_err()
}

#[tokio::test]
async fn service_and_operation_are_in_the_path_and_all_members_in_the_body() {
    let tin = Tin {
        name: Some("a".to_owned()),
        content: Some(Blob::from(&[0, 0xff])),
        size: None,
    };
    let (result, requests) = put(&PUT_TIN, &tin, response(200, &[OURS], SEVEN)).await;
    assert_eq!(result.unwrap().size, Some(7));
    let request = &requests[0];
    assert_eq!(request.method(), "POST");
    assert_eq!(
        request.uri().path(),
        "/service/TinShop_20240501/operation/PutTin"
    );
    assert_eq!(
        request.body().as_ref(),
        b"\xbf\x64name\x61a\x67content\x42\x00\xff\xff"
    );
    for (name, value) in [
        ("smithy-protocol", "rpc-v2-cbor"),
        ("accept", "application/cbor"),
        ("content-type", "application/cbor"),
        ("x-amz-target", ""),
        ("x-amzn-query-mode", ""),
    ] {
        assert_eq!(header(request, name), value, "{name}");
    }
    assert!(header(request, "authorization").contains("smithy-protocol"));
}

#[tokio::test]
async fn without_an_input_there_is_neither_body_nor_media_type() {
    let (result, requests) = put(&PUT_TIN, &Nothing, response(200, &[OURS], b"")).await;
    assert_eq!(result.unwrap(), Tin::default());
    assert!(requests[0].body().is_empty());
    assert!(!requests[0].headers().contains_key("content-type"));
    assert_eq!(header(&requests[0], "accept"), "application/cbor");

    let (_, requests) = put(&PUT_TIN, &Empty, response(200, &[OURS], b"")).await;
    assert_eq!(requests[0].body().as_ref(), b"\xbf\xff");
    assert_eq!(header(&requests[0], "content-type"), "application/cbor");
}

#[tokio::test]
async fn an_input_without_a_required_member_is_not_sent() {
    let (result, requests) = put(&PUT_TIN, &Tin::default(), response(200, &[OURS], SEVEN)).await;
    let error = result.unwrap_err();
    assert_eq!(error.to_string(), "PutTin: name: required, but not set");
    assert!(requests.is_empty());
}

#[test]
fn a_request_for_events_accepts_them() {
    let request = WATCH_TINS.request(&Nothing, String::new).unwrap();
    assert_eq!(
        request.head.headers["accept"],
        "application/vnd.amazon.eventstream"
    );
}

#[tokio::test]
async fn only_200_is_a_success() {
    for status in [201, 202, 204, 206] {
        let error = failure(response(status, &[OURS], SEVEN)).await;
        assert_eq!(
            (error.kind(), error.status(), error.attempts()),
            (ErrorKind::Service, Some(status), 1)
        );
    }
}

#[tokio::test]
async fn an_answer_that_is_not_of_the_protocol_is_judged_by_its_status() {
    let taken = b"\xa1\x66__type\x6eTakenException";
    for headers in [
        &[
            ("content-type", "application/cbor"),
            ("x-amzn-requestid", "7c3"),
        ][..],
        &[
            ("smithy-protocol", "rpc-v2-json"),
            ("x-amzn-requestid", "7c3"),
        ],
    ] {
        let (result, _) = put(&PUT_TIN, &Nothing, response(200, headers, SEVEN)).await;
        assert_eq!(result.unwrap().size, Some(7));
        let error = failure(response(200, headers, b"<html>")).await;
        assert_eq!(
            error.to_string(),
            "PutTin: not valid CBOR: a byte that begins no value (byte 0) (200) [request id 7c3, attempt 1 of 3]"
        );
        let error = failure(response(400, headers, taken)).await;
        assert_eq!((error.code(), error.service_error()), (None, None));
        assert_eq!(
            error.to_string(),
            "PutTin: error without a code (400) [request id 7c3, attempt 1 of 3]"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn the_status_of_such_an_answer_says_whether_it_is_tried_again() {
    let page = || response(503, &[("content-type", "text/html")], b"<html>");
    let replay = ReplayClient::new().response(page()).response(response(
        200,
        &[("Smithy-Protocol", "rpc-v2-cbor")],
        SEVEN,
    ));
    let client = client_of(&SERVICE, &replay);
    let tin = client
        .call::<Tin, Error<ServiceError>>(&PUT_TIN, &Nothing)
        .await;
    assert_eq!(tin.unwrap().size, Some(7));
}

#[tokio::test]
async fn an_error_goes_by_its_type_without_namespace_and_uri() {
    for name in [
        "TakenException",
        "com.tin#TakenException",
        "com.tin#TakenException:http://tin.example/",
    ] {
        let length = u8::try_from(name.len()).unwrap();
        for message in ["message", "Message"] {
            let body = [
                b"\xbf\x66__type\x78",
                &[length][..],
                name.as_bytes(),
                b"\x67",
                message.as_bytes(),
                b"\x65taken\x64code\x63foo\x62by\x62me\xff",
            ];
            // The header is of other protocols.
            let headers = [
                OURS,
                ("x-amzn-errortype", "Other"),
                ("x-amzn-requestid", "7c3"),
            ];
            let error = failure(response(400, &headers, &body.concat())).await;
            assert_eq!(
                (error.code(), error.message(), error.request_id()),
                (Some("TakenException"), Some("taken"), Some("7c3"))
            );
            let expected = TakenException {
                message: Some("taken".to_owned()),
                by: Some("me".to_owned()),
            };
            assert_eq!(error.service_error(), Some(&ServiceError::Taken(expected)));
        }
    }
}

#[tokio::test]
async fn an_error_whose_body_is_none_has_its_status() {
    for body in [
        &b""[..],
        b"\xf6",
        b"<html>",
        b"\x80",
        b"\xa1\x64code\x63foo",
        b"\xbf\x66__type\x01",
    ] {
        let error = failure(response(400, &[OURS], body)).await;
        assert_eq!(
            error.to_string(),
            "PutTin: error without a code (400) [attempt 1 of 3]",
            "{body:x?}"
        );
    }
    // What was read before the body breaks off is what there is.
    let cut = b"\xbf\x66__type\x6eTakenException\x67message\x66cut o";
    let error = failure(response(400, &[OURS], cut)).await;
    let expected = ServiceError::Taken(TakenException::default());
    assert_eq!(
        (error.code(), error.message(), error.service_error()),
        (Some("TakenException"), None, Some(&expected))
    );
}

#[tokio::test]
async fn codes_of_the_query_protocol_are_asked_for_and_read() {
    let body = b"\xa2\x66__type\x76com.tin#TakenException\x62by\x62me";
    let headers = [OURS, ("x-amzn-query-error", "Tin.Taken;Sender")];
    let answer = response(400, &headers, body);
    let (result, requests) = put(&PUT_TIN_COMPATIBLE, &Nothing, answer).await;
    assert_eq!(header(&requests[0], "x-amzn-query-mode"), "true");
    let error = result.unwrap_err();
    assert_eq!(error.code(), Some("Tin.Taken"));
    let expected = TakenException {
        message: None,
        by: Some("me".to_owned()),
    };
    assert_eq!(error.service_error(), Some(&ServiceError::Taken(expected)));
}

#[tokio::test]
async fn an_output_that_cannot_be_read_says_where() {
    let error = failure(response(200, &[OURS], b"\xa1\x64size\x61x")).await;
    assert_eq!(error.kind(), ErrorKind::Response);
    assert_eq!(
        error.to_string(),
        "PutTin: size: expected an integer, found a string (byte 6) (200) [attempt 1 of 3]"
    );
}

#[test]
fn it_goes_by_the_name_of_its_trait() {
    assert_eq!(PLAIN.name(), "smithy.protocols#rpcv2Cbor");
}
