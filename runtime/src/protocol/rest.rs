//! The common part of the protocols that bind members to HTTP.

use super::Operation;
use crate::http_binding::{Binding, BuiltRequest, RequestWriter, WireFormat, WriteInput};
use crate::shape::BuildError;
use crate::sign::SigningSettings;

/// A request with the operation's own method and path.
pub(super) fn request(
    format: &'static dyn WireFormat,
    operation: &Operation,
    input: &dyn WriteInput,
    new_token: fn() -> String,
) -> Result<BuiltRequest, BuildError> {
    let mut writer = RequestWriter::new(format, operation.root, new_token);
    input.write_request(&mut writer);
    writer.finish(Binding {
        method: &operation.method,
        uri: operation.uri,
        // A path that is signed as it is on the wire is also read as it is there: S3's keys may be anything.
        takes_dots: !SigningSettings::of_service(operation.service.signing_name).normalizes_path,
        host_prefix: operation.host_prefix,
        headers: operation.service.headers,
    })
}
