//! A TCP connection that stays usable for reading after a write fails, and that can be closed from outside.
//!
//! A server that refuses a request may answer before it has read all of it, and close the connection. Then writing
//! fails while the answer is in our receive buffer, and hyper, which closes a connection at the first error, would lose
//! it. So an error of writing is held back until everything that was received has been read.
//!
//! A server may also answer, and then neither read on nor close; the receiver of the answer ends such a connection.

use hyper_util::client::legacy::connect::{Connected, Connection};
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// A connection and its state.
pub(super) struct Watched {
    stream: TcpStream,
    line: Line,
    /// Whether the other end is a proxy, which needs the whole URI of a request.
    to_proxy: bool,
}

/// The state of a connection. Each response that was received over it has this among its extensions.
#[derive(Clone, Default)]
pub(super) struct Line(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    /// Whether bytes are being sent: some were written, and there was no flush since.
    sending: bool,
    /// Why nothing more can be written.
    broken: Option<io::ErrorKind>,
    /// Whether everything that was received has been read, and nothing more will arrive.
    read_to_end: bool,
    /// Whether the connection is being ended from this side.
    ended: bool,
    reader: Option<Waker>,
    writer: Option<Waker>,
}

impl State {
    fn ended() -> io::Error {
        io::Error::new(
            io::ErrorKind::ConnectionAborted,
            "the answer came before the request was sent",
        )
    }

    /// The result of a write, where it is known before writing.
    fn before_write(&mut self, context: &Context<'_>) -> Option<Poll<io::Error>> {
        if self.ended {
            return Some(Poll::Ready(Self::ended()));
        }
        let broken = self.broken?;
        if self.read_to_end {
            return Some(Poll::Ready(broken.into()));
        }
        self.writer = Some(context.waker().clone());
        Some(Poll::Pending)
    }

    /// Processes the result of a write.
    fn after_write<T>(
        &mut self,
        outcome: Poll<io::Result<T>>,
        context: &Context<'_>,
    ) -> Poll<io::Result<T>> {
        match outcome {
            Poll::Ready(Err(error)) if is_closed(error.kind()) && !self.read_to_end => {
                self.broken = Some(error.kind());
                self.writer = Some(context.waker().clone());
                Poll::Pending
            }
            Poll::Pending => {
                self.sending = true;
                self.writer = Some(context.waker().clone());
                Poll::Pending
            }
            Poll::Ready(_) => {
                self.sending = true;
                outcome
            }
        }
    }
}

/// Whether the other side accepts no more bytes, and may have sent a response nevertheless.
fn is_closed(kind: io::ErrorKind) -> bool {
    matches!(
        kind,
        io::ErrorKind::BrokenPipe
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::NotConnected
    )
}

impl Line {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Called when the response to a request was read, or is no longer needed. Unless the whole request has been sent,
    /// the connection cannot be used again: it is closed, and the sending of the request ends.
    pub(super) fn answered(&self, whole_request: bool) {
        let mut state = self.state();
        if whole_request && !state.sending && state.broken.is_none() {
            return;
        }
        state.ended = true;
        let wakers = [state.reader.take(), state.writer.take()];
        drop(state);
        wakers.into_iter().flatten().for_each(Waker::wake);
    }
}

impl Watched {
    pub(super) fn new(stream: TcpStream) -> Self {
        Self {
            stream,
            line: Line::default(),
            to_proxy: false,
        }
    }

    /// The same connection, marked as one to a proxy.
    pub(super) fn with_proxy(mut self) -> Self {
        self.to_proxy = true;
        self
    }
}

impl AsyncRead for Watched {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        {
            let mut state = self.line.state();
            if state.ended {
                return Poll::Ready(Err(State::ended()));
            }
            state.reader = Some(context.waker().clone());
        }
        let before = buffer.filled().len();
        let outcome = Pin::new(&mut self.stream).poll_read(context, buffer);
        let is_end = match &outcome {
            Poll::Pending => false,
            Poll::Ready(Ok(())) => buffer.filled().len() == before && buffer.remaining() > 0,
            Poll::Ready(Err(_)) => true,
        };
        if is_end {
            let mut state = self.line.state();
            state.read_to_end = true;
            let writer = state.writer.take();
            drop(state);
            if let Some(writer) = writer {
                writer.wake();
            }
        }
        outcome
    }
}

impl AsyncWrite for Watched {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if let Some(outcome) = self.line.state().before_write(context) {
            return outcome.map(Err);
        }
        let outcome = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.line.state().after_write(outcome, context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if let Some(outcome) = self.line.state().before_write(context) {
            return outcome.map(Err);
        }
        let outcome = Pin::new(&mut self.stream).poll_write_vectored(context, pieces);
        self.line.state().after_write(outcome, context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if let Some(outcome) = self.line.state().before_write(context) {
            return outcome.map(Err);
        }
        let outcome = Pin::new(&mut self.stream).poll_flush(context);
        let mut state = self.line.state();
        let outcome = state.after_write(outcome, context);
        if let Poll::Ready(Ok(())) = outcome {
            state.sending = false;
        }
        outcome
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        {
            let state = self.line.state();
            if state.ended || state.broken.is_some() {
                return Poll::Ready(Ok(()));
            }
        }
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

impl Connection for Watched {
    fn connected(&self) -> Connected {
        let connected = self.stream.connected().extra(self.line.clone());
        connected.proxy(self.to_proxy)
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        // The rest of a request that was given up is discarded: otherwise the system would try for minutes to send it
        // to a server that does not read.
        let state = self.line.state();
        if state.ended || state.sending {
            let _ = self.stream.set_zero_linger();
        }
    }
}
