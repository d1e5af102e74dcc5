//! How often a file is read to be sent: once ahead of it for all that is to be known, and once to send it.
//!
//! The only test of its binary, since it counts what the whole process reads.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a panic is how a test fails"
)]

use golden_s3::operation::PutObject;
use golden_s3::{ByteStream, Client, Config, Credentials};
use tinsmith_runtime::replay::ReplayClient;
use tinsmith_runtime::{ConfigBuilder, RequestChecksumCalculation};

const SIZE: u64 = 8 << 20;

/// How many bytes this process has read so far; `None` where the system does not say.
fn read() -> Option<u64> {
    let counts = std::fs::read_to_string("/proc/self/io").ok()?;
    let line = counts.lines().find_map(|line| line.strip_prefix("rchar:"));
    line?.trim().parse().ok()
}

/// How often a call reads the bytes that it sends.
async fn reads(config: ConfigBuilder, body: ByteStream, more: fn(PutObject) -> PutObject) -> u64 {
    let replay = ReplayClient::new().response(http::Response::new(""));
    let config = config
        .region("eu-west-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .http_client(replay.clone());
    let call = Client::new(config.build()).put_object();
    let call = more(call.bucket("tins").key("k").body(body));
    let before = read().unwrap();
    call.send().await.unwrap();
    let count = read().unwrap() - before;
    assert_eq!(replay.requests()[0].body().len() as u64, SIZE);
    // What else is read is little: these counts themselves, and what the system says of the process.
    assert!(count % SIZE < SIZE / 8, "{count} bytes");
    count / SIZE
}

#[tokio::test]
async fn a_file_is_read_once_ahead_and_once_to_be_sent() {
    if read().is_none() {
        eprintln!("skipped: this system does not say how much a process reads");
        return;
    }
    let file = tempfile::NamedTempFile::new().unwrap();
    // One byte more on either side of a part.
    std::fs::write(file.path(), vec![7; SIZE as usize + 2]).unwrap();
    let part = || {
        let whole = ByteStream::from_path(file.path());
        whole.part(1, SIZE).unwrap()
    };
    let same: fn(PutObject) -> PutObject = |call| call;
    let none =
        || Config::builder().request_checksum_calculation(RequestChecksumCalculation::WhenRequired);
    let http = |config: ConfigBuilder| config.endpoint_url("http://store.test:9000");
    // Signed or not, with a checksum or without: all that there is to add up is added up at once.
    assert_eq!(reads(Config::builder(), part(), same).await, 2);
    assert_eq!(reads(http(Config::builder()), part(), same).await, 2);
    assert_eq!(reads(none(), part(), same).await, 2);
    assert_eq!(reads(http(none()), part(), same).await, 2);
    let chosen: fn(PutObject) -> PutObject = |call| call.checksum_algorithm("SHA256");
    assert_eq!(reads(http(Config::builder()), part(), chosen).await, 2);
    // What the caller says is not computed.
    let given: fn(PutObject) -> PutObject = |call| call.checksum_crc32("AAAAAA==");
    assert_eq!(reads(Config::builder(), part(), given).await, 1);
    assert_eq!(reads(http(Config::builder()), part(), given).await, 2);
    let bytes = || ByteStream::from(vec![7; SIZE as usize]);
    assert_eq!(reads(http(Config::builder()), bytes(), same).await, 0);
    // A whole file likewise.
    std::fs::write(file.path(), vec![7; SIZE as usize]).unwrap();
    let whole = || ByteStream::from_path(file.path());
    assert_eq!(reads(Config::builder(), whole(), same).await, 2);
    assert_eq!(reads(http(Config::builder()), whole(), same).await, 2);
}
