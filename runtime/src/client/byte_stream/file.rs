//! The content of a file, read in pieces by tokio's blocking threads.

use crate::error::{HttpError, HttpErrorKind};
use crate::sign::hex;
use crate::stream::{Body, Replayable};
use bytes::Bytes;
use futures_core::future::BoxFuture;
use http_body::{Frame, SizeHint};
use sha2::{Digest, Sha256};
use std::fmt;
use std::fs;
use std::io::{self, Read as _};
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::task::{JoinError, JoinHandle, spawn_blocking};

/// How many bytes are read at once.
const PIECE: usize = 128 << 10;

/// A file by its path.
pub(super) struct File(pub(super) Arc<Path>);

impl Replayable for File {
    fn describe(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "file {:?}", self.0)
    }

    fn read(&self) -> Body {
        unopened(self.0.clone())
    }

    fn send(&self) -> BoxFuture<'static, Result<Body, HttpError>> {
        Box::pin(opened(self.0.clone()))
    }

    fn hash(&self) -> BoxFuture<'static, Result<(String, u64), HttpError>> {
        Box::pin(hash(self.0.clone()))
    }
}

/// The file as it is now, to be sent: only up to its present length; it is an error if it becomes shorter.
async fn opened(path: Arc<Path>) -> Result<Body, HttpError> {
    let of = path.clone();
    let open = spawn_blocking(move || {
        let file = open(&of)?;
        let length = file.metadata()?.len();
        Ok((file, length))
    });
    let (file, length) = open
        .await
        .unwrap_or_else(not_done)
        .map_err(|error| unreadable(&path, error))?;
    Ok(Body::streamed(OfFile {
        path,
        length: Some(length),
        read: 0,
        state: State::Open(file),
    }))
}

/// The file, opened when the first piece is requested, up to its end.
fn unopened(path: Arc<Path>) -> Body {
    Body::streamed(OfFile {
        path,
        length: None,
        read: 0,
        state: State::Unopened,
    })
}

/// The hash of the file, in hexadecimal, and its length. Reading stops when the result is no longer awaited.
async fn hash(path: Arc<Path>) -> Result<(String, u64), HttpError> {
    let (of, waiting) = (path.clone(), Arc::new(()));
    let waited_for = Arc::downgrade(&waiting);
    let hash = spawn_blocking(move || {
        let (mut file, mut hash, mut length) = (open(&of)?, Sha256::new(), 0);
        let mut piece = vec![0; PIECE];
        while waited_for.strong_count() > 0 {
            let count = file.read(&mut piece)?;
            if count == 0 {
                break;
            }
            hash.update(piece.get(..count).unwrap_or_default());
            length += count as u64;
        }
        Ok((hex(&hash.finalize()), length))
    });
    let hash = hash.await.unwrap_or_else(not_done);
    drop(waiting);
    hash.map_err(|error| unreadable(&path, error))
}

/// Opens a file; a folder is an error: some systems can open a folder, and fail only when it is read.
fn open(path: &Path) -> io::Result<fs::File> {
    let file = fs::File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(io::Error::other("it is a folder"));
    }
    Ok(file)
}

fn not_done<T>(error: JoinError) -> io::Result<T> {
    Err(io::Error::other(error))
}

fn unreadable(path: &Path, error: io::Error) -> HttpError {
    let message = format!("the file {} cannot be read: {error}", path.display());
    HttpError::new(HttpErrorKind::RequestBody, message).with_source(error)
}

struct OfFile {
    path: Arc<Path>,
    /// Its length when it was opened, if it must keep that length.
    length: Option<u64>,
    read: u64,
    state: State,
}

enum State {
    Unopened,
    Open(fs::File),
    Busy(JoinHandle<io::Result<(fs::File, Bytes)>>),
    Done,
}

impl OfFile {
    fn left(&self) -> Option<u64> {
        self.length.map(|length| length.saturating_sub(self.read))
    }

    /// Takes the result of a read; an empty piece is the end of the file.
    fn took(&mut self, file: fs::File, piece: Bytes) -> Option<Result<Frame<Bytes>, HttpError>> {
        if !piece.is_empty() {
            self.read += piece.len() as u64;
            self.state = State::Open(file);
            return Some(Ok(Frame::data(piece)));
        }
        let length = self.length?;
        let message = format!(
            "the file {} ended after {} of {length} bytes: it became shorter while it was sent",
            self.path.display(),
            self.read
        );
        Some(Err(HttpError::new(HttpErrorKind::RequestBody, message)))
    }
}

impl http_body::Body for OfFile {
    type Data = Bytes;
    type Error = HttpError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, HttpError>>> {
        loop {
            let file = match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Poll::Ready(None),
                State::Busy(mut busy) => {
                    let Poll::Ready(read) = Pin::new(&mut busy).poll(context) else {
                        self.state = State::Busy(busy);
                        return Poll::Pending;
                    };
                    return Poll::Ready(match read.unwrap_or_else(not_done) {
                        Ok((file, piece)) => self.took(file, piece),
                        Err(error) => Some(Err(unreadable(&self.path, error))),
                    });
                }
                State::Unopened => None,
                State::Open(file) => Some(file),
            };
            let count = self.left().unwrap_or(PIECE as u64).min(PIECE as u64);
            if count == 0 {
                return Poll::Ready(None);
            }
            let path = self.path.clone();
            self.state = State::Busy(spawn_blocking(move || {
                let mut file = match file {
                    Some(file) => file,
                    None => open(&path)?,
                };
                let mut piece = Vec::with_capacity(PIECE);
                (&mut file).take(count).read_to_end(&mut piece)?;
                Ok((file, piece.into()))
            }));
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self.state, State::Done)
    }

    fn size_hint(&self) -> SizeHint {
        self.left().map_or_else(SizeHint::new, SizeHint::with_exact)
    }
}
