//! What the service says against a request: each exception of the model, others, and answers of something in between.

use std::error::Error as _;

use crate::support::{client, config, server, within};
use imagebuilder::{Error, ServiceError};
use tinsmith_runtime::ErrorKind;
use tinsmith_tests::server::{Answer, Fault, ImageBuilder, Recorded};

const ONE_ID: &str = "00000000-0000-4000-8000-000000000001";
const THIRD_ID: &str = "00000000-0000-4000-8000-000000000003";

/// The message inside of a modelled exception, and which one it is.
fn modelled(error: &Error) -> (&'static str, Option<&str>) {
    match error.service_error() {
        Some(ServiceError::ServiceException(e)) => ("ServiceException", e.message.as_deref()),
        Some(ServiceError::ClientException(e)) => ("ClientException", e.message.as_deref()),
        Some(ServiceError::ServiceUnavailableException(e)) => {
            ("ServiceUnavailableException", e.message.as_deref())
        }
        Some(ServiceError::InvalidRequestException(e)) => {
            ("InvalidRequestException", e.message.as_deref())
        }
        Some(ServiceError::InvalidPaginationTokenException(e)) => {
            ("InvalidPaginationTokenException", e.message.as_deref())
        }
        Some(ServiceError::ForbiddenException(e)) => ("ForbiddenException", e.message.as_deref()),
        Some(ServiceError::CallRateLimitExceededException(e)) => {
            ("CallRateLimitExceededException", e.message.as_deref())
        }
        _ => ("none of the model", None),
    }
}

/// An error of the model: its status, how often it is tried, whether it is throttling.
#[derive(Clone, Copy)]
struct Case(&'static str, u16, u32, bool);

const CASES: [Case; 7] = [
    Case("ServiceException", 500, 3, false),
    Case("ClientException", 400, 1, false),
    Case("ServiceUnavailableException", 503, 3, false),
    Case("InvalidRequestException", 400, 1, false),
    Case("InvalidPaginationTokenException", 400, 1, false),
    Case("ForbiddenException", 403, 1, false),
    Case("CallRateLimitExceededException", 429, 3, true),
];

#[tokio::test]
async fn every_modelled_exception_is_readable_in_full() {
    let mut calls = tokio::task::JoinSet::new();
    for case in CASES {
        for fault in [
            Fault::exception(case.0, "not yours"),
            Fault::exception_in_body(case.0, "not yours"),
        ] {
            calls.spawn(within(one_exception(case, fault)));
        }
    }
    assert_eq!(calls.join_all().await.len(), 14);
}

async fn one_exception(Case(code, status, attempts, throttling): Case, fault: Fault) {
    let server = server(1).await;
    server.fault_always(fault);
    let error = client(&server)
        .list_image_build_versions()
        .send()
        .await
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Service);
    assert_eq!(error.operation(), "ListImageBuildVersions");
    assert_eq!(modelled(&error), (code, Some("not yours")));
    assert_eq!((error.code(), error.status()), (Some(code), Some(status)));
    assert_eq!(error.message(), Some("not yours"));
    assert_eq!(
        (error.attempts(), error.is_throttling()),
        (attempts, throttling),
        "{code}"
    );
    assert!(!error.is_timeout());
    let answered = error.as_service_error().unwrap();
    assert_eq!(answered.meta().code(), Some(code));
    let response = error.raw_response().unwrap();
    assert_eq!(response.status().as_u16(), status);
    // Each question for an exception is answered by the one that it names.
    let is_asked = [
        error.is_service_exception(),
        error.is_client_exception(),
        error.is_service_unavailable_exception(),
        error.is_invalid_request_exception(),
        error.is_invalid_pagination_token_exception(),
        error.is_forbidden_exception(),
        error.is_call_rate_limit_exceeded_exception(),
    ];
    assert_eq!(is_asked, CASES.map(|case| case.0 == code));
    let id = if attempts == 3 { THIRD_ID } else { ONE_ID };
    assert_eq!(error.request_id(), Some(id));
    assert_eq!(
        error.to_string(),
        format!(
            "ListImageBuildVersions: {code} ({status}): not yours [request id {id}, attempt {attempts} of 3]"
        )
    );
    let exception = error.into_service_error();
    assert!(!exception.is_unhandled());
    assert_eq!(exception.to_string(), format!("{code}: not yours"));
    assert_attempts(&server, attempts);
}

#[tokio::test]
async fn what_no_service_said_is_unhandled_with_its_text() {
    let nobody = imagebuilder::Config::builder()
        .region("eu-west-1")
        .credentials(imagebuilder::Credentials::new(
            "AKIDEXAMPLE",
            "secret",
            None,
        ))
        .endpoint_url("http://127.0.0.1:9")
        .max_attempts(1);
    let client = imagebuilder::Client::new(nobody.build());
    let error = within(client.list_image_build_versions().send())
        .await
        .unwrap_err();
    assert_eq!(error.as_service_error(), None);
    let text = error.to_string();
    let exception = error.into_service_error();
    assert_eq!(
        (exception.code(), exception.message()),
        (None, Some(text.as_str()))
    );
}

#[test]
fn an_error_is_one_pointer_wide_and_can_be_sent_anywhere() {
    fn anywhere<T: std::error::Error + Send + Sync + 'static>() {}
    anywhere::<Error>();
    assert_eq!(size_of::<Error>(), 8);
    assert_eq!(size_of::<Result<(), Error>>(), 8);
}

