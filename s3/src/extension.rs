//! The rules of S3 as an extension of a client, in the order in which a call meets them.

use crate::{copy_source, encryption, lists, region, session, success};
use http::HeaderMap;
use tinsmith_runtime::{
    BuildError, BuiltRequest, Checksum, Elsewhere, ExtendedCall, Extension, Operation, OwnCall,
    RequestBody, SessionScheme, Settings,
};

/// S3's own behaviour, for the constant of a generated crate's service.
#[derive(Clone, Copy, Debug)]
pub struct S3;

impl Extension for S3 {
    fn complete(
        &self,
        operation: &Operation,
        request: &mut BuiltRequest,
        settings: Settings,
    ) -> Result<(), BuildError> {
        encryption::complete(&mut request.head.headers)?;
        copy_source::encode(&mut request.head.headers)?;
        if operation.name == "DeleteObjects" && settings.has_own_endpoint {
            content_md5(&mut request.head.headers, &request.body)?;
        }
        Ok(())
    }

    fn begin(
        &self,
        operation: &'static Operation,
        request: &mut BuiltRequest,
    ) -> Box<dyn ExtendedCall> {
        Box::new(Call {
            operation,
            bucket: region::bucket(operation, request),
            decodes: lists::ask_for_encoding(operation, request),
        })
    }

    fn sessions(&self, scheme: &str) -> Option<&'static dyn SessionScheme> {
        (scheme == session::SCHEME).then_some(&session::Sessions)
    }
}

/// Older stores want `Content-MD5` of DeleteObjects, and know no other checksum.
fn content_md5(headers: &mut HeaderMap, body: &RequestBody) -> Result<(), BuildError> {
    match body.as_bytes() {
        Some(body) => Checksum::CONTENT_MD5.apply(headers, body),
        None => Ok(()),
    }
}

/// What is known of a call when its responses arrive.
struct Call {
    operation: &'static Operation,
    /// The bucket, if it has a region of its own.
    bucket: Option<String>,
    /// Whether the keys in the response are decoded.
    decodes: bool,
}

impl ExtendedCall for Call {
    fn place(&self) -> Option<&str> {
        self.bucket.as_deref()
    }

    fn is_error(&self, response: &http::Response<bytes::Bytes>) -> bool {
        success::is_error(self.operation, response.body())
    }

    fn code(&self, response: &http::Response<bytes::Bytes>) -> Option<&'static str> {
        success::code_of_head(self.operation, response.status())
    }

    fn elsewhere(
        &self,
        code: Option<&str>,
        response: &http::Response<bytes::Bytes>,
    ) -> Option<Elsewhere> {
        region::elsewhere(self.operation, code, response)
    }

    fn locate(&self) -> Option<OwnCall> {
        region::locate(self.operation, self.bucket.as_deref()?)
    }

    fn located(&self, response: &http::Response<bytes::Bytes>) -> Option<String> {
        region::in_header(response)
    }

    fn rewrite(&self, response: &mut http::Response<bytes::Bytes>) {
        if self.decodes {
            lists::decode(response);
        }
    }
}
