//! Writes Markdown from HTML tokens: blocks within lists and notes, with all text escaped.

use super::html::Token;
use super::text::{escape, fill, is_entity, opened_by_nothing};
use super::{Doc, code_span, step};
use crate::text::is_invisible;

/// The deepest nesting of lists and quotations; deeper blocks are put into the last of them.
const DEEPEST: usize = 12;

/// A block that contains other blocks.
enum Container {
    /// `<blockquote>`, `<note>` and `<important>`.
    Quote,
    /// `<ul>`, `<ol>` and `<dl>`.
    List {
        /// The number of the last item, if items are numbered.
        number: Option<usize>,
        /// The mark of an item whose first block has not been written yet.
        mark: Option<String>,
        /// The indentation of the contents of an item.
        width: usize,
    },
}

#[derive(Default)]
struct Writer {
    doc: Doc,
    /// The words of the current block.
    inline: String,
    /// The open containers, outermost first.
    containers: Vec<Container>,
    /// The number of containers that are open beyond the deepest.
    deeper: usize,
    /// The number of containers that the block before was in as well.
    kept: usize,
    /// Whether the last block was an item of a list, so that the next item follows without a blank line.
    after_item: bool,
    /// Whether the next paragraph continues the current block.
    joins: bool,
    /// Marks of open emphasis, and of emphasis whose text has not begun.
    marks: Vec<&'static str>,
    pending: Vec<&'static str>,
    /// The number of open elements of bold and of italic text.
    bold: usize,
    italic: usize,
    /// The target of an open link, if it has one, and where its text began.
    link: Option<(Option<String>, usize)>,
    /// The text of an open `<code>` or `<pre>`.
    code: Option<String>,
    preformatted: bool,
}

