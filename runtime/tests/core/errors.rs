//! Errors: what is made out of a failed response, and what a person reads.

use std::error::Error as _;

use crate::shapes::{Filter, ForbiddenException, Input, OPERATION, ServiceError, new_token};
use bytes::Bytes;
use tinsmith_runtime::WireFormat as _;
use tinsmith_runtime::protocol::RestJson;
use tinsmith_runtime::{ErrorKind, Failure, RequestWriter};

type Error = tinsmith_runtime::Error<ServiceError>;

const _: () = assert!(
    size_of::<Error>() == size_of::<usize>(),
    "a Result stays as small as what it holds"
);

fn response(status: u16, headers: &[(&str, &str)], body: &str) -> http::Response<Bytes> {
    let mut response = http::Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    response
        .body(Bytes::copy_from_slice(body.as_bytes()))
        .unwrap()
}

fn service_error(response: http::Response<Bytes>) -> Error {
    let failure = Failure::new(ErrorKind::Service, "PutSample")
        .with_answer(RestJson.error(&response), response)
        .with_attempts(1, 3);
    Error::from_failure(failure)
}

#[test]
fn the_code_is_found_wherever_it_is() {
    let header = |value: &str| response(400, &[("X-Amzn-Errortype", value)], "");
    let body = |value: &str| response(400, &[], value);
    let uri = "http://internal.example/coral/";
    let found = [
        header("Foo"),
        header(&format!("Foo:{uri}")),
        header(&format!("a.b#Foo:{uri}")),
        body(r#"{"code":"Foo"}"#),
        body(r#"{"Code":"Foo"}"#),
        body(r#"{"code":400,"__type":"Foo"}"#),
        body(r#"{"__type":"a.b#Foo"}"#),
        body(&format!(r#"{{"__type":"a.b#Foo:{uri}"}}"#)),
        body(r#"{"__type":"Foo","message":"cut he"#),
    ];
    for response in found {
        let code = RestJson.error(&response).code;
        assert_eq!(code.as_deref(), Some("Foo"), "{response:?}");
    }
    for response in [
        header(""),
        body(""),
        body("<html>"),
        body("[]"),
        body("{\"code\":{}}"),
    ] {
        let found = RestJson.error(&response);
        assert_eq!((found.code, found.message), (None, None), "{response:?}");
    }
}

#[test]
fn the_message_is_found_under_each_of_its_names() {
    for name in ["message", "Message", "errorMessage"] {
        let response = response(400, &[], &format!(r#"{{"{name}":"no"}}"#));
        let message = RestJson.error(&response).message;
        assert_eq!(message.as_deref(), Some("no"));
    }
}

#[test]
fn a_modelled_exception_is_read_whole() {
    for name in ["message", "Message"] {
        let headers = [
            ("x-amzn-errortype", "ForbiddenException"),
            ("x-retry", "7"),
            ("x-amzn-requestid", "7c3"),
        ];
        let error = service_error(response(
            403,
            &headers,
            &format!(r#"{{"{name}":"not yours","new":[1]}}"#),
        ));
        let expected = ForbiddenException {
            message: Some("not yours".to_owned()),
            retry_after: Some(7),
        };
        assert_eq!(
            error.service_error(),
            Some(&ServiceError::ForbiddenException(expected))
        );
        assert_eq!(error.code(), Some("ForbiddenException"));
        assert_eq!(error.message(), Some("not yours"));
        assert_eq!(
            (error.status(), error.request_id(), error.attempts()),
            (Some(403), Some("7c3"), 1)
        );
        assert!(error.source().is_none());
        assert_eq!(
            error.to_string(),
            "PutSample: ForbiddenException (403): not yours [request id 7c3, attempt 1 of 3]",
        );
    }
}

#[test]
fn an_exception_whose_body_is_broken_is_still_that_exception() {
    let headers = [("x-amzn-errortype", "ForbiddenException"), ("x-retry", "7")];
    let error = service_error(response(403, &headers, "<html>"));
    let expected = ForbiddenException {
        message: None,
        retry_after: Some(7),
    };
    assert_eq!(
        error.service_error(),
        Some(&ServiceError::ForbiddenException(expected))
    );
    assert_eq!(
        error.source().unwrap().to_string(),
        "not valid JSON: expected a value, found '<' (line 1 column 1)"
    );
}

#[test]
fn an_error_that_is_not_modelled_is_still_readable() {
    let error = service_error(response(400, &[], r#"{"__type":"Odd","message":"no"}"#));
    assert_eq!(error.service_error(), None);
    assert_eq!(
        error.to_string(),
        "PutSample: Odd (400): no [attempt 1 of 3]"
    );
    let html = service_error(response(
        502,
        &[("x-amzn-requestid", "7c3")],
        "<html>Bad Gateway</html>",
    ));
    assert_eq!(
        html.to_string(),
        "PutSample: error without a code (502) [request id 7c3, attempt 1 of 3]"
    );
    assert_eq!(
        html.raw_response().map(|response| &response.body()[..]),
        Some(&b"<html>Bad Gateway</html>"[..])
    );
}

#[test]
fn failures_without_a_response() {
    let mut connection = Failure::new(ErrorKind::Connection, "PutSample")
        .with_message("could not connect to http://127.0.0.1:1: Connection refused")
        .with_attempts(3, 3);
    connection.quota_empty = true;
    assert_eq!(
        Error::from(connection).to_string(),
        "PutSample: could not connect to http://127.0.0.1:1: Connection refused [attempt 3 of 3; retry quota empty]",
    );

    let unset = Input(|request: &mut RequestWriter| request.body(&Filter::default()));
    let cause = OPERATION.request(&unset, new_token).unwrap_err();
    let input = Error::from(Failure::new(ErrorKind::Input, "PutSample").with_source(cause));
    assert_eq!(input.to_string(), "PutSample: name: required, but not set");
    assert_eq!(
        (input.kind(), input.attempts(), input.status()),
        (ErrorKind::Input, 0, None)
    );
    assert!(input.source().is_some() && !input.is_timeout() && !input.is_throttling());

    let timeout = Error::from(Failure::new(ErrorKind::Timeout, ""));
    assert_eq!(timeout.to_string(), "Timeout error");
    assert!(timeout.is_timeout());
}

#[test]
fn a_response_that_cannot_be_read_says_which_one() {
    let mut failure = Failure::new(ErrorKind::Response, "PutSample")
        .with_message("not valid JSON: expected a value, found '<' (line 1 column 1)")
        .with_attempts(1, 3);
    failure.status = Some(200);
    failure.request_id = Some("7c3".to_owned());
    assert_eq!(
        Error::from(failure).to_string(),
        "PutSample: not valid JSON: expected a value, found '<' (line 1 column 1) (200) [request id 7c3, attempt 1 of 3]",
    );
}

#[test]
fn debug_shows_no_headers_and_no_body() {
    let headers = [
        ("set-cookie", "secret"),
        ("x-amzn-errortype", "ForbiddenException"),
    ];
    let error = service_error(response(403, &headers, r#"{"hidden":"secret"}"#));
    let debug = format!("{error:?}");
    assert!(
        debug.contains("ForbiddenException") && !debug.contains("secret"),
        "{debug}"
    );
}
