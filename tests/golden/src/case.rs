//! A case: a tiny model in a folder of its own, and how it is generated.

use crate::files::{entries, here, text};
use std::path::{Path, PathBuf};
use tinsmith_codegen::{
    BotocoreFiles, Dependency, Generated, JsonFile, Model, Options, Overrides, Package, Problems,
    Selection, generate, read_botocore, read_smithy,
};

/// One golden case.
#[derive(Clone, Debug)]
pub struct Case {
    /// The folder's name.
    pub name: String,
    folder: PathBuf,
}

/// All cases, sorted.
#[must_use]
pub fn all() -> Vec<Case> {
    let names = entries(&here("cases")).into_iter();
    names
        .filter(|(_, is_folder)| *is_folder)
        .map(|(name, _)| Case::new(&name))
        .collect()
}

impl Case {
    /// The case called `name`.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            folder: here("cases").join(name),
        }
    }

    /// Where its crate is.
    #[must_use]
    pub fn crate_folder(&self) -> PathBuf {
        self.folder.join("crate")
    }

    /// The files of botocore's format, parsed. The rules that all cases share stand in where it has none of its own.
    ///
    /// # Errors
    /// A file that is no JSON.
    pub fn files(&self) -> Result<BotocoreFiles, Problems> {
        with_rules(files(&self.folder)?)
    }

    /// Whether its model is in botocore's format; the others are Smithy ASTs.
    #[must_use]
    pub fn is_botocore(&self) -> bool {
        self.folder.join("service-2.json").is_file()
    }

    /// How it is generated: everything, with its prose, as a member of this workspace.
    #[must_use]
    pub fn options(&self) -> Options {
        options(&format!("golden-{}", self.name))
    }

    /// Its model.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn model(&self) -> Result<Model, Problems> {
        model_in(&self.folder)
    }

    /// Its crate.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn generate(&self) -> Result<Generated, Problems> {
        generate(&self.model()?, &self.options())
    }
}

/// The model in a folder: botocore's files, with the rules that all cases share where there are none, or else the Smithy
/// AST that lies there.
///
/// # Errors
/// Everything that is wrong with it.
pub fn model_in(folder: &Path) -> Result<Model, Problems> {
    if folder.join("service-2.json").is_file() {
        return read_botocore(&with_rules(files(folder)?)?);
    }
    let asts = entries(folder).into_iter().map(|(name, _)| name);
    let ast = asts.filter(|name| name.ends_with(".json")).min();
    match ast
        .map(|name| json(&folder.join(name)))
        .transpose()?
        .flatten()
    {
        Some(ast) => read_smithy(&ast, None),
        None => Err(no_model(folder)),
    }
}

fn with_rules(mut files: BotocoreFiles) -> Result<BotocoreFiles, Problems> {
    if files.endpoint_rules.is_none() {
        files.endpoint_rules = json(&here("endpoint-rule-set-1.json"))?;
    }
    Ok(files)
}

fn no_model(folder: &Path) -> Problems {
    let mut problems = Problems::default();
    problems.add(
        &folder.display().to_string(),
        "",
        "expected service-2.json or a Smithy AST, found neither",
    );
    problems
}

/// All operations of a model, with its prose, as a member of this workspace.
#[must_use]
pub fn options(package: &str) -> Options {
    Options {
        package: package.to_owned(),
        version: "0.1.0".to_owned(),
        operations: Selection::All,
        documentation: true,
        overrides: Overrides::default(),
        runtime: Dependency::in_folder("../../../../../runtime"),
        config: Some(Dependency::in_folder("../../../../../config")),
        manifest: Package::inheriting(&["edition", "license", "publish", "rust-version"]),
    }
}

/// The files of the model in a folder, parsed.
///
/// # Errors
/// A file that is no JSON, or no `service-2.json`.
pub fn files(folder: &Path) -> Result<BotocoreFiles, Problems> {
    let read = |name: &str| json(&folder.join(name));
    let Some(service) = read("service-2.json")? else {
        return Err(no_model(folder));
    };
    Ok(BotocoreFiles {
        service,
        service_extras: read("service-2.sdk-extras.json")?,
        paginators: read("paginators-1.json")?,
        paginators_extras: read("paginators-1.sdk-extras.json")?,
        waiters: read("waiters-2.json")?,
        endpoint_rules: read("endpoint-rule-set-1.json")?,
    })
}

fn json(path: &Path) -> Result<Option<JsonFile>, Problems> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    text(path)
        .map(|text| JsonFile::parse(name, &text))
        .transpose()
}
