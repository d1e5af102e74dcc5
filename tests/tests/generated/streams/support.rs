//! Clients of the loopback server, streams to send, and what a test may take.

use super::server::{Server, pattern};
use bytes::Bytes;
use futures_core::Stream;
use golden_streams::{ByteStream, Client, Config, Credentials};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tinsmith_runtime::ConfigBuilder;

/// What anything here may take; it is over long before that.
const LONGEST: Duration = Duration::from_secs(30);

pub(crate) fn client(server: &Server) -> Client {
    client_with(server, |config| config)
}

pub(crate) fn client_with(
    server: &Server,
    change: impl FnOnce(ConfigBuilder) -> ConfigBuilder,
) -> Client {
    let config = Config::builder()
        .region("eu-west-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .endpoint_url(&server.url);
    Client::new(change(config).build())
}

/// The future's output; a panic if it hangs.
pub(crate) async fn within<T>(future: impl Future<Output = T>) -> T {
    let outcome = tokio::time::timeout(LONGEST, future).await;
    outcome.expect("this hangs")
}

/// A stream of so many bytes of the pattern, in pieces of at most 64 KiB.
pub(crate) struct Pieces {
    pub(crate) given: u64,
    pub(crate) length: u64,
}

impl Pieces {
    pub(crate) fn of(length: u64) -> Self {
        Self { given: 0, length }
    }
}

impl Stream for Pieces {
    type Item = std::io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let piece = pattern(self.given, (self.length - self.given).min(64 << 10));
        self.given += piece.len() as u64;
        Poll::Ready((!piece.is_empty()).then_some(Ok(piece)))
    }
}

/// A file with so many bytes of the pattern, gone with the returned folder.
pub(crate) fn file(length: u64) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tape");
    let mut file = std::fs::File::create(&path).unwrap();
    let mut offset = 0;
    while offset < length {
        let piece = pattern(offset, (length - offset).min(64 << 10));
        std::io::Write::write_all(&mut file, &piece).unwrap();
        offset += piece.len() as u64;
    }
    (folder, path)
}

/// A stream that can be read only once.
pub(crate) fn once(length: u64) -> ByteStream {
    ByteStream::from_stream(Pieces::of(length))
}
