//! JSON for a reader of models: a value with its place, so that every error can name it.

use crate::place::{Place, Reporter};
use crate::problem::{Problems, nearest};
use serde_json::Value;

/// A parsed JSON file and its name for messages.
#[derive(Clone, Debug, PartialEq)]
pub struct JsonFile {
    /// The file's name in messages.
    pub path: String,
    /// Its content.
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

    pub(crate) fn root<'f>(&'f self, reporter: &'f Reporter) -> Node<'f, 'f> {
        Node {
            place: reporter.file(&self.path),
            value: &self.value,
        }
    }
}

/// Whether a text is in Smithy's interface definition language: its first statement shows that.
fn is_smithy_idl(text: &str) -> bool {
    let lines = text.lines().map(str::trim_start);
    let mut statements = lines.filter(|line| !line.is_empty() && !line.starts_with("//"));
    statements.next().is_some_and(|first| {
        ["$version", "metadata ", "namespace "]
            .iter()
            .any(|keyword| first.starts_with(keyword))
    })
}

/// A value and its place. Children are on the stack of the reader.
#[derive(Clone, Copy)]
pub(crate) struct Node<'p, 'v> {
    pub(crate) place: Place<'p>,
    value: &'v Value,
}

impl<'p, 'v> Node<'p, 'v> {
    fn new(place: Place<'p>, value: &'v Value) -> Self {
        Self { place, value }
    }

    /// The path in the model's own names.
    pub(crate) fn path(&self) -> String {
        self.place.to_string()
    }

    pub(crate) fn problem(&self, message: impl Into<String>) {
        self.place.problem(message);
    }

    /// The keys and values of an object, in order. If the value is not an object, that is a problem, and there are
    /// none.
    pub(crate) fn entries<'s>(
        &'s self,
    ) -> impl Iterator<Item = (&'v str, Node<'s, 'v>)> + use<'s, 'v> {
        let object = self.value.as_object();
        if object.is_none() {
            self.expected("an object");
        }
        object
            .into_iter()
            .flatten()
            .map(move |(key, value)| (key.as_str(), Node::new(self.place.key(key), value)))
    }

    /// The items of an array. If the value is not an array, that is a problem, and there are none.
    pub(crate) fn items<'s>(&'s self) -> impl Iterator<Item = Node<'s, 'v>> + use<'s, 'v> {
        let array = self.value.as_array();
        if array.is_none() {
            self.expected("an array");
        }
        array
            .into_iter()
            .flatten()
            .enumerate()
            .map(move |(index, value)| Node::new(self.place.index(index), value))
    }

    pub(crate) fn get<'s>(&'s self, key: &str) -> Option<Node<'s, 'v>> {
        let (key, value) = self.value.as_object()?.get_key_value(key)?;
        Some(Node::new(self.place.key(key), value))
    }

    pub(crate) fn value(&self) -> &'v Value {
        self.value
    }

    pub(crate) fn text(&self) -> Option<&'v str> {
        let text = self.value.as_str();
        if text.is_none() {
            self.expected("a string");
        }
        text
    }

    pub(crate) fn string(&self) -> String {
        self.text().unwrap_or_default().to_owned()
    }

    pub(crate) fn flag(&self) -> bool {
        let flag = self.value.as_bool();
        if flag.is_none() {
            self.expected("true or false");
        }
        flag.unwrap_or_default()
    }

    pub(crate) fn number(&self) -> Option<u64> {
        let number = self.value.as_u64();
        if number.is_none() {
            self.expected("a whole number, zero or more");
        }
        number
    }

    pub(crate) fn status(&self) -> Option<u16> {
        let status = self.value.as_u64().and_then(|it| u16::try_from(it).ok());
        let status = status.filter(|status| (100..=599).contains(status));
        if status.is_none() {
            self.expected("a status code of HTTP");
        }
        status
    }

    pub(crate) fn strings(&self) -> Vec<String> {
        self.items().map(|item| item.string()).collect()
    }

    pub(crate) fn expected(&self, what: &str) {
        self.problem(format!("expected {what}, found {}", found(self.value)));
    }

    /// A key that is not read: a problem, unless `ignored` lists it with its reason.
    pub(crate) fn account(&self, ignored: &[(&str, &str)], known: &[&str]) {
        let Some(found) = self.place.last_key() else {
            return;
        };
        if ignored.iter().any(|(key, _)| *key == found) {
            return;
        }
        let near = nearest(found, known.iter().copied());
        self.problem(format!(
            "expected only traits that the generator supports, found `{found}`{near}"
        ));
    }
}

/// A value for a message: short, with its own text if that helps.
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
