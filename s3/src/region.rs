//! Buckets that are in another region than the client's: the error says so, the call is made there, and the client
//! remembers the region of the bucket.

use crate::own::{self, SERVICE};
use bytes::Bytes;
use http::Response;
use tinsmith_runtime::protocol::RestXml;
use tinsmith_runtime::{BuiltRequest, Elsewhere, Method, Operation, OwnCall, ResponseReader};

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

/// Whether an error says that the bucket is in another region, and in which one.
pub(crate) fn elsewhere(
    operation: &Operation,
    code: Option<&str>,
    response: &Response<Bytes>,
) -> Option<Elsewhere> {
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
    let is_of_head = operation.method == Method::HEAD && status == 400;
    if !(says_so || is_of_head || matches!(status, 301 | 302 | 307)) {
        return None;
    }
    let region = in_header(response).or_else(in_body);
    Some(region.map_or(Elsewhere::Unknown, Elsewhere::Region))
}

/// The region of the bucket in a response, an error or not.
pub(crate) fn in_header(response: &Response<Bytes>) -> Option<String> {
    let region = response.headers().get("x-amz-bucket-region")?;
    region.to_str().ok().map(str::to_owned)
}

static HEAD_BUCKET: Operation = Operation {
    name: "HeadBucket",
    method: Method::HEAD,
    uri: "/",
    service: &SERVICE,
    ..Operation::DEFAULT
};

/// The call whose response names the region of the bucket where an error does not: HeadBucket. A HEAD request that named none
/// is not repeated.
pub(crate) fn locate(operation: &Operation, bucket: &str) -> Option<OwnCall> {
    match operation.method == Method::HEAD {
        true => None,
        false => own::call(&HEAD_BUCKET, bucket).ok(),
    }
}
