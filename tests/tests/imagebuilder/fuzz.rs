//! Whatever answers a call of a generated client, and wherever it is sent, there is an output or an error that says what
//! is wrong. `PROPTEST_CASES` says how many answers each test makes up.

use std::future::Future;

use crate::support::{config, within};
use imagebuilder::types::{ImageStatus, Platform};
use imagebuilder::{Client, Error};
use proptest::prelude::*;
use proptest::sample::select;
use serde::de::IgnoredAny;
use tinsmith_runtime::ErrorKind;
use tinsmith_runtime::replay::ReplayClient;
use tinsmith_tests::fuzz;

const ARN: &str = "arn:aws:imagebuilder:eu-west-1:123456789012:image/web/1.0.0";

/// A page as the service sends it.
const PAGE: &str = r#"{"requestId":"7c3","imageSummaryList":[{"arn":"arn:aws:imagebuilder:eu-west-1:123456789012:image/web/1.0.0/1","name":"w\u00fcb","type":"AMI","version":"1.0.0/1","platform":"Linux","state":{"status":"AVAILABLE","reason":null},"owner":"Self","dateCreated":"2019-12-16T23:48:18Z","outputResources":{"amis":[{"region":"eu-west-1","image":"ami-1","accountId":"123456789012","state":{"status":"FAILED"}}],"containers":[]},"tags":{"a":"b"},"buildType":"USER_INITIATED","newer":[{"than":[1.5e3,true]}]},{}],"nextToken":"t1"}"#;

/// An exception as the service sends it.
const EXCEPTION: &str =
    r#"{"__type":"com.amazonaws#ForbiddenException:http://a/","message":"not yours"}"#;

/// Pieces that mean something in JSON or in URLs, and any others.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    let known = select(vec![
        "", "null", "{}", "[]", "[[", "{\"a\":", "\"", "\\", "\\ud800", ",", ":", "-1", "1e999",
        "true", "#", "?", "@", "%", "/", "//", "[::1]", "\u{0}", " ", "\r\n", "\u{fc}",
    ]);
    prop_oneof![
        known.prop_map(|text| text.as_bytes().to_vec()),
        prop::collection::vec(any::<u8>(), 0..6)
    ]
}

/// Text in which a few pieces have others in their place.
fn mutated(text: &'static str) -> impl Strategy<Value = Vec<u8>> {
    fuzz::mutated(text, 0..5, 0..12, piece())
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap();
    runtime.block_on(within(future))
}

fn client(url: &str, replay: &ReplayClient) -> Client {
    let config = config(url).max_attempts(1).http_client(replay.clone());
    Client::new(config.build())
}

/// Every error says which call failed, and can be walked to its end.
fn says_enough(error: &Error) -> Result<(), TestCaseError> {
    prop_assert!(
        error.to_string().starts_with("ListImageBuildVersions"),
        "{}",
        error
    );
    let depth =
        std::iter::successors(std::error::Error::source(error), |error| error.source()).count();
    prop_assert!(depth < 16, "{:?}", error);
    Ok(())
}

#[test]
fn what_is_mutated_is_valid_at_first() {
    let replay = ReplayClient::new().json(200, PAGE).json(403, EXCEPTION);
    let client = client("http://localhost", &replay);
    let call = || client.list_image_build_versions().image_version_arn(ARN);
    let (page, error) = block_on(async { (call().send().await, call().send().await) });
    let images = page.unwrap().image_summary_list.unwrap();
    assert_eq!(images.len(), 2);
    assert_eq!(images[0].platform, Some(Platform::Linux));
    let status = images[0]
        .state
        .as_ref()
        .and_then(|state| state.status.clone());
    assert_eq!(status, Some(ImageStatus::Available));
    assert_eq!(error.unwrap_err().code(), Some("ForbiddenException"));
}

proptest! {
    #![proptest_config(fuzz::config())]

    #[test]
    fn pages_that_were_valid(body in mutated(PAGE)) {
        // By grammar alone: half a surrogate pair and 1e999 are JSON, but no text and no `f64`.
        let is_json = serde_json::from_slice::<IgnoredAny>(&body).is_ok();
        let empty = body.is_empty();
        let replay = ReplayClient::new().json(200, body);
        let call = client("http://localhost", &replay).list_image_build_versions();
        match block_on(call.image_version_arn(ARN).send()) {
            Ok(_) => prop_assert!(is_json || empty),
            Err(error) => {
                says_enough(&error)?;
                prop_assert_eq!(error.status(), Some(200));
            }
        }
    }

    #[test]
    fn errors_that_were_valid(
        status in 300_u16..=599,
        header in prop::option::of(mutated("com.amazonaws#ForbiddenException:http://a/")),
        body in mutated(EXCEPTION),
    ) {
        let mut response = http::Response::new(body);
        *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
        if let Some(Ok(value)) = header.map(|value| http::HeaderValue::from_bytes(&value)) {
            response.headers_mut().insert("x-amzn-errortype", value);
        }
        let replay = ReplayClient::new().response(response);
        let call = client("http://localhost", &replay).list_image_build_versions();
        let error = block_on(call.image_version_arn(ARN).send()).unwrap_err();
        says_enough(&error)?;
        prop_assert_eq!((error.status(), error.attempts()), (Some(status), 1));
        prop_assert_eq!(error.kind(), ErrorKind::Service);
    }

    #[test]
    fn calls_to_urls_that_were_valid(url in mutated("https://u@host.example:4566/a/b%20c"), text in any::<String>()) {
        let url = String::from_utf8_lossy(&url).into_owned();
        let replay = ReplayClient::new().json(200, PAGE);
        let call = client(&url, &replay).list_image_build_versions();
        match block_on(call.image_version_arn(text).send()) {
            // What went out went to the host of the URL and nowhere else.
            Ok(_) => {
                let uri = replay.requests()[0].uri().clone();
                let authority = uri.authority().unwrap().as_str().to_ascii_lowercase();
                prop_assert!(url.to_ascii_lowercase().contains(&authority), "{} for {}", uri, url);
            }
            Err(error) => {
                says_enough(&error)?;
                prop_assert_eq!(replay.requests().len(), 0);
            }
        }
    }
}
