//! The work for documentation is proportional to its length, whatever its content.

use super::{canonical, from_html, html_of_commonmark};
use std::cell::Cell;

thread_local! {
    static STEPS: Cell<usize> = const { Cell::new(0) };
}

pub(super) fn step(characters: usize) {
    STEPS.set(STEPS.get() + characters);
}

/// The number of characters that are examined, each counted as often as it is.
fn work(text: &str) -> usize {
    STEPS.set(0);
    from_html(&canonical(text));
    from_html(&canonical(&html_of_commonmark(text)));
    STEPS.get()
}

#[test]
fn documentation_takes_work_in_proportion_to_its_length() {
    let pieces = [
        "http://a ",
        "http://",
        "https://x.y/z?a=b ",
        "<",
        "&",
        "&#",
        "&amp",
        "a < b & c ",
        "<!-- ",
        "<a href=",
        "<a href=\"x\">",
        "<b>",
        "</b>",
        "<i><b>x",
        "</i>",
        "<b>a</i>",
        "<ul><li>",
        "</ul>",
        "<li>",
        "<blockquote>",
        "<pre>",
        "<code>",
        "</code>",
        "`",
        "` ``",
        "```\n",
        "- ",
        "- - ",
        "* a\n",
        "> ",
        ">\n",
        "[",
        "]",
        "[a](",
        "![a](b",
        "\\",
        "*",
        "**a ",
        "_a",
        "~",
        "|",
        "|-",
        "a|b\n-|-\n",
        "<p>",
        "<note>",
        "<td>",
        "<tr><td>x",
        "a\n\n",
        "    a\n",
        "# ",
        "\u{202e}",
        "1. ",
        "&nbsp;",
        "<region>",
        "\"",
        "<a href='x",
        "word ",
    ];
    for piece in pieces {
        let (one, two) = (work(&piece.repeat(400)), work(&piece.repeat(800)));
        assert!(
            two <= 2 * one + one / 10 + 500,
            "{piece:?}: {one} steps, and {two} for twice as much"
        );
        assert!(
            two <= 60 * 800 * piece.len().max(8),
            "{piece:?}: {two} steps"
        );
    }
}
