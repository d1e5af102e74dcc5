//! The content of a file, read in pieces by tokio's blocking threads.

use crate::error::{HttpError, HttpErrorKind};
use crate::stream::{Body, Replayable, Take};
use bytes::Bytes;
use futures_core::future::BoxFuture;
use http_body::{Frame, SizeHint};
use std::fmt;
use std::fs;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::task::{JoinError, JoinHandle, spawn_blocking};

/// How many bytes are read at once.
const PIECE: usize = 128 << 10;

/// A file by its path, or a part of it.
#[derive(Clone)]
pub(super) struct File {
    pub(super) path: Arc<Path>,
    /// `None`: all of it.
    pub(super) part: Option<Part>,
}

/// Bytes of a file.
#[derive(Clone, Copy)]
pub(super) struct Part {
    offset: u64,
    length: u64,
}

impl Replayable for File {
    fn describe(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.part {
            None => write!(f, "file {:?}", self.path),
            Some(Part { offset, length }) => {
                write!(f, "{length} bytes of file {:?} from {offset}", self.path)
            }
        }
    }

    /// Opened when the first piece is requested; a whole file is read up to its end.
    fn read(&self) -> Body {
        Body::streamed(OfFile {
            file: self.clone(),
            length: self.part.map(|part| part.length),
            read: 0,
            state: State::Unopened,
        })
    }

    fn send(&self) -> BoxFuture<'static, Result<Body, HttpError>> {
        Box::pin(self.clone().opened())
    }

    fn read_through(&self, take: Take) -> BoxFuture<'static, Result<u64, HttpError>> {
        Box::pin(self.clone().taken(take))
    }

    fn length(&self) -> BoxFuture<'static, Result<u64, HttpError>> {
        let file = self.clone();
        Box::pin(async move { Ok(file.on_disk().await?.1) })
    }

    fn part(&self, offset: u64, length: u64) -> Arc<dyn Replayable> {
        let start = self.part.map_or(0, |part| part.offset);
        let left = self.part.map_or(u64::MAX, |part| part.length);
        let part = Part {
            offset: start.saturating_add(offset),
            length: length.min(left.saturating_sub(offset)),
        };
        Arc::new(Self {
            path: self.path.clone(),
            part: Some(part),
        })
    }
}

impl File {
    /// The file as it is now, to be sent: only up to its present length; it is an error if it becomes shorter.
    async fn opened(self) -> Result<Body, HttpError> {
        let (file, length) = self.on_disk().await?;
        Ok(Body::streamed(OfFile {
            file: self,
            length: Some(length),
            read: 0,
            state: State::Open(file),
        }))
    }

    /// The open file, where its content begins, and the length of that.
    async fn on_disk(&self) -> Result<(fs::File, u64), HttpError> {
        let of = self.clone();
        let open = spawn_blocking(move || of.open());
        let opened = open.await.unwrap_or_else(not_done);
        opened.map_err(|error| unreadable(&self.path, error))
    }

    /// Gives all pieces to `take`. Reading stops when the result is no longer awaited.
    async fn taken(self, mut take: Take) -> Result<u64, HttpError> {
        let (of, waiting) = (self.clone(), Arc::new(()));
        let waited_for = Arc::downgrade(&waiting);
        let read = spawn_blocking(move || {
            let (file, _) = of.open()?;
            let mut file = file.take(of.part.map_or(u64::MAX, |part| part.length));
            let mut length = 0;
            let mut piece = vec![0; PIECE];
            while waited_for.strong_count() > 0 {
                let count = file.read(&mut piece)?;
                if count == 0 {
                    break;
                }
                take(piece.get(..count).unwrap_or_default());
                length += count as u64;
            }
            Ok(length)
        });
        let length = read.await.unwrap_or_else(not_done);
        drop(waiting);
        length.map_err(|error| unreadable(&self.path, error))
    }

    /// Opens the file where the content begins, and says how long that is; a folder is an error: some systems can open a
    /// folder, and fail only when it is read.
    fn open(&self) -> io::Result<(fs::File, u64)> {
        let mut file = fs::File::open(&self.path)?;
        let metadata = file.metadata()?;
        if metadata.is_dir() {
            return Err(io::Error::other("it is a folder"));
        }
        let Some(Part { offset, length }) = self.part else {
            return Ok((file, metadata.len()));
        };
        let end = offset.saturating_add(length);
        if metadata.len() < end {
            return Err(io::Error::other(format!(
                "expected at least {end} bytes, found {}",
                metadata.len()
            )));
        }
        file.seek(SeekFrom::Start(offset))?;
        Ok((file, length))
    }
}

fn not_done<T>(error: JoinError) -> io::Result<T> {
    Err(io::Error::other(error))
}

fn unreadable(path: &Path, error: io::Error) -> HttpError {
    let message = format!("the file {} cannot be read: {error}", path.display());
    HttpError::new(HttpErrorKind::RequestBody, message).with_source(error)
}

struct OfFile {
    file: File,
    /// How many bytes there must be, if that is known.
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
            self.file.path.display(),
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
                        Err(error) => Some(Err(unreadable(&self.file.path, error))),
                    });
                }
                State::Unopened => None,
                State::Open(file) => Some(file),
            };
            let count = self.left().unwrap_or(PIECE as u64).min(PIECE as u64);
            if count == 0 {
                return Poll::Ready(None);
            }
            let of = self.file.clone();
            self.state = State::Busy(spawn_blocking(move || {
                let mut file = match file {
                    Some(file) => file,
                    None => of.open()?.0,
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
