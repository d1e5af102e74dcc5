//! A structure, in a file of its own:
//!
//! ```text
//! /// A filter.
//! #[derive(Clone, Debug, Default, PartialEq)]
//! #[non_exhaustive]
//! pub struct Filter {
//!     /// The name.
//!     pub name: Option<String>,
//! }
//!
//! impl Filter {
//!     /// Sets [`name`](field@Self::name).
//!     pub fn name(mut self, name: impl Into<String>) -> Self { … }
//! }
//!
//! impl WriteStructure for Filter {
//!     fn write_members(&self, writer: &mut dyn ShapeWriter) {
//!         writer.member("name", &self.name);
//!     }
//! }
//! ```

use super::event_stream::{has_body, read_event, write_event};
use super::field::{From, declaration, read, setter, write};
use super::file::{File, Finished, deprecated, doc, ident};
use super::plain;
use crate::docs::{Doc, code};
use crate::rust::{Binding, Field, Structure, Trait, Ty, derived};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn emit(structure: &Structure, service: &str) -> Finished {
    let Structure {
        wire,
        ident: name,
        module: _,
        doc,
        fields,
        read,
        written,
        exception,
        event,
        deprecated: note,
    } = structure;
    let owner = ident(name);
    let mut traits = Vec::new();
    // All members of an event may have places of their own.
    let as_structure = !*event || has_body(fields) || fields.is_empty();
    if *read && as_structure {
        traits.extend(["ReadResult", "ReadStructure", "ShapeReader"]);
    }
    if *written && as_structure {
        traits.extend(["ShapeWriter", "WriteStructure"]);
    }
    if *read && *event {
        traits.extend(["EventReader", "ReadEvent", "ReadResult"]);
    }
    if *written && *event {
        traits.extend(["EventWriter", "WriteEvent"]);
    }
    if *exception {
        traits.extend(["ReadOutput", "ResponseReader"]);
    }
    traits.sort_unstable();
    traits.dedup();
    let traits = traits.iter().map(|name| ident(name));
    let mut file = File::new(service, &format!("the shape {}", code(wire)))
        .item(quote!(use tinsmith_runtime::{#(#traits),*};))
        .item(declare(&owner, doc, fields, note, From::Types))
        .item(debug(&owner, fields));
    if *written && !fields.is_empty() {
        let setters = fields
            .iter()
            .map(|field| setter(field, From::Types, &quote!(self), "Self"));
        file = file.item(quote!(impl #owner { #(#setters)* }));
    }
    if *read && as_structure {
        file = file.item(read_structure(&owner, fields));
    }
    if *read && *event {
        file = file.item(read_event(&owner, fields));
    }
    if *exception {
        file = file.item(read_output(&owner, fields));
    }
    if *written && as_structure {
        file = file.item(write_structure(&owner, fields));
    }
    if *written && *event {
        file = file.item(write_event(&owner, fields));
    }
    file.finish()
}

/// The structure itself.
pub(super) fn declare(
    owner: &proc_macro2::Ident,
    text: &Doc,
    fields: &[Field],
    note: &Option<String>,
    from: From,
) -> TokenStream {
    let (doc, deprecated) = (doc(text), deprecated(note));
    let traits = derived(fields);
    let clone = traits.contains(&Trait::Clone).then(|| quote!(Clone,));
    let debug = (!sensitive(fields)).then(|| quote!(Debug,));
    let equal = traits
        .contains(&Trait::PartialEq)
        .then(|| quote!(, PartialEq));
    let derive = quote!(#[derive(#clone #debug Default #equal)]);
    let declarations = fields.iter().map(|field| declaration(field, from));
    quote! {
        #doc
        #derive
        #[non_exhaustive]
        #deprecated
        pub struct #owner { #(#declarations),* }
    }
}

fn sensitive(fields: &[Field]) -> bool {
    fields.iter().any(|field| field.sensitive)
}

/// `Debug` that hides what is sensitive; nothing where the derived one will do.
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

/// The members of the body, by their names on the wire.
pub(super) fn read_structure(owner: &proc_macro2::Ident, fields: &[Field]) -> TokenStream {
    let arms: Vec<_> = fields
        .iter()
        .filter_map(|field| {
            let (key, read) = (field.key()?, read(field));
            Some(quote!(#key => #read,))
        })
        .collect();
    let (member, body) = if arms.is_empty() {
        (quote!(_member), quote!(reader.skip()))
    } else {
        (
            quote!(member),
            quote!(match member { #(#arms)* _ => reader.skip(), }),
        )
    };
    quote! {
        impl ReadStructure for #owner {
            fn read_member(&mut self, #member: &str, reader: &mut dyn ShapeReader) -> ReadResult { #body }
        }
    }
}

/// What a response holds: bound members first, then the body. Where those can be in a body as well, it comes first, as their
/// own places count for more.
pub(super) fn read_output(owner: &proc_macro2::Ident, fields: &[Field]) -> TokenStream {
    let bound = fields.iter().filter_map(|field| {
        let (wire, name) = (&field.wire, ident(&field.ident));
        let read = match (field.binding, field.format.map(super::field::marker)) {
            (Binding::Header, None) => quote!(response.header(#wire)?),
            (Binding::Header, Some(marker)) => quote!(response.header_as::<#marker, _>(#wire)?),
            (Binding::JsonHeader, _) => quote!(response.json_header(#wire)?),
            (Binding::PrefixHeaders, _) => quote!(response.prefix_headers(#wire)?),
            (Binding::StatusCode, _) => quote!(response.status_code()),
            (Binding::Payload, _) => payload(field),
            (Binding::EventStream, _) => quote!(response.event_stream()),
            (
                Binding::EventHeader
                | Binding::EventPayload
                | Binding::Body
                | Binding::Label
                | Binding::Query
                | Binding::QueryMap,
                _,
            ) => {
                return None;
            }
        };
        Some(match field.nested {
            Some(_) => quote!(self.#name = #read.or(self.#name.take());),
            None => quote!(self.#name = #read;),
        })
    });
    let bound: Vec<_> = bound.collect();
    let body = fields.iter().any(|field| field.nested.is_some());
    let read = match (reads_body(fields), body) {
        (true, true) => quote!(response.body(self)?; #(#bound)* Ok(())),
        (true, false) => quote!(#(#bound)* response.body(self)),
        (false, _) => quote!(#(#bound)* Ok(())),
    };
    let response = match bound.is_empty() && !reads_body(fields) {
        true => quote!(_response),
        false => quote!(response),
    };
    quote! {
        impl ReadOutput for #owner {
            fn read_response(&mut self, #response: &ResponseReader<'_>) -> ReadResult { #read }
        }
    }
}

/// Whether an output or an exception has members in the body. Where it has none, the body says nothing, whatever it is.
pub(super) fn reads_body(fields: &[Field]) -> bool {
    let is_payload = |field: &Field| field.binding == Binding::Payload;
    let in_body = |field: &Field| field.binding == Binding::Body || field.nested.is_some();
    !fields.iter().any(is_payload) && fields.iter().any(in_body)
}

fn payload(field: &Field) -> TokenStream {
    match field.ty {
        Ty::Blob => quote!(response.payload_blob()?),
        Ty::ByteStream { .. } => quote!(response.payload_stream()),
        Ty::String | Ty::Enumeration(_) => {
            quote!(response.payload_string()?)
        }
        _ => match field.format.map(super::field::marker) {
            Some(marker) => quote!(response.payload_value_as::<#marker, _>()?),
            None => quote!(response.payload_value()?),
        },
    }
}

/// The members of the body, written.
pub(super) fn write_structure(owner: &proc_macro2::Ident, fields: &[Field]) -> TokenStream {
    let members: Vec<_> = fields.iter().filter_map(write).collect();
    let writer = if members.is_empty() {
        quote!(_writer)
    } else {
        quote!(writer)
    };
    quote! {
        impl WriteStructure for #owner {
            fn write_members(&self, #writer: &mut dyn ShapeWriter) { #(#members)* }
        }
    }
}
