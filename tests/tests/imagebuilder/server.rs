//! The loopback Image Builder by itself, spoken to over plain TCP: what it checks, lists, records and breaks.

use std::io::ErrorKind;
use std::time::{Duration, Instant, SystemTime};

use serde_json::{Value, json};
use tinsmith_tests::server::{Catalogue, Fault, ImageBuilder, SESSION_TOKEN, closed_port};
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::plain_client::Call;

#[tokio::test]
async fn pages_are_25_images_long_and_complete_together() {
    let server = ImageBuilder::start(Catalogue::of(60)).await.unwrap();
    let mut sizes = Vec::new();
    let mut arns = Vec::new();
    let mut request = json!({});
    loop {
        let page = Call::list(&request).send(&server).await.page();
        let images = page["imageSummaryList"].as_array().unwrap();
        sizes.push(images.len());
        arns.extend(images.iter().map(|image| text(&image["arn"])));
        match page.get("nextToken") {
            Some(token) => request = json!({ "nextToken": token }),
            None => break,
        }
    }
    assert_eq!(sizes, [25, 25, 10]);
    assert_eq!(arns, server.catalogue().arns());
}

#[tokio::test]
async fn filters_and_the_version_arn_select() {
    let server = ImageBuilder::start(Catalogue::of(40)).await.unwrap();
    let arn = "arn:aws:imagebuilder:eu-west-1:123456789012:image/web/1.0.0";
    for (request, names) in [
        (
            json!({ "filters": [filter("platform", &["Linux"])] }),
            vec!["batch", "web"],
        ),
        (
            json!({ "filters": [filter("platform", &["Linux", "macOS"])] }),
            vec!["batch", "render", "web"],
        ),
        (
            json!({ "filters": [filter("platform", &["linux"])] }),
            vec![],
        ),
        (
            json!({ "filters": [filter("name", &["we*"])] }),
            vec!["web"],
        ),
        (
            json!({ "filters": [filter("name", &["*e*"])] }),
            vec!["desktop", "render", "web"],
        ),
        (
            json!({ "filters": [filter("platform", &["Lin*"])] }),
            vec![],
        ),
        (
            json!({ "filters": [filter("platform", &["Linux"]), filter("type", &["DOCKER"])] }),
            vec!["batch"],
        ),
        (json!({ "imageVersionArn": arn }), vec!["web"]),
        (json!({ "imageVersionArn": format!("{arn}0") }), vec![]),
    ] {
        let page = Call::list(&request).send(&server).await.page();
        let images = page["imageSummaryList"].as_array().unwrap();
        let mut found: Vec<String> = images.iter().map(|image| text(&image["name"])).collect();
        found.sort();
        found.dedup();
        assert_eq!(found, names, "{request}");
    }
}

#[tokio::test]
async fn requests_beyond_the_limits_are_modelled_exceptions() {
    let server = ImageBuilder::start(Catalogue::of(60)).await.unwrap();
    let first = Call::list(&json!({})).send(&server).await.page();
    let token = &first["nextToken"];
    for (request, code) in [
        (json!({ "maxResults": 0 }), "InvalidRequestException"),
        (json!({ "maxResults": 101 }), "InvalidRequestException"),
        (json!({ "maxResults": "9" }), "InvalidRequestException"),
        (json!({ "filters": [] }), "InvalidRequestException"),
        (
            json!({ "filters": [filter("colour", &["red"])] }),
            "InvalidRequestException",
        ),
        (
            json!({ "filters": [filter("name", &[])] }),
            "InvalidRequestException",
        ),
        (
            json!({ "nextToken": "stale" }),
            "InvalidPaginationTokenException",
        ),
        (
            json!({ "nextToken": token, "filters": [filter("name", &["web"])] }),
            "InvalidPaginationTokenException",
        ),
    ] {
        let answer = Call::list(&request).send(&server).await;
        assert_eq!(
            (answer.status(), answer.header("x-amzn-errortype")),
            (400, code),
            "{request}"
        );
    }
}

