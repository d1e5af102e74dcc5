//! The suites on disk: files in `input` and `output`, each a list of small services with their cases.

use cargo_tinsmith::load;
use cargo_tinsmith::report::{Report, shown};
use serde_json::{Map, Value};
use std::fs;
use std::path::{Path, PathBuf};

/// A file of suites.
#[derive(Debug)]
pub(super) struct File {
    /// `input/rest-json`: its folder and its name.
    pub(super) name: String,
    pub(super) suites: Vec<Suite>,
}

/// A small service and its cases.
#[derive(Debug)]
pub(super) struct Suite {
    pub(super) description: String,
    pub(super) metadata: Map<String, Value>,
    pub(super) shapes: Map<String, Value>,
    /// The endpoint of its cases, if it has one.
    pub(super) endpoint: Option<String>,
    pub(super) cases: Vec<Case>,
}

/// One case.
#[derive(Debug)]
pub(super) struct Case {
    pub(super) id: String,
    /// The operation as in a model.
    pub(super) operation: Map<String, Value>,
    pub(super) kind: Kind,
}

/// What a case tests.
#[derive(Debug)]
pub(super) enum Kind {
    /// The request for parameters.
    Input { params: Value, serialized: Value },
    /// The output from a response.
    Output { response: Value, result: Value },
    /// The error from a response.
    Error {
        response: Value,
        code: String,
        message: Option<String>,
        error: Value,
    },
}

impl Case {
    /// The operation's name.
    pub(super) fn name(&self) -> &str {
        let name = self.operation.get("name").and_then(Value::as_str);
        name.unwrap_or_default()
    }
}

/// All files below `folder`, sorted.
///
/// # Errors
/// The folder has no suites; a file cannot be read or is not a list of suites.
pub(super) fn files(root: &Path, folder: &Path) -> Result<Vec<File>, Report> {
    let mut files = Vec::new();
    for kind in ["input", "output"] {
        for path in json_files(&folder.join(kind))? {
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            let file = load::parse(root, &path, &load::bytes(&path)?)?;
            let suites = list(&file.value).and_then(|suites| suites.iter().map(suite).collect());
            let suites = suites.map_err(|why: String| {
                Report::new(format!("{why}\n  in {}", shown(root, &path)))
            })?;
            files.push(File {
                name: format!("{kind}/{name}"),
                suites,
            });
        }
    }
    Ok(files)
}

/// The cases of `files` whose file, suite or id contains `filter`.
pub(super) fn matching(files: Vec<File>, filter: Option<&str>) -> Vec<File> {
    let Some(filter) = filter else {
        return files;
    };
    let mut left = Vec::new();
    for mut file in files {
        if !file.name.contains(filter) {
            for suite in &mut file.suites {
                if !suite.description.contains(filter) {
                    suite.cases.retain(|case| case.id.contains(filter));
                }
            }
            file.suites.retain(|suite| !suite.cases.is_empty());
        }
        if !file.suites.is_empty() {
            left.push(file);
        }
    }
    left
}

fn json_files(folder: &Path) -> Result<Vec<PathBuf>, Report> {
    let entries =
        fs::read_dir(folder).map_err(|error| Report::io("cannot read", folder, &error))?;
    let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "json"));
    files.sort();
    if files.is_empty() {
        return Err(Report::new(format!(
            "expected protocol suites, <protocol>.json, in {}, found none",
            folder.display()
        )));
    }
    Ok(files)
}

fn list(value: &Value) -> Result<&Vec<Value>, String> {
    let list = value.as_array();
    list.ok_or_else(|| "expected a list, found something else".to_owned())
}

fn suite(value: &Value) -> Result<Suite, String> {
    let cases = list(part(value, "cases")?)?;
    let description = text(value, "description").unwrap_or_default();
    let read = |case: &Value| case_of(case).map_err(|why| format!("{description}: {why}"));
    Ok(Suite {
        metadata: object(value, "metadata")?,
        shapes: object(value, "shapes")?,
        endpoint: text(value, "clientEndpoint"),
        cases: cases.iter().map(read).collect::<Result<_, _>>()?,
        description,
    })
}

fn case_of(value: &Value) -> Result<Case, String> {
    let or_none = |name: &str| value.get(name).cloned().unwrap_or(Value::Null);
    let kind = if value.get("serialized").is_some() {
        Kind::Input {
            params: or_none("params"),
            serialized: or_none("serialized"),
        }
    } else if let Some(code) = text(value, "errorCode") {
        Kind::Error {
            response: part(value, "response")?.clone(),
            code,
            message: text(value, "errorMessage"),
            error: or_none("error"),
        }
    } else {
        Kind::Output {
            response: part(value, "response")?.clone(),
            result: part(value, "result")?.clone(),
        }
    };
    Ok(Case {
        id: text(value, "id").unwrap_or_default(),
        operation: object(value, "given")?,
        kind,
    })
}

fn part<'v>(value: &'v Value, name: &str) -> Result<&'v Value, String> {
    let part = value.get(name);
    part.ok_or_else(|| format!("expected `{name}`, found none"))
}

fn object(value: &Value, name: &str) -> Result<Map<String, Value>, String> {
    let object = part(value, name)?.as_object().cloned();
    object.ok_or_else(|| format!("expected an object as `{name}`, found something else"))
}

fn text(value: &Value, name: &str) -> Option<String> {
    value.get(name).and_then(Value::as_str).map(str::to_owned)
}
