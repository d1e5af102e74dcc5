//! The documentation of a Smithy AST, which is CommonMark and may contain HTML, as HTML.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// Equivalent HTML; HTML in the text is kept unchanged.
pub(crate) fn to_html(text: &str) -> String {
    let text = unindented(text);
    let mut html = String::with_capacity(text.len() + text.len() / 4);
    let mut blocks = 0_usize;
    let mut inline_html = false;
    for event in Parser::new_ext(&text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(tag) => {
                blocks += usize::from(is_block(&tag));
                open(&tag, &mut html);
            }
            Event::End(tag) => close(tag, &mut html),
            Event::Text(text) => escape(&text, &mut html),
            Event::Code(code) => {
                html.push_str("<code>");
                escape(&code, &mut html);
                html.push_str("</code>");
            }
            Event::InlineHtml(tag) => {
                inline_html = true;
                html.push_str(&tag);
            }
            Event::Html(tags) => html.push_str(&tags),
            Event::SoftBreak => html.push('\n'),
            Event::HardBreak => html.push_str("<br>"),
            Event::Rule => html.push_str("<hr>"),
            // Extensions that are not enabled.
            _ => {}
        }
    }
    // A single paragraph of text with HTML in it becomes the HTML alone.
    let html = html.trim();
    let bare = html
        .strip_prefix("<p>")
        .and_then(|html| html.strip_suffix("</p>"));
    match bare {
        Some(bare) if blocks == 1 && inline_html => bare.to_owned(),
        _ => html.to_owned(),
    }
}

/// Removes the indentation of text that begins as HTML: authors indent HTML, and it would become a code block.
fn unindented(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    if !text.trim_start().starts_with('<') {
        return text;
    }
    let lines = text.lines().map(|line| match line.trim_start() {
        tag if tag.starts_with('<') => tag,
        _ => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn is_block(tag: &Tag<'_>) -> bool {
    !matches!(
        tag,
        Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. }
    )
}

fn open(tag: &Tag<'_>, html: &mut String) {
    let name = match tag {
        Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
            html.push_str("<a href=\"");
            escape(&dest_url.replace('"', "%22"), html);
            "\">"
        }
        Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => "<pre>",
        Tag::Paragraph => "<p>",
        Tag::Heading { .. } => "<h3>",
        Tag::BlockQuote(_) => "<blockquote>",
        Tag::List(None) => "<ul>",
        Tag::List(Some(_)) => "<ol>",
        Tag::Item => "<li>",
        Tag::Emphasis => "<i>",
        Tag::Strong => "<b>",
        Tag::Table(_) => "<table>",
        Tag::TableHead | Tag::TableRow => "<tr>",
        Tag::TableCell => "<td>",
        _ => "",
    };
    html.push_str(name);
}

fn close(tag: TagEnd, html: &mut String) {
    let name = match tag {
        TagEnd::Link | TagEnd::Image => "</a>",
        TagEnd::CodeBlock => "</pre>\n",
        TagEnd::Paragraph => "</p>\n",
        TagEnd::Heading(_) => "</h3>\n",
        TagEnd::BlockQuote(_) => "</blockquote>\n",
        TagEnd::List(false) => "</ul>\n",
        TagEnd::List(true) => "</ol>\n",
        TagEnd::Item => "</li>",
        TagEnd::Emphasis => "</i>",
        TagEnd::Strong => "</b>",
        TagEnd::Table => "</table>\n",
        TagEnd::TableHead | TagEnd::TableRow => "</tr>",
        TagEnd::TableCell => "</td>",
        _ => "",
    };
    html.push_str(name);
}

fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            _ => html.push(c),
        }
    }
}
