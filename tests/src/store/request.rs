//! A request as the store has seen it.

use bytes::Bytes;
use hyper::HeaderMap;
use hyper::http::request::Parts;
use std::collections::BTreeMap;

/// A request, without its body.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The operation's name in S3's model.
    pub operation: &'static str,
    /// The path, still encoded.
    pub path: String,
    /// The query.
    pub query: BTreeMap<String, String>,
    /// The headers.
    pub headers: HeaderMap,
    /// The length of the body in bytes.
    pub length: u64,
}

impl Seen {
    pub(super) fn new(head: &Parts, body: &Bytes) -> Self {
        let query: BTreeMap<String, String> = head
            .uri
            .query()
            .unwrap_or_default()
            .split('&')
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let is_of_upload = query.contains_key("uploadId");
        let operation = match (head.method.as_str(), is_of_upload) {
            ("PUT", true) => "UploadPart",
            ("PUT", false) => "PutObject",
            ("POST", true) => "CompleteMultipartUpload",
            ("POST", false) => "CreateMultipartUpload",
            ("DELETE", true) => "AbortMultipartUpload",
            ("GET", true) => "ListParts",
            ("GET", false) => "GetObject",
            ("HEAD", false) => "HeadObject",
            _ => "",
        };
        Self {
            operation,
            path: head.uri.path().to_owned(),
            query,
            headers: head.headers.clone(),
            length: body.len() as u64,
        }
    }

    /// A header's text; empty if there is none.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// The number of the part, from 1; 0: it is not of one.
    #[must_use]
    pub fn part(&self) -> u32 {
        let number = self.query.get("partNumber");
        number
            .and_then(|number| number.parse().ok())
            .unwrap_or_default()
    }

    /// The first byte of the range; `None`: it is not of one.
    #[must_use]
    pub fn start(&self) -> Option<u64> {
        self.range().map(|(start, _)| start)
    }

    /// The first and the last byte of the range.
    pub(super) fn range(&self) -> Option<(u64, u64)> {
        let range = self.header("range").strip_prefix("bytes=")?;
        let (start, last) = range.split_once('-')?;
        Some((start.parse().ok()?, last.parse().ok()?))
    }
}
