//! `aws.protocols#awsJson1_0` and `#awsJson1_1`: every call is a POST of a JSON object to `/`, with the operation's
//! name in `X-Amz-Target`.

use super::{Operation, Protocol, json_error, rpc};
use crate::codec::{Codec, Json};
use crate::error::ErrorAnswer;
use crate::http_binding::{BuiltRequest, WireFormat, WriteInput};
use crate::shape::BuildError;
use bytes::Bytes;
use std::borrow::Cow;

/// The protocol `json`.
#[derive(Clone, Copy, Debug)]
pub struct AwsJson {
    /// `1.0` or `1.1`; part of the content type.
    pub version: &'static str,
    /// The prefix of the operation's name in `X-Amz-Target`.
    pub target_prefix: &'static str,
    /// Whether the service had the query protocol before and is asked for the error codes of that, with the header
    /// `x-amzn-query-error` (Smithy's `awsQueryCompatible`).
    pub query_compatible: bool,
}

impl WireFormat for AwsJson {
    fn codec(&self) -> &'static dyn Codec {
        &Json::Value
    }

    fn media_type(&self) -> Cow<'static, str> {
        match self.version {
            "1.0" => Cow::Borrowed("application/x-amz-json-1.0"),
            "1.1" => Cow::Borrowed("application/x-amz-json-1.1"),
            version => Cow::Owned(format!("application/x-amz-json-{version}")),
        }
    }

    fn has_initial_messages(&self) -> bool {
        true
    }

    fn error(&self, response: &http::Response<Bytes>) -> ErrorAnswer {
        json_error::error_with_query_code(response)
    }
}

impl Protocol for AwsJson {
    fn name(&self) -> &'static str {
        match self.version {
            "1.0" => "aws.protocols#awsJson1_0",
            _ => "aws.protocols#awsJson1_1",
        }
    }

    fn request(
        &'static self,
        operation: &Operation,
        input: &dyn WriteInput,
        new_token: fn() -> String,
    ) -> Result<BuiltRequest, BuildError> {
        let target = format!("{}.{}", self.target_prefix, operation.name);
        let mut headers = vec![("x-amz-target", target)];
        if self.query_compatible {
            headers.push(("x-amzn-query-mode", "true".to_owned()));
        }
        rpc::request(self, operation, input, new_token, "/", &headers)
    }
}
