//! What S3 wants of a client, through the golden case `s3`: where its buckets are called, how objects travel, and what an
//! answer says of itself.

use futures_core::Stream;
use golden_s3::{ByteStream, Client, Config, Credentials, ErrorKind};
use std::pin::Pin;
use std::task::{Context, Poll};
use tinsmith_config::Environment;
use tinsmith_runtime::replay::ReplayClient;
use tinsmith_runtime::{ConfigBuilder, ResponseChecksumValidation, StreamError};

/// What a call became: the URI and the scope of its signature, or the message of its error.
type Sent = Result<(String, String), String>;

/// What it should have become: or a part of the message.
type Expected<T> = Result<T, &'static str>;

/// A configuration, a bucket, and the URI with the scope of the signature.
type Row = (
    ConfigBuilder,
    &'static str,
    Expected<(&'static str, &'static str)>,
);

/// A body, the length that is said, and what is sent.
type Upload = (ByteStream, Option<i64>, Expected<&'static [u8]>);

type Headers = &'static [(&'static str, &'static str)];

fn with(config: ConfigBuilder, replay: &ReplayClient) -> ConfigBuilder {
    config
        .region("eu-west-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .http_client(replay.clone())
}

fn answered(headers: &[(&str, &str)], status: u16, body: &'static str) -> ReplayClient {
    let mut response = http::Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    ReplayClient::new().response(response.body(body).unwrap())
}

fn client(config: ConfigBuilder, replay: &ReplayClient) -> Client {
    Client::new(with(config, replay).build())
}

fn sent(replay: &ReplayClient) -> (String, String) {
    let requests = replay.requests();
    let request = requests.first().unwrap();
    let authorization = request.headers()["authorization"].to_str().unwrap();
    let scope = authorization.split(['/', ',']).skip(2).take(2);
    let scope = scope.collect::<Vec<_>>().join("/");
    (request.uri().to_string(), scope)
}

async fn get(config: ConfigBuilder, bucket: &str) -> Sent {
    let replay = answered(&[], 200, "");
    let called = client(config, &replay)
        .get_object()
        .bucket(bucket)
        .key("a//b c");
    match called.send().await {
        Ok(_) => Ok(sent(&replay)),
        Err(error) => Err(error.to_string()),
    }
}

#[tokio::test]
async fn the_rules_place_the_bucket_and_the_key_stays_as_it_is() {
    let local = || Config::builder().endpoint_url("http://local.test:9000/base/");
    let address = || Config::builder().endpoint_url("http://127.0.0.1:9000");
    let point = "arn:aws:s3:us-west-2:123456789012:accesspoint/mine";
    let of_all = "arn:aws:s3::123456789012:accesspoint/mine.mrap";
    let table: Vec<Row> = vec![
        (
            Config::builder(),
            "my-bucket",
            Ok((
                "https://my-bucket.s3.eu-west-1.example.com/a//b%20c",
                "eu-west-1/s3",
            )),
        ),
        // Over https a certificate is for one label only.
        (
            Config::builder(),
            "my.bucket",
            Ok((
                "https://s3.eu-west-1.example.com/my.bucket/a//b%20c",
                "eu-west-1/s3",
            )),
        ),
        (
            Config::builder(),
            "My_Bucket",
            Ok((
                "https://s3.eu-west-1.example.com/My_Bucket/a//b%20c",
                "eu-west-1/s3",
            )),
        ),
        (
            Config::builder().force_path_style(true),
            "my-bucket",
            Ok((
                "https://s3.eu-west-1.example.com/my-bucket/a//b%20c",
                "eu-west-1/s3",
            )),
        ),
        (
            local(),
            "my.bucket",
            Ok((
                "http://my.bucket.local.test:9000/base/a//b%20c",
                "eu-west-1/s3",
            )),
        ),
        (
            local().force_path_style(true),
            "my.bucket",
            Ok((
                "http://local.test:9000/base/my.bucket/a//b%20c",
                "eu-west-1/s3",
            )),
        ),
        (
            address(),
            "my-bucket",
            Ok(("http://127.0.0.1:9000/my-bucket/a//b%20c", "eu-west-1/s3")),
        ),
        (
            Config::builder().accelerate(true),
            "my-bucket",
            Ok((
                "https://my-bucket.s3-accelerate.example.com/a//b%20c",
                "eu-west-1/s3",
            )),
        ),
        (
            Config::builder().accelerate(true),
            "my.bucket",
            Err("this bucket cannot be accelerated"),
        ),
        (
            Config::builder(),
            point,
            Ok((
                "https://mine-123456789012.s3-accesspoint.us-west-2.example.com/a//b%20c",
                "us-west-2/s3",
            )),
        ),
        (
            Config::builder().use_arn_region(true),
            point,
            Ok((
                "https://mine-123456789012.s3-accesspoint.us-west-2.example.com/a//b%20c",
                "us-west-2/s3",
            )),
        ),
        (
            Config::builder().use_arn_region(false),
            point,
            Err("the region of the ARN is `us-west-2`, and that of the client `eu-west-1`"),
        ),
        (
            Config::builder().force_path_style(true),
            point,
            Err("an ARN does not stand in a path"),
        ),
        (
            Config::builder().disable_multi_region_access_points(true),
            of_all,
            Err("access points of several regions are disabled"),
        ),
        // An access point of several regions has an asymmetric signature, whose scope has no region.
        (
            Config::builder(),
            of_all,
            Ok(("https://global.example.com/a//b%20c", "s3/aws4_request")),
        ),
        (
            Config::builder().disable_s3_express_session_auth(true),
            "my-bucket--euw1-az1--x-s3",
            Ok((
                "https://my-bucket--euw1-az1--x-s3.express.example.com/a//b%20c",
                "eu-west-1/s3express",
            )),
        ),
        (Config::builder(), "", Err("required as a label, but empty")),
    ];
    for (config, bucket, expected) in table {
        let found = get(config, bucket).await;
        match (&found, expected) {
            (Ok((uri, scope)), Ok(expected)) => {
                assert_eq!((uri.as_str(), scope.as_str()), expected, "{bucket}");
            }
            (Err(message), Err(expected)) => assert!(message.contains(expected), "{message}"),
            _ => panic!("{bucket}: expected {expected:?}, found {found:?}"),
        }
    }
}

#[tokio::test]
async fn the_global_endpoint_is_that_of_one_region() {
    let global = || Config::builder().s3_use_global_endpoint(true);
    let replay = answered(&[], 200, "");
    let config = with(global(), &replay).region("us-east-1").build();
    let call = Client::new(config).get_object().bucket("my-bucket");
    call.key("k").send().await.unwrap();
    assert_eq!(sent(&replay).0, "https://my-bucket.s3.example.com/k");
    let (uri, _) = get(global(), "my-bucket").await.unwrap();
    assert_eq!(uri, "https://my-bucket.s3.eu-west-1.example.com/a//b%20c");
}

#[tokio::test]
async fn an_operation_says_for_itself_that_it_needs_no_session() {
    let replay = answered(&[], 200, "<CopyObjectResult/>");
    let config = Config::builder().disable_s3_express_session_auth(false);
    let call = client(config, &replay).copy_object();
    let call = call.bucket("my-bucket--euw1-az1--x-s3").key("k");
    call.send().await.unwrap();
    let (uri, scope) = sent(&replay);
    assert_eq!(
        uri,
        "https://my-bucket--euw1-az1--x-s3.express.example.com/k?copy"
    );
    assert_eq!(scope, "eu-west-1/s3express");
}

#[tokio::test]
async fn settings_of_buckets_come_from_the_environment_and_then_from_the_profile() {
    let point = "arn:aws:s3:us-west-2:123456789012:accesspoint/mine";
    let of_all = "arn:aws:s3::123456789012:accesspoint/mine.mrap";
    let express = "my-bucket--euw1-az1--x-s3";
    let variable = |name: &str, value: &str| Environment::empty().with_variable(name, value);
    let profile = |line: &str| {
        let file = format!("[default]\n{line}\n");
        let home = Environment::empty().with_home("/home/me");
        home.with_file("/home/me/.aws/config", file.as_str())
    };
    let table = [
        (
            variable("AWS_S3_USE_ARN_REGION", "false"),
            point,
            "the region of the ARN",
        ),
        (
            profile("s3_use_arn_region = false"),
            point,
            "the region of the ARN",
        ),
        (
            profile("s3_use_arn_region = false").with_variable("AWS_S3_USE_ARN_REGION", "TRUE"),
            point,
            "https://mine-",
        ),
        (
            variable("AWS_S3_DISABLE_MULTIREGION_ACCESS_POINTS", "true"),
            of_all,
            "are disabled",
        ),
        (
            profile("s3_disable_multiregion_access_points = true"),
            of_all,
            "are disabled",
        ),
        (
            variable("AWS_S3_DISABLE_EXPRESS_SESSION_AUTH", "true"),
            express,
            ".express.example.com",
        ),
        (
            profile("s3_disable_express_session_auth = true"),
            express,
            ".express.example.com",
        ),
        (
            variable("AWS_S3_US_EAST_1_REGIONAL_ENDPOINT", "legacy"),
            "my-bucket",
            "https://my-bucket.s3.eu-west-1.",
        ),
        (
            variable("AWS_S3_US_EAST_1_REGIONAL_ENDPOINT", "old"),
            "my-bucket",
            "AWS_S3_US_EAST_1_REGIONAL_ENDPOINT: expected `regional` or `legacy`, found `old`",
        ),
        (
            profile("sts_regional_endpoints = old"),
            "my-bucket",
            "sts_regional_endpoints of profile `default`: expected `regional` or `legacy`, found `old`",
        ),
        (
            profile("s3_use_arn_region = maybe"),
            point,
            "s3_use_arn_region of profile `default`: expected `true` or `false`, found `maybe`",
        ),
    ];
    for (environment, bucket, expected) in table {
        let replay = answered(&[], 200, "");
        let environment = environment.with_variable("AWS_EC2_METADATA_DISABLED", "true");
        let config = tinsmith_config::from_env()
            .environment(environment)
            .region("eu-west-1")
            .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
            .http_client(replay.clone());
        let found = match config.load().await {
            Err(error) => error.to_string(),
            Ok(config) => {
                let call = Client::new(config).get_object().bucket(bucket).key("k");
                match call.send().await {
                    Ok(_) => sent(&replay).0,
                    Err(error) => error.to_string(),
                }
            }
        };
        assert!(found.contains(expected), "{bucket}: {found}");
    }
}

#[tokio::test]
async fn the_location_of_a_bucket_is_the_root_of_the_answer() {
    let answer = "<?xml version=\"1.0\"?>\n<LocationConstraint xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">eu-west-1</LocationConstraint>";
    let replay = answered(&[], 200, answer);
    let call = client(Config::builder(), &replay).get_bucket_location();
    let output = call.bucket("my-bucket").send().await.unwrap();
    assert_eq!(output.location_constraint.as_deref(), Some("eu-west-1"));
    assert_eq!(
        sent(&replay).0,
        "https://my-bucket.s3.eu-west-1.example.com/?location"
    );
}

#[tokio::test]
async fn a_topic_has_its_events_in_one_list() {
    let replay = answered(&[], 200, "");
    let topic = golden_s3::types::TopicConfigurationDeprecated::default().events(["a", "b"]);
    let call = client(Config::builder(), &replay).put_bucket_notification();
    call.bucket("my-bucket").topic(topic).send().await.unwrap();
    let requests = replay.requests();
    let body = String::from_utf8(requests[0].body().to_vec()).unwrap();
    assert!(body.contains("<Event>a</Event><Event>b</Event>"), "{body}");
}

async fn put(body: ByteStream, length: Option<i64>) -> Result<Vec<u8>, String> {
    let replay = answered(&[], 200, "");
    let call = client(Config::builder(), &replay).put_object().body(body);
    let call = call.bucket("my-bucket").key("k").content_length(length);
    match call.send().await {
        Ok(_) => Ok(replay.requests()[0].body().to_vec()),
        Err(error) => Err(error.to_string()),
    }
}

#[tokio::test]
async fn the_length_that_is_said_is_the_length_that_is_sent() {
    let file = std::env::temp_dir().join(format!("tinsmith-s3-{}", std::process::id()));
    std::fs::write(&file, b"five!").unwrap();
    let table: [Upload; 6] = [
        (b"five!".into(), Some(5), Ok(b"five!")),
        (
            b"five!".into(),
            Some(6),
            Err("expected the length of the body, 5 bytes, found 6"),
        ),
        (
            b"five!".into(),
            Some(-1),
            Err("expected the length of the body, 5 bytes, found -1"),
        ),
        (ByteStream::from_path(&file), Some(5), Ok(b"five!")),
        (
            ByteStream::from_path(&file),
            Some(4),
            Err("expected a body of 4 bytes, as was said, found one of 5"),
        ),
        (ByteStream::from_path(&file), None, Ok(b"five!")),
    ];
    for (body, length, expected) in table {
        match (put(body, length).await, expected) {
            (Ok(found), Ok(expected)) => assert_eq!(found, expected),
            (Err(found), Err(expected)) => assert!(found.contains(expected), "{found}"),
            (found, expected) => panic!("expected {expected:?}, found {found:?}"),
        }
    }
    std::fs::remove_file(&file).unwrap();
}

#[tokio::test]
async fn a_presigned_url_is_for_the_endpoint_of_the_rules_and_leaves_body_and_checksum_to_the_sender()
 {
    let replay = ReplayClient::new();
    let store = client(Config::builder(), &replay);
    let quarter = std::time::Duration::from_secs(900);
    let call = store.get_object().bucket("my-bucket").key("a//b c");
    let url = call.presigned(quarter).await.unwrap();
    let before =
        "https://my-bucket.s3.eu-west-1.example.com/a//b%20c?X-Amz-Algorithm=AWS4-HMAC-SHA256&";
    assert!(url.uri().starts_with(before), "{}", url.uri());
    assert!(url.uri().contains("&X-Amz-SignedHeaders=host&"));
    let mut put = store.put_object().bucket("my-bucket").key("k");
    put = put.checksum_algorithm(golden_s3::types::ChecksumAlgorithm::Sha256);
    let url = put.content_length(5).presigned(quarter).await.unwrap();
    let headers: Vec<_> = url.headers().collect();
    // The choice is sent, as it was set; a checksum of a body that is not known would be wrong.
    let expected = [
        ("x-amz-sdk-checksum-algorithm", "SHA256"),
        ("content-length", "5"),
    ];
    assert_eq!((url.method(), headers), ("PUT", expected.to_vec()));
    let of_all = "arn:aws:s3::123456789012:accesspoint/mine.mrap";
    let call = store.get_object().bucket(of_all).key("k");
    let url = call.presigned(quarter).await.unwrap();
    assert!(
        url.uri()
            .contains("?X-Amz-Algorithm=AWS4-ECDSA-P256-SHA256&")
    );
    let error = store.get_object().key("k").presigned(quarter).await;
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Input);
    assert!(replay.requests().is_empty());
}

/// A stream of one piece.
struct Once(Option<&'static str>);

impl Stream for Once {
    type Item = std::io::Result<&'static [u8]>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(|piece| Ok(piece.as_bytes())))
    }
}

#[tokio::test]
async fn a_stream_of_unknown_length_is_as_long_as_was_said() {
    for (length, expected) in [
        (None, Ok(())),
        (Some(5), Ok(())),
        (Some(4), Err("returned more than the announced 4 bytes")),
        (Some(6), Err("ended after 5 of the announced 6 bytes")),
        (Some(-5), Err("expected a number of bytes, found -5")),
    ] {
        let replay = answered(&[], 200, "");
        let call = client(Config::builder(), &replay).write_object();
        let call = call.bucket("my-bucket").content_length(length);
        let body = ByteStream::from_stream(Once(Some("five!")));
        match (call.body(body).send().await, expected) {
            (Ok(_), Ok(())) => assert_eq!(&replay.requests()[0].body()[..], b"five!"),
            (Err(error), Err(expected)) => {
                assert_eq!(error.kind(), ErrorKind::Input);
                assert!(error.to_string().contains(expected), "{error}");
            }
            (found, expected) => panic!("expected {expected:?}, found {found:?}"),
        }
    }
}

// Of `five!`, in base64, from Python's hashlib and zlib.
const CRC32: &str = "kuFWJw==";
const SHA256: &str = "XiYX8oxrGEUMycUuLMyCJBpL81thTkx1Je/OR3ulWQc=";

#[tokio::test]
async fn the_checksum_of_bytes_and_files_goes_ahead_of_them() {
    let file = std::env::temp_dir().join(format!("tinsmith-s3-sum-{}", std::process::id()));
    std::fs::write(&file, b"five!").unwrap();
    for (algorithm, header, sum) in [
        ("CRC32", "x-amz-checksum-crc32", CRC32),
        ("SHA256", "x-amz-checksum-sha256", SHA256),
    ] {
        for body in [
            ByteStream::from_path(&file),
            ByteStream::from_static(b"five!"),
        ] {
            let replay = answered(&[], 200, "");
            let call = client(Config::builder(), &replay).put_object().body(body);
            let call = call
                .bucket("my-bucket")
                .key("k")
                .checksum_algorithm(algorithm);
            call.send().await.unwrap();
            assert_eq!(replay.requests()[0].headers()[header], sum);
        }
    }
    std::fs::remove_file(&file).unwrap();
}

/// Gets an object that is `five!`, with these headers, and reads it.
async fn read(asks: bool, headers: &[(&str, &str)], status: u16) -> Result<Vec<u8>, StreamError> {
    let replay = answered(headers, status, "five!");
    let only_if_asked = ResponseChecksumValidation::WhenRequired;
    let config = Config::builder().response_checksum_validation(only_if_asked);
    let call = client(config, &replay).get_object();
    let call = call
        .bucket("my-bucket")
        .key("k")
        .checksum_mode(asks.then_some("ENABLED"));
    let output = call.send().await.unwrap();
    output.body.collect().await.map(|bytes| bytes.to_vec())
}

#[tokio::test]
async fn an_object_is_validated_where_the_call_asks_for_it() {
    const WRONG: Headers = &[("x-amz-checksum-crc32", "AAAAAA==")];
    let error = read(true, WRONG, 200).await.unwrap_err().to_string();
    assert!(
        error.contains("its x-amz-checksum-crc32 is AAAAAA==, and that of what came is"),
        "{error}"
    );
    let fine: [(bool, Headers, u16); 9] = [
        (true, &[("x-amz-checksum-crc32", CRC32)], 200),
        (true, &[("x-amz-checksum-sha256", SHA256)], 200),
        // The first of the order is the one that counts.
        (
            true,
            &[
                ("x-amz-checksum-crc32", CRC32),
                ("x-amz-checksum-sha256", "AAAA"),
            ],
            200,
        ),
        (false, WRONG, 200),
        // A part has not the checksum of the whole.
        (true, WRONG, 206),
        // Of checksums of parts, of one that is never validated, of one that nobody knows.
        (true, &[("x-amz-checksum-crc32", "AAAAAA==-3")], 200),
        (true, &[("x-amz-checksum-md5", "AAAA")], 200),
        (true, &[("x-amz-checksum-md2", "AAAA")], 200),
        (true, &[], 200),
    ];
    for (asks, headers, status) in fine {
        let found = read(asks, headers, status).await;
        assert_eq!(found.unwrap(), b"five!", "{headers:?}");
    }
}
