//! Buckets that are in another region than the client's: the error says so, the call is made there, and the client
//! remembers the region of the bucket.

use http::Response;
use tinsmith_runtime::protocol::RestXml;
use tinsmith_runtime::{BuiltRequest, Operation, ResponseReader};

/// The bucket that a request is for, if errors may refer to another region of it: not a new bucket, and no ARN, which names
/// its region.
pub(crate) fn bucket(operation: &Operation, request: &BuiltRequest) -> Option<String> {
    if operation.name == "CreateBucket" {
        return None;
    }
    let bucket = request.endpoint.text("Bucket")?;
    (!bucket.starts_with("arn:")).then(|| bucket.to_owned())
}

tinsmith_runtime::structure! {
    /// What an error says of the region.
    #[derive(Clone, Debug)]
    pub struct Error: read {
        /// The region of the bucket.
        pub region: Option<String> = "Region",
    }
}

/// The region of the bucket, if an error says that it is in another one.
pub(crate) fn of_bucket(
    operation: &Operation,
    code: Option<&str>,
    response: &Response<bytes::Bytes>,
) -> Option<String> {
    let status = response.status().as_u16();
    let in_body = || {
        let mut error = Error::default();
        let read = ResponseReader::new(&RestXml, response).body(&mut error);
        read.ok().and(error.region)
    };
    let says_so = match code {
        Some("PermanentRedirect" | "IllegalLocationConstraintException") => true,
        Some("AuthorizationHeaderMalformed") => in_body().is_some(),
        _ => false,
    };
    // An error of a HEAD request has no body, and so no code.
    let is_of_head = operation.method == http::Method::HEAD && status == 400;
    if !(says_so || is_of_head || matches!(status, 301 | 302 | 307)) {
        return None;
    }
    let header = response.headers().get("x-amz-bucket-region");
    let header = header.and_then(|region| region.to_str().ok());
    header.map(str::to_owned).or_else(in_body)
}
