//! How a call is listed: the member for the token, the next token, and the items.
//!
//! ```text
//! impl Paginated for ListImages {
//!     type Items = Vec<types::Image>;
//!     const PAGINATION: Pagination<Self> = Pagination {
//!         operation: "ListImages",
//!         tokens: &[
//!             PageToken { member: "nextToken", input: |call| &mut call.input.next_token, output: |page| … },
//!         ],
//!         limit: Some(|call, size| call.input.max_results = Some(size)),
//!         items: Some(|page| page.images.as_mut()),
//!         ..Pagination::DEFAULT
//!     };
//! }
//! ```

use super::field::{Site, text, ty};
use super::path;
use crate::rust::{Items, Limit, PageToken, Pagination, Ty};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// One line for each token and for each of the other parts.
pub(super) fn emit(pagination: &Pagination, operation: &str, call: &str) -> String {
    let Pagination {
        tokens,
        limit,
        items,
        secondary,
        more_results,
    } = pagination;
    let items_ty = items.as_ref().map_or_else(
        || "()".to_owned(),
        |items| text(&ty(&items.ty, Site::Operation)),
    );
    let mut parts = Vec::new();
    if let Some(Limit { field, ty, .. }) = limit {
        let value = match ty {
            Ty::String => "size.to_string()",
            // A page of so many items is not possible; the largest value of the type is used.
            Ty::Byte => "size.try_into().unwrap_or(i8::MAX)",
            Ty::Short => "size.try_into().unwrap_or(i16::MAX)",
            Ty::Long => "size.into()",
            _ => "size",
        };
        parts.push(format!(
            "limit: Some(|call, size| call.input.{field} = Some({value}))"
        ));
    }
    if let Some(Items { path, .. }) = items {
        let items = expression(&path::mutable(path));
        parts.push(format!("items: Some(|page| {items})"));
    }
    if let Some(path) = more_results {
        let flag = expression(&path::flag(path));
        parts.push(format!(
            "more_results: Some(|page| {flag}.unwrap_or_default())"
        ));
    }
    if !secondary.is_empty() {
        let clear: Vec<_> = secondary
            .iter()
            .map(|path| expression(&path::clear(path)))
            .collect();
        parts.push(format!(
            "clear_secondary: Some(|page| {{ {} }})",
            clear.join(" ")
        ));
    }
    let tokens: String = tokens.iter().map(token).collect();
    let parts: String = parts
        .iter()
        .map(|part| format!("        {part},\n"))
        .collect();
    let operation = Literal::string(operation);
    format!(
        "impl Paginated for {call} {{
    type Items = {items_ty};
    const PAGINATION: Pagination<Self> = Pagination {{
        operation: {operation},
        tokens: &[
{tokens}        ],
{parts}        ..Pagination::DEFAULT
    }};
}}
"
    )
}

fn token(token: &PageToken) -> String {
    let PageToken {
        wire,
        input,
        output,
    } = token;
    let mut paths = output.iter().map(path::token);
    let first = paths.next().unwrap_or_default();
    let output = quote!(#first #(.filter(|token| !token.is_empty()).or_else(|| #paths))*);
    format!(
        "            PageToken {{ member: {}, input: |call| &mut call.input.{input}, output: |page| {} }},\n",
        Literal::string(wire),
        expression(&output)
    )
}

/// The tokens of an expression as they would be written by hand on one line.
fn expression(tokens: &TokenStream) -> String {
    let mut text = text(tokens);
    for (written, read) in [
        (" . ", "."),
        (" (", "("),
        (" ;", ";"),
        ("& page", "&page"),
        ("& value", "&value"),
        ("| value |", "|value|"),
        ("| values |", "|values|"),
        ("| token |", "|token|"),
        ("| |", "||"),
        ("! token", "!token"),
    ] {
        text = text.replace(written, read);
    }
    text
}
