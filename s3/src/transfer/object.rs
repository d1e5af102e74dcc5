//! The object that is downloaded, and its ranges: each is read to its end, however often its connection breaks.

use super::answer::{Answer, call};
use super::failed::Failed;
use super::operations::DownloadOperations;
use super::progress::Tracker;
use super::request::Template;
use bytes::Bytes;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;
use tinsmith_runtime::codegen::ProvideErrorMetadata as _;
use tinsmith_runtime::{ByteStream, Client, ErrorKind};

/// How many times in a row a range is requested again from where it broke, without a byte in between.
const MOST_BREAKS: u32 = 4;

/// The wait before the first of these; it doubles with each.
const WAIT: Duration = Duration::from_millis(100);

/// Headers of a response.
pub(super) type Headers = BTreeMap<String, String>;

/// What the calls of a download are made from.
pub(super) struct Origin {
    pub(super) client: Client,
    pub(super) operations: DownloadOperations,
    pub(super) template: Template,
    pub(super) tracker: Tracker,
}

/// An object as it was when the download began.
pub(super) struct Object {
    pub(super) origin: Origin,
    pub(super) e_tag: String,
    /// Its length in bytes.
    pub(super) size: u64,
}

/// The first response: the object, its headers, and its first bytes.
pub(super) struct First {
    pub(super) e_tag: String,
    pub(super) size: u64,
    pub(super) headers: Headers,
    /// Whether ranges are served.
    pub(super) has_ranges: bool,
    pub(super) body: ByteStream,
}

impl Origin {
    fn failed(&self, message: impl Into<String>) -> Failed {
        Failed::new(ErrorKind::Response, self.operations.get.name, message)
    }

    /// The first `length` bytes. An empty object has no range: S3 says 416, and the object is requested as it is.
    pub(super) async fn first(&self, length: u64) -> Result<First, Failed> {
        let get = self.operations.get;
        let request = self.template.range(&(0..length), None);
        let answer: Result<Answer<ByteStream>, Failed> = call(&self.client, get, request).await;
        let mut answer = match answer {
            Err(failed) if failed.meta().status == Some(416) => {
                let whole = self.template.clone().whole(ByteStream::default());
                call(&self.client, get, whole).await?
            }
            answer => answer?,
        };
        let size = match answer.status {
            206 => {
                let found = answer.headers.remove("content-range");
                let found = found.unwrap_or_default();
                match content_range(&found) {
                    Some((0, size)) => size,
                    _ => return Err(self.failed(format!("expected bytes from 0, found {found:?}"))),
                }
            }
            _ => {
                let length = answer.headers.get("content-length");
                let length = length.and_then(|length| length.parse().ok());
                let length = length.or(answer.body.content_length());
                length.ok_or_else(|| self.failed("the object has no length"))?
            }
        };
        answer
            .headers
            .insert("content-length".to_owned(), size.to_string());
        Ok(First {
            e_tag: answer.headers.get("etag").cloned().unwrap_or_default(),
            size,
            has_ranges: answer.status == 206,
            headers: answer.headers,
            body: answer.body,
        })
    }
}

impl Object {
    /// What HEAD says of it; with its checksums, where `mode` is the header that asks for them.
    pub(super) async fn head(&self, mode: Option<&'static str>) -> Result<Headers, Failed> {
        let head = self.origin.operations.head;
        let request = self.origin.template.head(&self.e_tag, mode);
        let answer: Result<Answer<()>, Failed> = call(&self.origin.client, head, request).await;
        Ok(answer.map_err(|failed| self.changed(failed))?.headers)
    }

    /// A range of it, which may have been requested already.
    pub(super) fn range(
        self: &Arc<Self>,
        range: Range<u64>,
        body: Option<ByteStream>,
    ) -> RangeReader {
        RangeReader {
            object: self.clone(),
            range,
            body,
            breaks: 0,
        }
    }

