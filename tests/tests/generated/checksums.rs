//! Rule 4 of S3: checksums that nobody asked for, of requests and of responses, through the golden case `s3`.

use futures_core::Stream;
use golden_s3::types::{Delete, Object};
use golden_s3::{ByteStream, Client, Config, Credentials, ErrorKind};
use std::pin::Pin;
use std::task::{Context, Poll};
use tinsmith_config::Environment;
use tinsmith_runtime::replay::ReplayClient;
use tinsmith_runtime::{ConfigBuilder, RequestChecksumCalculation, ResponseChecksumValidation};

// Of `five!`, in base64, from Python's hashlib and zlib.
const CRC32: &str = "kuFWJw==";
const SHA256: &str = "XiYX8oxrGEUMycUuLMyCJBpL81thTkx1Je/OR3ulWQc=";

/// The same by every algorithm, in the order in which one of several is validated; CRCs bit by bit from their polynomials, and
/// the others from Python's hashlib and xxhash.
const ALL: [(&str, &str); 9] = [
    ("XXHASH128", "kR7DALghwA+8uXmpsmaF8A=="),
    ("XXHASH3", "2Qap/uvA4NY="),
    ("CRC64NVME", "0g8hySYasgQ="),
    ("XXHASH64", "5OZmjJzAuV8="),
    ("CRC32C", "Jj5rNg=="),
    ("CRC32", CRC32),
    ("SHA1", "yxLq0bvvFRri4K1L8V30dDuSHGw="),
    ("SHA256", SHA256),
    (
        "SHA512",
        "G6/0s6sc9Q3IscQGtqBN6zK8jkeA0yYE9ttoWM5Lvy6V+zHbbblFGir96rywWpmJ6XanHDmVX4Om0g9vlCK2/Q==",
    ),
];

fn client(config: ConfigBuilder, replay: &ReplayClient) -> Client {
    let config = config
        .region("eu-west-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .http_client(replay.clone());
    Client::new(config.build())
}

fn required() -> ConfigBuilder {
    Config::builder()
        .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
        .response_checksum_validation(ResponseChecksumValidation::WhenRequired)
}

fn answered(headers: &[(&str, &str)], body: &'static str) -> ReplayClient {
    let mut response = http::Response::builder();
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    ReplayClient::new().response(response.body(body).unwrap())
}

fn header<'r>(request: &'r http::Request<bytes::Bytes>, name: &str) -> Option<&'r str> {
    request
        .headers()
        .get(name)
        .map(|value| value.to_str().unwrap())
}

#[tokio::test]
async fn a_body_has_a_crc32_unless_the_setting_or_the_caller_says_otherwise() {
    for (config, expected) in [
        (Config::builder(), (Some("CRC32"), Some(CRC32))),
        (required(), (None, None)),
    ] {
        let replay = answered(&[], "");
        let call = client(config, &replay).put_object().bucket("tins").key("k");
        call.body(b"five!".to_vec()).send().await.unwrap();
        let requests = replay.requests();
        let algorithm = header(&requests[0], "x-amz-sdk-checksum-algorithm");
        let sum = header(&requests[0], "x-amz-checksum-crc32");
        assert_eq!((algorithm, sum), expected);
    }
    // Another choice is the only checksum.
    let replay = answered(&[], "");
    let call = client(Config::builder(), &replay).put_object();
    let call = call.bucket("tins").key("k").checksum_algorithm("SHA256");
    call.body(b"five!".to_vec()).send().await.unwrap();
    let requests = replay.requests();
    assert_eq!(header(&requests[0], "x-amz-checksum-sha256"), Some(SHA256));
    assert_eq!(header(&requests[0], "x-amz-checksum-crc32"), None);
    // What the service requires is sent in any case.
    let replay = answered(&[], "");
    let call = client(required(), &replay).delete_objects().bucket("tins");
    let delete = Delete::default().objects([Object::default().key("k")]);
    call.delete(delete).send().await.unwrap();
    assert!(header(&replay.requests()[0], "x-amz-checksum-crc32").is_some());
    // Operations without a choice have none.
    let replay = answered(&[], "<CopyObjectResult/>");
    let call = client(Config::builder(), &replay).copy_object();
    call.bucket("tins").key("k").send().await.unwrap();
    assert_eq!(header(&replay.requests()[0], "x-amz-checksum-crc32"), None);
}

