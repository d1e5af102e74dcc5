//! The fields of errors that several protocols share, in any codec.

use super::error_text::Text;
use crate::codec::Codec;
use crate::http_binding::header_text;
use crate::shape::{Member, ReadResult, ReadStructure, ShapeReader};
use bytes::Bytes;

/// The fields that the body of an error may have.
#[derive(Default)]
pub(super) struct ErrorFields {
    type_name: Text,
    code: Text,
    message: Text,
    error_message: Text,
}

impl ErrorFields {
    /// The fields that `codec` finds in the body of a response. If the body is invalid, the fields before that place
    /// are kept.
    pub(super) fn read(codec: &dyn Codec, response: &http::Response<Bytes>) -> Self {
        let mut fields = Self::default();
        let _ = codec.read(response.body(), &mut |reader| fields.read_members(reader));
        fields
    }

    /// `__type`, as it was sent.
    pub(super) fn take_type_name(&mut self) -> Option<String> {
        self.type_name.0.take()
    }

    /// `code`, as it was sent.
    pub(super) fn take_code(&mut self) -> Option<String> {
        self.code.0.take()
    }

    /// The message, under any of its names.
    pub(super) fn take_message(&mut self) -> Option<String> {
        self.message
            .0
            .take()
            .or_else(|| self.error_message.0.take())
    }
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

/// The code without the namespace before `#` and the URI after `:`.
pub(super) fn short_code(code: &str) -> Option<String> {
    let code = code.split(':').next().unwrap_or_default();
    let code = code.rsplit('#').next().unwrap_or_default().trim();
    (!code.is_empty()).then(|| code.to_owned())
}

/// The code of the error in the query protocol, from the header `x-amzn-query-error`.
pub(super) fn query_code(response: &http::Response<Bytes>) -> Option<String> {
    // The code, and whether the sender or the receiver caused the error:
    // `AWS.SimpleQueueService.NonExistentQueue;Sender`.
    let text = header_text(response.headers(), "x-amzn-query-error");
    let text = text.ok().flatten()?;
    let code = text.split(';').next().unwrap_or_default().trim();
    (!code.is_empty()).then(|| code.to_owned())
}
