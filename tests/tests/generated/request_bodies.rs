//! What an operation wants of its request's body: a checksum of it, or that it is compressed.

use flate2::read::GzDecoder;
use golden_request_bodies::types::Algorithm;
use golden_request_bodies::{Client, Config, Credentials, ErrorKind};
use std::io::Read as _;
use tinsmith_config::Environment;
use tinsmith_runtime::replay::ReplayClient;
use tinsmith_runtime::{ConfigBuilder, RequestChecksumCalculation};

// Of `{"text":"a"}`, in base64, from Python's hashlib and zlib and, for the other two, bit by bit from their polynomials.
const MD5: &str = "Y00B9axHEROgE6s3KqS8Hg==";
const CRC32: &str = "FeTDjg==";
const CRC32C: &str = "GOaI0Q==";
const CRC64: &str = "3bEeW5uukqo=";
const SHA1: &str = "QPOoJwjPzRFX/POyh6S1LKqPMaU=";
const SHA256: &str = "YZPJdYWg9zHOe1ALtp0kdoFq+xTI2VrI5uhl9oDp5Dg=";

/// A client that gets one empty answer, and what it sends.
fn client(config: ConfigBuilder) -> (Client, ReplayClient) {
    let replay = ReplayClient::new().json(200, "{}");
    let config = config
        .region("eu-west-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .http_client(replay.clone());
    (Client::new(config.build()), replay)
}

fn one() -> (Client, ReplayClient) {
    client(Config::builder())
}

fn header(replay: &ReplayClient, name: &str) -> Option<String> {
    let requests = replay.requests();
    let value = requests[0].headers().get(name)?;
    Some(value.to_str().unwrap().to_owned())
}

fn body(replay: &ReplayClient) -> Vec<u8> {
    replay.requests()[0].body().to_vec()
}

#[tokio::test]
async fn content_md5_is_the_digest_of_the_sent_body() {
    let (client, replay) = one();
    client.put_digested().text("a").send().await.unwrap();
    assert_eq!(body(&replay), br#"{"text":"a"}"#);
    assert_eq!(header(&replay, "content-md5").as_deref(), Some(MD5));
}

#[tokio::test]
async fn a_required_checksum_is_crc32_by_default() {
    let (client, replay) = one();
    client.put_chosen().text("a").send().await.unwrap();
    assert_eq!(
        header(&replay, "x-amz-checksum-crc32").as_deref(),
        Some(CRC32)
    );
    let named = header(&replay, "x-amz-sdk-checksum-algorithm");
    assert_eq!(named.as_deref(), Some("CRC32"));
    assert_eq!(header(&replay, "content-md5"), None);

    let (client, replay) = one();
    client.put_summed().text("a").send().await.unwrap();
    assert_eq!(
        header(&replay, "x-amz-checksum-crc32").as_deref(),
        Some(CRC32)
    );
}

#[tokio::test]
async fn a_checksum_is_of_the_algorithm_that_the_caller_chose() {
    for (algorithm, sum) in [
        ("CRC32", CRC32),
        ("CRC32C", CRC32C),
        ("CRC64NVME", CRC64),
        ("SHA1", SHA1),
        ("SHA256", SHA256),
    ] {
        let (client, replay) = one();
        let call = client.put_chosen().text("a").algorithm(algorithm);
        call.send().await.unwrap();
        let name = format!("x-amz-checksum-{}", algorithm.to_lowercase());
        assert_eq!(header(&replay, &name).as_deref(), Some(sum), "{algorithm}");
    }
    let (client, replay) = one();
    let call = client.put_chosen().text("a").algorithm(Algorithm::Md2);
    let error = call.send().await.unwrap_err();
    assert_eq!(
        (error.kind(), replay.requests().len()),
        (ErrorKind::Input, 0)
    );
    assert_eq!(
        error.to_string(),
        "PutChosen: x-amz-sdk-checksum-algorithm: expected a checksum of CRC32, CRC32C, CRC64NVME, SHA1, SHA256, SHA512, XXHASH3, XXHASH64 or XXHASH128, found \"MD2\""
    );
}

#[tokio::test]
async fn a_checksum_of_the_caller_is_kept_and_an_optional_one_is_added_unless_only_required_ones_are()
 {
    let (client, replay) = one();
    client
        .put_chosen()
        .text("a")
        .sum("mine")
        .send()
        .await
        .unwrap();
    assert_eq!(
        header(&replay, "x-amz-checksum-sha256").as_deref(),
        Some("mine")
    );
    assert_eq!(header(&replay, "x-amz-checksum-crc32"), None);

    let required = RequestChecksumCalculation::WhenRequired;
    let required = Config::builder().request_checksum_calculation(required);
    for (config, is_added) in [(Config::builder(), true), (required, false)] {
        let (client, replay) = self::client(config);
        client.put_optional().text("a").send().await.unwrap();
        let sum = header(&replay, "x-amz-checksum-crc32");
        assert_eq!(sum.is_some(), is_added);
    }
}

/// What goes out for a body of `length` bytes: whether it is compressed, after what it is if so.
async fn compressed(config: ConfigBuilder, length: usize) -> bool {
    let (client, replay) = client(config);
    let text = "a".repeat(length - br#"{"text":""}"#.len());
    client.put_compressed().text(&text).send().await.unwrap();
    let sent = body(&replay);
    let plain = match header(&replay, "content-encoding").as_deref() {
        None => sent.clone(),
        Some("gzip") => {
            let mut plain = Vec::new();
            GzDecoder::new(&*sent).read_to_end(&mut plain).unwrap();
            plain
        }
        Some(other) => other.as_bytes().to_vec(),
    };
    assert_eq!(plain, format!("{{\"text\":\"{text}\"}}").into_bytes());
    sent != plain
}

#[tokio::test]
async fn a_body_is_compressed_from_the_least_size_on() {
    assert!(!compressed(Config::builder(), 10_239).await);
    assert!(compressed(Config::builder(), 10_240).await);
    let least = |bytes| Config::builder().request_min_compression_size_bytes(bytes);
    assert!(!compressed(least(100), 99).await);
    assert!(compressed(least(100), 100).await);
    let disabled = least(100).disable_request_compression(true);
    assert!(!compressed(disabled, 20_000).await);
}

#[tokio::test]
async fn the_environment_says_the_least_size_and_whether_at_all() {
    let replay = ReplayClient::new().json(200, "{}").json(200, "{}");
    let load = async |variables: &[(&str, &str)]| {
        let common = [
            ("AWS_REGION", "eu-west-1"),
            ("AWS_ACCESS_KEY_ID", "a"),
            ("AWS_SECRET_ACCESS_KEY", "b"),
        ];
        let variables = common.iter().chain(variables);
        let environment = variables.fold(Environment::empty(), |environment, (name, value)| {
            environment.with_variable(*name, *value)
        });
        let config = tinsmith_config::from_env()
            .environment(environment)
            .http_client(replay.clone());
        config.load().await
    };
    let small = [("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "5")];
    let call = Client::new(load(&small).await.unwrap()).put_compressed();
    call.text("a").send().await.unwrap();
    let off = [small[0], ("AWS_DISABLE_REQUEST_COMPRESSION", "true")];
    let call = Client::new(load(&off).await.unwrap()).put_compressed();
    call.text("a").send().await.unwrap();
    let encodings: Vec<_> = replay
        .requests()
        .iter()
        .map(|request| request.headers().contains_key("content-encoding"))
        .collect();
    assert_eq!(encodings, [true, false]);
    let wrong = load(&[("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "10485761")]).await;
    let wrong = wrong.unwrap_err().to_string();
    assert_eq!(
        wrong,
        "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES: expected a number of bytes from 0 to 10485760, found `10485761`"
    );
}

/// The checksum is of what goes out, not of what went in.
#[tokio::test]
async fn what_is_compressed_is_added_up_afterwards() {
    let (client, replay) = one();
    let call = client.put_optional().text("a".repeat(20_000));
    call.algorithm(Algorithm::Crc32).send().await.unwrap();
    assert_eq!(header(&replay, "content-encoding").as_deref(), Some("gzip"));
    let mut crc = flate2::Crc::new();
    crc.update(&body(&replay));
    let sum = base64::Engine::encode(
        &base64::engine::general_purpose::STANDARD,
        crc.sum().to_be_bytes(),
    );
    assert_eq!(header(&replay, "x-amz-checksum-crc32"), Some(sum));
}
