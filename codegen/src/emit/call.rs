//! The call builder of an operation; a macro of the runtime makes its methods:
//!
//! ```text
//! tinsmith_runtime::call! {
//!     /// Lists images.
//!     pub struct ListImages(ListImagesInput) -> ListImagesOutput, ListImagesError; paginated {
//!         owner, set_owner(impl types::Ownership),
//!     }
//! }
//! ```

use super::field::Site;
use super::file::{deprecated_line, doc_lines};
use super::setters;
use crate::rust::Operation;

pub(super) fn emit(operation: &Operation) -> String {
    let Operation {
        ident,
        doc,
        input,
        output,
        pagination,
        deprecated,
        ..
    } = operation;
    let mut lines = String::from("tinsmith_runtime::call! {\n");
    doc_lines(doc, "    ", &mut lines);
    deprecated_line(deprecated, "    ", &mut lines);
    let (takes, gives) = (&input.ident, &output.ident);
    let pages = match pagination {
        Some(_) => "; paginated",
        None => "",
    };
    let setters = setters::block(&input.fields, Site::Operation, "    ");
    lines.push_str(&format!(
        "    pub struct {ident}({takes}) -> {gives}, {ident}Error{pages} {setters}\n}}\n"
    ));
    lines
}
