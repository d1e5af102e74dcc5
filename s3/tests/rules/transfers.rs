//! What tests of uploads and downloads share: a store, a client of it, and bytes.

use bytes::Bytes;
use futures_core::Stream;
use golden_s3::{Client, Config, Credentials};
use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;
use tinsmith_runtime::ConfigBuilder;
use tinsmith_s3::transfer::Progress;
use tinsmith_tests::store::{Fault, Seen, Store};

/// The size of the parts of tests.
pub(crate) const PART: u64 = 10_000;

/// What tests upload and download.
pub(crate) const PATH: &str = "/tins/a%20b/c";
pub(crate) const BUCKET: &str = "tins";
pub(crate) const KEY: &str = "a b/c";

/// Bytes of which no two parts are alike.
pub(crate) fn bytes(length: usize) -> Bytes {
    let byte = |at: usize| (at * 31 % 251) as u8 ^ (at / 1000) as u8;
    (0..length).map(byte).collect::<Vec<_>>().into()
}

pub(crate) async fn store() -> Store {
    Store::start().await.unwrap()
}

pub(crate) fn config(store: &Store) -> ConfigBuilder {
    Config::builder()
        .region("eu-west-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .endpoint_url(store.url())
}

pub(crate) fn client(store: &Store) -> Client {
    Client::new(config(store).build())
}

/// A fault of the first requests that are meant.
pub(crate) fn fault(
    store: &Store,
    fault: Fault,
    mut times: u32,
    is_meant: impl Fn(&Seen) -> bool + Send + 'static,
) {
    store.script(move |seen| {
        if times == 0 || !is_meant(seen) {
            return None;
        }
        times -= 1;
        Some(fault.clone())
    });
}

/// Waits until something holds.
pub(crate) async fn until(holds: impl Fn() -> bool) {
    let wait = async {
        while !holds() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), wait)
        .await
        .expect("what was waited for");
}

/// Records progress.
#[derive(Clone, Default)]
pub(crate) struct Reports(Arc<Mutex<Vec<Progress>>>);

impl Reports {
    pub(crate) fn report(&self) -> impl Fn(Progress) + Send + Sync + 'static {
        let reports = self.0.clone();
        move |progress| reports.lock().unwrap().push(progress)
    }

    pub(crate) fn first(&self) -> Progress {
        self.0.lock().unwrap()[0]
    }

    pub(crate) fn last(&self) -> Progress {
        *self.0.lock().unwrap().last().unwrap()
    }

    /// Whether what was transferred never became less.
    pub(crate) fn are_in_order(&self) -> bool {
        self.0
            .lock()
            .unwrap()
            .is_sorted_by_key(|progress| progress.transferred)
    }
}

/// A stream of pieces, which calls back for each that is taken.
pub(crate) struct Pieces<F> {
    pieces: VecDeque<io::Result<Bytes>>,
    taken: F,
}

impl<F: FnMut(usize) + Unpin> Pieces<F> {
    pub(crate) fn new(bytes: &Bytes, size: usize, taken: F) -> Self {
        let pieces = bytes
            .chunks(size)
            .map(|piece| Ok(Bytes::copy_from_slice(piece)));
        Self {
            pieces: pieces.collect(),
            taken,
        }
    }

    /// The same stream with an error at its end.
    pub(crate) fn broken(mut self) -> Self {
        self.pieces
            .push_back(Err(io::Error::other("the tape tore")));
        self
    }
}

impl<F: FnMut(usize) + Unpin> Stream for Pieces<F> {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let piece = self.pieces.pop_front();
        if let Some(Ok(piece)) = &piece {
            (self.taken)(piece.len());
        }
        Poll::Ready(piece)
    }
}
