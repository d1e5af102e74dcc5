//! The requests of a transfer, made from that of the caller's call: each has every field of it that its operation has, as
//! S3's model lists them.

use super::answer::{CompletedPart, Parts};
use super::failed::Failed;
use bytes::Bytes;
use http::header::{
    CONTENT_TYPE, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_UNMODIFIED_SINCE, RANGE,
};
use http::{HeaderMap, HeaderName, HeaderValue, Uri};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use std::ops::Range;
use tinsmith_runtime::protocol::RestXml;
use tinsmith_runtime::{
    BuiltRequest, ByteStream, Call, ErrorKind, Failure, Member, Operation, RequestBody,
    WireFormat as _, WriteStructure as _,
};

/// Headers that every call of an upload has.
const OF_ALL: [&str; 2] = ["x-amz-request-payer", "x-amz-expected-bucket-owner"];

/// Headers that calls have which deal with the content of an object: the customer's key, under which it is encrypted.
const KEYS: [&str; 3] = [
    "x-amz-server-side-encryption-customer-algorithm",
    "x-amz-server-side-encryption-customer-key",
    "x-amz-server-side-encryption-customer-key-md5",
];

/// The header of PutObject and of UploadPart with the algorithm of the checksum.
pub(super) const ALGORITHM: HeaderName = HeaderName::from_static("x-amz-sdk-checksum-algorithm");

/// The same of CreateMultipartUpload.
const ALGORITHM_OF_UPLOAD: HeaderName = HeaderName::from_static("x-amz-checksum-algorithm");

/// What the checksum of an object in parts is of.
const TYPE: HeaderName = HeaderName::from_static("x-amz-checksum-type");

/// How long the object must be that is put together.
const SIZE: HeaderName = HeaderName::from_static("x-amz-mp-object-size");

/// What the names of headers with checksums begin with.
pub(super) const CHECKSUM: &str = "x-amz-checksum-";

/// The name of the header with the checksum of this algorithm.
pub(super) fn header_of(algorithm: &str) -> String {
    format!("{CHECKSUM}{}", algorithm.to_ascii_lowercase())
}

/// Headers of PutObject that an upload in parts does not begin with: they are of the body, or conditions on the object,
/// which hold when it is put together.
const NOT_OF_CREATE: [&str; 5] = [
    "content-length",
    "content-md5",
    "if-match",
    "if-none-match",
    "x-amz-sdk-checksum-algorithm",
];

/// Headers of PutObject that an upload in parts does not have at all.
const NOT_IN_PARTS: [&str; 2] = ["content-md5", "x-amz-write-offset-bytes"];

/// What a value in a query is encoded with.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The checksum of an upload in parts.
#[derive(Clone, Debug, Default)]
pub(super) struct UploadChecksum {
    /// The algorithm, in capitals; `None`: parts have no checksums.
    pub(super) algorithm: Option<String>,
    /// That of the whole object, if the caller says it.
    pub(super) of_object: Option<(HeaderName, HeaderValue)>,
}

impl UploadChecksum {
    /// Whether S3 keeps a checksum of the whole object, by which downloads in ranges are validated: it does for CRCs, which
    /// follow from those of the parts.
    fn is_of_object(&self) -> bool {
        let algorithm = self.algorithm.as_deref().unwrap_or_default();
        super::crc::is_combined(algorithm)
    }
}

/// The request of the caller's call, without its body.
#[derive(Clone)]
pub(super) struct Template {
    operation: &'static Operation,
    request: BuiltRequest,
}

impl Template {
    /// The request of a call, and its body.
    pub(super) fn of_call<C: Call>(call: &C) -> Result<(Self, ByteStream), Failed> {
        let operation = C::OPERATION;
        let (_, input) = call.parts();
        let mut request = operation
            .request(input, String::new)
            .map_err(|error| Failure::new(ErrorKind::Input, operation.name).with_source(error))?;
        let body = std::mem::replace(&mut request.body, RequestBody::Bytes(Bytes::new()));
        let body = match body {
            RequestBody::Bytes(bytes) => bytes.into(),
            RequestBody::Stream(stream) => stream,
            _ => ByteStream::default(),
        };
        Ok((Self { operation, request }, body))
    }