#[tokio::test]
async fn the_settings_come_from_the_environment_and_then_from_the_profile() {
    let home = |file: &str| {
        let home = Environment::empty().with_home("/home/me");
        home.with_file("/home/me/.aws/config", file)
    };
    let profile = "[default]\nrequest_checksum_calculation = when_required\nresponse_checksum_validation = WHEN_REQUIRED\n";
    let variables = |environment: Environment, value: &str| {
        environment
            .with_variable("AWS_REQUEST_CHECKSUM_CALCULATION", value)
            .with_variable("AWS_RESPONSE_CHECKSUM_VALIDATION", value)
    };
    for (environment, is_default) in [
        (Environment::empty(), true),
        (home(profile), false),
        (variables(home(profile), "when_supported"), true),
        (variables(Environment::empty(), "WHEN_REQUIRED"), false),
    ] {
        let replay = answered(&[], "").response(http::Response::new(""));
        let loader = tinsmith_config::from_env()
            .environment(environment.with_variable("AWS_EC2_METADATA_DISABLED", "true"))
            .region("eu-west-1")
            .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
            .http_client(replay.clone());
        let client = Client::new(loader.load().await.unwrap());
        let put = client.put_object().bucket("tins").key("k");
        put.body(b"five!".to_vec()).send().await.unwrap();
        let get = client.get_object().bucket("tins").key("k");
        get.send().await.unwrap();
        let requests = replay.requests();
        let sum = header(&requests[0], "x-amz-checksum-crc32");
        let mode = header(&requests[1], "x-amz-checksum-mode");
        assert_eq!((sum.is_some(), mode.is_some()), (is_default, is_default));
    }
    for name in [
        "AWS_REQUEST_CHECKSUM_CALCULATION",
        "AWS_RESPONSE_CHECKSUM_VALIDATION",
    ] {
        let environment = Environment::empty().with_variable(name, "sometimes");
        let loader = tinsmith_config::from_env().environment(environment);
        let error = loader.load().await.unwrap_err().to_string();
        assert!(
            error.contains(name) && error.contains("expected `when_supported` or `when_required`"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_response_is_validated_unless_the_setting_says_otherwise() {
    let wrong = [("x-amz-checksum-crc32", "AAAAAA==")];
    for (config, is_validated) in [(Config::builder(), true), (required(), false)] {
        let replay = answered(&wrong, "five!");
        let call = client(config, &replay).get_object().bucket("tins").key("k");
        let body = call.send().await.unwrap().body;
        let mode = replay.requests();
        let mode = header(&mode[0], "x-amz-checksum-mode").map(str::to_owned);
        assert_eq!(mode.as_deref(), is_validated.then_some("ENABLED"));
        assert_eq!(body.collect().await.is_err(), is_validated);
    }
}

#[tokio::test]
async fn every_algorithm_is_sent_where_it_is_chosen_and_validated_where_it_comes() {
    for (algorithm, sum) in ALL {
        let name = format!("x-amz-checksum-{}", algorithm.to_ascii_lowercase());
        let replay = answered(&[], "");
        let call = client(Config::builder(), &replay).put_object();
        let call = call.bucket("tins").key("k").checksum_algorithm(algorithm);
        call.body(b"five!".to_vec()).send().await.unwrap();
        assert_eq!(header(&replay.requests()[0], &name), Some(sum));

        for (body, is_right) in [("five!", true), ("six!!", false)] {
            let replay = answered(&[(&name, sum)], body);
            let call = client(Config::builder(), &replay).get_object();
            let output = call.bucket("tins").key("k").send().await.unwrap();
            assert_eq!(output.body.validated_by(), Some(algorithm));
            assert_eq!(output.body.collect().await.is_ok(), is_right, "{algorithm}");
        }
    }
    // MD5 is no choice, and neither is what S3 may add.
    for algorithm in ["MD5", "CRC128"] {
        let replay = answered(&[], "");
        let call = client(Config::builder(), &replay).put_object();
        let call = call.bucket("tins").key("k").checksum_algorithm(algorithm);
        let error = call.body(b"five!".to_vec()).send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Input);
        let expected =
            "expected a checksum of CRC32, CRC32C, CRC64NVME, SHA1, SHA256, SHA512, XXHASH3";
        assert!(error.to_string().contains(expected), "{error}");
    }
}

#[tokio::test]
async fn one_checksum_of_a_response_is_validated_and_the_caller_can_ask_which() {
    async fn validated_by(headers: &[(&str, &str)], status: u16) -> Option<&'static str> {
        let mut response = http::Response::builder().status(status);
        for (name, value) in headers {
            response = response.header(*name, *value);
        }
        let replay = ReplayClient::new().response(response.body("five!").unwrap());
        let call = client(Config::builder(), &replay).get_object();
        let body = call.bucket("tins").key("k").send().await.unwrap().body;
        let algorithm = body.validated_by();
        body.collect().await.unwrap();
        algorithm
    }
    // The first of the order, wherever it is.
    for (index, (first, _)) in ALL.iter().enumerate() {
        let names = ALL.map(|(name, _)| format!("x-amz-checksum-{}", name.to_ascii_lowercase()));
        let of = |at: usize| (names[at].as_str(), ALL[at].1);
        let headers: Vec<_> = (index..ALL.len()).rev().map(of).collect();
        assert_eq!(validated_by(&headers, 200).await, Some(*first));
    }
    // None of a part, none of the parts' checksums, none that is not known.
    let crc32 = ("x-amz-checksum-crc32", CRC32);
    assert_eq!(validated_by(&[crc32], 206).await, None);
    let of_parts = ("x-amz-checksum-crc32", "AAAAAA==-3");
    assert_eq!(validated_by(&[of_parts], 200).await, None);
    let sha256 = ("x-amz-checksum-sha256", SHA256);
    assert_eq!(validated_by(&[of_parts, sha256], 200).await, Some("SHA256"));
    let md5 = ("x-amz-checksum-md5", "AAAAAAAAAAAAAAAAAAAAAA==");
    assert_eq!(validated_by(&[md5], 200).await, None);
    assert_eq!(validated_by(&[], 200).await, None);
}

#[tokio::test]
async fn a_file_with_a_checksum_is_hashed_for_the_signature_over_http_alone() {
    let path = std::env::temp_dir().join(format!("tinsmith-checksums-{}", std::process::id()));
    std::fs::write(&path, b"five!").unwrap();
    let unsigned = "UNSIGNED-PAYLOAD";
    // Its checksum protects it under TLS, and its hash is in the signature elsewhere, or where there is no checksum.
    let hash = "5e2617f28c6b18450cc9c52e2ccc82241a4bf35b614e4c7525efce477ba55907";
    for (config, expected) in [
        (Config::builder(), unsigned),
        (
            Config::builder().endpoint_url("http://store.test:9000"),
            hash,
        ),
        (required(), hash),
    ] {
        let replay = answered(&[], "");
        let call = client(config, &replay).put_object().bucket("tins").key("k");
        call.body(ByteStream::from_path(&path))
            .send()
            .await
            .unwrap();
        let requests = replay.requests();
        let request = &requests[0];
        assert_eq!(header(request, "x-amz-content-sha256"), Some(expected));
        assert_eq!(&request.body()[..], b"five!");
    }
    std::fs::remove_file(path).unwrap();
}

/// A stream of these pieces.
struct Pieces(Vec<Vec<u8>>);

impl Stream for Pieces {
    type Item = std::io::Result<Vec<u8>>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(match self.0.is_empty() {
            true => None,
            false => Some(Ok(self.0.remove(0))),
        })
    }
}

fn once(pieces: &[usize]) -> (ByteStream, Vec<u8>) {
    let mut number = 0_u32;
    let mut piece = |length: &usize| -> Vec<u8> {
        let mut next = || {
            number = number.wrapping_add(1);
            (number % 251) as u8
        };
        (0..*length).map(|_| next()).collect()
    };
    let pieces: Vec<Vec<u8>> = pieces.iter().map(&mut piece).collect();
    let whole = pieces.concat();
    let length = whole.len() as u64;
    (ByteStream::from_sized_stream(Pieces(pieces), length), whole)
}

/// The content of a body in `aws-chunked`, and its trailer; every chunk but the last has 64 KiB.
fn decoded(mut body: &[u8]) -> (Vec<u8>, String) {
    let mut content = Vec::new();
    loop {
        let end = body.windows(2).position(|at| at == b"\r\n").unwrap();
        let size = usize::from_str_radix(std::str::from_utf8(&body[..end]).unwrap(), 16).unwrap();
        body = &body[end + 2..];
        if size == 0 {
            return (content, String::from_utf8(body.to_vec()).unwrap());
        }
        assert!(content.len() % 65_536 == 0 && size <= 65_536, "{size}");
        content.extend_from_slice(&body[..size]);
        assert_eq!(&body[size..size + 2], b"\r\n");
        body = &body[size + 2..];
    }
}

#[tokio::test]
async fn the_checksum_of_a_stream_that_is_read_once_goes_behind_it() {
    for pieces in [
        &[][..],
        &[1],
        &[5, 70_000],
        &[65_536],
        &[65_535, 2, 131_072, 9],
    ] {
        let (body, whole) = once(pieces);
        let replay = answered(&[], "");
        let call = client(Config::builder(), &replay).put_object().body(body);
        call.bucket("tins").key("k").send().await.unwrap();
        let requests = replay.requests();
        let request = &requests[0];
        let (content, trailer) = decoded(request.body());
        assert_eq!(content, whole, "{pieces:?}");
        let mut crc = flate2::Crc::new();
        crc.update(&whole);
        let sum = base64::Engine::encode(
            &base64::engine::general_purpose::STANDARD,
            crc.sum().to_be_bytes(),
        );
        assert_eq!(trailer, format!("x-amz-checksum-crc32:{sum}\r\n\r\n"));
        for (name, value) in [
            ("content-encoding", "aws-chunked"),
            ("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"),
            ("x-amz-decoded-content-length", &whole.len().to_string()),
            ("x-amz-sdk-checksum-algorithm", "CRC32"),
            ("x-amz-trailer", "x-amz-checksum-crc32"),
        ] {
            assert_eq!(header(request, name), Some(value), "{pieces:?}");
            let signed = header(request, "authorization").unwrap();
            assert!(signed.contains(name), "{signed}");
        }
        // Never a trailer and a header.
        assert_eq!(header(request, "x-amz-checksum-crc32"), None);
    }
    // The choice of the caller.
    let (body, _) = once(&[5]);
    let replay = answered(&[], "");
    let call = client(required(), &replay).put_object().body(body);
    let call = call.bucket("tins").key("k").checksum_algorithm("SHA256");
    call.send().await.unwrap();
    let requests = replay.requests();
    assert_eq!(
        header(&requests[0], "x-amz-trailer"),
        Some("x-amz-checksum-sha256")
    );
}

#[tokio::test]
async fn a_stream_that_cannot_have_its_checksum_behind_it_is_refused() {
    let http = "http://store.test:9000";
    let unsized_stream = || ByteStream::from_stream(Pieces(vec![b"five!".to_vec()]));
    for (config, body, expected) in [
        (
            Config::builder().endpoint_url(http),
            once(&[5]).0,
            "over https alone",
        ),
        (
            Config::builder(),
            unsized_stream(),
            "a stream of unknown length",
        ),
        (required(), unsized_stream(), "a stream of unknown length"),
        (
            required().endpoint_url(http),
            once(&[5]).0,
            "the service needs its hash before it is sent",
        ),
    ] {
        let replay = answered(&[], "");
        let call = client(config, &replay).put_object().body(body);
        let error = call.bucket("tins").key("k").send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Input);
        assert!(error.to_string().contains(expected), "{error}");
        assert!(replay.requests().is_empty());
    }
}

