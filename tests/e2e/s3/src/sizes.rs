//! Objects of the sizes at which something changes: none, one byte, a chunk of a body with its checksum behind it, a part.

use crate::case::{Cases, Outcome, PASSED, holds, same, same_bytes};
use crate::streams::pieces;
use crate::world::{BUCKET, World, bytes};
use bytes::Bytes;
use s3::ByteStream;

const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;

const SIZES: [(&str, usize); 9] = [
    ("0 B", 0),
    ("1 B", 1),
    ("64 KiB - 1", 64 * KIB - 1),
    ("64 KiB", 64 * KIB),
    ("64 KiB + 1", 64 * KIB + 1),
    ("8 MiB - 1", 8 * MIB - 1),
    ("8 MiB", 8 * MIB),
    ("8 MiB + 1", 8 * MIB + 1),
    ("100 MiB", 100 * MIB),
];

pub(crate) async fn run(world: &World, cases: &mut Cases<'_>) {
    for (name, size) in SIZES {
        if world.is_short && [8 * MIB - 1, 8 * MIB, 100 * MIB].contains(&size) {
            continue;
        }
        let name = format!("object of {name}");
        if !["memory", "a file", "a stream"]
            .iter()
            .any(|from| cases.wants(&format!("{name}, from {from}")))
        {
            continue;
        }
        let content = bytes(size);
        cases
            .case(&format!("{name}, from memory"), memory(world, &content))
            .await;
        cases
            .case(&format!("{name}, from a file"), file(world, &content))
            .await;
        cases
            .case(&format!("{name}, from a stream"), stream(world, &content))
            .await;
    }
}

/// Fails unless the object is there, with this length by HEAD, and its bytes; reads it piece by piece.
async fn is_there(world: &World, key: &str, content: &Bytes) -> Outcome {
    let head = world.client.head_object().bucket(BUCKET).key(key);
    let length = i64::try_from(content.len())?;
    same(
        "a length of",
        Some(length),
        head.send().await?.content_length,
    )?;
    let mut body = world.get(key).send().await?.body;
    let mut at = 0;
    while let Some(piece) = body.next().await {
        let piece = piece?;
        let expected = content.get(at..at + piece.len()).unwrap_or_default();
        same_bytes(expected, &piece)?;
        at += piece.len();
    }
    same("a length of the body of", content.len(), at)?;
    PASSED
}

async fn memory(world: &World, content: &Bytes) -> Outcome {
    world.put_bytes("size", content).await?;
    is_there(world, "size", content).await
}

async fn file(world: &World, content: &Bytes) -> Outcome {
    let path = world.folder.join("size");
    tokio::fs::write(&path, content).await?;
    world
        .put("size-of-file")
        .body(ByteStream::from_path(&path))
        .send()
        .await?;
    tokio::fs::remove_file(&path).await?;
    is_there(world, "size-of-file", content).await
}

/// A stream that can be read only once, over TLS: its checksum goes behind it.
async fn stream(world: &World, content: &Bytes) -> Outcome {
    let put = world
        .secure
        .put_object()
        .bucket(BUCKET)
        .key("size-of-stream");
    put.body(pieces(content, 50_000)).send().await?;
    let sent = world.http.last();
    let header = |name| sent.as_ref().and_then(|sent| sent.header(name));
    let length = content.len().to_string();
    for (name, value) in [
        ("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"),
        ("content-encoding", "aws-chunked"),
        ("x-amz-trailer", "x-amz-checksum-crc32"),
        ("x-amz-decoded-content-length", &length),
    ] {
        same(name, Some(value), header(name))?;
    }
    let checksum = header("x-amz-checksum-crc32");
    holds(
        "no checksum in a header besides",
        checksum.is_none(),
        checksum,
    )?;
    is_there(world, "size-of-stream", content).await
}
