//! The types of fields, for all kinds of structures.

use super::file::ident;
use crate::rust::{Field, Ty};
use proc_macro2::TokenStream;
use quote::quote;

/// The place from which a type is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Site {
    /// A file of `types`.
    Types,
    /// A file of `operation`, which has `types` in scope.
    Operation,
}

/// A type as tokens.
pub(super) fn ty(ty: &Ty, site: Site) -> TokenStream {
    match ty {
        Ty::String => quote!(String),
        Ty::Boolean => quote!(bool),
        Ty::Byte => quote!(i8),
        Ty::Short => quote!(i16),
        Ty::Integer => quote!(i32),
        Ty::Long => quote!(i64),
        Ty::Float => quote!(f32),
        Ty::Double => quote!(f64),
        Ty::Blob => quote!(tinsmith_runtime::Blob),
        Ty::ByteStream { .. } => quote!(tinsmith_runtime::ByteStream),
        Ty::Timestamp => quote!(tinsmith_runtime::Timestamp),
        Ty::Document => quote!(tinsmith_runtime::Document),
        Ty::Enumeration(name) | Ty::Structure(name) | Ty::Union(name) => named(name, site),
        Ty::EventInput(name) => {
            let events = named(name, site);
            quote!(tinsmith_runtime::EventInput<#events>)
        }
        Ty::EventStream(name) => {
            let events = named(name, site);
            quote!(tinsmith_runtime::EventStream<#events, crate::Error>)
        }
        Ty::List { item, sparse } => {
            let item = nullable(item, *sparse, site);
            quote!(Vec<#item>)
        }
        Ty::Map { key, value, sparse } => {
            let (key, value) = (self::ty(key, site), nullable(value, *sparse, site));
            quote!(std::collections::BTreeMap<#key, #value>)
        }
    }
}

fn named(name: &str, site: Site) -> TokenStream {
    let name = ident(name);
    match site {
        Site::Types => quote!(super::#name),
        Site::Operation => quote!(types::#name),
    }
}

fn nullable(ty: &Ty, sparse: bool, site: Site) -> TokenStream {
    let ty = self::ty(ty, site);
    if sparse { quote!(Option<#ty>) } else { ty }
}

/// The tokens of a type as text, as they would be written by hand.
pub(super) fn text(tokens: &TokenStream) -> String {
    let text = tokens.to_string().replace(" :: ", "::");
    text.replace(" <", "<")
        .replace("< ", "<")
        .replace(" >", ">")
        .replace(" ,", ",")
        .replace("( ", "(")
        .replace(" )", ")")
}

/// The type of a field's value, boxed if it must be.
pub(super) fn value_ty(field: &Field, site: Site) -> TokenStream {
    let ty = ty(&field.ty, site);
    if field.boxed { quote!(Box<#ty>) } else { ty }
}
