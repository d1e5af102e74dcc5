//! The loopback S3. The last part of a key says how long the object is: what is got has that length, and what is put must
//! have it. It knows objects, ranges of them, checksums where they are asked for, and multipart uploads.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use hyper::header::{
    ACCEPT_RANGES, CONTENT_RANGE, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue, LAST_MODIFIED, RANGE,
};
use hyper::{Method, Request, Response, StatusCode};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::convert::Infallible;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

/// What is sent at once.
const PIECE: usize = 256 << 10;

/// The entity tag of every object and part.
const TAG: &str = "\"9bf156e25d2c1eb5d0d2b0bb3d9fbbad\"";

/// Serves S3 on the loopback interface.
pub fn serve() -> Result<(), String> {
    let store = Rc::new(Store::new());
    // The clock of no client runs while these are computed.
    for length in [1 << 10, 10 << 20, 100 << 20] {
        store.checksum(length);
    }
    crate::serve::serve(move |request| {
        let store = Rc::clone(&store);
        async move { store.answer(request).await }
    })
}

/// What it knows.
struct Store {
    /// Of what objects consist, over and over.
    piece: Bytes,
    /// CRC32 by length.
    checksums: RefCell<HashMap<u64, HeaderValue>>,
    /// How many bytes came for each upload.
    uploads: RefCell<HashMap<String, u64>>,
    next_upload: Cell<u64>,
}

/// What is answered.
type Answer = Response<Content>;

impl Store {
    fn new() -> Self {
        Self {
            piece: vec![b'.'; PIECE].into(),
            checksums: RefCell::default(),
            uploads: RefCell::default(),
            next_upload: Cell::new(0),
        }
    }

    async fn answer(&self, request: Request<Incoming>) -> Result<Answer, hyper::Error> {
        let (head, body) = request.into_parts();
        let received = receive(body).await?;
        let length = payload(&head.headers, received);
        let query = Query(head.uri.query().unwrap_or_default());
        let Some(size) = size(head.uri.path()) else {
            return Ok(refusal("NoSuchKey"));
        };
        Ok(match (head.method, query.get("uploadId")) {
            (Method::GET, None) => self.object(size, &head.headers),
            (Method::HEAD, None) => self.head(size, &head.headers),
            (Method::PUT, None) if length == Some(size) => tagged(self.empty()),
            (Method::PUT, Some(id)) => match (length, self.uploads.borrow_mut().get_mut(id)) {
                (Some(length), Some(sum)) => {
                    *sum += length;
                    tagged(self.empty())
                }
                _ => refusal("NoSuchUpload"),
            },
            (Method::POST, None) if query.get("uploads").is_some() => self.begin(),
            (Method::POST, Some(id)) => match self.uploads.borrow_mut().remove(id) {
                Some(sum) if sum == size => xml(
                    StatusCode::OK,
                    format!(
                        "<CompleteMultipartUploadResult><ETag>{}</ETag></CompleteMultipartUploadResult>",
                        TAG.replace('"', "&quot;")
                    ),
                ),
                _ => refusal("InvalidPart"),
            },
            (Method::DELETE, Some(id)) => {
                self.uploads.borrow_mut().remove(id);
                let mut response = self.empty();
                *response.status_mut() = StatusCode::NO_CONTENT;
                response
            }
            _ => refusal("IncompleteBody"),
        })
    }

    fn begin(&self) -> Answer {
        let id = self.next_upload.get();
        self.next_upload.set(id + 1);
        self.uploads.borrow_mut().insert(id.to_string(), 0);
        xml(
            StatusCode::OK,
            format!(
                "<InitiateMultipartUploadResult><UploadId>{id}</UploadId></InitiateMultipartUploadResult>"
            ),
        )
    }

    fn object(&self, size: u64, headers: &HeaderMap) -> Answer {
        let Some(range) = headers.get(RANGE) else {
            return self.head(size, headers);
        };
        let Some((start, end)) = range.to_str().ok().and_then(|range| ends_of(range, size)) else {
            return refusal("InvalidRange");
        };
        let mut response = described(self.content(end - start));
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
        if let Ok(value) = format!("bytes {start}-{}/{size}", end - 1).parse() {
            response.headers_mut().insert(CONTENT_RANGE, value);
        }
        response
    }

