//! Errors in XML: `ErrorResponse/Error`, a bare `Error` (S3) or `Response/Errors/Error` (EC2), each with `Code` and
//! `Message`, and the id of the request inside or beside it.

use super::error_text::Text;
use crate::codec::Codec;
use crate::codec::xml::{Xml, root_name};
use crate::error::ErrorAnswer;
use crate::http_binding::request_id;
use crate::shape::{Member, ReadPlace, ReadResult, ReadStructure, ShapeReader};
use bytes::Bytes;

/// The code, the message and the id of the request, as far as they can be read.
pub(super) fn error(response: &http::Response<Bytes>) -> ErrorAnswer {
    let mut root = ErrorFields::default();
    // If the body is invalid, the fields before that place are kept.
    let _ = Xml::Root.read(response.body(), &mut |reader| root.read_members(reader));
    let mut answer = ErrorAnswer::new(&Xml::Error);
    let id = root.request_id();
    let names_itself =
        |name: &String| !["Error", "ErrorResponse", "Response"].contains(&name.as_str());
    match root.innermost() {
        Some(error) => {
            let code = error.code.0.map(|code| code.trim().to_owned());
            answer.code = code.filter(|code| !code.is_empty());
            answer.message = error.message.0;
        }
        // Route 53 has one exception whose name is the outermost element's.
        None if id.is_some() => answer.code = root_name(response.body()).filter(names_itself),
        None => {}
    }
    answer.request_id = id.or_else(|| request_id(response.headers()).map(str::to_owned));
    answer
}

/// The content of an element of an error, from the outermost one to the error itself.
#[derive(Default)]
struct ErrorFields {
    error: Within,
    errors: Within,
    code: Text,
    message: Text,
    request_id: Text,
    /// The spelling of EC2.
    request_id_of_ec2: Text,
}

/// An inner element of the error.
#[derive(Default)]
struct Within(Option<Box<ErrorFields>>);

impl ErrorFields {
    /// The id of the request: that of the element, or else of an inner one.
    fn request_id(&mut self) -> Option<String> {
        let own = self.request_id.0.take();
        let own = own.or_else(|| self.request_id_of_ec2.0.take());
        let mut within = [&mut self.error, &mut self.errors].into_iter();
        own.or_else(|| within.find_map(|within| within.0.as_mut()?.request_id()))
    }

    /// The element with the code; `None`: there is none. The recursion is as deep as the text, which the codec limits.
    fn innermost(self) -> Option<Self> {
        let mut within = [self.error.0, self.errors.0].into_iter().flatten();
        if let Some(within) = within.next() {
            return within.innermost();
        }
        let Self { code, message, .. } = self;
        (code.0.is_some() || message.0.is_some()).then(|| Self {
            code,
            message,
            ..Self::default()
        })
    }
}

impl ReadStructure for ErrorFields {
    fn read_members(&mut self, reader: &mut dyn ShapeReader) -> ReadResult {
        const MEMBERS: &[Member] = &[
            Member::new("Error"),
            Member::new("Errors"),
            Member::new("Code"),
            Member::new("Message"),
            Member::new("RequestId"),
            Member::new("RequestID"),
        ];
        reader.structure(
            MEMBERS,
            &mut [
                &mut self.error,
                &mut self.errors,
                &mut self.code,
                &mut self.message,
                &mut self.request_id,
                &mut self.request_id_of_ec2,
            ],
        )
    }
}

impl ReadPlace for Within {
    fn read_place(&mut self, _: &Member, reader: &mut dyn ShapeReader) -> ReadResult {
        self.0.insert(Box::default()).read_members(reader)
    }
}
