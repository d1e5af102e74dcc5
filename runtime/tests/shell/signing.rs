//! Signatures, against those of aws-sigv4 with its settings for all services but S3.

use crate::support::header;
use aws_credential_types::Credentials as AwsCredentials;
use aws_sigv4::http_request::{
    PayloadChecksumKind, PercentEncodingMode, SignableBody, SignableRequest, SignatureLocation,
    SigningSettings, UriPathNormalizationMode, sign as aws_sign,
};
use aws_sigv4::sign::v4;
use http::Request;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use proptest::prelude::*;
use std::time::{Duration, SystemTime};
use tinsmith_runtime::{Credentials, SignedPayload, Signer, SigningKeys, Timestamp};

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
    let signer = Signer::new(&credentials, "eu-west-1", service, now);
    signer.sign(&mut parts, payload).unwrap();
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
            &["x-amz-date", "x-amz-content-sha256", "authorization"]
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
        let signer = Signer::new(&credentials, "eu-west-1", "tinshop", now);
        signer.sign(&mut parts, payload).unwrap();
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
        let credentials = Credentials::new(id, "secret", None);
        let signer = Signer::new(&credentials, "eu-west-1", "tinshop", SystemTime::now());
        let signed = signer.sign(&mut parts, SignedPayload::Bytes(b""));
        signed.unwrap_err().to_string()
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

#[test]
fn kept_keys_give_the_same_signatures() {
    let keys = SigningKeys::new();
    let uri = "https://tinshop.eu-west-1.amazonaws.com/tins";
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_440_938_160);
    let signature = |signer: Signer<'_>| {
        let (mut parts, ()) = Request::get(uri).body(()).unwrap().into_parts();
        signer.sign(&mut parts, SignedPayload::Bytes(b"")).unwrap();
        parts.headers["authorization"].clone()
    };
    // More scopes than are kept, and each one twice.
    for _ in 0..2 {
        for secret in ["secret", "another secret"] {
            let credentials = Credentials::new("AKIDEXAMPLE", secret, None);
            for region in ["eu-west-1", "us-east-1", "*"] {
                for service in ["tinshop", "s3"] {
                    for days in [0, 1] {
                        let at = now + Duration::from_secs(days * 86_400);
                        let signer = Signer::new(&credentials, region, service, at);
                        assert_eq!(signature(signer.keys(&keys)), signature(signer));
                    }
                }
            }
        }
    }
}

#[test]
fn urls_expire_within_seven_days() {
    let credentials = Credentials::new("AKIDEXAMPLE", "secret", None);
    let signer = Signer::new(&credentials, "eu-west-1", "s3", SystemTime::now());
    for (seconds, is_signed) in [(0, false), (1, true), (604_800, true), (604_801, false)] {
        let uri = "https://tins.s3.eu-west-1.amazonaws.com/a";
        let (mut parts, ()) = Request::get(uri).body(()).unwrap().into_parts();
        let expires_in = Duration::from_secs(seconds);
        let signed = signer.presign(&mut parts, SignedPayload::Unsigned, expires_in);
        assert_eq!(signed.is_ok(), is_signed, "{seconds}: {signed:?}");
    }
}

proptest! {
    #![proptest_config(tinsmith_tests::fuzz::config())]

    #[test]
    fn any_request_is_signed_as_aws_sigv4_signs_it(
        path in "(/[a-z.~%2+ é()*!=:@]{0,6}){0,4}",
        parameters in prop::collection::vec(("[a-cA-C é%]{1,3}", "[a-c&=+/ é]{0,4}"), 0..4),
        value in "[ -~]{0,12}",
        token in prop::option::of("[a-zA-Z0-9+/=]{1,20}"),
        body in prop::option::of(prop::collection::vec(any::<u8>(), 0..20)),
        is_s3 in any::<bool>(),
    ) {
        let path = path.split('/').map(encoded).collect::<Vec<_>>().join("/");
        let query: Vec<_> = parameters.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        let uri = format!("https://tins.example.com{path}?{}", query.join("&"));
        let request = Oracle { uri, value, token, body, service: if is_s3 { "s3" } else { "tinshop" } };
        prop_assert_eq!(request.ours(None), request.theirs(None));
        let expires_in = Some(Duration::from_secs(900));
        prop_assert_eq!(request.ours(expires_in), request.theirs(expires_in));
    }
}

/// Percent-encoded as a client does it: all but the unreserved characters of RFC 3986.
fn encoded(text: &str) -> String {
    const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'.')
        .remove(b'_')
        .remove(b'~');
    utf8_percent_encode(text, RESERVED).to_string()
}

/// A request that is signed by both.
struct Oracle {
    uri: String,
    value: String,
    token: Option<String>,
    /// `None`: the signature does not cover it.
    body: Option<Vec<u8>>,
    service: &'static str,
}

impl Oracle {
    const AT: Duration = Duration::from_secs(1_440_938_160);

    /// The signature in the headers, or in a query that expires.
    fn ours(&self, expires_in: Option<Duration>) -> String {
        let request = Request::put(&self.uri).header("x-tin", &self.value);
        let (mut parts, ()) = request.body(()).unwrap().into_parts();
        let credentials = Credentials::new("AKIDEXAMPLE", "secret", self.token.clone());
        let at = SystemTime::UNIX_EPOCH + Self::AT;
        let signer = Signer::new(&credentials, "eu-west-1", self.service, at);
        let payload = self.body.as_deref();
        let payload = payload.map_or(SignedPayload::Unsigned, SignedPayload::Bytes);
        match expires_in {
            None => {
                signer.sign(&mut parts, payload).unwrap();
                let authorization = parts.headers["authorization"].to_str().unwrap();
                authorization.rsplit_once('=').unwrap().1.to_owned()
            }
            Some(expires_in) => {
                signer.presign(&mut parts, payload, expires_in).unwrap();
                parts
                    .uri
                    .query()
                    .unwrap()
                    .rsplit_once('=')
                    .unwrap()
                    .1
                    .to_owned()
            }
        }
    }

    fn theirs(&self, expires_in: Option<Duration>) -> String {
        let identity =
            AwsCredentials::from_keys("AKIDEXAMPLE", "secret", self.token.clone()).into();
        let mut settings = SigningSettings::default();
        if self.service == "s3" {
            settings.percent_encoding_mode = PercentEncodingMode::Single;
            settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
        }
        match expires_in {
            None => settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256,
            Some(_) => {
                settings.signature_location = SignatureLocation::QueryParams;
                settings.expires_in = expires_in;
            }
        }
        let params = v4::SigningParams::builder()
            .identity(&identity)
            .region("eu-west-1")
            .name(self.service)
            .time(SystemTime::UNIX_EPOCH + Self::AT)
            .settings(settings)
            .build()
            .unwrap()
            .into();
        let body = self.body.as_deref();
        let body = body.map_or(SignableBody::UnsignedPayload, SignableBody::Bytes);
        let headers = [("x-tin", self.value.as_str())].into_iter();
        let signable = SignableRequest::new("PUT", &self.uri, headers, body).unwrap();
        aws_sign(signable, &params).unwrap().signature().to_owned()
    }
}
