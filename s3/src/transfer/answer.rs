//! Responses of the calls of a transfer: status, headers, and what is in the body.

use std::collections::BTreeMap;
use tinsmith_runtime::protocol::RestXml;
use tinsmith_runtime::{
    BuiltRequest, ByteStream, Client, ErrorKind, Failure, Operation, ReadOutput, ReadResult,
    ReadStructure, ResponseReader, ShapeReader,
};

use super::failed::Failed;

/// A response.
#[derive(Default)]
pub(super) struct Answer<B> {
    pub(super) status: u16,
    /// By their names in lower case.
    pub(super) headers: BTreeMap<String, String>,
    pub(super) body: B,
}

/// Makes a call of a transfer, whose request was made from that of another operation.
pub(super) async fn call<B: AnswerBody + Default>(
    client: &Client,
    operation: &'static Operation,
    mut request: BuiltRequest,
) -> Result<Answer<B>, Failed> {
    request.head.method = operation.method.clone();
    client.call_built(operation, request).await
}

/// What is in a body.
pub(super) trait AnswerBody {
    fn read(&mut self, response: &ResponseReader<'_>) -> ReadResult;
}

/// Nothing that is read.
impl AnswerBody for () {
    fn read(&mut self, _: &ResponseReader<'_>) -> ReadResult {
        Ok(())
    }
}

impl AnswerBody for ByteStream {
    fn read(&mut self, response: &ResponseReader<'_>) -> ReadResult {
        *self = response.payload_stream();
        Ok(())
    }
}

impl<B: AnswerBody> ReadOutput for Answer<B> {
    fn read_response(&mut self, response: &ResponseReader<'_>) -> ReadResult {
        self.status = response
            .status_code()
            .and_then(|status| u16::try_from(status).ok())
            .unwrap_or_default();
        self.headers = response.prefix_headers("")?.unwrap_or_default();
        self.body.read(response)
    }
}

/// Members are read from the response as a whole.
impl<B> ReadStructure for Answer<B> {
    fn read_members(&mut self, _: &mut dyn ShapeReader) -> ReadResult {
        Ok(())
    }
}

/// The headers of a response as the output of the operation that the caller called, with an empty body.
pub(super) fn output<O: ReadOutput + Default>(
    operation: &'static str,
    headers: &BTreeMap<String, String>,
) -> Result<O, Failed> {
    let mut response = http::Response::new(bytes::Bytes::new());
    for (name, value) in headers {
        let name = http::HeaderName::try_from(name);
        if let (Ok(name), Ok(value)) = (name, http::HeaderValue::try_from(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    let mut output = O::default();
    output
        .read_response(&ResponseReader::new(&RestXml, &response))
        .map_err(|error| Failure::new(ErrorKind::Response, operation).with_source(error))?;
    Ok(output)
}

tinsmith_runtime::structure! {
    /// The output of CreateMultipartUpload.
    #[derive(Debug)]
    pub struct Created: read {
        /// Identifies the upload.
        pub upload_id: Option<String> = "UploadId",
    }
}

tinsmith_runtime::structure! {
    /// The output of ListParts.
    #[derive(Debug)]
    pub struct Listed: read {
        /// Whether there are more.
        pub is_truncated: Option<bool> = "IsTruncated",
        /// After which part the next page begins.
        pub next_part_number_marker: Option<String> = "NextPartNumberMarker",
        /// The parts.
        pub parts: Option<Vec<ListedPart>> = "Part" flattened,
    }
}

tinsmith_runtime::structure! {
    /// A part that is stored.
    #[derive(Clone, Debug)]
    pub struct ListedPart: read {
        /// Its CRC32.
        pub crc32: Option<String> = "ChecksumCRC32",
        /// Its CRC32C.
        pub crc32c: Option<String> = "ChecksumCRC32C",
        /// Its CRC64NVME.
        pub crc64nvme: Option<String> = "ChecksumCRC64NVME",
        /// Its SHA-1.
        pub sha1: Option<String> = "ChecksumSHA1",
        /// Its SHA-256.
        pub sha256: Option<String> = "ChecksumSHA256",
        /// Its ETag.
        pub e_tag: Option<String> = "ETag",
        /// Its number, from 1.
        pub part_number: Option<i32> = "PartNumber",
        /// Its length in bytes.
        pub size: Option<i64> = "Size",
    }
}

impl ListedPart {
    /// Its checksum of this algorithm.
    pub(super) fn checksum(&self, algorithm: &str) -> Option<&str> {
        let checksum = match algorithm {
            "CRC32" => &self.crc32,
            "CRC32C" => &self.crc32c,
            "CRC64NVME" => &self.crc64nvme,
            "SHA1" => &self.sha1,
            "SHA256" => &self.sha256,
            _ => return None,
        };
        checksum.as_deref()
    }
}

tinsmith_runtime::structure! {
    /// The input of CompleteMultipartUpload.
    #[derive(Debug)]
    pub struct Parts: write {
        /// In the order of their numbers.
        pub parts: Option<Vec<CompletedPart>> = "Part" flattened,
    }
}

tinsmith_runtime::structure! {
    /// A part of the object.
    #[derive(Clone, Debug)]
    pub struct CompletedPart: write {
        /// Its CRC32.
        pub crc32: Option<String> = "ChecksumCRC32",
        /// Its CRC32C.
        pub crc32c: Option<String> = "ChecksumCRC32C",
        /// Its CRC64NVME.
        pub crc64nvme: Option<String> = "ChecksumCRC64NVME",
        /// Its SHA-1.
        pub sha1: Option<String> = "ChecksumSHA1",
        /// Its SHA-256.
        pub sha256: Option<String> = "ChecksumSHA256",
        /// Its ETag.
        pub e_tag: Option<String> = "ETag",
        /// Its number, from 1.
        pub part_number: Option<i32> = "PartNumber",
    }
}

impl CompletedPart {
    pub(super) fn new(number: u32, e_tag: String) -> Self {
        Self {
            e_tag: Some(e_tag),
            part_number: i32::try_from(number).ok(),
            ..Self::default()
        }
    }

    /// The same part with its checksum of this algorithm, if there is one.
    pub(super) fn with_checksum(mut self, algorithm: &str, checksum: Option<&str>) -> Self {
        let checksum = checksum.map(str::to_owned);
        match algorithm {
            "CRC32" => self.crc32 = checksum,
            "CRC32C" => self.crc32c = checksum,
            "CRC64NVME" => self.crc64nvme = checksum,
            "SHA1" => self.sha1 = checksum,
            "SHA256" => self.sha256 = checksum,
            _ => {}
        }
        self
    }
}

tinsmith_runtime::structure! {
    /// The output of CompleteMultipartUpload.
    #[derive(Debug)]
    pub struct Completed: read {
        /// The CRC32 of the object.
        pub crc32: Option<String> = "ChecksumCRC32",
        /// The CRC32C of the object.
        pub crc32c: Option<String> = "ChecksumCRC32C",
        /// The CRC64NVME of the object.
        pub crc64nvme: Option<String> = "ChecksumCRC64NVME",
        /// The SHA-1 of the object.
        pub sha1: Option<String> = "ChecksumSHA1",
        /// The SHA-256 of the object.
        pub sha256: Option<String> = "ChecksumSHA256",
        /// What the checksums are of.
        pub checksum_type: Option<String> = "ChecksumType",
        /// The ETag of the object.
        pub e_tag: Option<String> = "ETag",
    }
}

impl Completed {
    /// The headers in which PutObject has the same.
    pub(super) fn headers(self) -> impl Iterator<Item = (String, String)> {
        let Self {
            crc32,
            crc32c,
            crc64nvme,
            sha1,
            sha256,
            checksum_type,
            e_tag,
        } = self;
        let headers = [
            ("x-amz-checksum-crc32", crc32),
            ("x-amz-checksum-crc32c", crc32c),
            ("x-amz-checksum-crc64nvme", crc64nvme),
            ("x-amz-checksum-sha1", sha1),
            ("x-amz-checksum-sha256", sha256),
            ("x-amz-checksum-type", checksum_type),
            ("etag", e_tag),
        ];
        let headers = headers.into_iter();
        headers.filter_map(|(name, value)| Some((name.to_owned(), value?)))
    }
}

/// Bodies in XML.
macro_rules! in_xml {
    ($($body:ident)*) => {
        $(impl AnswerBody for $body {
            fn read(&mut self, response: &ResponseReader<'_>) -> ReadResult {
                response.body(self)
            }
        })*
    };
}

in_xml!(Created Listed Completed);