    pub(super) fn operation(&self) -> &'static Operation {
        self.operation
    }

    pub(super) fn headers(&self) -> &HeaderMap {
        &self.request.head.headers
    }

    /// The text of a header, if it is visible ASCII.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers().get(name)?.to_str().ok()
    }

    pub(super) fn bucket(&self) -> &str {
        self.request.endpoint.text("Bucket").unwrap_or_default()
    }

    pub(super) fn key(&self) -> String {
        let path = self.request.head.uri.path();
        let key = path.strip_prefix('/').unwrap_or(path);
        percent_decode_str(key).decode_utf8_lossy().into_owned()
    }

    /// A header that no part could have.
    pub(super) fn header_not_in_parts(&self) -> Option<&'static str> {
        let mut names = NOT_IN_PARTS.into_iter();
        names.find(|name| self.headers().contains_key(*name))
    }

    /// The call itself, with this body.
    pub(super) fn whole(mut self, body: ByteStream) -> BuiltRequest {
        self.request.body = body.into();
        self.request
    }

    pub(super) fn create(&self, checksum: &UploadChecksum) -> Result<BuiltRequest, Failed> {
        let mut request = self.of_upload("uploads", |name| {
            !NOT_OF_CREATE.contains(&name) && !name.starts_with(CHECKSUM)
        })?;
        let headers = &mut request.head.headers;
        if let Some(algorithm) = checksum.algorithm.as_deref().and_then(value) {
            headers.insert(ALGORITHM_OF_UPLOAD, algorithm);
        }
        if checksum.is_of_object() {
            headers.insert(TYPE, HeaderValue::from_static("FULL_OBJECT"));
        }
        Ok(request)
    }

    pub(super) fn part(
        &self,
        upload_id: &str,
        number: u32,
        checksum: &UploadChecksum,
        body: ByteStream,
    ) -> Result<BuiltRequest, Failed> {
        let query = format!("partNumber={number}&uploadId={}", encoded(upload_id));
        let mut request = self.of_upload(&query, of_content)?;
        if let Some(algorithm) = checksum.algorithm.as_deref().and_then(value) {
            request.head.headers.insert(ALGORITHM, algorithm);
        }
        request.body = body.into();
        Ok(request)
    }

    pub(super) fn complete(
        &self,
        upload_id: &str,
        checksum: &UploadChecksum,
        length: u64,
        parts: Vec<CompletedPart>,
    ) -> Result<BuiltRequest, Failed> {
        let query = format!("uploadId={}", encoded(upload_id));
        let mut request = self.of_upload(&query, |name| {
            of_content(name) || name == IF_MATCH || name == IF_NONE_MATCH
        })?;
        let headers = &mut request.head.headers;
        headers.insert(SIZE, length.into());
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/xml"));
        if checksum.is_of_object() {
            headers.insert(TYPE, HeaderValue::from_static("FULL_OBJECT"));
        }
        if let Some((name, value)) = &checksum.of_object {
            headers.insert(name, value.clone());
        }
        let parts = Parts { parts: Some(parts) };
        let root = Member::new("CompleteMultipartUpload")
            .namespace("http://s3.amazonaws.com/doc/2006-03-01/", None);
        let body = RestXml
            .codec()
            .write(&root, None, &mut |writer| parts.write_members(writer));
        let body = body.map_err(|error| self.input().with_source(error))?;
        request.body = RequestBody::Bytes(body);
        Ok(request)
    }

    pub(super) fn abort(&self, upload_id: &str) -> Result<BuiltRequest, Failed> {
        let query = format!("uploadId={}", encoded(upload_id));
        self.of_upload(&query, |name| OF_ALL.contains(&name))
    }

    /// The parts after that of a number.
    pub(super) fn list(&self, upload_id: &str, after: &str) -> Result<BuiltRequest, Failed> {
        let mut query = format!("uploadId={}", encoded(upload_id));
        if !after.is_empty() {
            query = format!("part-number-marker={}&{query}", encoded(after));
        }
        self.of_upload(&query, of_content)
    }

    /// A range of the object; of the object with this ETag, if there is one, whatever the caller's conditions were.
    pub(super) fn range(&self, range: &Range<u64>, e_tag: Option<&str>) -> BuiltRequest {
        let mut request = match e_tag {
            Some(e_tag) => self.object(e_tag),
            None => self.request.clone(),
        };
        let last = range.end.saturating_sub(1);
        if let Some(range) = value(&format!("bytes={}-{last}", range.start)) {
            request.head.headers.insert(RANGE, range);
        }
        request
    }

    /// The object with this ETag.
    pub(super) fn object(&self, e_tag: &str) -> BuiltRequest {
        let mut request = self.request.clone();
        let headers = &mut request.head.headers;
        for condition in [IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_UNMODIFIED_SINCE] {
            headers.remove(condition);
        }
        if let Some(e_tag) = value(e_tag).filter(|e_tag| !e_tag.is_empty()) {
            headers.insert(IF_MATCH, e_tag);
        }
        request
    }

    /// A field by which the call asks for a part of the object itself.
    pub(super) fn field_of_part(&self) -> Option<&'static str> {
        let query = self.request.head.uri.query().unwrap_or_default();
        if self.headers().contains_key(RANGE) {
            Some("Range")
        } else if query.split('&').any(|pair| pair.starts_with("partNumber=")) {
            Some("PartNumber")
        } else {
            None
        }
    }

    /// What HEAD says of the object with this ETag, its checksums too.
    pub(super) fn head(&self, e_tag: &str, mode: Option<&'static str>) -> BuiltRequest {
        let mut request = self.object(e_tag);
        if let Some(mode) = mode {
            let enabled = HeaderValue::from_static("ENABLED");
            request.head.headers.insert(mode, enabled);
        }
        without_x_id(&mut request);
        request
    }

    /// A request with the same path, this query and those of the headers that it keeps. The method is the operation's.
    fn of_upload(&self, query: &str, keep: impl Fn(&str) -> bool) -> Result<BuiltRequest, Failed> {
        let mut request = self.request.clone();
        let uri = format!("{}?{query}", request.head.uri.path());
        let uri = Uri::try_from(uri).map_err(|error| self.input().with_source(error))?;
        request.head.uri = uri;
        let kept = request.head.headers.iter();
        let kept = kept.filter(|(name, _)| keep(name.as_str()));
        request.head.headers = kept
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        Ok(request)
    }

    fn input(&self) -> Failure {
        Failure::new(ErrorKind::Input, self.operation.name)
    }
}

fn of_content(name: &str) -> bool {
    OF_ALL.contains(&name) || KEYS.contains(&name)
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, UNRESERVED).to_string()
}

fn value(text: &str) -> Option<HeaderValue> {
    HeaderValue::try_from(text).ok()
}

/// Models of Smithy have the name of the operation in the query.
fn without_x_id(request: &mut BuiltRequest) {
    let uri = &request.head.uri;
    let Some(query) = uri.query() else {
        return;
    };
    let kept: Vec<_> = query
        .split('&')
        .filter(|pair| !pair.starts_with("x-id="))
        .collect();
    let uri = match kept.is_empty() {
        true => uri.path().to_owned(),
        false => format!("{}?{}", uri.path(), kept.join("&")),
    };
    if let Ok(uri) = Uri::try_from(uri) {
        request.head.uri = uri;
    }
}
