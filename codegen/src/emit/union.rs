//! A union in its own file:
//!
//! ```text
//! tinsmith_runtime::union! {
//!     /// A value.
//!     #[derive(Clone, Debug, PartialEq)]
//!     pub enum Value: read write {
//!         /// A text.
//!         Text(String) = "text" as_text is_text,
//!     }
//! }
//! ```

use super::field::{Site, text, ty, value_ty};
use super::file::{File, Finished, deprecated_line, doc_lines, ident};
use super::structure::facts;
use super::variants::{conversions, debug, is_sensitive};
use crate::docs::code_span;
use crate::rust::Union;
use proc_macro2::Literal;

pub(super) fn emit(union: &Union, service: &str) -> Finished {
    let Union {
        wire,
        ident: name,
        module: _,
        doc,
        variants,
        questions,
        conversions: _,
        events: _,
        read,
        written,
        deprecated,
    } = union;
    let mut lines = String::from("tinsmith_runtime::union! {\n");
    doc_lines(doc, "    ", &mut lines);
    lines.push_str(if is_sensitive(variants) {
        "    #[derive(Clone, PartialEq)]\n"
    } else {
        "    #[derive(Clone, Debug, PartialEq)]\n"
    });
    deprecated_line(deprecated, "    ", &mut lines);
    let how = match (*read, *written) {
        (true, true) => "read write",
        (false, true) => "write",
        _ => "read",
    };
    lines.push_str(&format!("    pub enum {name}: {how} {{\n"));
    for (variant, question) in variants.iter().zip(questions) {
        doc_lines(&variant.doc, "        ", &mut lines);
        deprecated_line(&variant.deprecated, "        ", &mut lines);
        let unboxed = match variant.boxed {
            true => format!(" -> {}", text(&ty(&variant.ty, Site::Types))),
            false => String::new(),
        };
        lines.push_str(&format!(
            "        {}({}) = {} as_{question} is_{question}{}{unboxed},\n",
            variant.ident,
            text(&value_ty(variant, Site::Types)),
            Literal::string(&variant.wire),
            facts(variant),
        ));
    }
    lines.push_str("    }\n}\n");
    let mut file = File::new(service, &format!("the shape {}", code_span(wire)))
        .lines(&lines)
        .item(debug(&ident(name), variants));
    if let Some(from) = conversions(union) {
        file = file.lines(&from);
    }
    file.finish()
}
