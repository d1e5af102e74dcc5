//! The body of a response against the checksum in its headers, while it is read.

use super::sum::Sum;
use crate::error::{HttpError, HttpErrorKind};
use crate::stream::Body;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use http_body::{Frame, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// How an operation's responses are validated, where the caller asks for it.
#[derive(Clone, Copy, Debug)]
pub struct Validation {
    /// The header of the request that asks for it, with `ENABLED`.
    pub header: &'static str,
    /// The algorithms of checksums that a response may have.
    pub algorithms: &'static [&'static str],
}

impl Validation {
    /// Whether a request asks for it.
    pub(crate) fn is_asked(self, request: &HeaderMap) -> bool {
        let mode = request.get(self.header);
        mode.is_some_and(|mode| mode.as_bytes().eq_ignore_ascii_case(b"enabled"))
    }

    /// Asks for it.
    pub(crate) fn ask(self, request: &mut HeaderMap) {
        if let Ok(name) = HeaderName::try_from(self.header)
            && !request.contains_key(&name)
        {
            request.insert(name, HeaderValue::from_static("ENABLED"));
        }
    }

    /// The body of a response, which is an error where it ends with another checksum than its headers say. As it is where
    /// they say none that can be validated: a checksum of checksums (`…-3`) is that of no body, and neither is the one
    /// of an object that of a part. Also the algorithm.
    pub(crate) fn validated(
        self,
        status: StatusCode,
        headers: &HeaderMap,
        body: Body,
    ) -> (Body, Option<&'static str>) {
        if status == StatusCode::PARTIAL_CONTENT {
            return (body, None);
        }
        match self.expected(headers) {
            Some((sum, expected)) => {
                let algorithm = expected.algorithm;
                let sum = Some(sum);
                let body = Validated {
                    body,
                    sum,
                    expected,
                };
                (Body::streamed(body), Some(algorithm))
            }
            None => (body, None),
        }
    }

    #[cfg(feature = "checksums")]
    fn expected(self, headers: &HeaderMap) -> Option<(Sum, Expected)> {
        let known = super::algorithm::ORDER
            .iter()
            .filter(|name| self.algorithms.contains(name));
        let mut found = known.filter_map(|algorithm| {
            let of_algorithm = |name: &&HeaderName| {
                let rest = name.as_str().strip_prefix(super::PREFIX);
                rest.is_some_and(|rest| rest.eq_ignore_ascii_case(algorithm))
            };
            let name = headers.keys().find(of_algorithm)?;
            let value = headers.get(name)?.to_str().ok()?.to_owned();
            let is_whole = !value.is_empty() && !value.contains('-');
            let sum = Sum::new(algorithm).filter(|_| is_whole)?;
            let expected = Expected {
                algorithm,
                name: name.as_str().to_owned(),
                value,
            };
            Some((sum, expected))
        });
        found.next()
    }

    #[cfg(not(feature = "checksums"))]
    fn expected(self, _: &HeaderMap) -> Option<(Sum, Expected)> {
        None
    }
}

/// A header and what it says.
struct Expected {
    algorithm: &'static str,
    name: String,
    value: String,
}

struct Validated {
    body: Body,
    /// What was added up; `None` once it was compared.
    sum: Option<Sum>,
    expected: Expected,
}

impl http_body::Body for Validated {
    type Data = Bytes;
    type Error = HttpError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, HttpError>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        match &frame {
            Some(Ok(piece)) => {
                if let (Some(sum), Some(bytes)) = (&mut self.sum, piece.data_ref()) {
                    sum.update(bytes);
                }
            }
            Some(Err(_)) => self.sum = None,
            None => {
                let found = self.sum.take().map(Sum::finish);
                if let Some(found) = found.filter(|found| *found != self.expected.value) {
                    let Expected { name, value, .. } = &self.expected;
                    let message = format!(
                        "the body of the response is not what was sent: its {name} is {value}, and that of what came is {found}"
                    );
                    let error = HttpError::new(HttpErrorKind::Checksum, message);
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
        Poll::Ready(frame)
    }

    /// Not before the checksum was compared.
    fn is_end_stream(&self) -> bool {
        self.sum.is_none() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        http_body::Body::size_hint(&self.body)
    }
}
