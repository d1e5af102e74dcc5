//! Setters: a macro of the runtime, one line per member:
//!
//! ```text
//! tinsmith_runtime::setters!(Filter {
//!     name, set_name(impl String),
//!     values, set_values([impl String]),
//! });
//! ```

use super::field::{Site, text, ty};
use super::file::deprecated_line;
use crate::names;
use crate::rust::{Field, Ty};

/// The setters of a structure.
pub(super) fn emit(owner: &str, fields: &[Field]) -> String {
    let lines = block(fields, Site::Types, "");
    format!("tinsmith_runtime::setters!({owner} {lines});\n")
}

/// The lines in their braces, indented by `indent`.
pub(super) fn block(fields: &[Field], site: Site, indent: &str) -> String {
    if fields.is_empty() {
        return "{}".to_owned();
    }
    let (mut lines, deeper) = (String::from("{\n"), format!("{indent}    "));
    for field in fields {
        deprecated_line(&field.deprecated, &deeper, &mut lines);
        let (first, second) = (&field.ident, names::second_setter(&field.ident));
        let takes = takes(field, site);
        lines.push_str(&format!("{deeper}{first}, {second}({takes}),\n"));
    }
    format!("{lines}{indent}}}")
}

/// The argument of a setter in the notation of the macro: `impl T` is a value that converts into `T`, brackets are a
/// list, a comma separates the key and the value of a map, and `dyn T` are the events of a stream.
pub(super) fn takes(field: &Field, site: Site) -> String {
    match &field.ty {
        Ty::EventInput(events) | Ty::EventStream(events) => {
            let events = spelled(&Ty::Union(events.clone()), site);
            format!("dyn {events}")
        }
        Ty::List { item, sparse } => {
            // A list of documents also converts into a document, so a conversion would be ambiguous.
            let exact = *sparse || **item == Ty::Document;
            format!("[{}]", converting(item, exact, *sparse, site))
        }
        Ty::Map { key, value, sparse } => {
            let key = converting(key, false, false, site);
            format!("{key}, {}", converting(value, *sparse, *sparse, site))
        }
        of if field.boxed => format!("Box<{}>", spelled(of, site)),
        of => converting(of, false, false, site),
    }
}

/// A type, with `impl` before it if values that convert into it are accepted as well.
fn converting(of: &Ty, exact: bool, sparse: bool, site: Site) -> String {
    let name = spelled(of, site);
    let converts = !exact && converts(of);
    match (converts, sparse) {
        (true, _) => format!("impl {name}"),
        (false, true) => format!("Option<{name}>"),
        (false, false) => name,
    }
}

/// Whether values of other types can be passed. A number gets its type from the setter, and lists and maps have no
/// conversions that a program would use.
fn converts(ty: &Ty) -> bool {
    match ty {
        Ty::String
        | Ty::Blob
        | Ty::ByteStream { .. }
        | Ty::Timestamp
        | Ty::Document
        | Ty::Enumeration(_)
        | Ty::Structure(_)
        | Ty::Union(_) => true,
        Ty::Boolean
        | Ty::Byte
        | Ty::Short
        | Ty::Integer
        | Ty::Long
        | Ty::Float
        | Ty::Double
        | Ty::EventInput(_)
        | Ty::EventStream(_)
        | Ty::List { .. }
        | Ty::Map { .. } => false,
    }
}

fn spelled(of: &Ty, site: Site) -> String {
    text(&ty(of, site))
}
