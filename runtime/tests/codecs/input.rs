//! Any shape as the input of an operation.

use tinsmith_runtime::{ShapeWriter, WriteInput, WriteStructure};

/// A shape whose members are the body.
pub(crate) struct Input<'a>(pub(crate) &'a (dyn WriteStructure + Sync));

impl WriteStructure for Input<'_> {
    fn write_members(&self, writer: &mut dyn ShapeWriter) {
        self.0.write_members(writer);
    }
}

impl WriteInput for Input<'_> {}
