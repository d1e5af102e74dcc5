//! The endpoint cases of a service, from its own sources: parameters and the expected results.

use cargo_tinsmith::load;
use cargo_tinsmith::report::Report;
use serde_json::{Map, Value};
use std::fs;
use std::path::{Path, PathBuf};
use tinsmith_codegen::rules::RuleSet;

/// One case.
#[derive(Debug)]
pub(super) struct Case {
    /// Its name.
    pub(super) name: String,
    /// Parameters by their sources, with those of operations under `context`.
    pub(super) given: Value,
    /// `{"endpoint": …}` or `{"error": …}`.
    pub(super) expected: Value,
}

/// The services with cases in a folder, sorted, and the file of each.
///
/// # Errors
/// The folder cannot be read, or has none.
pub(super) fn files(folder: &Path) -> Result<Vec<(String, PathBuf)>, Report> {
    let entries =
        fs::read_dir(folder).map_err(|error| Report::io("cannot read", folder, &error))?;
    let mut files: Vec<_> = entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            Some((name.strip_suffix(".json")?.to_owned(), entry.path()))
        })
        .collect();
    files.sort();
    if files.is_empty() {
        return Err(Report::new(format!(
            "expected endpoint cases, <service>.json, in {}, found none",
            folder.display()
        )));
    }
    Ok(files)
}

/// The cases in a file.
///
/// # Errors
/// The file cannot be read, or contains no cases.
pub(super) fn read(root: &Path, path: &Path) -> Result<Vec<Value>, Report> {
    let file = load::parse(root, path, &load::bytes(path)?)?;
    let cases = file.value.get("testCases").and_then(Value::as_array);
    cases.cloned().ok_or_else(|| {
        Report::new(format!(
            "expected `testCases` in {}, found none",
            path.display()
        ))
    })
}

/// A case with its parameters by their sources, as declared by the rule set.
pub(super) fn case(case: &Value, rules: &RuleSet) -> Case {
    let (mut given, mut context) = (Map::new(), Map::new());
    let params = case.get("params").and_then(Value::as_object);
    for (name, value) in params.into_iter().flatten() {
        let parameter = rules.parameters.get(name);
        match parameter.and_then(|parameter| parameter.built_in.clone()) {
            Some(source) => given.insert(source, value.clone()),
            None => context.insert(name.clone(), value.clone()),
        };
    }
    given.insert("context".to_owned(), context.into());
    let name = case.get("documentation").and_then(Value::as_str);
    Case {
        name: name.unwrap_or_default().to_owned(),
        given: given.into(),
        expected: case.get("expect").cloned().unwrap_or_default(),
    }
}
