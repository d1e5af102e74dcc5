//! Documentation: the HTML of a model becomes the Markdown of rustdoc.

mod canonical;
mod html;
mod markdown;
mod text;

pub(crate) use canonical::canonical;

/// Documentation as lines of Markdown, without the comment marks.
pub(crate) type Doc = Vec<String>;

/// The widest line that prose is filled to, comment marks and indentation left out.
const WIDTH: usize = 100;

/// Markdown for a piece of a model's HTML. Brackets, angle brackets and asterisks that are text stay text.
pub(crate) fn from_html(html: &str) -> Doc {
    markdown::write(html::tokens(html))
}

/// Appends a paragraph of our own Markdown, filled.
pub(crate) fn paragraph(doc: &mut Doc, text: &str) {
    if text.is_empty() {
        return;
    }
    if !doc.is_empty() {
        doc.push(String::new());
    }
    text::fill(doc, text, "", "");
}

/// `text` as a code span, whatever backticks it holds.
pub(crate) fn code(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| if text::is_invisible(c) { '\u{fffd}' } else { c })
        .collect();
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
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
