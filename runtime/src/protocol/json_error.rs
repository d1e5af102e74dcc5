//! What JSON answers say of an error.

use super::error_text::Text;
use crate::codec::Codec;
use crate::codec::JsonError;
use crate::error::ErrorAnswer;
use crate::http_binding::{header_text, request_id};
use crate::shape::{Member, ReadResult, ReadStructure, ShapeReader};
use bytes::Bytes;
use std::borrow::Cow;

/// Code and message, as far as they can be made out: from the header `x-amzn-errortype` and from the body.
pub(super) fn error(response: &http::Response<Bytes>) -> ErrorAnswer {
    let headers = response.headers();
    let mut fields = ErrorFields::default();
    // What is wrong with the body does not matter here: what was read before that is what there is.
    let _ = JsonError.read(response.body(), &mut |reader| fields.read_members(reader));
    let header = header_text(headers, "x-amzn-errortype")
        .ok()
        .flatten()
        .map(Cow::into_owned);
    let code = header.or(fields.type_name.0).or(fields.code.0);
    let mut answer = ErrorAnswer::new(&JsonError);
    answer.code = code.as_deref().and_then(short_code);
    answer.message = fields.message.0.or(fields.error_message.0);
    answer.request_id = request_id(headers).map(str::to_owned);
    answer
}

/// The same, where a service may give the code that the query protocol had for the error, in the header
/// `x-amzn-query-error`; the name of the exception's shape stands beside it then.
pub(super) fn error_with_query_code(response: &http::Response<Bytes>) -> ErrorAnswer {
    let mut answer = error(response);
    if let Some(code) = query_code(response) {
        answer.name = answer.code.replace(code);
    }
    answer
}

fn query_code(response: &http::Response<Bytes>) -> Option<String> {
    // The code, and whose fault it is: `AWS.SimpleQueueService.NonExistentQueue;Sender`.
    let text = header_text(response.headers(), "x-amzn-query-error");
    let text = text.ok().flatten()?;
    let code = text.split(';').next().unwrap_or_default().trim();
    (!code.is_empty()).then(|| code.to_owned())
}

/// The code without the namespace before `#` and the URI after `:`.
fn short_code(code: &str) -> Option<String> {
    let code = code.split(':').next().unwrap_or_default();
    let code = code.rsplit('#').next().unwrap_or_default().trim();
    (!code.is_empty()).then(|| code.to_owned())
}

/// What the body of any error may say.
#[derive(Default)]
struct ErrorFields {
    type_name: Text,
    code: Text,
    message: Text,
    error_message: Text,
}

impl ReadStructure for ErrorFields {
    fn read_members(&mut self, reader: &mut dyn ShapeReader) -> ReadResult {
        const MEMBERS: &[Member] = &[
            Member::new("__type"),
            Member::new("code"),
            Member::new("message"),
            Member::new("errorMessage"),
        ];
        reader.structure(
            MEMBERS,
            &mut [
                &mut self.type_name,
                &mut self.code,
                &mut self.message,
                &mut self.error_message,
            ],
        )
    }
}
