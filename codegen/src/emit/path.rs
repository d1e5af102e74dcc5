//! Paths through fields as expressions. Every field is an option; if a field on the path is unset, so is the result.

use super::file::ident;
use crate::rust::{Path, Segment};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// `page.a.as_ref().and_then(|value| value.b.as_ref())`: an `Option` of a reference, from `page` or another expression.
pub(super) fn reference(from: &TokenStream, path: &Path) -> TokenStream {
    along(from, &path.0)
}

fn along(from: &TokenStream, segments: &[Segment]) -> TokenStream {
    let mut expression = TokenStream::new();
    for segment in segments {
        expression = match segment {
            Segment::Field(name) => {
                let name = ident(name);
                if expression.is_empty() {
                    quote!(#from.#name.as_ref())
                } else {
                    quote!(#expression.and_then(|value| value.#name.as_ref()))
                }
            }
            Segment::Last => quote!(#expression.and_then(|values| values.last())),
            // Several values; lowering only creates such paths where each value is used separately.
            Segment::Items | Segment::Values => expression,
        };
    }
    expression
}

/// `Token::of(&page.a)`, or `page.a.as_ref().and_then(|value| Token::of(&value.b))` for nested members.
pub(super) fn token(path: &Path) -> TokenStream {
    let page = quote!(page);
    match path.0.as_slice() {
        [Segment::Field(name)] => {
            let name = ident(name);
            quote!(Token::of(&page.#name))
        }
        [above @ .., Segment::Field(name)] => {
            let (above, name) = (along(&page, above), ident(name));
            quote!(#above.and_then(|value| Token::of(&value.#name)))
        }
        segments => {
            let value = along(&page, segments);
            quote!(#value.and_then(|value| Token::of(value)))
        }
    }
}

/// `page.a`, or `page.a.as_ref().and_then(|value| value.b)` for nested members: a flag is copied, not borrowed.
pub(super) fn flag(path: &Path) -> TokenStream {
    let page = quote!(page);
    match path.0.as_slice() {
        [Segment::Field(name)] => {
            let name = ident(name);
            quote!(page.#name)
        }
        [above @ .., Segment::Field(name)] => {
            let (above, name) = (along(&page, above), ident(name));
            quote!(#above.and_then(|value| value.#name))
        }
        segments => {
            let value = along(&page, segments);
            quote!(#value.copied())
        }
    }
}

/// `page.a.as_mut()` and so on for nested members, as an expression of type `Option<&mut _>`.
pub(super) fn mutable(path: &Path) -> TokenStream {
    mutable_along(&path.0)
}

fn mutable_along(segments: &[Segment]) -> TokenStream {
    let mut expression = TokenStream::new();
    for field in segments.iter().filter_map(field) {
        expression = if expression.is_empty() {
            quote!(page.#field.as_mut())
        } else {
            quote!(#expression.and_then(|value| value.#field.as_mut()))
        };
    }
    expression
}

/// `page.a = None;`, within the conditions for the members above it.
pub(super) fn clear(path: &Path) -> TokenStream {
    let Some((Segment::Field(last), above)) = path.0.split_last() else {
        return TokenStream::new();
    };
    let (last, above) = (ident(last), mutable_along(above));
    if above.is_empty() {
        return quote!(page.#last = None;);
    }
    quote!(if let Some(value) = #above { value.#last = None; })
}

/// `Some(output.a.as_ref()?.b.as_ref()?.as_str())`
pub(super) fn text(path: &Path) -> TokenStream {
    let fields: Vec<Ident> = path.0.iter().filter_map(field).collect();
    let end = text_end(&fields);
    quote!(Some(output #end))
}

/// `output.a.iter().flatten().filter_map(|value| Some(value.b.as_ref()?.as_str())).collect()`
pub(super) fn texts(path: &Path) -> TokenStream {
    let several = |segment: &Segment| !matches!(segment, Segment::Field(_));
    let end = path.0.iter().position(several).unwrap_or(path.0.len());
    let (first, segments) = path.0.split_at_checked(end).unwrap_or((&path.0, &[]));
    let first: Vec<Ident> = first.iter().filter_map(field).collect();
    let (start, rest) = match first.split_first() {
        Some((field, rest)) => (quote!(output.#field.iter()), rest),
        None => (quote!(Some(output).into_iter()), first.as_slice()),
    };
    let start = through(start, rest);
    let (values, last) = each(start, segments);
    let texts = match last.as_slice() {
        [] => quote!(#values.map(|value| value.as_str())),
        fields => {
            let end = text_end(fields);
            quote!(#values.filter_map(|value| Some(value #end)))
        }
    };
    quote!(#texts.collect())
}

/// Follows segments from an iterator on; returns the fields that are left at its end.
fn each(mut values: TokenStream, segments: &[Segment]) -> (TokenStream, Vec<Ident>) {
    let mut open = Vec::new();
    for segment in segments {
        if let Some(field) = field(segment) {
            open.push(field);
            continue;
        }
        values = through(values, &open);
        open.clear();
        values = match segment {
            Segment::Values => quote!(#values.flat_map(|values| values.values())),
            _ => quote!(#values.flatten()),
        };
    }
    (values, open)
}

/// From an iterator of values to one of the values of their fields.
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

fn field(segment: &Segment) -> Option<Ident> {
    match segment {
        Segment::Field(field) => Some(ident(field)),
        Segment::Items | Segment::Values | Segment::Last => None,
    }
}
