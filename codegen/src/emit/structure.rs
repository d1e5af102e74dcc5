//! A structure in its own file:
//!
//! ```text
//! tinsmith_runtime::structure! {
//!     /// A filter.
//!     #[derive(Clone, Debug, PartialEq)]
//!     pub struct Filter: read write {
//!         /// The name.
//!         pub name: Option<String> = "name" required,
//!     }
//! }
//!
//! tinsmith_runtime::setters!(Filter {
//!     name, set_name(impl String),
//! });
//! ```

use super::event_stream::{read_event, write_event};
use super::field::{Site, text, value_ty};
use super::file::{File, Finished, deprecated_line, doc_lines, ident};
use super::{element, plain, setters};
use crate::docs::code_span;
use crate::model::TimestampFormat;
use crate::rust::{Binding, Element, Field, Named, Presence, Structure, Trait, Ty, derived};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

pub(super) fn emit(structure: &Structure, service: &str) -> Finished {
    let Structure {
        wire,
        ident: name,
        module: _,
        doc: _,
        fields,
        read,
        written,
        exception,
        event,
        deprecated: _,
    } = structure;
    let owner = ident(name);
    let how = match (*read, *written) {
        (true, true) => "read write",
        (false, true) => "write",
        _ => "read",
    };
    let mut file = File::new(service, &format!("the shape {}", code_span(wire)))
        .lines(&declare(structure, Site::Types, how))
        .item(debug(&owner, fields));
    if *written {
        file = file.lines(&setters::emit(name, fields));
    }
    if *read && *event {
        file = file.item(read_event(&owner, fields));
    }
    if *exception {
        file = file.lines(&read_output(name, fields));
    }
    if *written && *event {
        file = file.item(write_event(&owner, fields));
    }
    file.finish()
}

/// The structure itself, one line per member beside its documentation.
pub(super) fn declare(structure: &Structure, site: Site, how: &str) -> String {
    let Structure {
        wire: _,
        ident,
        module: _,
        doc,
        fields,
        read: _,
        written: _,
        exception: _,
        event: _,
        deprecated,
    } = structure;
    let mut lines = String::from("tinsmith_runtime::structure! {\n");
    doc_lines(doc, "    ", &mut lines);
    let traits = derived(fields);
    let derives = [
        ("Clone", traits.contains(&Trait::Clone)),
        ("Debug", !sensitive(fields)),
        ("PartialEq", traits.contains(&Trait::PartialEq)),
    ];
    let derives = derives.into_iter().filter(|(_, is_derived)| *is_derived);
    let derives: Vec<_> = derives.map(|(name, _)| name).collect();
    lines.push_str(&format!("    #[derive({})]\n", derives.join(", ")));
    deprecated_line(deprecated, "    ", &mut lines);
    if fields.is_empty() {
        lines.push_str(&format!("    pub struct {ident}: {how} {{}}\n}}\n"));
        return lines;
    }
    lines.push_str(&format!("    pub struct {ident}: {how} {{\n"));
    for field in fields {
        doc_lines(&field.doc, "        ", &mut lines);
        deprecated_line(&field.deprecated, "        ", &mut lines);
        let ty = text(&value_ty(field, site));
        let ty = if field.always {
            ty
        } else {
            format!("Option<{ty}>")
        };
        let on_the_wire = match field.key() {
            Some(key) => format!(" = {}{}", Literal::string(key), facts(field)),
            None => String::new(),
        };
        lines.push_str(&format!(
            "        pub {}: {ty}{on_the_wire},\n",
            field.ident
        ));
    }
    lines.push_str("    }\n}\n");
    lines
}

/// The facts about a member in its table, beside its name.
pub(super) fn facts(field: &Field) -> String {
    let mut facts = String::new();
    match field.presence {
        Presence::Optional => {}
        Presence::Required => facts.push_str(" required"),
        Presence::Generated => facts.push_str(" idempotency_token"),
    }
    if let Some(format) = field.format {
        facts.push(' ');
        facts.push_str(timestamp_format(format));
    }
    for fact in element::facts(&field.element) {
        facts.push(' ');
        facts.push_str(&fact);
    }
    facts
}

/// The runtime's method for a timestamp format that is not the default of the place.
pub(super) fn timestamp_format(format: TimestampFormat) -> &'static str {
    match format {
        TimestampFormat::DateTime => "date_time",
        TimestampFormat::EpochSeconds => "epoch_seconds",
        TimestampFormat::HttpDate => "http_date",
    }
}

fn sensitive(fields: &[Field]) -> bool {
    fields.iter().any(|field| field.sensitive)
}

