//! `aws.protocols#restJson1`: members are bound to methods, paths, headers and status codes; bodies are JSON.

use super::{Operation, Protocol, json_error, rest};
use crate::codec::{Codec, Json};
use crate::error::ErrorAnswer;
use crate::http_binding::{BuiltRequest, WireFormat, WriteInput};
use crate::shape::BuildError;
use bytes::Bytes;
use std::borrow::Cow;

/// The protocol `rest-json`.
#[derive(Clone, Copy, Debug)]
pub struct RestJson;

impl WireFormat for RestJson {
    fn codec(&self) -> &'static dyn Codec {
        &Json::Value
    }

    fn media_type(&self) -> Cow<'static, str> {
        Cow::Borrowed("application/json")
    }

    fn has_initial_messages(&self) -> bool {
        false
    }

    fn error(&self, response: &http::Response<Bytes>) -> ErrorAnswer {
        json_error::error(response)
    }
}

impl Protocol for RestJson {
    fn name(&self) -> &'static str {
        "aws.protocols#restJson1"
    }

    fn request(
        &'static self,
        operation: &Operation,
        input: &dyn WriteInput,
        new_token: fn() -> String,
    ) -> Result<BuiltRequest, BuildError> {
        rest::request(self, operation, input, new_token)
    }
}
