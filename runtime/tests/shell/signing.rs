//! Signatures, against those of aws-sigv4 with its settings for all services but S3.

use crate::support::header;
use aws_credential_types::Credentials as AwsCredentials;
use aws_sigv4::http_request::{
    PayloadChecksumKind, PercentEncodingMode, SignableBody, SignableRequest, SigningSettings,
    UriPathNormalizationMode, sign as aws_sign,
};
use aws_sigv4::sign::v4;
use http::Request;
use std::time::SystemTime;
use tinsmith_runtime::{Credentials, SignedPayload, Timestamp, sign};

const BODY: &[u8] = br#"{"colour":"red"}"#;

fn signed(uri: &str, service: &str, token: Option<&str>) -> Request<()> {
    signed_with(uri, service, token, Some(BODY))
}

fn signed_with(uri: &str, service: &str, token: Option<&str>, body: Option<&[u8]>) -> Request<()> {
    let request = Request::post(uri)
        .header("content-type", "application/json")
        .header("x-tin", "  two   words ")
        .header("x-amz-meta", "one")
        .header("x-amz-meta", "two");
    let (mut parts, ()) = request.body(()).unwrap().into_parts();
    let credentials = Credentials::new("AKIDEXAMPLE", "secret", token.map(str::to_owned));
    let payload = body.map_or(SignedPayload::Unsigned, SignedPayload::Bytes);
    let now = SystemTime::now();
    sign(&mut parts, payload, &credentials, "eu-west-1", service, now).unwrap();
    Request::from_parts(parts, ())
}

/// The moment that a request says it was signed at.
fn date(request: &Request<()>) -> SystemTime {
    let compact = header(request, "x-amz-date");
    let (day, time) = compact.trim_end_matches('Z').split_once('T').unwrap();
    let text = format!(
        "{}-{}-{}T{}:{}:{}Z",
        &day[..4],
        &day[4..6],
        &day[6..],
        &time[..2],
        &time[2..4],
        &time[4..]
    );
    text.parse::<Timestamp>().unwrap().try_into().unwrap()
}

/// What aws-sigv4 computes for the same request at the same moment.
fn reference(request: &Request<()>, uri: &str, service: &str, token: Option<&str>) -> String {
    reference_with(request, uri, service, token, SignableBody::Bytes(BODY))
}

fn reference_with(
    request: &Request<()>,
    uri: &str,
    service: &str,
    token: Option<&str>,
    body: SignableBody<'_>,
) -> String {
    let identity =
        AwsCredentials::from_keys("AKIDEXAMPLE", "secret", token.map(str::to_owned)).into();
    let mut settings = SigningSettings::default();
    settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
    if service == "s3" {
        settings.percent_encoding_mode = PercentEncodingMode::Single;
        settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
    }
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region("eu-west-1")
        .name(service)
        .time(date(request))
        .settings(settings)
        .build()
        .unwrap()
        .into();
    let headers = [
        ("content-type", "application/json"),
        ("x-tin", "  two   words "),
        ("x-amz-meta", "one,two"),
    ]
    .into_iter();
    let signable = SignableRequest::new("POST", uri, headers, body).unwrap();
    let (instructions, _) = aws_sign(signable, &params).unwrap().into_parts();
    let (headers, _) = instructions.into_parts();
    headers
        .into_iter()
        .find(|header| header.name() == "authorization")
        .unwrap()
        .value()
        .to_owned()
}

#[test]
fn signatures_are_those_of_aws_sigv4() {
    for path in [
        "/",
        "",
        "/tins/a",
        "/tins/arn%3Aaws%3Atin%3A%3A1",
        "/tins/a%20b",
        "/tins/%C3%A9t%C3%A9",
        "/tins/a%2Bb",
        "/tins/a+b",
        "/tins/a%2Fb",
        "/tins/100%25",
        "/tins//a",
        "//tins/a/",
        "/tins/./a/../b",
        "/tins/a/..",
        "/tins/1.0.0",
        "/tins/it's~(all)*right!",
        "/tins?b=2&a=1&a=0",
        "/tins?empty=&bare&x=a%20b%2Bc%2Fd%3D&%C3%A9=%F0%9F%A5%AB",
        "/tins/a%3Ab?arn=arn%3Aaws",
    ] {
        for origin in [
            "https://tins.example.com",
            "http://127.0.0.1:4566",
            "https://tins.example.com:443",
        ] {
            for token in [None, Some("a session token")] {
                let uri = format!("{origin}{path}");
                let request = signed(&uri, "tinshop", token);
                let expected = reference(&request, &uri, "tinshop", token);
                assert_eq!(
                    header(&request, "authorization"),
                    expected,
                    "{uri} {token:?}"
                );
                assert_eq!(
                    header(&request, "x-amz-security-token"),
                    token.unwrap_or_default()
                );
            }
        }
    }
}

