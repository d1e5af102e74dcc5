//! Errors in JSON.

use super::error_fields::{ErrorFields, query_code, short_code};
use crate::codec::Json;
use crate::error::ErrorAnswer;
use crate::http_binding::{header_text, request_id};
use bytes::Bytes;
use std::borrow::Cow;

/// The code and the message, as far as they can be read, from the header `x-amzn-errortype` and from the body.
pub(super) fn error(response: &http::Response<Bytes>) -> ErrorAnswer {
    let headers = response.headers();
    let mut fields = ErrorFields::read(&Json::Error, response);
    let header = header_text(headers, "x-amzn-errortype")
        .ok()
        .flatten()
        .map(Cow::into_owned);
    let code = header
        .or_else(|| fields.take_type_name())
        .or_else(|| fields.take_code());
    let mut answer = ErrorAnswer::new(&Json::Error);
    answer.code = code.as_deref().and_then(short_code);
    answer.message = fields.take_message();
    answer.request_id = request_id(headers).map(str::to_owned);
    answer
}

/// The same for services that may send the code of the query protocol in the header `x-amzn-query-error`; the name of
/// the exception's shape is kept beside it.
pub(super) fn error_with_query_code(response: &http::Response<Bytes>) -> ErrorAnswer {
    let mut answer = error(response);
    if let Some(code) = query_code(response) {
        answer.name = answer.code.replace(code);
    }
    answer
}
