//! What the server says to one request, as plain data.

use std::fmt::Write as _;

use bytes::Bytes;
use serde_json::json;

/// An HTTP response: status, headers, body.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Headers besides `content-length`, which follows from the body.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Bytes,
}

impl Answer {
    /// A JSON document.
    #[must_use]
    pub fn json(status: u16, body: impl Into<Bytes>) -> Self {
        Self {
            status,
            headers: vec![("content-type".to_owned(), "application/json".to_owned())],
            body: body.into(),
        }
    }

    /// An exception as rest-json services send it: the code in `x-amzn-errortype`, the message in the body.
    #[must_use]
    pub fn exception(status: u16, code: &str, message: &str) -> Self {
        Self::json(status, json!({ "message": message }).to_string())
            .header("x-amzn-errortype", code)
    }

    /// The same answer with one header more.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Whether a header of this name is set.
    pub(super) fn has(&self, name: &str) -> bool {
        self.headers.iter().any(|(known, _)| known == name)
    }

    /// The answer as HTTP/1.1 spells it, of the body no more than the first `body` bytes.
    pub(super) fn wire(&self, body: usize) -> Vec<u8> {
        let mut head = format!("HTTP/1.1 {} Scripted\r\n", self.status);
        for (name, value) in &self.headers {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        let _ = write!(head, "content-length: {}\r\n\r\n", self.body.len());
        let sent = self.body.iter().take(body);
        head.into_bytes().into_iter().chain(sent.copied()).collect()
    }
}
