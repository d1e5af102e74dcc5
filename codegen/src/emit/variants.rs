//! The common parts of unions and the events of a stream: a `Debug` that hides sensitive values, and conversions; and
//! the enumeration of events, with one more variant for events that this version of the crate does not know.

use super::field::{Site, text, ty, value_ty};
use super::file::{File, deprecated, doc, ident};
use crate::docs::{Doc, code_span};
use crate::rust::{Field, Union};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// The runtime's names for the parts of such an enumeration.
pub(super) struct Parts {
    /// The type of an unknown variant.
    pub(super) unknown: &'static str,
    /// The documentation of the variant of that type.
    pub(super) doc: &'static str,
    /// The trait for reading.
    pub(super) read: &'static [&'static str],
    /// The trait for writing.
    pub(super) written: &'static [&'static str],
}

/// A file that begins with the enumeration.
pub(super) fn file(union: &Union, parts: &Parts, service: &str) -> File {
    let Union {
        wire,
        ident: name,
        module: _,
        doc: text,
        variants,
        questions: _,
        conversions: _,
        events: _,
        read,
        written,
        deprecated: note,
    } = union;
    let (owner, doc_of_union, note) = (ident(name), doc(text), deprecated(note));
    let mut used = vec![parts.unknown];
    if *read {
        used.extend(parts.read);
    }
    if *written {
        used.extend(parts.written);
    }
    used.sort_unstable();
    let used = used.into_iter().map(ident);
    let declared = variants.iter().map(|variant| {
        let (name, doc, deprecated, ty) = (
            ident(&variant.ident),
            doc(&variant.doc),
            deprecated(&variant.deprecated),
            value_ty(variant, Site::Types),
        );
        quote!(#doc #deprecated #name(#ty))
    });
    let derive = if is_sensitive(variants) {
        quote!(#[derive(Clone, PartialEq)])
    } else {
        quote!(#[derive(Clone, Debug, PartialEq)])
    };
    let (unknown, doc_of_unknown) = (ident(parts.unknown), doc(&Doc::of(parts.doc)));
    File::new(service, &format!("the shape {}", code_span(wire)))
        .item(quote!(use tinsmith_runtime::{#(#used),*};))
        .item(quote! {
            #doc_of_union
            #derive
            #[non_exhaustive]
            #note
            pub enum #owner {
                #(#declared,)*
                #doc_of_unknown
                Unknown(#unknown),
            }
        })
        .item(debug(&owner, variants))
}

/// The predicates of the variants, one line each, and the conversions into the union.
pub(super) fn methods(union: &Union) -> String {
    let name = &union.ident;
    let mut lines = format!("tinsmith_runtime::union_variants!({name} {{\n");
    for (question, variant) in union.questions.iter().zip(&union.variants) {
        let (of, ty) = (&variant.ident, text(&ty(&variant.ty, Site::Types)));
        lines.push_str(&format!("    as_{question}, is_{question}: {of}({ty}),\n"));
    }
    lines.push_str("});\n");
    if let Some(from) = conversions(union) {
        lines.push('\n');
        lines.push_str(&from);
    }
    lines
}

/// The conversions into the union, as a line; nothing if there are none.
pub(super) fn conversions(union: &Union) -> Option<String> {
    let from = union.conversions.iter();
    let from: Vec<_> = from
        .map(|(from, variant)| format!("{from}: {variant}"))
        .collect();
    let name = &union.ident;
    (!from.is_empty()).then(|| {
        let from = from.join(", ");
        format!("tinsmith_runtime::union_from!({name} {{ {from} }});\n")
    })
}

/// Whether the value of a variant is sensitive.
pub(super) fn is_sensitive(variants: &[Field]) -> bool {
    variants.iter().any(|variant| variant.sensitive)
}

pub(super) fn debug(owner: &Ident, variants: &[Field]) -> TokenStream {
    if !is_sensitive(variants) {
        return TokenStream::new();
    }
    let arms = variants.iter().map(|variant| {
        let (name, title) = (ident(&variant.ident), &variant.ident);
        if variant.sensitive {
            quote!(Self::#name(_) => f.debug_tuple(#title).field(&format_args!("** redacted **")).finish(),)
        } else {
            quote!(Self::#name(value) => f.debug_tuple(#title).field(value).finish(),)
        }
    });
    // An unknown value may be sensitive as well: only its name is shown.
    quote! {
        impl std::fmt::Debug for #owner {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    #(#arms)*
                    Self::Unknown(member) => f.debug_tuple("Unknown").field(&member.name).finish(),
                }
            }
        }
    }
}
