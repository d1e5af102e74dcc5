//! Ways through an output as expressions. Every field is an option; what is missing on the way is missing at its end.

use super::super::file::ident;
use crate::rust::{Leg, Way};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// `Some(output.a.as_ref()?.b.as_ref()?.as_str())`
pub(super) fn text(way: &Way) -> TokenStream {
    let fields: Vec<Ident> = way.0.iter().filter_map(field).collect();
    let end = text_end(&fields);
    quote!(Some(output #end))
}

/// `output.a.iter().flatten().filter_map(|value| Some(value.b.as_ref()?.as_str())).collect()`
pub(super) fn texts(way: &Way) -> TokenStream {
    let end = way.0.iter().position(|leg| !matches!(leg, Leg::Field(_)));
    let end = end.unwrap_or(way.0.len());
    let (first, legs) = way.0.split_at_checked(end).unwrap_or((&way.0, &[]));
    let first: Vec<Ident> = first.iter().filter_map(field).collect();
    let (start, rest) = match first.split_first() {
        Some((field, rest)) => (quote!(output.#field.iter()), rest),
        None => (quote!(Some(output).into_iter()), first.as_slice()),
    };
    let start = through(start, rest);
    let (values, last) = along(start, legs);
    let texts = match last.as_slice() {
        [] => quote!(#values.map(|value| value.as_str())),
        fields => {
            let end = text_end(fields);
            quote!(#values.filter_map(|value| Some(value #end)))
        }
    };
    quote!(#texts.collect())
}

/// Follows the legs of a way from an iterator on; what it ends with are fields that are still to go.
fn along(mut values: TokenStream, legs: &[Leg]) -> (TokenStream, Vec<Ident>) {
    let mut open = Vec::new();
    for leg in legs {
        if let Some(field) = field(leg) {
            open.push(field);
            continue;
        }
        values = through(values, &open);
        open.clear();
        values = match leg {
            Leg::Values => quote!(#values.flat_map(|values| values.values())),
            _ => quote!(#values.flatten()),
        };
    }
    (values, open)
}

/// From an iterator of values to one of what is in their fields.
fn through(values: TokenStream, fields: &[Ident]) -> TokenStream {
    match fields.split_last() {
        None => values,
        Some((last, above)) => {
            quote!(#values.filter_map(|value| value #(.#above.as_ref()?)*.#last.as_ref()))
        }
    }
}

/// `.a.as_ref()?.b.as_ref()?.as_str()`
fn text_end(fields: &[Ident]) -> TokenStream {
    quote!(#(.#fields.as_ref()?)*.as_str())
}

fn field(leg: &Leg) -> Option<Ident> {
    match leg {
        Leg::Field(field) => Some(ident(field)),
        Leg::Items | Leg::Values => None,
    }
}
