//! The common part of the protocols that name the operation and have all members in the body, in any codec.

use super::Operation;
use crate::http_binding::{Binding, BuiltRequest, RequestWriter, WireFormat, WriteInput};
use crate::shape::BuildError;
use http::Method;

/// A POST to `path`, with headers that members cannot set. There is a body even if there is no input.
pub(super) fn request(
    format: &'static dyn WireFormat,
    operation: &Operation,
    input: &dyn WriteInput,
    new_token: fn() -> String,
    path: &str,
    headers: &[(&str, String)],
) -> Result<BuiltRequest, BuildError> {
    let mut writer = written(format, operation, input, new_token, headers);
    writer.require_body();
    finish(writer, operation, path)
}

/// The same, but there is a body only if there is an input.
#[cfg(feature = "cbor")]
pub(super) fn request_of_input(
    format: &'static dyn WireFormat,
    operation: &Operation,
    input: &dyn WriteInput,
    new_token: fn() -> String,
    path: &str,
    headers: &[(&str, String)],
) -> Result<BuiltRequest, BuildError> {
    let writer = written(format, operation, input, new_token, headers);
    finish(writer, operation, path)
}

fn written(
    format: &'static dyn WireFormat,
    operation: &Operation,
    input: &dyn WriteInput,
    new_token: fn() -> String,
    headers: &[(&str, String)],
) -> RequestWriter {
    let mut writer = RequestWriter::new(format, operation.root, new_token);
    input.write_request(&mut writer);
    for (name, value) in headers {
        writer.set_header(name, value.clone());
    }
    writer
}

fn finish(
    writer: RequestWriter,
    operation: &Operation,
    path: &str,
) -> Result<BuiltRequest, BuildError> {
    writer.finish(Binding {
        method: &Method::POST,
        uri: path,
        takes_dots: false,
        host_prefix: operation.host_prefix,
        headers: operation.service.headers,
    })
}
