//! Bodies that are streams: those that break, those without a length, and connections that break.

use crate::case::{Cases, Failure, Outcome, PASSED, holds, same};
use crate::http_client::Fault;
use crate::world::{BUCKET, World, bytes};
use bytes::Bytes;
use futures_util::stream;
use s3::config::RequestChecksumCalculation;
use s3::{ByteStream, Client, ErrorKind};
use std::fmt::Debug;
use std::io;

pub(crate) async fn run(world: &World, cases: &mut Cases<'_>) {
    cases.case("stream that breaks", breaks(world)).await;
    cases
        .case("stream that ends early", ends_early(world))
        .await;
    cases.case("stream that is too long", too_long(world)).await;
    for (name, client, says) in [
        ("without TLS", &world.client, "https"),
        ("with TLS", &world.secure, "unknown length"),
    ] {
        let name = format!("stream without a length is an error before anything is sent, {name}");
        cases.case(&name, without_length(client, says)).await;
    }
    cases
        .case("stream with its length said beside it", said_length(world))
        .await;
    cases
        .case(
            "stream without TLS is an error that says so",
            without_tls(world),
        )
        .await;
    cases
        .case(
            "stream with a checksum of the caller's",
            with_checksum(world),
        )
        .await;
    cases
        .case("stream without a checksum", without_checksum(world))
        .await;
    cases
        .case("stream of another object", of_an_object(world))
        .await;
    cases
        .case("stream that was read is not sent again", spent(world))
        .await;
    cases
        .case(
            "connection that breaks: bytes are sent again",
            bytes_again(world),
        )
        .await;
    cases
        .case(
            "connection that breaks: a file is sent again",
            file_again(world),
        )
        .await;
    cases
        .case(
            "connection that breaks within a download",
            cut_download(world),
        )
        .await;
}

/// A stream that can be read once, in pieces of this length, whose length is known.
pub(crate) fn pieces(content: &Bytes, length: usize) -> ByteStream {
    ByteStream::from_sized_stream(in_pieces(content, length), content.len() as u64)
}

/// The content in pieces of this length.
pub(crate) fn in_pieces(
    content: &Bytes,
    length: usize,
) -> impl futures_util::Stream<Item = io::Result<Bytes>> + Send + 'static {
    let content = content.clone();
    let starts = (0..content.len()).step_by(length);
    stream::iter(
        starts.map(move |start| Ok(content.slice(start..content.len().min(start + length)))),
    )
}

/// Fails unless a call ended with an error of the input that says this.
fn is_of_input<T: Debug>(says: &str, got: Result<T, s3::Error>) -> Result<(), Failure> {
    let is_it = got
        .as_ref()
        .is_err_and(|error| error.kind() == ErrorKind::Input && error.to_string().contains(says));
    holds(&format!("an error of the input with {says:?}"), is_it, &got)
}

/// The same, of which nothing was sent.
fn is_not_sent<T: Debug>(says: &str, got: Result<T, s3::Error>) -> Result<(), Failure> {
    let attempts = got.as_ref().err().map(s3::Error::attempts);
    same("attempts:", Some(0), attempts)?;
    is_of_input(says, got)
}

async fn breaks(world: &World) -> Outcome {
    let good = (0..3).map(|_| Ok(bytes(100_000)));
    let bad = [Err(io::Error::other("the disk is on fire"))];
    let body = ByteStream::from_sized_stream(stream::iter(good.chain(bad)), 1_000_000);
    let put = world
        .secure
        .put_object()
        .bucket(BUCKET)
        .key("stream-breaks");
    is_of_input("the disk is on fire", put.body(body).send().await)?;
    world.has_none("stream-breaks").await?;
    PASSED
}

async fn ends_early(world: &World) -> Outcome {
    let body = ByteStream::from_sized_stream(in_pieces(&bytes(100_000), 7_000), 100_001);
    let put = world.secure.put_object().bucket(BUCKET).key("stream-early");
    is_of_input(
        "ended after 100000 of the announced 100001",
        put.body(body).send().await,
    )?;
    world.has_none("stream-early").await?;
    PASSED
}

async fn too_long(world: &World) -> Outcome {
    let body = ByteStream::from_sized_stream(in_pieces(&bytes(100_000), 7_000), 99_999);
    let put = world.secure.put_object().bucket(BUCKET).key("stream-long");
    is_of_input("more than the announced 99999", put.body(body).send().await)?;
    world.has_none("stream-long").await?;
    PASSED
}

