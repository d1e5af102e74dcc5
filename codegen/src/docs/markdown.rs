//! Writes Markdown from HTML tokens: blocks with their indentation, lines filled, everything that is text kept text.

use super::html::Token;
use super::{Doc, WIDTH, code};

/// What the text that comes next belongs to.
#[derive(Default)]
struct Writer {
    doc: Doc,
    /// The words of the block that is being written; a word never breaks.
    inline: String,
    /// What the first line of the block begins with.
    first: String,
    /// `Some(n)` inside `<ol>` at item n, `None` inside `<ul>`.
    lists: Vec<Option<usize>>,
    /// Nested `<note>` and `<important>`.
    quotes: usize,
    /// The text of an open `<code>`.
    code: Option<String>,
    /// The targets of open links, and where their text began.
    links: Vec<(Option<String>, usize)>,
    preformatted: bool,
    /// The last block was an item of a list, so that the next item follows without a blank line.
    after_item: bool,
}

pub(super) fn write(tokens: Vec<Token<'_>>) -> Doc {
    let mut writer = Writer::default();
    for token in tokens {
        match token {
            Token::Text(text) => writer.text(&text),
            Token::Open { name, href } => writer.open(name, href),
            Token::Close(name) => writer.close(name),
        }
    }
    writer.close_code();
    writer.end_block();
    writer.doc
}

impl Writer {
    fn text(&mut self, text: &str) {
        if let Some(code) = &mut self.code {
            code.push_str(text);
        } else {
            escape(text, &mut self.inline);
        }
    }

    fn open(&mut self, name: &str, href: Option<String>) {
        match name {
            "code" | "pre" if self.code.is_none() => {
                self.preformatted = name == "pre";
                self.code = Some(String::new());
            }
            _ if self.code.is_some() => {}
            "b" | "strong" => self.inline.push_str("**"),
            "i" | "em" | "replaceable" => self.inline.push('*'),
            "a" => self.links.push((
                href.filter(|href| href.starts_with("http")),
                self.inline.len(),
            )),
            "br" => self.end_block(),
            "ul" | "ol" => {
                self.end_block();
                self.lists.push((name == "ol").then_some(0));
            }
            "dl" => {
                self.end_block();
                self.lists.push(None);
            }
            "li" | "dt" => self.item(),
            "dd" if !self.inline.trim().is_empty() => self.inline.push_str(": "),
            "dd" => {}
            "note" | "important" => {
                self.end_block();
                self.quotes += 1;
                self.inline.push_str(if name == "note" {
                    "**Note:** "
                } else {
                    "**Important:** "
                });
            }
            // A paragraph inside an item or a note goes on where that began.
            "p" | "div" | "section"
                if self.inline.ends_with(":** ") || self.inline.ends_with(": ") => {}
            "p" | "div" | "section" => self.end_block(),
            "h1" | "h2" | "h3" | "h4" | "h5" | "fullname" => {
                self.end_block();
                self.inline.push_str("**");
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "code" | "pre" => self.close_code(),
            _ if self.code.is_some() => {}
            "b" | "strong" => self.close_mark("**"),
            "i" | "em" | "replaceable" => self.close_mark("*"),
            "a" => self.close_link(),
            "ul" | "ol" | "dl" => {
                self.end_block();
                self.lists.pop();
                self.after_item = self.after_item && !self.lists.is_empty();
            }
            "li" | "dd" | "p" | "div" | "section" => self.end_block(),
            "note" | "important" => {
                self.end_block();
                self.quotes = self.quotes.saturating_sub(1);
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "fullname" => {
                self.close_mark("**");
                self.end_block();
            }
            _ => {}
        }
    }

    /// Ends emphasis: the mark goes before trailing blanks, and empty emphasis vanishes.
    fn close_mark(&mut self, mark: &str) {
        let kept = self.inline.trim_end().len();
        let blanks = self.inline.split_off(kept);
        match self.inline.strip_suffix(mark).map(str::len) {
            Some(without) => self.inline.truncate(without),
            None => self.inline.push_str(mark),
        }
        self.inline.push_str(&blanks);
    }

    fn close_link(&mut self) {
        let Some((target, from)) = self.links.pop() else {
            return;
        };
        let Some(target) = target else { return };
        let text = self
            .inline
            .get(from..)
            .unwrap_or_default()
            .trim()
            .to_owned();
        self.inline.truncate(from);
        if text.is_empty() {
            return;
        }
        // Blanks and brackets would end the target early.
        let target = target
            .replace(' ', "%20")
            .replace('(', "%28")
            .replace(')', "%29")
            .replace('<', "%3C")
            .replace('>', "%3E");
        self.inline.push_str(&format!("[{text}]({target})"));
    }

    fn close_code(&mut self) {
        let Some(text) = self.code.take() else { return };
        if std::mem::take(&mut self.preformatted) {
            self.end_block();
            self.blank();
            self.doc.push("```text".to_owned());
            self.doc.extend(
                text.trim_matches('\n')
                    .lines()
                    .map(|line| line.trim_end().replace("```", "'''")),
            );
            self.doc.push("```".to_owned());
        } else {
            let text = text.split_whitespace().collect::<Vec<_>>().join("\u{a0}");
            if !text.is_empty() {
                self.inline.push_str(&code(&text));
            }
        }
    }

    fn item(&mut self) {
        self.end_block();
        let mark = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{number}. ")
            }
            _ => "- ".to_owned(),
        };
        self.first = mark;
    }

