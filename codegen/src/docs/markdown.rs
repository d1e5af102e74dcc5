//! Writes Markdown from HTML tokens: blocks within lists and notes, everything that is text kept text.

use super::html::Token;
use super::text::{escape, fill, opened_by_nothing};
use super::{Doc, code};

/// What a block stands in.
enum Container {
    /// `<note>` and `<important>`.
    Quote,
    /// `<ul>`, `<ol>` and `<dl>`.
    List {
        /// The number of the last item, where items are numbered.
        number: Option<usize>,
        /// The mark of an item whose first block is still to come.
        mark: Option<String>,
        /// How far what belongs to an item is indented.
        width: usize,
    },
}

#[derive(Default)]
struct Writer {
    doc: Doc,
    /// The words of the block that is being written.
    inline: String,
    /// What the block stands in, outermost first.
    containers: Vec<Container>,
    /// How many of the containers held the block before as well.
    kept: usize,
    /// The last block was an item of a list, so that the next item follows without a blank line.
    after_item: bool,
    /// The next paragraph goes on in the block that is being written.
    joins: bool,
    /// Marks of emphasis that is open, and of emphasis whose text is still to come.
    marks: Vec<&'static str>,
    pending: Vec<&'static str>,
    /// The targets of open links, and where their text began.
    links: Vec<(Option<String>, usize)>,
    /// The text of an open `<code>` or `<pre>`.
    code: Option<String>,
    preformatted: bool,
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
            return;
        }
        let trimmed = text.trim_start();
        if trimmed.len() < text.len() && !self.inline.is_empty() {
            self.inline.push(' ');
        }
        if !trimmed.is_empty() {
            self.begin_emphasis();
            let in_link = self.links.iter().any(|(target, _)| target.is_some());
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
            "b" | "strong" => self.pending.push("**"),
            "i" | "em" | "replaceable" => self.pending.push("*"),
            "a" => self.links.push((
                href.filter(|href| href.starts_with("http")),
                self.inline.len(),
            )),
            "br" | "tr" => self.end_block(),
            "td" | "th" => self.inline.push(' '),
            "ul" | "ol" | "dl" => {
                self.end_block();
                self.containers.push(Container::List {
                    number: (name == "ol").then_some(0),
                    mark: None,
                    width: 0,
                });
            }
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
                self.end_block();
                self.containers.push(Container::Quote);
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
                self.pending.push("**");
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "code" | "pre" => self.close_code(),
            _ if self.code.is_some() => {}
            "b" | "strong" => self.end_emphasis("**"),
            "i" | "em" | "replaceable" => self.end_emphasis("*"),
            "a" => self.close_link(),
            "ul" | "ol" | "dl" => {
                self.leave(|container| matches!(container, Container::List { .. }))
            }
            "note" | "important" => self.leave(|container| matches!(container, Container::Quote)),
            "p" | "para" | "div" | "section" if self.joins => {}
            "li" | "dd" | "p" | "para" | "div" | "section" | "h1" | "h2" | "h3" | "h4" | "h5"
            | "h6" | "fullname" | "title" => self.end_block(),
            _ => {}
        }
    }

    /// Leaves the innermost container of a kind, and what was left open in it. One that was never entered is passed over.
    fn leave(&mut self, is_kind: fn(&Container) -> bool) {
        self.end_block();
        if let Some(at) = self.containers.iter().rposition(is_kind) {
            self.containers.truncate(at);
            self.kept = self.kept.min(at);
        }
    }

    /// Writes the marks of emphasis before its first word, so that none of it begins with a blank.
    fn begin_emphasis(&mut self) {
        self.joins = false;
        for mark in self.pending.drain(..) {
            self.inline.push_str(mark);
            self.marks.push(mark);
        }
    }

    /// Ends emphasis, and what was opened within and not ended. The marks go before trailing blanks.
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
        let Some((Some(target), from)) = self.links.pop() else {
            return;
        };
        let text = self.inline.get(from..).unwrap_or_default().to_owned();
        let shown = text.trim();
        if shown.is_empty() {
            return;
        }
        let (before, after) = text.split_once(shown).unwrap_or_default();
        // What would end the target early is spelled otherwise.
        let target = target.split_whitespace().collect::<Vec<_>>().join("%20");
        let target = target
            .replace('(', "%28")
            .replace(')', "%29")
            .replace('<', "%3C")
            .replace('>', "%3E")
            .replace('\\', "%5C");
        self.inline.truncate(from);
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
                self.inline.push_str(&code(&text));
            }
        }
    }

    fn item(&mut self) {
        self.end_block();
        // An item outside of any list is one of a list nobody opened.
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
        self.links.clear();
        self.pending.clear();
        while let Some(mark) = self.marks.last().copied() {
            self.end_emphasis(mark);
        }
        self.joins = false;
        let inline = std::mem::take(&mut self.inline);
        let text = inline.trim();
        if text.is_empty() {
            return;
        }
        let (first, rest) = self.begin_block();
        fill(&mut self.doc, &opened_by_nothing(text), &first, &rest);
    }

    /// The blank line before a block, where one is needed, and what its first and its other lines begin with.
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

fn indentation(container: &Container) -> String {
    match container {
        Container::Quote => "> ".to_owned(),
        Container::List { width, .. } => " ".repeat(*width),
    }
}
