//! Smithy JSON ASTs on disk: one file, or a folder with a `model.smithy.json`.

use super::{bytes, find, optional, parse};
use crate::config::Documentation;
use crate::import::strip;
use crate::patch;
use crate::report::{Report, shown};
use std::path::{Path, PathBuf};
use tinsmith_codegen::{JsonFile, Model, add_paginators, read_smithy_as};

/// The file's name in the folder of an imported model.
pub const FILE: &str = "model.smithy.json";

/// A path and the service after it: `weather.json#Weather` selects one of several in a file.
pub fn split(path: &Path) -> (PathBuf, Option<String>) {
    let text = path.to_string_lossy();
    match text.split_once(".json#") {
        Some((file, service)) => (
            PathBuf::from(format!("{file}.json")),
            Some(service.to_owned()),
        ),
        None => match text.split_once('#') {
            Some((folder, service)) if !path.exists() => {
                (PathBuf::from(folder), Some(service.to_owned()))
            }
            _ => (path.to_owned(), None),
        },
    }
}

/// Whether the folder contains an AST.
pub fn is_ast_folder(folder: &Path) -> bool {
    find(folder, FILE).is_some()
}

/// Whether the file is an AST, which its key `smithy` shows.
pub fn is_ast(file: &JsonFile) -> bool {
    file.value.get("smithy").is_some()
}

/// The model in a folder with an AST. Paginators of botocore beside it are added.
pub(super) fn folder(
    root: &Path,
    folder: &Path,
    service: Option<&str>,
    documentation: Documentation,
    protocol: Option<&str>,
) -> Result<Model, Report> {
    if find(folder, "service-2.json").is_some() {
        return Err(Report::new(format!(
            "expected one model in {}, found two: service-2.json and {FILE}\n  delete the one that is not meant",
            shown(root, folder)
        )));
    }
    let mut ast = optional(root, folder, FILE)?.ok_or_else(|| super::no_model(root, folder))?;
    if documentation == Documentation::Strip {
        strip::smithy(&mut ast.value);
    }
    if let Some(file) = optional(root, folder, patch::FILE)? {
        patch::apply(&file, &mut ast)?;
    }
    let mut model = read_smithy_as(&ast, service, protocol)?;
    if let Some(paginators) = optional(root, folder, "paginators-1.json")? {
        let extras = optional(root, folder, "paginators-1.sdk-extras.json")?;
        add_paginators(&mut model, &paginators, extras.as_ref())?;
    }
    Ok(model)
}

/// The model in one file.
pub(super) fn file(
    mut ast: JsonFile,
    service: Option<&str>,
    documentation: Documentation,
    protocol: Option<&str>,
) -> Result<Model, Report> {
    if documentation == Documentation::Strip {
        strip::smithy(&mut ast.value);
    }
    Ok(read_smithy_as(&ast, service, protocol)?)
}

/// The AST in a file that is to be imported.
pub fn read(root: &Path, path: &Path) -> Result<(JsonFile, Vec<u8>), Report> {
    let bytes = bytes(path)?;
    Ok((parse(root, path, &bytes)?, bytes))
}