async fn without_length(client: &Client, says: &str) -> Outcome {
    let body = ByteStream::from_stream(in_pieces(&bytes(100), 7));
    let put = client
        .put_object()
        .bucket(BUCKET)
        .key("stream-of-any-length");
    is_not_sent(says, put.body(body).send().await)?;
    PASSED
}

async fn said_length(world: &World) -> Outcome {
    let content = bytes(100_000);
    let body = ByteStream::from_stream(in_pieces(&content, 7_000));
    let put = world.secure.put_object().bucket(BUCKET).key("stream-said");
    put.content_length(100_000).body(body).send().await?;
    world.has("stream-said", &content).await?;
    PASSED
}

async fn without_tls(world: &World) -> Outcome {
    let put = world.put("stream-without-tls").body(pieces(&bytes(100), 7));
    is_not_sent("https", put.send().await)?;
    PASSED
}

async fn with_checksum(world: &World) -> Outcome {
    let content = bytes(100_000);
    world.put_bytes("stream-checksum", &content).await?;
    let sent = world.http.last();
    let checksum = sent
        .as_ref()
        .and_then(|sent| sent.header("x-amz-checksum-crc32"));
    let put = world
        .secure
        .put_object()
        .bucket(BUCKET)
        .key("stream-checksum");
    let put = put.checksum_crc32(checksum.map(str::to_owned));
    put.body(pieces(&content, 7_000)).send().await?;
    world.has("stream-checksum", &content).await?;
    let put = world
        .secure
        .put_object()
        .bucket(BUCKET)
        .key("stream-wrong-checksum");
    let put = put
        .checksum_crc32("AAAAAA==")
        .body(pieces(&content, 7_000))
        .send()
        .await;
    let status = put.as_ref().err().and_then(s3::Error::status);
    holds("a wrong one to be refused", status == Some(400), &put)?;
    PASSED
}

async fn without_checksum(world: &World) -> Outcome {
    let config = world.secure_config();
    let config = config.request_checksum_calculation(RequestChecksumCalculation::WhenRequired);
    let client = Client::new(config.build());
    let content = bytes(100_000);
    let put = client.put_object().bucket(BUCKET).key("stream-no-checksum");
    put.body(pieces(&content, 7_000)).send().await?;
    world.has("stream-no-checksum", &content).await?;
    PASSED
}

async fn of_an_object(world: &World) -> Outcome {
    let content = bytes(300_000);
    world.put_bytes("stream-from", &content).await?;
    let body = world.get("stream-from").send().await?.body;
    let put = world.secure.put_object().bucket(BUCKET).key("stream-to");
    put.body(body).send().await?;
    world.has("stream-to", &content).await?;
    PASSED
}

async fn spent(world: &World) -> Outcome {
    world.http.break_next([Fault::NoResponse]);
    let put = world.secure.put_object().bucket(BUCKET).key("stream-spent");
    let put = put.body(pieces(&bytes(100_000), 7_000)).send().await;
    let attempts = put.as_ref().err().map(s3::Error::attempts);
    same("attempts:", Some(1), attempts)?;
    PASSED
}

async fn bytes_again(world: &World) -> Outcome {
    world.http.break_next([Fault::NoResponse]);
    world.put_bytes("again", &bytes(100_000)).await?;
    is_second_attempt(world)?;
    world.has("again", &bytes(100_000)).await?;
    PASSED
}

async fn file_again(world: &World) -> Outcome {
    let path = world.folder.join("again");
    tokio::fs::write(&path, bytes(300_000)).await?;
    world.http.break_next([Fault::NoResponse]);
    world
        .put("file-again")
        .body(ByteStream::from_path(&path))
        .send()
        .await?;
    is_second_attempt(world)?;
    world.has("file-again", &bytes(300_000)).await?;
    PASSED
}

fn is_second_attempt(world: &World) -> Result<(), Failure> {
    let sent = world.http.last();
    let attempt = sent
        .as_ref()
        .and_then(|sent| sent.header("amz-sdk-request"));
    same("a second attempt", Some("attempt=2; max=3"), attempt)
}

async fn cut_download(world: &World) -> Outcome {
    world.put_bytes("cut", &bytes(300_000)).await?;
    world.http.break_next([Fault::CutAfter(100_000)]);
    let mut body = world.get("cut").send().await?.body;
    let mut read = 0;
    let error = loop {
        match body.next().await {
            Some(Ok(piece)) => read += piece.len(),
            other => break other,
        }
    };
    same("bytes before it:", 100_000, read)?;
    let kind = error.and_then(Result::err).map(|error| error.kind());
    same("an error of the kind", Some(ErrorKind::Connection), kind)?;
    PASSED
}
