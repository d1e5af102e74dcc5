//! What is stored, and the answers.

use super::crc::crc32;
use super::request::Seen;
use bytes::{Bytes, BytesMut};
use hyper::header::{CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, HeaderName, HeaderValue};
use hyper::{HeaderMap, Response, StatusCode};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// How many parts a page of ListParts has.
const PAGE: usize = 2;

const CRC32: HeaderName = HeaderName::from_static("x-amz-checksum-crc32");

#[derive(Default)]
pub(super) struct Objects {
    objects: BTreeMap<String, Object>,
    uploads: BTreeMap<String, Upload>,
    begun: u32,
    /// How many bytes were received.
    pub(super) received: u64,
}

struct Object {
    bytes: Bytes,
    e_tag: String,
    headers: HeaderMap,
    /// The CRC32 of all of it, or of its parts with their number behind it.
    checksum: String,
}

struct Upload {
    path: String,
    headers: HeaderMap,
    parts: BTreeMap<u32, Bytes>,
}

fn e_tag(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    let hex: String = hash
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("\"{hex}\"")
}

fn answer(status: StatusCode, body: impl Into<Bytes>) -> Response<Bytes> {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response
}

fn xml(root: &str, content: &str) -> Response<Bytes> {
    let body = format!("<?xml version=\"1.0\"?>\n<{root}>{content}</{root}>");
    answer(StatusCode::OK, body)
}

/// An error of this code.
pub(super) fn error(status: StatusCode, code: &str) -> Response<Bytes> {
    answer(
        status,
        format!("<Error><Code>{code}</Code><Message>m</Message></Error>"),
    )
}

fn set(response: &mut Response<Bytes>, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::try_from(value) {
        response.headers_mut().insert(name, value);
    }
}

impl Objects {
    pub(super) fn put(&mut self, path: &str, bytes: Bytes, headers: HeaderMap) {
        let object = Object {
            e_tag: e_tag(&bytes),
            checksum: crc32(&bytes),
            headers,
            bytes,
        };
        self.objects.insert(path.to_owned(), object);
    }

    pub(super) fn bytes(&self, path: &str) -> Option<Bytes> {
        self.objects.get(path).map(|object| object.bytes.clone())
    }

    pub(super) fn open_uploads(&self) -> usize {
        self.uploads.len()
    }

    pub(super) fn answer(&mut self, seen: &Seen, body: &Bytes) -> Response<Bytes> {
        let id = seen.query.get("uploadId").map(String::as_str);
        let sent = seen.header(CRC32.as_str());
        let is_of_content = matches!(seen.operation, "PutObject" | "UploadPart");
        if is_of_content && !sent.is_empty() && sent != crc32(body) {
            return error(StatusCode::BAD_REQUEST, "BadDigest");
        }
        match (seen.operation, id) {
            ("GetObject" | "HeadObject", _) => self.get(seen),
            ("PutObject", _) => {
                self.received += body.len() as u64;
                self.put(&seen.path, body.clone(), seen.headers.clone());
                let mut response = answer(StatusCode::OK, "");
                set(&mut response, ETAG, &e_tag(body));
                response
            }
            ("CreateMultipartUpload", _) => {
                self.begun += 1;
                let id = format!("upload+{}/=", self.begun);
                let upload = Upload {
                    path: seen.path.clone(),
                    headers: seen.headers.clone(),
                    parts: BTreeMap::new(),
                };
                self.uploads.insert(id.clone(), upload);
                xml(
                    "InitiateMultipartUploadResult",
                    &format!("<UploadId>{id}</UploadId>"),
                )
            }
            (operation, Some(id)) => self.of_upload(operation, &decoded(id), seen, body),
            _ => error(StatusCode::NOT_IMPLEMENTED, "NotImplemented"),
        }
    }

    fn of_upload(
        &mut self,
        operation: &str,
        id: &str,
        seen: &Seen,
        body: &Bytes,
    ) -> Response<Bytes> {
        let upload = self
            .uploads
            .get_mut(id)
            .filter(|upload| upload.path == seen.path);
        let Some(upload) = upload else {
            return error(StatusCode::NOT_FOUND, "NoSuchUpload");
        };
        match operation {
            "UploadPart" => {
                self.received += body.len() as u64;
                upload.parts.insert(seen.part(), body.clone());
                let mut response = answer(StatusCode::OK, "");
                set(&mut response, ETAG, &e_tag(body));
                if seen.headers.contains_key(CRC32) {
                    set(&mut response, CRC32, &crc32(body));
                }
                response
            }
            "ListParts" => list(upload, seen),
            "AbortMultipartUpload" => {
                self.uploads.remove(id);
                answer(StatusCode::NO_CONTENT, "")
            }
            _ => self.complete(id, seen, &String::from_utf8_lossy(body)),
        }
    }

