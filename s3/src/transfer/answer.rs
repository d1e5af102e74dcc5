//! Responses of the calls of a transfer: status, headers, and what is in the body.

use std::collections::BTreeMap;
use tinsmith_runtime::protocol::RestXml;
use tinsmith_runtime::{
    BuiltRequest, ByteStream, Client, ErrorKind, Failure, Operation, ReadOutput, ReadResult,
    ReadStructure, ResponseReader, ShapeReader,
};

use super::failed::Failed;
use super::request::header_of;

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

/// A structure with the checksums that S3 has for parts and objects.
macro_rules! with_checksums {
    ($(#[$meta:meta])* pub struct $name:ident: $how:ident { $($members:tt)* }) => {
        tinsmith_runtime::structure! {
            $(#[$meta])*
            pub struct $name: $how {
                pub crc32: Option<String> = "ChecksumCRC32",
                pub crc32c: Option<String> = "ChecksumCRC32C",
                pub crc64nvme: Option<String> = "ChecksumCRC64NVME",
                pub sha1: Option<String> = "ChecksumSHA1",
                pub sha256: Option<String> = "ChecksumSHA256",
                pub sha512: Option<String> = "ChecksumSHA512",
                pub xxhash64: Option<String> = "ChecksumXXHASH64",
                pub xxhash3: Option<String> = "ChecksumXXHASH3",
                pub xxhash128: Option<String> = "ChecksumXXHASH128",
                $($members)*
            }
        }

        impl $name {
            /// The place of each checksum, by the name of its algorithm.
            fn checksums(&mut self) -> [(&'static str, &mut Option<String>); 9] {
                [
                    ("CRC32", &mut self.crc32),
                    ("CRC32C", &mut self.crc32c),
                    ("CRC64NVME", &mut self.crc64nvme),
                    ("SHA1", &mut self.sha1),
                    ("SHA256", &mut self.sha256),
                    ("SHA512", &mut self.sha512),
                    ("XXHASH64", &mut self.xxhash64),
                    ("XXHASH3", &mut self.xxhash3),
                    ("XXHASH128", &mut self.xxhash128),
                ]
            }
        }
    };
}

with_checksums! {
    /// A part that is stored.
    #[derive(Clone, Debug)]
    pub struct ListedPart: read {
        pub e_tag: Option<String> = "ETag",
        pub part_number: Option<i32> = "PartNumber",
        pub size: Option<i64> = "Size",
    }
}

impl ListedPart {
    /// Its checksum of this algorithm.
    pub(super) fn checksum(&mut self, algorithm: &str) -> Option<String> {
        let mut checksums = self.checksums().into_iter();
        let (_, checksum) = checksums.find(|(name, _)| *name == algorithm)?;
        checksum.take()
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

with_checksums! {
    /// A part of the object.
    #[derive(Clone, Debug)]
    pub struct CompletedPart: write {
        pub e_tag: Option<String> = "ETag",
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
    pub(super) fn with_checksum(mut self, algorithm: &str, checksum: Option<String>) -> Self {
        for (name, place) in self.checksums() {
            if name == algorithm {
                place.clone_from(&checksum);
            }
        }
        self
    }
}

with_checksums! {
    /// The output of CompleteMultipartUpload.
    #[derive(Debug)]
    pub struct Completed: read {
        pub checksum_type: Option<String> = "ChecksumType",
        pub e_tag: Option<String> = "ETag",
    }
}

impl Completed {
    /// The headers in which PutObject has the same.
    pub(super) fn headers(mut self) -> Vec<(String, String)> {
        let mut headers = Vec::new();
        for (algorithm, place) in self.checksums() {
            if let Some(checksum) = place.take() {
                headers.push((header_of(algorithm), checksum));
            }
        }
        for (name, value) in [
            ("x-amz-checksum-type", self.checksum_type),
            ("etag", self.e_tag),
        ] {
            headers.extend(value.map(|value| (name.to_owned(), value)));
        }
        headers
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
