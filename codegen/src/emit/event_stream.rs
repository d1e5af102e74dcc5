//! The events of a stream in their own file:
//!
//! ```text
//! #[derive(Clone, Debug, PartialEq)]
//! #[non_exhaustive]
//! pub enum ResponseStream {
//!     /// `chunk` on the wire.
//!     Chunk(super::PayloadPart),
//!     /// An event that this version of the crate does not know, as the service sent it.
//!     Unknown(UnknownEvent),
//! }
//!
//! impl ReadEventStream for ResponseStream { … }
//!
//! impl WriteEventStream for ResponseStream { … }
//! ```

use super::file::{Finished, ident};
use super::variants::{self, Parts};
use crate::rust::{Binding, Field, Presence, Ty, Union};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

const PARTS: Parts = Parts {
    unknown: "UnknownEvent",
    doc: "An event that this version of the crate does not know, as the service sent it.",
    read: &["EventReader", "ReadEventStream", "ReadResult"],
    written: &["EventWriter", "WriteEventStream"],
};

pub(super) fn emit(union: &Union, exceptions: &[(String, String)], service: &str) -> Finished {
    let owner = ident(&union.ident);
    let mut file = variants::file(union, &PARTS, service);
    if union.read {
        file = file.item(read_stream(&owner, &union.variants, exceptions));
    }
    if union.written {
        file = file.item(write_stream(&owner, &union.variants));
    }
    file.lines(&variants::methods(union)).finish()
}

fn read_stream(owner: &Ident, variants: &[Field], exceptions: &[(String, String)]) -> TokenStream {
    let exceptions = exceptions.iter().map(|(name, code)| quote!((#name, #code)));
    let arms = variants.iter().map(|variant| {
        let (wire, name) = (&variant.wire, ident(&variant.ident));
        quote!(#wire => Self::#name(event.read()?),)
    });
    quote! {
        impl ReadEventStream for #owner {
            const EXCEPTIONS: &'static [(&'static str, &'static str)] = &[#(#exceptions),*];
            fn read_event(name: &str, event: &EventReader<'_>) -> ReadResult<Self> {
                Ok(match name {
                    #(#arms)*
                    _ => Self::Unknown(event.unknown(name)),
                })
            }
        }
    }
}

fn write_stream(owner: &Ident, variants: &[Field]) -> TokenStream {
    let arms = variants.iter().map(|variant| {
        let (wire, name) = (&variant.wire, ident(&variant.ident));
        quote!(Self::#name(value) => event.write(#wire, value),)
    });
    quote! {
        impl WriteEventStream for #owner {
            fn write_event(&self, event: &mut EventWriter) {
                match self {
                    #(#arms)*
                    Self::Unknown(value) => event.unknown(value),
                }
            }
        }
    }
}

/// Reads an event's members from its message.
pub(super) fn read_event(owner: &Ident, fields: &[Field]) -> TokenStream {
    let mut bound: Vec<_> = fields.iter().filter_map(read_bound).collect();
    if has_body(fields) {
        bound.push(quote!(event.body(self)?;));
    }
    let event = if bound.is_empty() {
        quote!(_event)
    } else {
        quote!(event)
    };
    quote! {
        impl tinsmith_runtime::ReadEvent for #owner {
            fn read_event(&mut self, #event: &tinsmith_runtime::EventReader<'_>) -> tinsmith_runtime::ReadResult { #(#bound)* Ok(()) }
        }
    }
}

fn read_bound(field: &Field) -> Option<TokenStream> {
    let (wire, name) = (&field.wire, ident(&field.ident));
    let read = match (field.binding, &field.ty) {
        (Binding::EventHeader, _) => quote!(event.header(#wire)?),
        (Binding::EventPayload, Ty::Blob) => quote!(event.payload_blob()),
        (Binding::EventPayload, Ty::String) => quote!(event.payload_string()?),
        (Binding::EventPayload, _) => quote!(event.payload_value(#wire)?),
        _ => return None,
    };
    Some(quote!(self.#name = #read;))
}

/// Writes an event's members to its message.
pub(super) fn write_event(owner: &Ident, fields: &[Field]) -> TokenStream {
    let mut bound: Vec<_> = fields.iter().filter_map(write_bound).collect();
    if has_body(fields) || fields.is_empty() {
        bound.push(quote!(event.body(self);));
    }
    quote! {
        impl tinsmith_runtime::WriteEvent for #owner {
            fn write_event(&self, event: &mut tinsmith_runtime::EventWriter) { #(#bound)* }
        }
    }
}

fn write_bound(field: &Field) -> Option<TokenStream> {
    let (wire, member, name) = (&field.wire, &field.member, ident(&field.ident));
    let write = match (field.binding, &field.ty) {
        (Binding::EventHeader, Ty::Enumeration(_)) => {
            quote!(event.header(#wire, self.#name.as_ref().map(|value| value.as_str()));)
        }
        (Binding::EventHeader, _) => quote!(event.header(#wire, self.#name.clone());),
        (Binding::EventPayload, Ty::Blob) => quote!(event.payload_blob(&self.#name);),
        (Binding::EventPayload, Ty::String) => quote!(event.payload_string(self.#name.as_ref());),
        (Binding::EventPayload, _) => quote!(event.payload_value(#member, &self.#name);),
        _ => return None,
    };
    let require = (field.presence == Presence::Required)
        .then(|| quote!(event.require(#member, &self.#name);));
    Some(quote!(#require #write))
}

/// Whether some members are not bound to a place.
pub(super) fn has_body(fields: &[Field]) -> bool {
    fields.iter().any(|field| field.binding == Binding::Body)
}
