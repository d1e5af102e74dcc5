//! A hundred megabytes each way take no more memory than a few pieces.
//!
//! The only test of its binary, since it looks at the memory of the whole process, the server's part included.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    dead_code,
    reason = "a panic is how a test fails; the test beside this one uses the rest of these modules"
)]

#[path = "generated/streams/server.rs"]
mod server;
#[path = "generated/streams/support.rs"]
mod support;

use golden_streams::{ByteStream, Client};
use server::{Reply, Server, is_pattern};
use support::{Pieces, client, file, within};

const SIZE: u64 = 100 << 20;
/// What a download, an upload of a stream and an upload of a file may add to the most that the process ever had.
const ALLOWED: u64 = 16 << 20;

/// The most memory that this process has had so far, in bytes; `None` where the system does not say.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes << 10)
}

async fn download(client: &Client) -> u64 {
    let mut sound = client.play().name("a").send().await.unwrap().sound;
    let mut length = 0;
    while let Some(piece) = sound.next().await {
        let piece = piece.unwrap();
        assert!(is_pattern(length, &piece));
        length += piece.len() as u64;
    }
    length
}

async fn upload(client: &Client, tape: ByteStream) {
    client.put_tape().name("a").tape(tape).send().await.unwrap();
}

#[tokio::test]
async fn a_hundred_megabytes_each_way_take_the_memory_of_a_few_pieces() {
    let (_folder, path) = file(SIZE);
    let source = Server::start([Reply::Long(1 << 20), Reply::Long(SIZE)]).await;
    let sink = Server::start([Reply::Json(200, "{}")]).await;
    let (from, to) = (client(&source), client(&sink));

    // What the first calls set up stays.
    within(download(&from)).await;
    within(upload(&to, ByteStream::from_stream(Pieces::of(1 << 20)))).await;
    let before = peak();

    assert_eq!(within(download(&from)).await, SIZE);
    within(upload(&to, ByteStream::from_stream(Pieces::of(SIZE)))).await;
    within(upload(&to, ByteStream::from_path(path))).await;
    for seen in &sink.seen()[1..] {
        assert!(seen.length == SIZE && seen.is_pattern);
    }

    if let (Some(before), Some(after)) = (before, peak()) {
        let grown = after - before;
        assert!(grown <= ALLOWED, "{grown} bytes more than before");
    }
}