#[tokio::test]
async fn a_signature_that_does_not_fit_is_refused() {
    let server = ImageBuilder::start(Catalogue::of(1)).await.unwrap();
    let good = Call::list(&json!({}));
    assert_eq!(good.clone().send(&server).await.status(), 200);
    let with_token = Call {
        token: Some(SESSION_TOKEN),
        ..good.clone()
    };
    assert_eq!(with_token.send(&server).await.status(), 200);

    let off = Duration::from_secs(360);
    for (call, code, says) in [
        (
            Call {
                unsigned: true,
                ..good.clone()
            },
            "MissingAuthenticationTokenException",
            "no authorization header",
        ),
        (
            Call {
                secret: "another",
                ..good.clone()
            },
            "InvalidSignatureException",
            "not the one of this request",
        ),
        (
            Call {
                key: "AKIDOTHER",
                ..good.clone()
            },
            "UnrecognizedClientException",
            "access key ID is unknown",
        ),
        (
            Call {
                token: Some("another"),
                ..good.clone()
            },
            "UnrecognizedClientException",
            "session token is unknown",
        ),
        (
            Call {
                region: "eu-west-2",
                ..good.clone()
            },
            "InvalidSignatureException",
            "not scoped to <date>/eu-west-1/imagebuilder/aws4_request",
        ),
        (
            Call {
                time: SystemTime::now() - off,
                ..good.clone()
            },
            "InvalidSignatureException",
            "x-amz-date is off by",
        ),
        (
            Call {
                sent_body: Some("{ }".to_owned()),
                ..good.clone()
            },
            "InvalidSignatureException",
            "not the one of this request",
        ),
        (
            Call {
                signed: vec![("x-amz-content-sha256", "00")],
                ..good.clone()
            },
            "InvalidSignatureException",
            "not the hash of the body",
        ),
        (
            Call {
                added: vec![("x-amz-extra", "1")],
                ..good.clone()
            },
            "InvalidSignatureException",
            "x-amz-extra is not signed",
        ),
        (
            Call {
                added: vec![("authorization", "Basic YTpi")],
                unsigned: true,
                ..good
            },
            "IncompleteSignatureException",
            "not AWS4-HMAC-SHA256",
        ),
    ] {
        let answer = call.send(&server).await;
        assert_eq!(
            (answer.status(), answer.header("x-amzn-errortype")),
            (403, code),
            "{says}"
        );
        let body: Value = serde_json::from_str(&answer.body).unwrap();
        assert!(text(&body["message"]).contains(says), "{body}");
    }
    let refused = server
        .requests()
        .iter()
        .filter(|request| request.refused.is_some())
        .count();
    assert_eq!((server.requests().len(), refused), (12, 10));
}

#[tokio::test]
async fn content_type_and_path_are_checked() {
    let server = ImageBuilder::start(Catalogue::of(1)).await.unwrap();
    let call = Call::list(&json!({}));
    let plain = Call {
        media_type: "text/plain",
        ..call.clone()
    };
    let answer = plain.send(&server).await;
    assert_eq!(
        (answer.status(), answer.header("x-amzn-errortype")),
        (415, "UnsupportedMediaTypeException")
    );
    let elsewhere = Call {
        target: "/ListImages",
        ..call
    };
    let answer = elsewhere.send(&server).await;
    assert_eq!(
        (answer.status(), answer.header("x-amzn-errortype")),
        (404, "UnknownOperationException")
    );
}

#[tokio::test]
async fn faults_come_one_a_request_then_the_standing_one() {
    let server = ImageBuilder::start(Catalogue::of(1)).await.unwrap();
    server.fault(Fault::status(500));
    server.fault(Fault::exception("ForbiddenException", "not yours"));
    server.fault_always(Fault::html());
    let call = Call::list(&json!({}));
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(call.clone().send(&server).await.status());
    }
    server.heal();
    statuses.push(call.send(&server).await.status());
    assert_eq!(statuses, [500, 403, 502, 502, 200]);
}