pub(super) fn write(tokens: Vec<Token>) -> Doc {
    let mut writer = Writer::default();
    for token in tokens {
        match token {
            Token::Text(text) => writer.text(&text),
            Token::Open { name, href } => writer.open(&name, href),
            Token::Close(name) => writer.close(&name),
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
            return;
        }
        let trimmed = text.trim_start();
        if trimmed.len() < text.len() && !self.inline.is_empty() {
            self.inline.push(' ');
        }
        if !trimmed.is_empty() {
            self.begin_emphasis();
            let in_link = matches!(&self.link, Some((Some(_), _)));
            escape(trimmed, !in_link, &mut self.inline);
        }
    }

    fn open(&mut self, name: &str, href: Option<String>) {
        match name {
            "code" | "pre" if self.code.is_none() => {
                self.preformatted = name == "pre";
                self.code = Some(String::new());
            }
            _ if self.code.is_some() => {}
            "b" | "strong" => {
                self.bold += 1;
                self.pending.extend((self.bold == 1).then_some("**"));
            }
            "i" | "em" | "replaceable" => {
                self.italic += 1;
                self.pending.extend((self.italic == 1).then_some("*"));
            }
            "a" => {
                self.close_link();
                self.link = Some((href.as_deref().and_then(target), self.inline.len()));
            }
            "br" | "tr" | "hr" => self.end_block(),
            "td" | "th" if self.inline.trim_end().is_empty() => {}
            "td" | "th" => self.inline.push_str(" | "),
            "ul" | "ol" | "dl" => self.enter(Container::List {
                number: (name == "ol").then_some(0),
                mark: None,
                width: 0,
            }),
            "blockquote" => self.enter(Container::Quote),
            "li" | "dt" => self.item(),
            "dd" => {
                let term = self.inline.trim_end().len();
                self.inline.truncate(term);
                if term > 0 {
                    self.inline.push_str(": ");
                }
                self.joins = true;
            }
            "note" | "important" => {
                self.enter(Container::Quote);
                self.inline.push_str(if name == "note" {
                    "**Note:** "
                } else {
                    "**Important:** "
                });
                self.joins = true;
            }
            "p" | "para" | "div" | "section" if self.joins => {}
            "p" | "para" | "div" | "section" => self.end_block(),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "fullname" | "title" => {
                self.end_block();
                self.bold = 1;
                self.pending.push("**");
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "code" if self.preformatted => {}
            "code" | "pre" => self.close_code(),
            _ if self.code.is_some() => {}
            "b" | "strong" => {
                let last = self.bold == 1;
                self.bold = self.bold.saturating_sub(1);
                if last {
                    self.end_emphasis("**");
                }
            }
            "i" | "em" | "replaceable" => {
                let last = self.italic == 1;
                self.italic = self.italic.saturating_sub(1);
                if last {
                    self.end_emphasis("*");
                }
            }
            "a" => self.close_link(),
            "ul" | "ol" | "dl" => {
                self.leave(|container| matches!(container, Container::List { .. }))
            }
            "note" | "important" | "blockquote" => {
                self.leave(|container| matches!(container, Container::Quote))
            }
            "p" | "para" | "div" | "section" if self.joins => {}
            "li" | "dd" | "p" | "para" | "div" | "section" | "h1" | "h2" | "h3" | "h4" | "h5"
            | "h6" | "fullname" | "title" => self.end_block(),
            _ => {}
        }
    }

    fn enter(&mut self, container: Container) {
        self.end_block();
        if self.containers.len() < DEEPEST {
            self.containers.push(container);
        } else {
            self.deeper += 1;
        }
    }

    /// Leaves the innermost container of a kind and everything in it. It does nothing if there is none.
    fn leave(&mut self, is_kind: fn(&Container) -> bool) {
        self.end_block();
        if self.deeper > 0 {
            self.deeper -= 1;
        } else if let Some(at) = self.containers.iter().rposition(is_kind) {
            self.containers.truncate(at);
            self.kept = self.kept.min(at);
        }
    }

    /// Writes the marks of emphasis before its first word, so that it does not begin with a blank.
    fn begin_emphasis(&mut self) {
        self.joins = false;
        for mark in self.pending.drain(..) {
            self.inline.push_str(mark);
            self.marks.push(mark);
        }
    }

    /// Ends emphasis, and emphasis within it. The marks go before trailing blanks.
    fn end_emphasis(&mut self, mark: &str) {
        if let Some(at) = self.pending.iter().rposition(|open| *open == mark) {
            self.pending.remove(at);
            return;
        }
        let Some(at) = self.marks.iter().rposition(|open| *open == mark) else {
            return;
        };
        let blanks = self.inline.split_off(self.inline.trim_end().len());
        for mark in self.marks.drain(at..).rev() {
            self.inline.push_str(mark);
        }
        self.inline.push_str(&blanks);
    }

    fn close_link(&mut self) {
        let Some((Some(target), from)) = self.link.take() else {
            return;
        };
        let text = self.inline.split_off(from.min(self.inline.len()));
        step(text.len());
        let shown = text.trim();
        if shown.is_empty() {
            self.inline.push_str(&text);
            return;
        }
        let (before, after) = text.split_once(shown).unwrap_or_default();
        self.inline
            .push_str(&format!("{before}[{shown}]({target}){after}"));
    }

    fn close_code(&mut self) {
        let Some(text) = self.code.take() else { return };
        if std::mem::take(&mut self.preformatted) {
            self.end_block();
            let lines = text.trim_matches('\n').lines();
            let lines = lines.map(|line| line.trim_end().replace("```", "'''"));
            let (first, rest) = self.begin_block();
            self.doc.push(&format!("{first}```text"));
            for line in lines {
                self.doc.push(format!("{rest}{line}").trim_end());
            }
            self.doc.push(&format!("{rest}```"));
        } else {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            if !text.is_empty() {
                self.begin_emphasis();
                self.inline.push_str(&code_span(&text));
            }
        }
    }

    fn item(&mut self) {
        self.end_block();
        // An item outside of a list is one of an unnumbered list.
        let list = |container: &Container| matches!(container, Container::List { .. });
        match self.containers.iter().rposition(list) {
            Some(at) => self.containers.truncate(at + 1),
            None => self.containers.push(Container::List {
                number: None,
                mark: None,
                width: 0,
            }),
        }
        self.kept = self.kept.min(self.containers.len());
        if let Some(Container::List {
            number,
            mark,
            width,
        }) = self.containers.last_mut()
        {
            let text = match number {
                Some(number) => {
                    *number += 1;
                    format!("{number}. ")
                }
                None => "- ".to_owned(),
            };
            *width = text.len();
            *mark = Some(text);
        }
    }

    fn end_block(&mut self) {
        self.link = None;
        self.pending.clear();
        (self.bold, self.italic) = (0, 0);
        while let Some(mark) = self.marks.last().copied() {
            self.end_emphasis(mark);
        }
        self.joins = false;
        let inline = std::mem::take(&mut self.inline);
        step(inline.len());
        let text = inline.trim();
        if text.is_empty() {
            return;
        }
        let (first, rest) = self.begin_block();
        fill(&mut self.doc, &opened_by_nothing(text), &first, &rest);
    }

    /// The blank line before a block, if one is needed, and the prefixes of its first line and its other lines.
    fn begin_block(&mut self) -> (String, String) {
        let is_item = self
            .containers
            .iter()
            .any(|container| matches!(container, Container::List { mark, .. } if mark.is_some()));
        let in_list = self
            .containers
            .iter()
            .any(|container| matches!(container, Container::List { .. }));
        let follows_at_once = is_item && self.after_item;
        if !self.doc.is_empty() && !follows_at_once {
            let kept = self.containers.get(..self.kept).unwrap_or_default();
            let blank: String = kept.iter().map(indentation).collect();
            self.doc.push(blank.trim_end());
        }
        self.after_item = is_item || (self.after_item && in_list);
        self.kept = self.containers.len();
        let rest: String = self.containers.iter().map(indentation).collect();
        let first = self.containers.iter_mut().map(|container| match container {
            Container::List {
                mark: mark @ Some(_),
                ..
            } => mark.take().unwrap_or_default(),
            container => indentation(container),
        });
        (first.collect(), rest)
    }
}

/// The target of a link as Markdown: only to the web and to mail. Characters that would end it early, or are invisible,
/// are encoded.
fn target(href: &str) -> Option<String> {
    let href = href.trim();
    let schemes = ["http://", "https://", "mailto:"];
    let is_known = |scheme: &&str| {
        href.get(..scheme.len())
            .is_some_and(|begin| begin.eq_ignore_ascii_case(scheme))
    };
    let scheme = schemes.iter().find(|scheme| is_known(scheme))?;
    if href.len() == scheme.len() {
        return None;
    }
    step(href.len());
    let mut target = String::with_capacity(href.len());
    let mut rest = href;
    for c in href.chars() {
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        match c {
            _ if is_invisible(c) => {}
            _ if c.is_whitespace() => {
                if !target.ends_with("%20") {
                    target.push_str("%20");
                }
            }
            '(' | ')' | '<' | '>' | '\\' | '`' | '[' | ']' | '|' | '*' | '"' => {
                target.push_str(&format!("%{:02X}", u32::from(c)));
            }
            '&' if is_entity(rest) => target.push_str("\\&"),
            _ => target.push(c),
        }
    }
    Some(target)
}

fn indentation(container: &Container) -> String {
    match container {
        Container::Quote => "> ".to_owned(),
        Container::List { width, .. } => " ".repeat(*width),
    }
}