    async fn get(&self, range: &Range<u64>) -> Result<ByteStream, Failed> {
        let get = self.origin.operations.get;
        let request = self.origin.template.range(range, Some(&self.e_tag));
        let answer: Result<Answer<ByteStream>, Failed> =
            call(&self.origin.client, get, request).await;
        let answer = answer.map_err(|failed| self.changed(failed))?;
        let found = answer.headers.get("content-range");
        let found = found.map_or("", String::as_str);
        if answer.status != 206 || content_range(found) != Some((range.start, self.size)) {
            return Err(self.origin.failed(format!(
                "expected the bytes from {} of an object of {}, found status {} and {found:?}",
                range.start, self.size, answer.status
            )));
        }
        Ok(answer.body)
    }

    /// Says what a failed condition means.
    fn changed(&self, failed: Failed) -> Failed {
        if failed.meta().status != Some(412) {
            return failed;
        }
        failed.with_message(format!(
            "the object changed while it was downloaded: its ETag was {}",
            self.e_tag
        ))
    }
}

/// The first byte of a range and the length of the object, as `bytes 0-4/20` says them.
fn content_range(text: &str) -> Option<(u64, u64)> {
    let (range, size) = text.strip_prefix("bytes ")?.split_once('/')?;
    let (first, _) = range.split_once('-')?;
    Some((first.trim().parse().ok()?, size.trim().parse().ok()?))
}

/// Reads a range.
pub(super) struct RangeReader {
    object: Arc<Object>,
    /// What is left.
    range: Range<u64>,
    body: Option<ByteStream>,
    /// How many times it broke since the last byte.
    breaks: u32,
}

impl RangeReader {
    /// How many bytes are left.
    pub(super) fn left(&self) -> u64 {
        self.range.end.saturating_sub(self.range.start)
    }

    /// The next bytes; `None` at the end.
    pub(super) async fn next(&mut self) -> Result<Option<Bytes>, Failed> {
        loop {
            if let Some(mut body) = self.body.take() {
                match body.next().await {
                    Some(Ok(piece)) => {
                        self.range.start += piece.len() as u64;
                        if self.range.start > self.range.end {
                            let message = "more bytes were sent than requested";
                            return Err(self.object.origin.failed(message));
                        }
                        self.object.origin.tracker.add(piece.len() as u64);
                        self.body = Some(body);
                        self.breaks = 0;
                        return Ok(Some(piece));
                    }
                    None if self.left() == 0 => return Ok(None),
                    None => self.wait(None).await?,
                    Some(Err(error)) => self.wait(Some(error.into())).await?,
                }
            } else if self.left() == 0 {
                return Ok(None);
            }
            self.body = Some(self.object.get(&self.range).await?);
        }
    }

    /// Waits before the rest is requested again, if that may help.
    async fn wait(&mut self, failed: Option<Failed>) -> Result<(), Failed> {
        let is_over = failed.as_ref().is_some_and(|failed| {
            let kind = failed.meta().kind;
            !matches!(kind, ErrorKind::Connection | ErrorKind::Timeout)
        });
        if is_over || self.breaks >= MOST_BREAKS {
            return Err(failed.unwrap_or_else(|| {
                let message = format!("the response ended {} bytes early", self.left());
                let get = self.object.origin.operations.get.name;
                Failed::new(ErrorKind::Connection, get, message)
            }));
        }
        tracing::debug!(
            left = self.left(),
            "a range broke off; its rest is requested"
        );
        tokio::time::sleep(WAIT * 2_u32.saturating_pow(self.breaks)).await;
        self.breaks += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::content_range;

    #[test]
    fn ranges_are_read_and_nothing_else() {
        for (text, expected) in [
            ("bytes 0-4/20", Some((0, 20))),
            ("bytes 5-9/10", Some((5, 10))),
            ("bytes */20", None),
            ("bytes 0-4/*", None),
            ("0-4/20", None),
            ("bytes -1-4/20", None),
            ("", None),
        ] {
            assert_eq!(content_range(text), expected, "{text}");
        }
    }
}
