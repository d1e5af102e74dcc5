//! `smithy.protocols#rpcv2Cbor`: every call is a POST of a CBOR map, with the service and the operation in the path.

use super::error_fields::{ErrorFields, query_code, short_code};
use super::{Operation, OutputBody, Protocol, rpc};
use crate::codec::{Cbor, Codec};
use crate::error::ErrorAnswer;
use crate::http_binding::{BuiltRequest, WireFormat, WriteInput, request_id};
use crate::shape::BuildError;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use std::borrow::Cow;

/// The protocol `smithy-rpc-v2-cbor`.
#[derive(Clone, Copy, Debug)]
pub struct RpcV2Cbor {
    /// The service's name in the path: the name of its shape.
    pub service: &'static str,
    /// Whether the service had the query protocol before and is asked for the error codes of that, with the header
    /// `x-amzn-query-error` (Smithy's `awsQueryCompatible`).
    pub query_compatible: bool,
}

/// The header with the protocol's name, in requests and in responses.
const HEADER: &str = "smithy-protocol";

/// Its value.
const NAME: &str = "rpc-v2-cbor";

const MEDIA_TYPE: &str = "application/cbor";

/// Whether a response is one of this protocol. An error of another kind, such as a proxy's page, is not read.
fn is_of_protocol(headers: &HeaderMap) -> bool {
    let value = headers.get(HEADER);
    value.is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(NAME.as_bytes()))
}

impl WireFormat for RpcV2Cbor {
    fn codec(&self) -> &'static dyn Codec {
        &Cbor::Value
    }

    fn media_type(&self) -> Cow<'static, str> {
        Cow::Borrowed(MEDIA_TYPE)
    }

    fn has_initial_messages(&self) -> bool {
        true
    }

    fn error(&self, response: &http::Response<Bytes>) -> ErrorAnswer {
        let mut fields = ErrorFields::read(&Cbor::Error, response);
        let mut answer = ErrorAnswer::new(&Cbor::Error);
        answer.code = fields.take_type_name().as_deref().and_then(short_code);
        answer.message = fields.take_message();
        answer.request_id = request_id(response.headers()).map(str::to_owned);
        if let Some(code) = query_code(response) {
            answer.name = answer.code.replace(code);
        }
        answer
    }
}

impl Protocol for RpcV2Cbor {
    fn name(&self) -> &'static str {
        "smithy.protocols#rpcv2Cbor"
    }

    fn request(
        &'static self,
        operation: &Operation,
        input: &dyn WriteInput,
        new_token: fn() -> String,
    ) -> Result<BuiltRequest, BuildError> {
        let path = format!("/service/{}/operation/{}", self.service, operation.name);
        let accept = match operation.output_body {
            OutputBody::Events => "application/vnd.amazon.eventstream",
            OutputBody::Whole | OutputBody::Stream => MEDIA_TYPE,
        };
        let mut headers = vec![(HEADER, NAME.to_owned()), ("accept", accept.to_owned())];
        if self.query_compatible {
            headers.push(("x-amzn-query-mode", "true".to_owned()));
        }
        rpc::request_of_input(self, operation, input, new_token, &path, &headers)
    }

    fn is_success(&self, status: StatusCode) -> bool {
        status == StatusCode::OK
    }

    fn error_of(&self, response: &http::Response<Bytes>) -> ErrorAnswer {
        if is_of_protocol(response.headers()) {
            return self.error(response);
        }
        let mut answer = ErrorAnswer::new(&Cbor::Error);
        answer.request_id = request_id(response.headers()).map(str::to_owned);
        answer
    }
}
