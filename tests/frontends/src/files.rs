//! Models on disk as the readers want them.

use std::fs;
use std::path::Path;
use tinsmith_codegen::{
    BotocoreFiles, Dependency, Generated, JsonFile, Model, Options, Overrides, Package, Problems,
    Selection, generate, read_botocore,
};

/// A JSON file; `None` where there is no such file.
///
/// # Errors
/// Text that is not JSON.
pub fn json(path: &Path) -> Result<Option<JsonFile>, Problems> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    match fs::read_to_string(path) {
        Ok(text) => JsonFile::parse(name, &text).map(Some),
        Err(_) => Ok(None),
    }
}

/// The model of a folder in botocore's layout; `rules` where the folder has no endpoint rules of its own.
///
/// # Errors
/// Everything that is wrong with the files.
pub fn botocore(folder: &Path, rules: Option<&JsonFile>) -> Result<Model, Problems> {
    let read = |name: &str| json(&folder.join(name));
    let missing = JsonFile {
        path: "service-2.json".to_owned(),
        value: serde_json::Value::Null,
    };
    read_botocore(&BotocoreFiles {
        service: read("service-2.json")?.unwrap_or(missing),
        service_extras: read("service-2.sdk-extras.json")?,
        paginators: read("paginators-1.json")?,
        paginators_extras: read("paginators-1.sdk-extras.json")?,
        waiters: read("waiters-2.json")?,
        endpoint_rules: read("endpoint-rule-set-1.json")?.or_else(|| rules.cloned()),
    })
}

/// The crate with all operations.
///
/// # Errors
/// Everything that the generator cannot do.
pub fn whole_crate(model: &Model) -> Result<Generated, Problems> {
    crate_of(model, Selection::All)
}

/// The crate with the operations of a selection.
///
/// # Errors
/// Everything that the generator cannot do.
pub fn crate_of(model: &Model, operations: Selection) -> Result<Generated, Problems> {
    generate(
        model,
        &Options {
            package: "weather".to_owned(),
            version: "0.1.0".to_owned(),
            operations,
            documentation: true,
            overrides: Overrides::default(),
            runtime: Dependency::version("1"),
            config: None,
            manifest: Package::default(),
        },
    )
}
