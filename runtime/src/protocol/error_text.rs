//! A text in an error.

use crate::shape::{Member, ReadPlace, ReadResult, ShapeReader};

/// A text; values that are not strings are ignored.
#[derive(Default)]
pub(super) struct Text(pub(super) Option<String>);

impl ReadPlace for Text {
    fn read_place(&mut self, _: &Member, reader: &mut dyn ShapeReader) -> ReadResult {
        if let Ok(text) = reader.document()?.into_string() {
            self.0 = Some(text);
        }
        Ok(())
    }
}