#[test]
fn s3_signs_the_path_as_it_is_on_the_wire() {
    for path in ["/bucket/a%20b", "/bucket//a/../b", "/bucket/%C3%A9"] {
        let uri = format!("https://s3.example.com{path}");
        let request = signed(&uri, "s3", None);
        assert_eq!(
            header(&request, "authorization"),
            reference(&request, &uri, "s3", None),
            "{uri}"
        );
    }
}

#[test]
fn the_request_itself_is_changed_in_nothing_but_the_headers_of_the_signature() {
    let request = signed(
        "https://tins.example.com/tins//a%3Ab/../c?z=1&a=%20",
        "tinshop",
        None,
    );
    assert_eq!(
        request.uri(),
        "https://tins.example.com/tins//a%3Ab/../c?z=1&a=%20"
    );
    let names: Vec<_> = request.headers().keys().map(|name| name.as_str()).collect();
    let own = ["content-type", "x-tin", "x-amz-meta"];
    assert_eq!(
        names,
        [
            &own[..],
            &["authorization", "x-amz-content-sha256", "x-amz-date"]
        ]
        .concat()
    );
    assert_eq!(header(&request, "x-tin"), "  two   words ");
    assert!(request.headers()["authorization"].is_sensitive());
}

#[test]
fn a_signature_can_leave_the_body_out() {
    let uri = "https://tinshop.eu-west-1.amazonaws.com/tins";
    let request = signed_with(uri, "tinshop", None, None);
    assert_eq!(header(&request, "x-amz-content-sha256"), "UNSIGNED-PAYLOAD");
    assert_eq!(
        header(&request, "authorization"),
        reference_with(
            &request,
            uri,
            "tinshop",
            None,
            SignableBody::UnsignedPayload
        )
    );
}

#[test]
fn a_member_may_give_the_hash_of_the_body() {
    let uri = "https://tinshop.eu-west-1.amazonaws.com/tins";
    let hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    for payload in [SignedPayload::Unsigned, SignedPayload::Bytes(BODY)] {
        let request = Request::post(uri)
            .header("x-amz-content-sha256", hash)
            .header("content-type", "application/json")
            .header("x-tin", "two words")
            .header("x-amz-meta", "one,two");
        let (mut parts, ()) = request.body(()).unwrap().into_parts();
        let credentials = Credentials::new("AKIDEXAMPLE", "secret", None);
        let now = SystemTime::now();
        sign(
            &mut parts,
            payload,
            &credentials,
            "eu-west-1",
            "tinshop",
            now,
        )
        .unwrap();
        let request = Request::from_parts(parts, ());
        assert_eq!(header(&request, "x-amz-content-sha256"), hash);
        let body = SignableBody::Precomputed(hash.to_owned());
        let expected = reference_with(&request, uri, "tinshop", None, body);
        assert_eq!(header(&request, "authorization"), expected);
    }
}

#[test]
fn what_cannot_be_signed_is_an_error_that_says_why() {
    let error = |uri: &str, id: &str, value: &[u8]| {
        let value = http::HeaderValue::from_bytes(value).unwrap();
        let (mut parts, ()) = Request::get(uri)
            .header("x-tin", value)
            .body(())
            .unwrap()
            .into_parts();
        sign(
            &mut parts,
            SignedPayload::Bytes(b""),
            &Credentials::new(id, "secret", None),
            "eu-west-1",
            "tinshop",
            SystemTime::now(),
        )
        .unwrap_err()
        .to_string()
    };
    for (uri, id, value, expected) in [
        (
            "https://a.example",
            "",
            &b"x"[..],
            "the access key id or the secret access key is empty",
        ),
        (
            "/tins",
            "AKID",
            b"x",
            "a request to sign needs an absolute URI",
        ),
        (
            "https://a.example",
            "AKID",
            b"\xff",
            "header `x-tin` cannot be signed: it is not all visible ASCII",
        ),
    ] {
        assert_eq!(
            error(uri, id, value),
            format!("the request cannot be signed: {expected}")
        );
    }
}
