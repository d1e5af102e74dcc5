//! A text that an error may have.

use crate::shape::{Member, ReadPlace, ReadResult, ShapeReader};

/// A text; anything but a string is not meant.
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
