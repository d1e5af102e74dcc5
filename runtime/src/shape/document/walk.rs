//! A document from its outside to its inside, without recursion: a document may be nested without limit, and the stack
//! has one.

use std::collections::{BTreeMap, btree_map};
use std::fmt;
use std::mem;
use std::slice;

use super::Document;

/// How many levels of a document [`Debug`](fmt::Debug) shows.
const SHOWN: u32 = 32;

/// One step through a document.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step<'a> {
    /// Null, a boolean, a number or a string.
    Scalar(&'a Document),
    BeginArray,
    EndArray,
    BeginObject,
    /// The name of the member whose value follows.
    Name(&'a str),
    EndObject,
}

impl PartialEq for Step<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Scalar(one), Self::Scalar(other)) => same_scalar(one, other),
            (Self::Name(one), Self::Name(other)) => one == other,
            _ => mem::discriminant(self) == mem::discriminant(other),
        }
    }
}

fn same_scalar(one: &Document, other: &Document) -> bool {
    match (one, other) {
        (Document::Null, Document::Null) => true,
        (Document::Bool(one), Document::Bool(other)) => one == other,
        (Document::Number(one), Document::Number(other)) => one == other,
        (Document::String(one), Document::String(other)) => one == other,
        _ => false,
    }
}

/// The steps through a document, in the order of its text.
pub(crate) struct Walk<'a> {
    next: Option<&'a Document>,
    open: Vec<Open<'a>>,
}

enum Open<'a> {
    Array(slice::Iter<'a, Document>),
    Object(btree_map::Iter<'a, String, Document>),
}

impl<'a> Walk<'a> {
    pub(crate) fn new(document: &'a Document) -> Self {
        Self {
            next: Some(document),
            open: Vec::new(),
        }
    }
}

impl<'a> Iterator for Walk<'a> {
    type Item = Step<'a>;

    fn next(&mut self) -> Option<Step<'a>> {
        loop {
            if let Some(document) = self.next.take() {
                let (open, step) = match document {
                    Document::Array(items) => (Open::Array(items.iter()), Step::BeginArray),
                    Document::Object(members) => (Open::Object(members.iter()), Step::BeginObject),
                    scalar => return Some(Step::Scalar(scalar)),
                };
                self.open.push(open);
                return Some(step);
            }
            let end = match self.open.last_mut()? {
                Open::Array(items) => match items.next() {
                    Some(item) => {
                        self.next = Some(item);
                        continue;
                    }
                    None => Step::EndArray,
                },
                Open::Object(members) => match members.next() {
                    Some((name, value)) => {
                        self.next = Some(value);
                        return Some(Step::Name(name));
                    }
                    None => Step::EndObject,
                },
            };
            self.open.pop();
            return Some(end);
        }
    }
}

/// Builds a document from the steps through one.
#[derive(Default)]
pub(crate) struct DocumentBuilder {
    open: Vec<Begun>,
    done: Document,
}

enum Begun {
    Array(Vec<Document>),
    /// The members, and the name of the member whose value follows.
    Object(BTreeMap<String, Document>, String),
}

impl DocumentBuilder {
    /// The document; null if there were no steps.
    pub(crate) fn finish(self) -> Document {
        self.done
    }

    pub(crate) fn value(&mut self, value: Document) {
        match self.open.last_mut() {
            None => self.done = value,
            Some(Begun::Array(items)) => items.push(value),
            Some(Begun::Object(members, name)) => {
                members.insert(mem::take(name), value);
            }
        }
    }

    pub(crate) fn begin_array(&mut self) {
        self.open.push(Begun::Array(Vec::new()));
    }

    pub(crate) fn begin_object(&mut self) {
        self.open
            .push(Begun::Object(BTreeMap::new(), String::new()));
    }

    pub(crate) fn name(&mut self, next: String) {
        if let Some(Begun::Object(_, name)) = self.open.last_mut() {
            *name = next;
        }
    }

    /// Ends the innermost list or object.
    pub(crate) fn end(&mut self) {
        match self.open.pop() {
            None => {}
            Some(Begun::Array(items)) => self.value(Document::Array(items)),
            Some(Begun::Object(members, _)) => self.value(Document::Object(members)),
        }
    }
}

impl Clone for Document {
    fn clone(&self) -> Self {
        let mut copy = DocumentBuilder::default();
        for step in Walk::new(self) {
            match step {
                Step::Scalar(value) => copy.value(match value {
                    Self::Bool(value) => Self::Bool(*value),
                    Self::Number(value) => Self::Number(value.clone()),
                    Self::String(value) => Self::String(value.clone()),
                    Self::Null | Self::Array(_) | Self::Object(_) => Self::Null,
                }),
                Step::BeginArray => copy.begin_array(),
                Step::BeginObject => copy.begin_object(),
                Step::Name(name) => copy.name(name.to_owned()),
                Step::EndArray | Step::EndObject => copy.end(),
            }
        }
        copy.finish()
    }
}

impl PartialEq for Document {
    fn eq(&self, other: &Self) -> bool {
        Walk::new(self).eq(Walk::new(other))
    }
}

impl Drop for Document {
    fn drop(&mut self) {
        let mut nested = Vec::new();
        take_nested(self, &mut nested);
        while let Some(mut document) = nested.pop() {
            take_nested(&mut document, &mut nested);
        }
    }
}

/// Moves everything that is more than one level down into `nested`, so that the rest is dropped without recursion.
fn take_nested(document: &mut Document, nested: &mut Vec<Document>) {
    let mut take = |value: &mut Document| match value {
        Document::Array(items) if !items.is_empty() => nested.push(mem::take(value)),
        Document::Object(members) if !members.is_empty() => nested.push(mem::take(value)),
        _ => {}
    };
    match document {
        Document::Array(items) => items.iter_mut().for_each(&mut take),
        Document::Object(members) => members.values_mut().for_each(&mut take),
        _ => {}
    }
}

/// Values more than 32 levels down are shown as `…`.
impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Shown(self, 0).fmt(f)
    }
}

/// A document and the number of levels above it.
struct Shown<'a>(&'a Document, u32);

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(document, depth) = *self;
        match document {
            Document::Null => f.write_str("Null"),
            Document::Bool(value) => f.debug_tuple("Bool").field(value).finish(),
            Document::Number(value) => f.debug_tuple("Number").field(value).finish(),
            Document::String(value) => f.debug_tuple("String").field(value).finish(),
            Document::Array(_) | Document::Object(_) if depth >= SHOWN => f.write_str("…"),
            Document::Array(items) => f.debug_tuple("Array").field(&Items(items, depth)).finish(),
            Document::Object(members) => {
                let members = Members(members, depth);
                f.debug_tuple("Object").field(&members).finish()
            }
        }
    }
}

struct Items<'a>(&'a [Document], u32);

impl fmt::Debug for Items<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let items = self.0.iter().map(|item| Shown(item, self.1 + 1));
        f.debug_list().entries(items).finish()
    }
}

struct Members<'a>(&'a BTreeMap<String, Document>, u32);

impl fmt::Debug for Members<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let members = self.0.iter();
        let members = members.map(|(name, value)| (name, Shown(value, self.1 + 1)));
        f.debug_map().entries(members).finish()
    }
}