/// Without a checksum, over TLS: S3 takes a body that the signature does not cover.
#[tokio::test]
async fn a_stream_without_a_checksum_behind_it_is_not_signed_over_tls() {
    let (body, whole) = once(&[5, 70_000]);
    let replay = answered(&[], "");
    let call = client(required(), &replay).put_object().body(body);
    call.bucket("tins").key("k").send().await.unwrap();
    let requests = replay.requests();
    assert_eq!(requests[0].body()[..], whole[..]);
    for (name, value) in [
        ("x-amz-checksum-crc32", None),
        ("x-amz-content-sha256", Some("UNSIGNED-PAYLOAD")),
        ("x-amz-trailer", None),
        ("content-encoding", None),
    ] {
        assert_eq!(header(&requests[0], name), value, "{name}");
    }
}

/// A checksum that the caller gives goes ahead of the stream, and none is computed.
#[tokio::test]
async fn a_checksum_of_the_callers_goes_ahead_of_a_stream_that_is_read_once() {
    // The value is the caller's word: it need not be right.
    let given = [
        ("x-amz-checksum-crc32", "AAAAAA=="),
        ("x-amz-checksum-sha256", SHA256),
    ];
    for (config, choice, (name, value)) in [
        (Config::builder(), None, given[0]),
        (Config::builder(), Some("CRC32"), given[0]),
        (Config::builder(), None, given[1]),
        // Not even the checksum of the choice is computed beside it.
        (Config::builder(), Some("CRC32"), given[1]),
        (required(), None, given[0]),
        (required(), Some("SHA256"), given[1]),
    ] {
        let (body, whole) = once(&[5, 70_000]);
        let replay = answered(&[], "");
        let call = client(config, &replay).put_object().body(body);
        let call = call.bucket("tins").key("k");
        let call = match choice {
            Some(choice) => call.checksum_algorithm(choice),
            None => call,
        };
        let call = match name {
            "x-amz-checksum-crc32" => call.checksum_crc32(value),
            _ => call.checksum_sha256(value),
        };
        call.send().await.unwrap();
        let requests = replay.requests();
        let request = &requests[0];
        assert_eq!(request.body()[..], whole[..]);
        let checksums = request.headers().keys();
        let checksums = checksums.filter(|name| name.as_str().starts_with("x-amz-checksum-"));
        assert_eq!(checksums.collect::<Vec<_>>(), [name]);
        for (name, expected) in [
            (name, Some(value)),
            ("x-amz-sdk-checksum-algorithm", choice),
            ("x-amz-content-sha256", Some("UNSIGNED-PAYLOAD")),
            ("x-amz-trailer", None),
            ("x-amz-decoded-content-length", None),
            ("content-encoding", None),
        ] {
            assert_eq!(header(request, name), expected, "{name}");
        }
        let signed = header(request, "authorization").unwrap();
        assert!(signed.contains(name), "{signed}");
    }
    // Without TLS the signature covers the body, and its hash cannot be known.
    let replay = answered(&[], "");
    let config = Config::builder().endpoint_url("http://store.test:9000");
    let call = client(config, &replay).put_object().body(once(&[5]).0);
    let call = call.bucket("tins").key("k").checksum_crc32("AAAAAA==");
    let error = call.send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Input);
    let expected = "the service needs its hash before it is sent";
    assert!(error.to_string().contains(expected), "{error}");
    assert!(replay.requests().is_empty());
}

#[tokio::test]
async fn the_length_of_a_stream_can_be_said_beside_it() {
    let body = ByteStream::from_stream(Pieces(vec![b"five!".to_vec()]));
    let replay = answered(&[], "");
    let call = client(Config::builder(), &replay).put_object().body(body);
    let call = call.content_length(5).bucket("tins").key("k");
    call.send().await.unwrap();
    let requests = replay.requests();
    let length = header(&requests[0], "x-amz-decoded-content-length");
    assert_eq!(length, Some("5"));
    assert_eq!(decoded(requests[0].body()).0, b"five!");
}