/// All requests are attempts of one call, counted, each signed by itself.
fn assert_attempts(server: &ImageBuilder, attempts: u32) {
    let requests = server.requests();
    let counted: Vec<&str> = requests.iter().map(Recorded::attempt).collect();
    let expected: Vec<String> = (1..=attempts)
        .map(|n| format!("attempt={n}; max=3"))
        .collect();
    assert_eq!(counted, expected);
    let first = requests[0].invocation_id();
    assert_eq!(first.len(), 36, "a uuid: {first}");
    for request in &requests {
        assert_eq!(request.invocation_id(), first);
        assert_eq!(request.refused, None);
    }
}

#[tokio::test]
async fn what_passes_is_tried_again_and_succeeds() {
    let mut calls = tokio::task::JoinSet::new();
    for (fault, times) in [
        (
            Fault::exception("CallRateLimitExceededException", "slow down"),
            1,
        ),
        (Fault::exception("ServiceUnavailableException", "later"), 2),
        (Fault::exception("ThrottlingException", "slow down"), 2),
        (Fault::status(429), 1),
        (Fault::status(500), 2),
        (Fault::status(502), 1),
        (Fault::status(503), 1),
        (Fault::status(504), 1),
        (Fault::html(), 1),
        (Fault::Reset, 2),
        (Fault::Cut, 1),
        (Fault::Wire(Vec::new()), 1),
    ] {
        calls.spawn(within(async move {
            let server = server(1).await;
            for _ in 0..times {
                server.fault(fault.clone());
            }
            let page = client(&server).list_image_build_versions().send().await;
            let images = page
                .unwrap_or_else(|error| panic!("{fault:?}: {error}"))
                .image_summary_list;
            assert_eq!(images.map(|images| images.len()), Some(1));
            assert_attempts(&server, times + 1);
        }));
    }
    assert_eq!(calls.join_all().await.len(), 12);
}

#[tokio::test]
async fn errors_beyond_the_model_keep_their_code_and_status() {
    for (fault, code, status, text) in [
        (
            Fault::exception("SomeNewException", "unheard of"),
            Some("SomeNewException"),
            400,
            "SomeNewException (400): unheard of",
        ),
        (
            Fault::Answer(Answer::json(418, "{}")),
            None,
            418,
            "error without a code (418)",
        ),
        (Fault::status(404), None, 404, "error without a code (404)"),
    ] {
        let server = server(1).await;
        server.fault(fault);
        let call = client(&server).list_image_build_versions().send();
        let error = within(call).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Service);
        assert_eq!((error.code(), error.status()), (code, Some(status)));
        assert_eq!(error.service_error(), None);
        let unhandled = error.as_service_error().unwrap();
        assert!(unhandled.is_unhandled());
        assert_eq!(unhandled.code(), code);
        assert_eq!(unhandled.message(), error.message());
        assert_eq!(
            error.to_string(),
            format!("ListImageBuildVersions: {text} [request id {ONE_ID}, attempt 1 of 3]")
        );
    }
}

#[tokio::test]
async fn an_exception_whose_body_is_unreadable_is_still_that_exception() {
    let html = Answer::json(403, "<html>").header("x-amzn-errortype", "ForbiddenException");
    let cut = Answer::json(400, "{ \"__type\": \"ClientException\", \"mess");
    for (answer, code, status) in [
        (html, "ForbiddenException", 403),
        (cut, "ClientException", 400),
    ] {
        let server = server(1).await;
        server.fault(Fault::Answer(answer));
        let call = client(&server).list_image_build_versions().send();
        let error = within(call).await.unwrap_err();
        assert_eq!(modelled(&error), (code, None));
        assert!(
            error.source().is_some(),
            "the error of the body is reported"
        );
        assert_eq!(
            error.to_string(),
            format!(
                "ListImageBuildVersions: {code} ({status}) [request id {ONE_ID}, attempt 1 of 3]"
            )
        );
    }
}

#[tokio::test]
async fn a_signature_of_the_wrong_key_is_refused_once() {
    let server = server(1).await;
    let config = config(server.url())
        .credentials(imagebuilder::Credentials::new(
            "AKIDLOOPBACK",
            "mistyped",
            None,
        ))
        .build();
    let call = imagebuilder::Client::new(config)
        .list_image_build_versions()
        .send();
    let error = within(call).await.unwrap_err();
    assert_eq!(error.code(), Some("InvalidSignatureException"));
    assert_eq!((error.status(), error.attempts()), (Some(403), 1));
}

#[tokio::test]
async fn the_services_wish_when_to_come_back_is_kept() {
    for (header, value) in [("x-amz-retry-after", "1200"), ("retry-after", "2")] {
        let server = server(1).await;
        let answer = Answer::exception(503, "ServiceUnavailableException", "later");
        server.fault(Fault::Answer(answer.header(header, value)));
        let call = client(&server).list_image_build_versions().send();
        within(call).await.unwrap();
        let requests = server.requests();
        let pause = requests[1].at - requests[0].at;
        let asked = if header == "retry-after" {
            2_000
        } else {
            1_200
        };
        assert!(
            pause.as_millis() >= asked,
            "{header}: {value} gave {pause:?}"
        );
    }
}
