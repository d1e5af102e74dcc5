//! An enumeration in its own file:
//!
//! ```text
//! tinsmith_runtime::open_enum! {
//!     /// The platform.
//!     pub enum Platform {
//!         Linux = "Linux",
//!     }
//! }
//! ```

use super::file::{File, Finished, deprecated_line, doc_lines};
use crate::docs::code_span;
use crate::rust::{Enumeration, Variant};
use proc_macro2::Literal;

pub(super) fn emit(enumeration: &Enumeration, service: &str) -> Finished {
    let Enumeration {
        wire,
        ident: name,
        module: _,
        doc,
        variants,
        deprecated,
    } = enumeration;
    let mut lines = String::from("tinsmith_runtime::open_enum! {\n");
    doc_lines(doc, "    ", &mut lines);
    deprecated_line(deprecated, "    ", &mut lines);
    lines.push_str(&format!("    pub enum {name} {{\n"));
    for Variant { wire, ident } in variants {
        let wire = Literal::string(wire);
        lines.push_str(&format!("        {ident} = {wire},\n"));
    }
    lines.push_str("    }\n}\n");
    File::new(service, &format!("the shape {}", code_span(wire)))
        .lines(&lines)
        .finish()
}
