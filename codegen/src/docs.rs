//! Documentation: the HTML of a model becomes the Markdown of rustdoc. What a Smithy AST says in CommonMark becomes HTML
//! first: there is one intermediate, and one writer. Either takes steps in proportion to the length of the text.

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

/// The widest line that prose is filled to, comment marks and indentation left out.
const WIDTH: usize = 100;

/// Counts characters that were looked at. Only the tests below read it.
#[cfg(not(test))]
fn step(_: usize) {}

#[cfg(test)]
use work::step;

#[cfg(test)]
mod work;

/// Markdown for a piece of a model's HTML. Brackets, angle brackets and asterisks that are text stay text.
pub(crate) fn from_html(html: &str) -> Doc {
    markdown::write(html::tokens(
        &html.replace("\r\n", "\n").replace('\r', "\n"),
    ))
}

/// Appends a paragraph of our own Markdown, filled.
pub(crate) fn paragraph(doc: &mut Doc, text: &str) {
    if text.is_empty() {
        return;
    }
    if !doc.is_empty() {
        doc.push("");
    }
    text::fill(doc, text, "", "");
}

/// One line of text that is quoted in a sentence of ours, as prose: nothing in it is markup.
pub(crate) fn prose(text: &str) -> String {
    let mut out = String::new();
    text::escape(text, true, &mut out);
    out
}

/// `text` as a code span; what is invisible is spelled as Rust escapes it. Backticks in a row could open a fence, and are
/// shown as other quotes.
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

/// The same for what may be broken into lines.
pub(crate) fn code_of_lines(text: &str) -> String {
    code_span(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}
