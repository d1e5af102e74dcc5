//! The HTTP client of the clients under test: it remembers what was sent, and makes connections fail where a case asks for
//! it.

use bytes::Bytes;
use futures_util::{StreamExt as _, stream};
use http::HeaderMap;
use s3::runtime::{
    Body, BoxFuture, HttpClient, HttpError, HttpErrorKind, HyperClient, SendOptions,
};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// A request as it was sent.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) uri: http::Uri,
    pub(crate) headers: HeaderMap,
}

impl Sent {
    /// The path as it is on the wire.
    pub(crate) fn path(&self) -> &str {
        self.uri.path()
    }

    /// A header's value, if it is text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// What goes wrong with one exchange.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Fault {
    /// The connection breaks after the request was sent, before anything of the response came.
    NoResponse,
    /// The connection breaks after so many bytes of the response's body.
    CutAfter(usize),
    /// The first byte of the response's body is another one.
    OtherByte,
}

/// Sends with the default HTTP client of generated clients.
#[derive(Clone)]
pub(crate) struct Observed {
    inner: Arc<HyperClient>,
    sent: Arc<Mutex<VecDeque<Sent>>>,
    faults: Arc<Mutex<VecDeque<Fault>>>,
}

/// How many requests are remembered.
const REMEMBERED: usize = 16;

impl Observed {
    pub(crate) fn new(inner: HyperClient) -> Self {
        Self {
            inner: Arc::new(inner),
            sent: Arc::default(),
            faults: Arc::default(),
        }
    }

    /// The last request.
    pub(crate) fn last(&self) -> Option<Sent> {
        let sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        sent.back().cloned()
    }

    /// The next exchanges go wrong in these ways, one after the other.
    pub(crate) fn break_next(&self, faults: impl IntoIterator<Item = Fault>) {
        let mut next = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
        *next = faults.into_iter().collect();
    }

    /// Whether some of them are still to come.
    pub(crate) fn will_break(&self) -> bool {
        let faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
        !faults.is_empty()
    }

    fn remember(&self, request: &http::Request<Body>) {
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        if sent.len() == REMEMBERED {
            sent.pop_front();
        }
        sent.push_back(Sent {
            uri: request.uri().clone(),
            headers: request.headers().clone(),
        });
    }

    fn fault(&self) -> Option<Fault> {
        let mut faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
        faults.pop_front()
    }
}

impl HttpClient for Observed {
    fn send(
        &self,
        request: http::Request<Body>,
        options: &SendOptions,
    ) -> BoxFuture<'_, Result<http::Response<Body>, HttpError>> {
        self.remember(&request);
        let options = *options;
        Box::pin(async move {
            let response = self.inner.send(request, &options).await?;
            match self.fault() {
                None => Ok(response),
                Some(Fault::NoResponse) => Err(broken()),
                Some(Fault::CutAfter(count)) => Ok(response.map(|body| cut(body, count))),
                Some(Fault::OtherByte) => Ok(response.map(with_other_byte)),
            }
        })
    }
}

fn broken() -> HttpError {
    HttpError::new(HttpErrorKind::Reset, "the case broke the connection")
}

/// The first bytes of a body, then an error.
fn cut(body: Body, count: usize) -> Body {
    let begin = (body, count, false);
    let pieces = stream::unfold(begin, |(mut body, left, is_over)| async move {
        if is_over {
            return None;
        }
        if left == 0 {
            return Some((Err(broken()), (body, 0, true)));
        }
        match body.next().await? {
            Ok(piece) => {
                let taken = piece.slice(..piece.len().min(left));
                let left = left - taken.len();
                Some((Ok(taken), (body, left, false)))
            }
            Err(error) => Some((Err(error), (body, 0, true))),
        }
    });
    Body::from_stream(pieces)
}

/// The body with its first bit changed.
fn with_other_byte(body: Body) -> Body {
    let mut is_first = true;
    let pieces = body.map(move |piece| {
        piece.map(|piece| {
            if !std::mem::take(&mut is_first) {
                return piece;
            }
            let mut other = piece.to_vec();
            if let Some(byte) = other.first_mut() {
                *byte ^= 1;
            }
            Bytes::from(other)
        })
    });
    Body::from_stream(pieces)
}
