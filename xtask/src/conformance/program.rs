//! A program that calls generated crates: the crates, modules with one or more cases, and its results.

use super::value::Values;
use crate::scratch;
use cargo_tinsmith::report::Report;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;
use tinsmith_codegen::{
    Dependency, Model, Options, Overrides, Package, Selection, fixed, generate,
};

const MAIN: &str = include_str!("../../templates/suite_answers.rs");
const SERVER: &str = include_str!("../../templates/suite_server.rs");

/// A generated crate.
#[derive(Debug)]
pub(super) struct Crate {
    pub(super) package: String,
    pub(super) model: Model,
    pub(super) tree: BTreeMap<String, String>,
}

impl Crate {
    /// Generates the crate of all operations of a model.
    ///
    /// Every problem with the model.
    /// Everything that is wrong with the model.
    pub(super) fn of(root: &Path, package: &str, model: Model) -> Result<Self, Report> {
        let options = Options {
            package: package.to_owned(),
            version: "0.0.0".to_owned(),
            operations: Selection::All,
            documentation: false,
            overrides: Overrides::default(),
            runtime: Dependency::in_folder(&root.join("runtime").display().to_string()),
            // What is tested is given its configuration.
            config: None,
            manifest: Package::default(),
        };
        let tree = generate(&model, &options)?.tree;
        Ok(Self {
            package: package.to_owned(),
            model: fixed(model),
            tree,
        })
    }

    /// Its name in Rust.
    pub(super) fn path(&self) -> String {
        self.package.replace('-', "_")
    }

    /// Writes values of its shapes as Rust.
    pub(super) fn values(&self) -> Values<'_> {
        Values::new(self.path(), &self.model)
    }
}

/// The program.
pub(super) struct Program<'p> {
    pub(super) package: &'static str,
    pub(super) crates: Vec<&'p Crate>,
    /// Modules by name.
    pub(super) modules: BTreeMap<String, String>,
    /// For each case's number, the call (with `config`) of the function that runs it.
    pub(super) calls: BTreeMap<usize, String>,
}

impl Program<'_> {
    /// The file of a module, from the program's folder.
    pub(super) fn file_of(module: &str) -> String {
        format!("src/cases/{module}.rs")
    }

    /// All its files, including those of the crates that it calls, by their paths in its folder.
    pub(super) fn files(&self, root: &Path) -> BTreeMap<String, String> {
        let runtime = toml_edit::Value::from(root.join("runtime").display().to_string());
        let mut files = BTreeMap::new();
        let mut dependencies = String::new();
        for Crate { package, tree, .. } in &self.crates {
            let _ = writeln!(
                dependencies,
                "{package} = {{ path = \"crates/{package}\" }}"
            );
            let tree = tree.iter();
            files.extend(
                tree.map(|(path, text)| (format!("crates/{package}/{path}"), text.clone())),
            );
        }
        // The same features in each program, so that the runtime is built once for all of them.
        let manifest = format!(
            "[package]\nname = \"{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\nhttp = \"1\"\nserde_json = \"1\"\ntinsmith-runtime = {{ path = {runtime}, features = [\"event-streams\"] }}\ntokio = {{ version = \"1\", features = [\"rt\", \"time\"] }}\n{dependencies}\n[workspace]\nresolver = \"3\"\n\n{}",
            self.package,
            scratch::PROFILE
        );
        let (mut modules, mut arms) = (String::new(), String::new());
        for (name, text) in &self.modules {
            let _ = writeln!(modules, "mod {name};");
            files.insert(Self::file_of(name), text.clone());
        }
        for (number, call) in &self.calls {
            let _ = writeln!(arms, "        {number} => Box::pin({call}),");
        }
        let cases = format!(
            "//! The functions that run the cases, by their numbers.\n\n{modules}\nuse crate::Answer;\nuse tinsmith_runtime::{{BoxFuture, Config}};\n\npub(crate) fn run(case: usize, config: Config) -> Option<BoxFuture<'static, Answer>> {{\n    Some(match case {{\n{arms}        _ => return None,\n    }})\n}}\n"
        );
        files.insert("Cargo.toml".to_owned(), manifest);
        files.insert("src/main.rs".to_owned(), MAIN.to_owned());
        files.insert("src/server.rs".to_owned(), SERVER.to_owned());
        files.insert("src/cases.rs".to_owned(), cases);
        files
    }

    /// Builds and runs it, and returns its results, each with the number of its case.
    ///
    /// # Errors
    /// It cannot be built or run.
    pub(super) fn ask(
        &self,
        root: &Path,
        folder: &Path,
        given: &[&Value],
    ) -> Result<Vec<(usize, Value)>, Report> {
        let asked = serde_json::to_vec(given)
            .map_err(|error| Report::new(format!("cannot write the cases as JSON: {error}")))?;
        let failed = |error| Report::io("cannot run cargo in", folder, &error);
        let mut child = scratch::cargo(root, folder, "run")
            .args(["--quiet", "--package", self.package])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(failed)?;
        // It reads everything before it writes, so there is no deadlock. If it does not read, its status tells why.
        if let Some(mut stdin) = child.stdin.take() {
            let _ = stdin.write_all(&asked);
        }
        let output = child.wait_with_output().map_err(failed)?;
        if !output.status.success() {
            return Err(Report::new(format!(
                "the generated crates cannot be built or run ({}); they are in {}",
                output.status,
                folder.display()
            )));
        }
        let answers: Vec<Value> = serde_json::from_slice(&output.stdout)
            .map_err(|error| Report::new(format!("the program returned no results: {error}")))?;
        let numbered = answers.into_iter().filter_map(|answer| {
            let number = answer.get("case").and_then(Value::as_u64)?;
            Some((usize::try_from(number).ok()?, answer))
        });
        Ok(numbered.collect())
    }
}