/// A `Debug` that hides sensitive values; nothing if the derived one is enough.
pub(super) fn debug(owner: &proc_macro2::Ident, fields: &[Field]) -> TokenStream {
    if !sensitive(fields) {
        return TokenStream::new();
    }
    let title = owner.to_string();
    let shown = fields.iter().map(|field| {
        let (title, name) = (plain(&field.ident), ident(&field.ident));
        if field.sensitive {
            quote!(.field(#title, &format_args!("** redacted **")))
        } else {
            quote!(.field(#title, &self.#name))
        }
    });
    quote! {
        impl std::fmt::Debug for #owner {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(#title) #(#shown)* .finish()
            }
        }
    }
}

/// Reads a response: bound members first, then the body. If bound members can be in a body as well, the body is read
/// first, because their own places have priority.
pub(super) fn read_output(owner: &str, fields: &[Field]) -> String {
    let bound = fields.iter().filter_map(|field| {
        let (wire, name) = (Literal::string(&field.wire), &field.ident);
        let read = match field.binding {
            Binding::Header if field.lenient => {
                format!("response.header({wire}).unwrap_or_default()")
            }
            Binding::Header => format!("response.header({wire})?"),
            Binding::JsonHeader => format!("response.json_header({wire})?"),
            Binding::PrefixHeaders => format!("response.prefix_headers({wire})?"),
            Binding::StatusCode => "response.status_code()".to_owned(),
            Binding::Payload => payload(field),
            Binding::EventStream => "response.event_stream()".to_owned(),
            Binding::EventHeader
            | Binding::EventPayload
            | Binding::Body
            | Binding::Label
            | Binding::LastSegment
            | Binding::ContentLength
            | Binding::Query
            | Binding::QueryMap => return None,
        };
        Some(match field.nested {
            Some(_) => format!("self.{name} = {read}.or(self.{name}.take());"),
            None => format!("self.{name} = {read};"),
        })
    });
    let mut statements: Vec<_> = bound.collect();
    let reads_body = reads_body(fields);
    if statements.is_empty() && reads_body {
        return format!("impl tinsmith_runtime::ReadOutput for {owner} {{}}\n");
    }
    if fields.iter().any(|field| field.nested.is_some()) && reads_body {
        statements.insert(0, "response.body(self)?;".to_owned());
        statements.push("Ok(())".to_owned());
    } else if reads_body {
        statements.push("response.body(self)".to_owned());
    } else {
        statements.push("Ok(())".to_owned());
    }
    let response = if statements.len() > 1 || reads_body {
        "response"
    } else {
        "_"
    };
    format!(
        "impl tinsmith_runtime::ReadOutput for {owner} {{
    fn read_response(&mut self, {response}: &tinsmith_runtime::ResponseReader<'_>) -> tinsmith_runtime::ReadResult {{
        {}
    }}
}}
",
        statements.join("\n        ")
    )
}

/// Whether an output or an exception has members in the body. If it has none, the body is not read.
pub(super) fn reads_body(fields: &[Field]) -> bool {
    let is_payload = |field: &Field| field.binding == Binding::Payload;
    let in_body = |field: &Field| field.binding == Binding::Body || field.nested.is_some();
    !fields.iter().any(is_payload) && fields.iter().any(in_body)
}

fn payload(field: &Field) -> String {
    match field.ty {
        Ty::Blob => "response.payload_blob()?".to_owned(),
        Ty::ByteStream { .. } => "response.payload_stream()".to_owned(),
        Ty::String | Ty::Enumeration(_) => "response.payload_string()?".to_owned(),
        _ => {
            // The name and the namespace of the outermost element do not matter.
            let element = Element {
                namespace: None,
                ..field.element.clone()
            };
            format!(
                "response.payload_value({})?",
                payload_member(field, element)
            )
        }
    }
}

/// The member that is the whole body, for a call of the runtime; in XML the outermost element has its name.
pub(super) fn payload_member(field: &Field, element: Element) -> String {
    if element == Element::default() {
        return member(field);
    }
    let root = Named {
        name: field.wire.clone(),
        format: field.format,
        element,
    };
    text(&element::value(&root))
}

/// A member for a call of the runtime: its name, or a descriptor if there are more facts.
pub(super) fn member(field: &Field) -> String {
    let wire = Literal::string(&field.wire);
    match field.format.map(timestamp_format) {
        Some(format) => format!("tinsmith_runtime::Member::new({wire}).{format}()"),
        None => wire.to_string(),
    }
}

/// The same of a member that is sent as a header, which is marked if its value must not be shown.
pub(super) fn header_member(field: &Field) -> String {
    let member = member(field);
    match (field.sensitive, field.format) {
        (false, _) => member,
        (true, Some(_)) => format!("{member}.sensitive()"),
        (true, None) => format!("tinsmith_runtime::Member::new({member}).sensitive()"),
    }
}