    fn complete(&mut self, id: &str, seen: &Seen, parts: &str) -> Response<Bytes> {
        let Some(upload) = self.uploads.get(id) else {
            return error(StatusCode::NOT_FOUND, "NoSuchUpload");
        };
        let mut bytes = BytesMut::new();
        let mut sums = String::new();
        let mut count = 0;
        for part in parts.split("<Part>").skip(1) {
            let number = element(part, "PartNumber").parse().unwrap_or_default();
            let Some(stored) = upload.parts.get(&number) else {
                return error(StatusCode::BAD_REQUEST, "InvalidPart");
            };
            if element(part, "ETag").replace("&quot;", "\"") != e_tag(stored) {
                return error(StatusCode::BAD_REQUEST, "InvalidPart");
            }
            count += 1;
            sums.push_str(element(part, "ChecksumCRC32"));
            bytes.extend_from_slice(stored);
        }
        let size = seen.header("x-amz-mp-object-size");
        if count == 0 || size != bytes.len().to_string() {
            return error(StatusCode::BAD_REQUEST, "InvalidRequest");
        }
        let checksum = match seen.header("x-amz-checksum-type") {
            "FULL_OBJECT" => crc32(&bytes),
            _ => format!("{}-{count}", crc32(sums.as_bytes())),
        };
        let sent = seen.header(CRC32.as_str());
        if !sent.is_empty() && sent != checksum {
            return error(StatusCode::BAD_REQUEST, "BadDigest");
        }
        let path = upload.path.clone();
        let headers = upload.headers.clone();
        self.uploads.remove(id);
        self.put(&path, bytes.freeze(), headers);
        let Some(object) = self.objects.get_mut(&path) else {
            return error(StatusCode::INTERNAL_SERVER_ERROR, "InternalError");
        };
        object.checksum = checksum;
        let content = format!(
            "<ETag>{}</ETag><ChecksumCRC32>{}</ChecksumCRC32>",
            object.e_tag, object.checksum
        );
        xml("CompleteMultipartUploadResult", &content)
    }

    fn get(&self, seen: &Seen) -> Response<Bytes> {
        let Some(object) = self.objects.get(&seen.path) else {
            return error(StatusCode::NOT_FOUND, "NoSuchKey");
        };
        let wanted = seen.header("if-match");
        if !wanted.is_empty() && wanted != object.e_tag {
            return error(StatusCode::PRECONDITION_FAILED, "PreconditionFailed");
        }
        let size = object.bytes.len() as u64;
        let mut is_whole = true;
        let mut response = match seen.range() {
            Some((start, _)) if start >= size => {
                return error(StatusCode::RANGE_NOT_SATISFIABLE, "InvalidRange");
            }
            Some((start, last)) => {
                let last = last.min(size - 1);
                is_whole = (start, last) == (0, size - 1);
                let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
                let bytes = object.bytes.slice(place(start)..place(last + 1));
                let mut response = answer(StatusCode::PARTIAL_CONTENT, bytes);
                set(
                    &mut response,
                    CONTENT_RANGE,
                    &format!("bytes {start}-{last}/{size}"),
                );
                response
            }
            None if seen.operation == "HeadObject" => {
                let mut response = answer(StatusCode::OK, "");
                set(&mut response, CONTENT_LENGTH, &size.to_string());
                response
            }
            None => answer(StatusCode::OK, object.bytes.clone()),
        };
        set(&mut response, ETAG, &object.e_tag);
        if is_whole && seen.header("x-amz-checksum-mode") == "ENABLED" {
            set(&mut response, CRC32, &object.checksum);
        }
        for (name, value) in &object.headers {
            if name == CONTENT_TYPE || name.as_str().starts_with("x-amz-meta-") {
                response.headers_mut().insert(name, value.clone());
            }
        }
        response
    }
}

fn list(upload: &Upload, seen: &Seen) -> Response<Bytes> {
    let after = seen.query.get("part-number-marker");
    let after: u32 = after
        .and_then(|after| after.parse().ok())
        .unwrap_or_default();
    let mut content = String::new();
    let mut parts = upload.parts.range(after + 1..);
    let mut last = 0;
    for (number, bytes) in parts.by_ref().take(PAGE) {
        content.push_str(&format!(
            "<Part><PartNumber>{number}</PartNumber><ETag>{}</ETag><Size>{}</Size><ChecksumCRC32>{}</ChecksumCRC32></Part>",
            e_tag(bytes),
            bytes.len(),
            crc32(bytes),
        ));
        last = *number;
    }
    let is_truncated = parts.next().is_some();
    content.push_str(&format!(
        "<IsTruncated>{is_truncated}</IsTruncated><NextPartNumberMarker>{last}</NextPartNumberMarker>"
    ));
    xml("ListPartsResult", &content)
}

/// The text of an element.
fn element<'x>(xml: &'x str, name: &str) -> &'x str {
    let start = format!("<{name}>");
    let text = xml.split_once(start.as_str()).map_or("", |(_, rest)| rest);
    text.split('<').next().unwrap_or_default()
}

/// A value of a query, of which the characters are encoded that ids have here.
fn decoded(value: &str) -> String {
    value
        .replace("%2B", "+")
        .replace("%2F", "/")
        .replace("%3D", "=")
}
