//! `aws.protocols#awsQuery`: every call is a POST of a form to `/`, with the operation's name in `Action`; responses
//! are XML.

use super::{Operation, Protocol, rpc, xml_error};
use crate::codec::Codec;
use crate::codec::form::{Flavor, Form};
use crate::codec::xml::Xml;
use crate::error::ErrorAnswer;
use crate::http_binding::{BuiltRequest, ReadOutput, ResponseReader, WireFormat, WriteInput};
use crate::shape::{BuildError, ReadResult};
use crate::stream::RequestBody;
use bytes::Bytes;
use http::Method;
use http::header::CONTENT_TYPE;
use http::uri::PathAndQuery;
use std::borrow::Cow;

/// The media type of forms.
pub(super) const FORM: &str = "application/x-www-form-urlencoded";

/// The protocol `query`.
#[derive(Clone, Copy, Debug)]
pub struct AwsQuery;

impl WireFormat for AwsQuery {
    fn codec(&self) -> &'static dyn Codec {
        &Form(Flavor::Query)
    }

    fn media_type(&self) -> Cow<'static, str> {
        Cow::Borrowed(FORM)
    }

    fn has_initial_messages(&self) -> bool {
        true
    }

    fn error(&self, response: &http::Response<Bytes>) -> ErrorAnswer {
        xml_error::error(response)
    }
}

impl Protocol for AwsQuery {
    fn name(&self) -> &'static str {
        "aws.protocols#awsQuery"
    }

    fn request(
        &'static self,
        operation: &Operation,
        input: &dyn WriteInput,
        new_token: fn() -> String,
    ) -> Result<BuiltRequest, BuildError> {
        form_request(self, operation, input, new_token)
    }

    fn prepare_to_presign(&self, request: &mut BuiltRequest) -> Result<(), BuildError> {
        in_query(request)
    }

    fn read_output(
        &self,
        operation: &Operation,
        response: ResponseReader<'_>,
        output: &mut dyn ReadOutput,
    ) -> ReadResult {
        output.read_response(&response.with_codec(&Xml::Result(operation.name)))
    }
}

/// A POST of a form, with the operation and the version before the members.
pub(super) fn form_request(
    format: &'static dyn WireFormat,
    operation: &Operation,
    input: &dyn WriteInput,
    new_token: fn() -> String,
) -> Result<BuiltRequest, BuildError> {
    let mut request = rpc::request(format, operation, input, new_token, "/", &[])?;
    if let RequestBody::Bytes(members) = &request.body {
        let (action, version) = (operation.name, operation.service.api_version);
        let action = format!("Action={action}&Version={version}");
        request.body = RequestBody::Bytes([action.as_bytes(), members].concat().into());
    }
    Ok(request)
}

/// Makes a POST of a form a GET with the same parameters in the query, which services accept as well.
pub(super) fn in_query(request: &mut BuiltRequest) -> Result<(), BuildError> {
    let Some(form) = request.body.as_bytes() else {
        return Ok(());
    };
    let form = String::from_utf8_lossy(form);
    let uri = PathAndQuery::try_from(format!("{}?{form}", request.head.uri.path()));
    let uri = uri.map_err(|_| {
        let length = form.len();
        BuildError::new(format!("its form, {length} bytes, is too long for a URL"))
    })?;
    request.head.uri = uri.into();
    request.head.method = Method::GET;
    request.head.headers.remove(CONTENT_TYPE);
    request.body = RequestBody::Bytes(Bytes::new());
    Ok(())
}
