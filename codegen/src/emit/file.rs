//! A file: a header, then items, each formatted by itself, a blank line between them.

use super::HEADER;
use crate::docs::{Doc, code_span};
use crate::text::{Line, visible, visible_lines};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

/// The text of a finished file. Only [`File::finish`] makes one, and nothing gets into a file but by the methods of
/// [`File`], all of which end in [`File::write`].
pub(crate) struct Finished(String);

impl Finished {
    pub(crate) fn into_string(self) -> String {
        self.0
    }
}

/// A file that is being put together.
pub(super) struct File {
    text: String,
    name: String,
}

impl File {
    /// A file of Rust that says where it comes from: `from` is a shape, an operation, or what else of the model.
    pub(super) fn new(service: &str, from: &str) -> Self {
        Self::marked("//", service, from)
    }

    /// The same for a file whose comments begin with `mark`.
    pub(super) fn marked(mark: &str, service: &str, from: &str) -> Self {
        let mut file = Self {
            text: String::new(),
            name: format!("{service}: {from}"),
        };
        let header = format!(
            "{mark} {HEADER} from {from} of {}. Do not edit.",
            code_span(service)
        );
        file.write(Line::new(&header).as_str());
        file.write("\n");
        file
    }

    /// The only way into the file. What is invisible can stand in a literal still, and is spelled as its escape.
    fn write(&mut self, text: &str) {
        self.text.push_str(&visible_lines(text));
    }

    /// Appends lines of module documentation.
    pub(super) fn module_doc(mut self, doc: &Doc) -> Self {
        self.write("\n");
        for line in doc.lines() {
            self.write(format!("//! {line}").trim_end());
            self.write("\n");
        }
        self
    }

    /// Appends one or more items.
    pub(super) fn item(mut self, tokens: TokenStream) -> Self {
        if tokens.is_empty() {
            return self;
        }
        self.write("\n");
        let text = format(tokens, &self.name);
        self.write(&text);
        self
    }

    /// Appends lines of our own as they are, where the formatter would fold what a reviewer wants a line each. What of the
    /// model stands in them is an identifier or a literal.
    pub(super) fn lines(mut self, lines: &str) -> Self {
        self.write("\n");
        self.write(lines);
        self
    }

    /// Appends one line, whatever is in it.
    pub(super) fn line(&mut self, line: &str) {
        self.write(&visible(line));
        self.write("\n");
    }

    pub(super) fn finish(self) -> Finished {
        Finished(self.text)
    }
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
    let lines = lines.lines().map(|line| {
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

/// Documentation as lines of comments, each after `indent`.
pub(super) fn doc_lines(doc: &Doc, indent: &str, out: &mut String) {
    for line in doc.lines() {
        out.push_str(format!("{indent}/// {line}").trim_end());
        out.push('\n');
    }
}

/// `#[deprecated]` with its note, as a line.
pub(super) fn deprecated_line(note: &Option<String>, indent: &str, out: &mut String) {
    if let Some(note) = note {
        let note = Literal::string(note);
        out.push_str(&format!("{indent}#[deprecated(note = {note})]\n"));
    }
}
