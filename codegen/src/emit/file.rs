//! A file: a header, then items, each formatted separately, with a blank line between them.

use super::HEADER;
use crate::docs::{Doc, code_span};
use crate::text::{Line, visible, visible_lines};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

/// The text of a finished file. Only [`File::finish`] creates one, and all content goes through the methods of
/// [`File`], which end in [`File::write`].
pub(crate) struct Finished(String);

impl Finished {
    pub(crate) fn into_string(self) -> String {
        self.0
    }
}

/// A file that is being written.
pub(super) struct File {
    text: String,
    name: String,
}

impl File {
    /// A file of Rust that names its source: `from` is a shape, an operation, or another part of the model.
    pub(super) fn new(service: &str, from: &str) -> Self {
        Self::marked("//", service, from)
    }

    /// The same for a file whose comments begin with `mark`.
    pub(super) fn marked(mark: &str, service: &str, from: &str) -> Self {
        let header = format!(
            "{mark} {HEADER} from {from} of {}. Do not edit.",
            code_span(service)
        );
        Self::headed(Line::new(&header).as_str(), &format!("{service}: {from}"))
    }

    /// The same with a first line of its own; messages call the file `name`.
    pub(super) fn headed(header: &str, name: &str) -> Self {
        let mut file = Self {
            text: String::new(),
            name: name.to_owned(),
        };
        file.write(header);
        file.write("\n");
        file
    }

    /// The only method that writes. Invisible characters can still be in a literal; they become escapes.
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

    /// Appends lines of ours unchanged, where the formatter would join what a reviewer wants on separate lines. The
    /// parts from the model are identifiers or literals.
    pub(super) fn lines(mut self, lines: &str) -> Self {
        self.write("\n");
        self.write(lines);
        self
    }

    /// Appends one line, whatever its content.
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
/// Tokens that are not valid Rust are a mistake of an emitter; the message shows them and names the file.
#[allow(clippy::panic, reason = "a mistake of ours, not of the input")]
fn format(tokens: TokenStream, name: &str) -> String {
    match syn::parse2(tokens.clone()) {
        Ok(file) => prettyplease::unparse(&file),
        Err(error) => panic!("the emitter for {name} wrote invalid Rust: {error}\n{tokens}"),
    }
}

/// An identifier, raw if it is written with `r#`.
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

/// Documentation as comment lines, each after `indent`.
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