    /// An object; hyper sends the body of no answer to HEAD.
    fn head(&self, size: u64, headers: &HeaderMap) -> Answer {
        let mut response = described(self.content(size));
        if headers.contains_key("x-amz-checksum-mode") {
            let headers = response.headers_mut();
            headers.insert("x-amz-checksum-crc32", self.checksum(size));
            let whole = HeaderValue::from_static("FULL_OBJECT");
            headers.insert("x-amz-checksum-type", whole);
        }
        response
    }

    fn checksum(&self, size: u64) -> HeaderValue {
        let mut checksums = self.checksums.borrow_mut();
        let checksum = checksums.entry(size).or_insert_with(|| {
            let mut hasher = crc32fast::Hasher::new();
            let mut content = self.content(size);
            while let Some(piece) = content.next() {
                hasher.update(&piece);
            }
            let base64 = STANDARD.encode(hasher.finalize().to_be_bytes());
            HeaderValue::from_str(&base64).unwrap_or(HeaderValue::from_static(""))
        });
        checksum.clone()
    }

    fn content(&self, left: u64) -> Content {
        Content {
            piece: self.piece.clone(),
            left,
        }
    }

    fn empty(&self) -> Answer {
        Response::new(self.content(0))
    }
}

/// As many bytes as are left.
struct Content {
    piece: Bytes,
    left: u64,
}

impl Content {
    fn of(text: String) -> Self {
        Self {
            left: text.len() as u64,
            piece: text.into(),
        }
    }

    fn next(&mut self) -> Option<Bytes> {
        let length = self.left.min(self.piece.len() as u64);
        self.left -= length;
        (length > 0).then(|| self.piece.slice(..length as usize))
    }
}

impl Body for Content {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.next().map(|piece| Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

/// Reads a body to its end and drops it; how many bytes came.
async fn receive(mut body: Incoming) -> Result<u64, hyper::Error> {
    let mut received = 0;
    while let Some(frame) = body.frame().await {
        received += frame?.data_ref().map_or(0, Bytes::len) as u64;
    }
    Ok(received)
}

/// The length of what was sent, without the chunks around it that the client says it is in; `None` where chunks are shorter
/// than what is to be in them.
fn payload(headers: &HeaderMap, received: u64) -> Option<u64> {
    let Some(decoded) = headers.get("x-amz-decoded-content-length") else {
        return Some(received);
    };
    let decoded = decoded.to_str().ok()?.parse().ok()?;
    (received > decoded).then_some(decoded)
}

/// The length that a key says.
fn size(path: &str) -> Option<u64> {
    path.rsplit('/').next()?.parse().ok()
}

/// First byte and the one after the last of a range, `bytes=0-1023`.
fn ends_of(range: &str, size: u64) -> Option<(u64, u64)> {
    let (start, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    let start: u64 = start.parse().ok()?;
    let end = match last {
        "" => size,
        last => last.parse::<u64>().ok()?.checked_add(1)?.min(size),
    };
    (start < end).then_some((start, end))
}

struct Query<'a>(&'a str);

impl Query<'_> {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.split('&').find_map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (key == name).then_some(value)
        })
    }
}

fn described(content: Content) -> Answer {
    let mut response = tagged(Response::new(content));
    for (name, value) in [
        (LAST_MODIFIED, "Wed, 06 May 2026 07:08:09 GMT"),
        (ACCEPT_RANGES, "bytes"),
        (CONTENT_TYPE, "application/octet-stream"),
    ] {
        let value = HeaderValue::from_static(value);
        response.headers_mut().insert(name, value);
    }
    response
}

fn tagged(mut response: Answer) -> Answer {
    let tag = HeaderValue::from_static(TAG);
    response.headers_mut().insert(ETAG, tag);
    response
}

fn refusal(code: &str) -> Answer {
    let body = format!("<Error><Code>{code}</Code><Message>{code}</Message></Error>");
    xml(StatusCode::BAD_REQUEST, body)
}

fn xml(status: StatusCode, body: String) -> Answer {
    let body = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{body}");
    let mut response = Response::new(Content::of(body));
    *response.status_mut() = status;
    let xml = HeaderValue::from_static("application/xml");
    response.headers_mut().insert(CONTENT_TYPE, xml);
    response
}