    fn end_block(&mut self) {
        self.links.clear();
        let inline = std::mem::take(&mut self.inline);
        let text = inline.trim();
        if text.is_empty() || text == "**Note:**" || text == "**Important:**" {
            self.inline = if text.starts_with("**N") || text.starts_with("**I") {
                inline
            } else {
                String::new()
            };
            return;
        }
        let first = std::mem::take(&mut self.first);
        let is_item = !first.is_empty();
        if !(is_item && self.after_item) {
            self.blank();
        }
        self.after_item = is_item || self.after_item && !self.lists.is_empty();
        let quote = "> ".repeat(self.quotes);
        let outer = "  ".repeat(self.lists.len().saturating_sub(1));
        let rest = if self.lists.is_empty() {
            String::new()
        } else {
            " ".repeat(if is_item { first.len() } else { 2 })
        };
        let first = if is_item { first } else { rest.clone() };
        fill(
            &mut self.doc,
            text,
            &format!("{quote}{outer}{first}"),
            &format!("{quote}{outer}{rest}"),
        );
    }

    fn blank(&mut self) {
        if !self.doc.is_empty() {
            self.doc
                .push("> ".repeat(self.quotes).trim_end().to_owned());
        }
    }
}

/// Escapes what Markdown or rustdoc would take for markup. Bare links become links.
fn escape(text: &str, out: &mut String) {
    for (index, word) in text.split(' ').enumerate() {
        if index > 0 {
            out.push(' ');
        }
        let link = word
            .trim_start_matches('(')
            .trim_end_matches(['.', ',', ')', ';', ':']);
        if (link.starts_with("http://") || link.starts_with("https://"))
            && !link.contains(['<', '>', '{'])
        {
            out.push_str(&word.replacen(link, &format!("<{link}>"), 1));
            continue;
        }
        for c in word.chars() {
            if matches!(c, '[' | ']' | '<' | '>' | '*' | '`' | '\\' | '|') {
                out.push('\\');
            }
            out.push(c);
        }
    }
}

/// Appends `text` filled to the width, the first line after `first`, the others after `rest`.
pub(super) fn fill(doc: &mut Doc, text: &str, first: &str, rest: &str) {
    let mut line = first.to_owned();
    let mut empty = true;
    for word in words(text) {
        let fits = line.chars().count() + 1 + word.chars().count() <= WIDTH;
        if !empty && !fits && !opens_block(word) {
            doc.push(std::mem::replace(&mut line, rest.to_owned()));
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(&word.replace('\u{a0}', " "));
        empty = false;
    }
    doc.push(line);
}

/// Words; what stands between backticks is one word.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut in_code = false;
    text.split(move |c: char| {
        if c == '`' {
            in_code = !in_code;
        }
        c.is_ascii_whitespace() && !in_code
    })
    .filter(|word| !word.is_empty())
}

/// A line that began with this word would be a list, a heading or a quotation.
fn opens_block(word: &str) -> bool {
    let number = word.trim_start_matches(|c: char| c.is_ascii_digit());
    matches!(word, "-" | "+" | ">" | "=")
        || word.starts_with('#')
        || (number.len() < word.len() && matches!(number, "." | ")"))
}
