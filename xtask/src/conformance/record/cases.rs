//! The models in the record: those of all golden cases, and of the rows that have operations and are not rejected.

use crate::conformance::program::Crate;
use cargo_tinsmith::config::Documentation;
use cargo_tinsmith::load;
use cargo_tinsmith::report::Report;
use std::fs;
use std::path::{Path, PathBuf};
use tinsmith_codegen::{BotocoreFiles, JsonFile, Model, read_botocore};

/// The crates by their cases' names, sorted.
///
/// # Errors
/// A case is rejected by the generator.
pub(super) fn all(root: &Path) -> Result<Vec<(String, Crate)>, Report> {
    let golden = root.join("tests/golden");
    let mut crates = Vec::new();
    for (kind, is_row) in [("cases", false), ("rows", true)] {
        for folder in folders(&golden.join(kind))? {
            let Some(name) = folder.file_name().and_then(|name| name.to_str()) else {
                continue;
            };
            let krate = model(root, &golden, &folder)
                .and_then(|model| Crate::of(root, &format!("record-{kind}-{name}"), model));
            match krate {
                Ok(krate) if krate.model.operations.is_empty() => {}
                Ok(krate) => crates.push((format!("{kind}/{name}"), krate)),
                // Some rows are models that the generator rejects.
                Err(_) if is_row => {}
                Err(report) => return Err(report),
            }
        }
    }
    Ok(crates)
}

fn folders(folder: &Path) -> Result<Vec<PathBuf>, Report> {
    let entries =
        fs::read_dir(folder).map_err(|error| Report::io("cannot read", folder, &error))?;
    let mut folders: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    Ok(folders)
}

/// Reads it like the golden cases' own test: a model in botocore's format without rules gets those that all cases
/// share.
fn model(root: &Path, golden: &Path, folder: &Path) -> Result<Model, Report> {
    let read = |folder: &Path, name: &str| -> Result<Option<JsonFile>, Report> {
        let path = folder.join(name);
        if !path.is_file() {
            return Ok(None);
        }
        load::parse(root, &path, &load::bytes(&path)?).map(Some)
    };
    let Some(service) = read(folder, "service-2.json")? else {
        let entries =
            fs::read_dir(folder).map_err(|error| Report::io("cannot read", folder, &error))?;
        let files = entries.flatten().map(|entry| entry.path());
        let ast = files.filter(|path| path.extension().is_some_and(|end| end == "json"));
        let ast = ast.min().unwrap_or_else(|| folder.to_owned());
        return load::model(root, &ast, Documentation::Strip);
    };
    let rules = "endpoint-rule-set-1.json";
    Ok(read_botocore(&BotocoreFiles {
        service,
        service_extras: read(folder, "service-2.sdk-extras.json")?,
        paginators: read(folder, "paginators-1.json")?,
        paginators_extras: read(folder, "paginators-1.sdk-extras.json")?,
        waiters: read(folder, "waiters-2.json")?,
        endpoint_rules: match read(folder, rules)? {
            Some(own) => Some(own),
            None => read(golden, rules)?,
        },
    })?)
}
