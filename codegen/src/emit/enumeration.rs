//! An enumeration, in a file of its own:
//!
//! ```text
//! /// The platform.
//! #[derive(Clone, Debug, PartialEq, Eq, Hash)]
//! #[non_exhaustive]
//! pub enum Platform {
//!     /// `Linux`
//!     Linux,
//!     /// A value that this version of the crate does not know, as the service sent it.
//!     Unknown(String),
//! }
//!
//! const KNOWN: &[(&str, Platform)] = &[
//!     ("Linux", Platform::Linux),
//! ];
//!
//! tinsmith_runtime::open_enum!(Platform, KNOWN);
//! ```

use super::file::{File, Finished, deprecated, doc, ident};
use crate::docs::{Doc, code};
use crate::rust::{Enumeration, Variant};
use proc_macro2::Literal;
use quote::quote;

pub(super) fn emit(enumeration: &Enumeration, service: &str) -> Finished {
    let Enumeration {
        wire,
        ident: name,
        module: _,
        doc: text,
        variants,
        deprecated: note,
    } = enumeration;
    let (owner, doc_of_all, deprecated) = (ident(name), doc(text), deprecated(note));
    let declared = variants.iter().map(|Variant { wire, ident: name }| {
        let (doc, name) = (doc(&Doc::of(&code(wire))), ident(name));
        quote!(#doc #name)
    });
    // One value a line, however short, so that a new value is a new line.
    let mut known = format!("const KNOWN: &[(&str, {name})] = &[\n");
    for Variant { wire, ident } in variants {
        known.push_str(&format!(
            "    ({}, {name}::{ident}),\n",
            Literal::string(wire)
        ));
    }
    known.push_str("];\n");
    File::new(service, &format!("the shape {}", code(wire)))
        .item(quote! {
            #doc_of_all
            #[derive(Clone, Debug, PartialEq, Eq, Hash)]
            #[non_exhaustive]
            #deprecated
            pub enum #owner {
                #(#declared,)*
                /// A value that this version of the crate does not know, as the service sent it.
                Unknown(String),
            }
        })
        .lines(&known)
        .lines(&format!("tinsmith_runtime::open_enum!({name}, KNOWN);\n"))
        .finish()
}
