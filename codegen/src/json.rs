//! JSON as a reader of models needs it: a value that knows its place, so that every complaint can name it.

use crate::problem::{Problems, nearest};
use serde_json::Value;

/// A parsed JSON file and the name by which messages call it.
#[derive(Clone, Debug, PartialEq)]
pub struct JsonFile {
    /// The file's name in messages.
    pub path: String,
    /// What it holds.
    pub value: Value,
}

impl JsonFile {
    /// Parses `text`.
    ///
    /// # Errors
    /// Text that is not JSON: one problem with line and column.
    pub fn parse(path: impl Into<String>, text: &str) -> Result<Self, Problems> {
        let path = path.into();
        match serde_json::from_str(text) {
            Ok(value) => Ok(Self { path, value }),
            Err(error) => {
                let mut problems = Problems::default();
                let place = format!("line {} column {}", error.line(), error.column());
                let what = error.to_string();
                let what = what.split(" at line ").next().unwrap_or_default();
                if is_smithy_idl(text) {
                    problems.add(&path, "", "expected a service model in JSON, found one in Smithy's own language\n  make a JSON AST of it: `smithy ast FILE > model.json`, or `smithy build`, which writes it to build/smithy/source/model/model.json");
                    return Err(problems);
                }
                problems.add(
                    &path,
                    place,
                    format!("expected JSON, found text that is not JSON: {what}"),
                );
                Err(problems)
            }
        }
    }

    pub(crate) fn root(&self) -> Node<'_, '_> {
        Node {
            file: &self.path,
            parent: None,
            segment: Segment::Key(""),
            value: &self.value,
        }
    }
}

/// Whether a text is Smithy's interface definition language: its first statement says so.
fn is_smithy_idl(text: &str) -> bool {
    let lines = text.lines().map(str::trim_start);
    let mut statements = lines.filter(|line| !line.is_empty() && !line.starts_with("//"));
    statements.next().is_some_and(|first| {
        ["$version", "metadata ", "namespace "]
            .iter()
            .any(|keyword| first.starts_with(keyword))
    })
}

/// A value and the way to it. Children live on the stack of whoever reads, so a path costs nothing until it is told.
#[derive(Clone, Copy)]
pub(crate) struct Node<'p, 'v> {
    pub(crate) file: &'v str,
    parent: Option<&'p Node<'p, 'v>>,
    segment: Segment<'v>,
    value: &'v Value,
}

/// A step from a value to one that it holds.
#[derive(Clone, Copy)]
enum Segment<'v> {
    Key(&'v str),
    Index(usize),
}

impl<'v> Node<'_, 'v> {
    /// The place in the model's own names.
    pub(crate) fn path(&self) -> String {
        let above = self.parent.map(Node::path).unwrap_or_default();
        match self.segment {
            Segment::Key(key) if above.is_empty() => key.to_owned(),
            Segment::Key(key) => format!("{above}.{key}"),
            Segment::Index(index) => format!("{above}[{index}]"),
        }
    }

    pub(crate) fn problem(&self, problems: &mut Problems, message: impl Into<String>) {
        problems.add(self.file, self.path(), message);
    }

    /// An object's keys and values, in order. Anything else is a problem and gives nothing.
    pub(crate) fn entries<'s>(
        &'s self,
        problems: &mut Problems,
    ) -> impl Iterator<Item = (&'v str, Node<'s, 'v>)> + use<'s, 'v> {
        let object = self.value.as_object();
        if object.is_none() {
            self.expected(problems, "an object");
        }
        object
            .into_iter()
            .flatten()
            .map(move |(key, value)| (key.as_str(), self.child(Segment::Key(key), value)))
    }

    /// An array's items. Anything else is a problem and gives nothing.
    pub(crate) fn items<'s>(
        &'s self,
        problems: &mut Problems,
    ) -> impl Iterator<Item = Node<'s, 'v>> + use<'s, 'v> {
        let array = self.value.as_array();
        if array.is_none() {
            self.expected(problems, "an array");
        }
        array
            .into_iter()
            .flatten()
            .enumerate()
            .map(move |(index, value)| self.child(Segment::Index(index), value))
    }

    pub(crate) fn get<'s>(&'s self, key: &str) -> Option<Node<'s, 'v>> {
        let (key, value) = self.value.as_object()?.get_key_value(key)?;
        Some(self.child(Segment::Key(key), value))
    }

    fn child<'s>(&'s self, segment: Segment<'v>, value: &'v Value) -> Node<'s, 'v> {
        Node {
            file: self.file,
            parent: Some(self),
            segment,
            value,
        }
    }

    pub(crate) fn value(&self) -> &'v Value {
        self.value
    }

    pub(crate) fn text(&self, problems: &mut Problems) -> Option<&'v str> {
        let text = self.value.as_str();
        if text.is_none() {
            self.expected(problems, "a string");
        }
        text
    }

    pub(crate) fn string(&self, problems: &mut Problems) -> String {
        self.text(problems).unwrap_or_default().to_owned()
    }

    pub(crate) fn flag(&self, problems: &mut Problems) -> bool {
        let flag = self.value.as_bool();
        if flag.is_none() {
            self.expected(problems, "true or false");
        }
        flag.unwrap_or_default()
    }

    pub(crate) fn number(&self, problems: &mut Problems) -> Option<u64> {
        let number = self.value.as_u64();
        if number.is_none() {
            self.expected(problems, "a whole number, zero or more");
        }
        number
    }

    pub(crate) fn status(&self, problems: &mut Problems) -> Option<u16> {
        let status = self.value.as_u64().and_then(|it| u16::try_from(it).ok());
        if status.is_none() {
            self.expected(problems, "a status code of HTTP");
        }
        status
    }

    pub(crate) fn strings(&self, problems: &mut Problems) -> Vec<String> {
        let items: Vec<_> = self.items(problems).collect();
        items.iter().map(|item| item.string(problems)).collect()
    }

    pub(crate) fn expected(&self, problems: &mut Problems, what: &str) {
        self.problem(
            problems,
            format!("expected {what}, found {}", found(self.value)),
        );
    }

    /// A key that nobody reads: a problem, unless `ignored` lists it with its reason.
    pub(crate) fn account(
        &self,
        problems: &mut Problems,
        ignored: &[(&str, &str)],
        known: &[&str],
    ) {
        let Segment::Key(found) = self.segment else {
            return;
        };
        if ignored.iter().any(|(key, _)| *key == found) {
            return;
        }
        let near = nearest(found, known.iter().copied());
        self.problem(
            problems,
            format!("expected only traits that the generator knows, found `{found}`{near}"),
        );
    }
}

/// A value as a message names it: short, with its own text where that helps.
pub(crate) fn found(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::String(text) if text.chars().count() <= 40 => format!("the string {text:?}"),
        Value::String(_) => "a string".to_owned(),
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}
