//! Documentation: the HTML of a model becomes the Markdown of rustdoc. The CommonMark of a Smithy AST becomes HTML
//! first, so that there is one intermediate form and one writer. Both take time in proportion to the length of the
//! text.

mod canonical;
mod commonmark;
mod html;
mod markdown;
mod text;

pub(crate) use canonical::canonical;
pub(crate) use commonmark::to_html as html_of_commonmark;

use crate::text::{Line, visible};

/// Documentation as lines of Markdown, without the comment marks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Doc(Vec<Line>);

impl Doc {
    /// One line of our own Markdown.
    pub(crate) fn of(line: &str) -> Self {
        Self(vec![Line::new(line)])
    }

    pub(crate) fn push(&mut self, line: &str) {
        self.0.push(Line::new(line));
    }

    pub(crate) fn extend(&mut self, other: &Self) {
        self.0.extend(other.0.iter().cloned());
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn lines(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(Line::as_str)
    }

    pub(crate) fn join(&self, between: &str) -> String {
        self.lines().collect::<Vec<_>>().join(between)
    }
}

/// The largest width of a line of prose, without comment marks and indentation.
const WIDTH: usize = 100;

/// Counts the characters that were examined. Only the tests below read it.
#[cfg(not(test))]
fn step(_: usize) {}

#[cfg(test)]
use work::step;

#[cfg(test)]
mod work;

/// Markdown for a piece of a model's HTML. Brackets, angle brackets and asterisks in text are escaped.
pub(crate) fn from_html(html: &str) -> Doc {
    markdown::write(html::tokens(
        &html.replace("\r\n", "\n").replace('\r', "\n"),
    ))
}

/// Appends a paragraph of our own Markdown, wrapped.
pub(crate) fn paragraph(doc: &mut Doc, text: &str) {
    if text.is_empty() {
        return;
    }
    if !doc.is_empty() {
        doc.push("");
    }
    text::fill(doc, text, "", "");
}

/// One line of text to be quoted in a sentence: all markup in it is escaped.
pub(crate) fn prose(text: &str) -> String {
    let mut out = String::new();
    text::escape(text, true, &mut out);
    out
}

/// `text` as a code span; invisible characters are shown as escapes of Rust. A row of backticks could open a fence, and
/// is shown as other quotes.
pub(crate) fn code_span(text: &str) -> String {
    let text = visible(text).replace("``", "''").replace("'`", "''");
    let fence = if text.contains('`') { "``" } else { "`" };
    let pad = if text.starts_with('`')
        || text.ends_with('`')
        || (text.starts_with(' ') && text.ends_with(' '))
    {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// The same for text that may have several lines.
pub(crate) fn code_of_lines(text: &str) -> String {
    code_span(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}