#[tokio::test]
async fn broken_bodies_break_where_they_should() {
    let server = ImageBuilder::start(Catalogue::of(5)).await.unwrap();
    let call = Call::list(&json!({}));
    let whole = call.clone().send(&server).await.body;

    server.fault(Fault::Cut);
    let cut = call.clone().send(&server).await;
    assert_eq!(cut.header("content-length"), whole.len().to_string());
    assert_eq!(cut.body.len(), whole.len() / 2);

    server.fault(Fault::Reset);
    let error = call.clone().try_send(&server).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);

    server.fault(Fault::Stall);
    let stalled = timeout(Duration::from_millis(200), call.clone().try_send(&server)).await;
    assert!(stalled.is_err(), "the answer must not end");

    server.fault(Fault::SlowFirstByte(Duration::from_millis(150)));
    let begun = Instant::now();
    assert_eq!(call.clone().send(&server).await.body.len(), whole.len());
    assert!(begun.elapsed() >= Duration::from_millis(150));

    server.fault(Fault::Wire(b"220 no HTTP here\r\n".to_vec()));
    assert_eq!(call.send(&server).await.text, "220 no HTTP here\r\n");
}

#[tokio::test]
async fn strange_pages_are_json_and_as_strange_as_they_say() {
    let server = ImageBuilder::start(Catalogue::of(60)).await.unwrap();
    let call = Call::list(&json!({ "maxResults": 60 }));
    let ordinary = call.clone().send(&server).await.page();
    for (fault, marks) in [
        (
            Fault::UnknownEnumValues,
            vec!["Plan9", "HIBERNATING", "LOST", "POLISH"],
        ),
        (Fault::UnknownMembers, vec!["aaNew", "zzNew"]),
        (Fault::NullMembers, vec!["null,{", "\"containers\":null"]),
        (Fault::HugeNumbers, vec!["1e400"]),
        (Fault::DeepNesting, vec!["[[[["]),
        (Fault::UnicodeStrings, vec!["Größe", "🚀"]),
        (
            Fault::EscapedStrings,
            vec!["\\ud83d\\ude80", "\"\\u0061\\u0072\\u006e\""],
        ),
    ] {
        server.fault(fault.clone());
        let answer = call.clone().send(&server).await;
        for mark in marks {
            assert!(answer.body.contains(mark), "{fault:?} has no {mark}");
        }
        // All images are there, in order, under whatever spelling.
        if matches!(fault, Fault::HugeNumbers | Fault::DeepNesting) {
            continue; // more than serde_json's values take
        }
        let page = answer.page();
        let list = page["imageSummaryList"].as_array().unwrap();
        let arns: Vec<&Value> = list
            .iter()
            .filter(|image| !image.is_null())
            .map(|image| &image["arn"])
            .collect();
        let expected: Vec<&Value> = ordinary["imageSummaryList"]
            .as_array()
            .unwrap()
            .iter()
            .map(|image| &image["arn"])
            .collect();
        assert_eq!(arns, expected, "{fault:?}");
    }
    server.fault(Fault::HugePage);
    let page = call.send(&server).await.body;
    assert!(page.len() > 50_000_000, "{} bytes", page.len());
}

#[tokio::test]
async fn the_port_is_closed_after_the_server_is_dropped() {
    let server = ImageBuilder::start(Catalogue::of(1)).await.unwrap();
    let address = server.url().trim_start_matches("http://").to_owned();
    let mut open = TcpStream::connect(&address).await.unwrap();
    drop(server);
    let end = timeout(Duration::from_secs(5), open.read(&mut [0]))
        .await
        .unwrap();
    assert!(matches!(end, Ok(0) | Err(_)), "an open connection ends too");
    let error = TcpStream::connect(&address).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionRefused);

    let closed = closed_port().await.unwrap();
    let error = TcpStream::connect(closed.trim_start_matches("http://"))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionRefused);
}

fn filter(name: &str, values: &[&str]) -> Value {
    json!({ "name": name, "values": values })
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
