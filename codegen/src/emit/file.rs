//! A file of Rust: a header, then items, each formatted by itself, a blank line between them.

use super::HEADER;
use crate::docs::Doc;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// A file that is being put together.
pub(super) struct File {
    text: String,
    name: String,
}

impl File {
    /// A file that says where it comes from: `from` is a shape, an operation, or what else of the model.
    pub(super) fn new(service: &str, from: &str) -> Self {
        Self {
            text: format!("{}\n", header("//", service, from)),
            name: format!("{service}: {from}"),
        }
    }

    /// Appends lines of module documentation.
    pub(super) fn module_doc(mut self, doc: &Doc) -> Self {
        self.text.push('\n');
        for line in doc {
            self.text.push_str(format!("//! {line}").trim_end());
            self.text.push('\n');
        }
        self
    }

    /// Appends one or more items.
    pub(super) fn item(mut self, tokens: TokenStream) -> Self {
        if tokens.is_empty() {
            return self;
        }
        self.text.push('\n');
        self.text.push_str(&format(tokens, &self.name));
        self
    }

    /// Appends lines as they are, where the formatter would fold what a reviewer wants a line each.
    pub(super) fn lines(mut self, lines: &str) -> Self {
        self.text.push('\n');
        self.text.push_str(lines);
        self
    }

    pub(super) fn finish(self) -> String {
        self.text
    }
}

/// The line that every generated file begins with.
pub(super) fn header(mark: &str, service: &str, from: &str) -> String {
    format!("{mark} {HEADER} from {from} of `{service}`. Do not edit.")
}

/// Formats items.
///
/// # Panics
/// Tokens that are no Rust are a mistake of an emitter; the message shows them and names the file.
#[allow(clippy::panic, reason = "a mistake of ours, not of the input")]
fn format(tokens: TokenStream, name: &str) -> String {
    match syn::parse2(tokens.clone()) {
        Ok(file) => prettyplease::unparse(&file),
        Err(error) => panic!("the emitter for {name} wrote what is no Rust: {error}\n{tokens}"),
    }
}

/// An identifier, raw where it is written so.
pub(super) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// Documentation as attributes.
pub(super) fn doc(lines: &Doc) -> TokenStream {
    let lines = lines.iter().map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        }
    });
    quote!(#(#[doc = #lines])*)
}

/// `#[deprecated]` with its note.
pub(super) fn deprecated(note: &Option<String>) -> TokenStream {
    note.as_ref()
        .map(|note| quote!(#[deprecated(note = #note)]))
        .unwrap_or_default()
}
