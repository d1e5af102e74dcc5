//! What the crates for a scanned project would cost, by the generator itself, in memory, where there are models.

use super::{Scan, Service};
use crate::config::Documentation;
use crate::import::newest_version;
use crate::import::source::Source;
use crate::load;
use crate::report::Report;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use tinsmith_codegen::{
    Dependency, Generated, Model, Options, Overrides, Package, Selection, generate,
};

/// What a service's crate would cost.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// The service.
    pub service: String,
    /// Its operations in the crate.
    pub operations: usize,
    /// The shapes of the model in it.
    pub shapes: usize,
    /// The lines of its files.
    pub lines: usize,
    /// What the program uses and the crate would not have: operations that the model does not have, parts that the generator
    /// leaves out, and why there would be no crate.
    pub missing: Vec<String>,
}

impl Cost {
    /// Takes the figures of a crate that was generated.
    fn measure(&mut self, generated: &Generated) {
        self.operations = generated.operations;
        self.shapes = generated.shapes;
        let lines = generated.tree.values().map(|text| text.lines().count());
        self.lines = lines.sum();
    }
}

/// The models that are at hand.
pub(super) struct Models {
    /// A release of botocore, which is there as long as its source is.
    from: Option<(Source, BTreeMap<String, PathBuf>)>,
    /// The scanned project, which may have models of its own.
    root: PathBuf,
}

impl Models {
    /// Those of a release of botocore, if there is one, and of the project in `root`.
    pub(super) fn new(root: &Path, from: Option<&Path>) -> Result<Self, Report> {
        let from = match from {
            Some(from) => {
                let source = Source::open(from)?;
                let models = source.models()?.into_iter().collect();
                Some((source, models))
            }
            None => None,
        };
        Ok(Self {
            from,
            root: root.to_owned(),
        })
    }

    fn folder(&self, service: &str) -> Option<PathBuf> {
        let own = self.root.join("models").join(service);
        let own = newest_version(&own).map(|version| own.join(version));
        own.or_else(|| self.from.as_ref()?.1.get(service).cloned())
    }
}

/// The cost of each service with operations whose model is at hand, and the names of the others.
pub(super) fn costs(scan: &Scan, models: &Models) -> (Vec<Cost>, Vec<String>) {
    let mut costs = Vec::new();
    let mut without = Vec::new();
    for service in scan
        .services
        .iter()
        .filter(|service| !service.operations.is_empty())
    {
        match models.folder(&service.name) {
            Some(folder) => costs.push(cost(service, models, &folder)),
            None => without.push(service.name.clone()),
        }
    }
    (costs, without)
}

fn cost(service: &Service, models: &Models, folder: &Path) -> Cost {
    let mut cost = Cost {
        service: service.name.clone(),
        ..Cost::default()
    };
    let model = match load::model(&models.root, folder, Documentation::Keep) {
        Ok(model) => model,
        Err(report) => {
            cost.missing.extend(report.problems().map(first_line));
            return cost;
        }
    };
    let (known, unknown): (Vec<&str>, Vec<&str>) = service
        .operations
        .iter()
        .map(|operation| operation.name.as_str())
        .partition(|name| model.operations.contains_key(*name));
    cost.missing.extend(
        unknown
            .iter()
            .map(|name| format!("{name}: no operation of the model")),
    );
    let named = known.iter().map(|name| (*name).to_owned()).collect();
    match generated(&service.name, &model, Selection::Named(named)) {
        Ok(generated) => {
            cost.measure(&generated);
            let warnings = generated.warnings.iter().map(ToString::to_string);
            cost.missing
                .extend(warnings.map(|warning| first_line(&warning)));
        }
        // Which of the operations are the reason, and what the crate without them would cost.
        Err(_) => without_refused(&known, &service.name, &model, &mut cost),
    }
    cost
}

fn without_refused(known: &[&str], service: &str, model: &Model, cost: &mut Cost) {
    let mut rest = Vec::new();
    for name in known {
        match generated(service, model, Selection::Named(vec![(*name).to_owned()])) {
            Ok(_) => rest.push((*name).to_owned()),
            Err(report) => {
                let why = report.problems().next().map(first_line).unwrap_or_default();
                cost.missing.push(format!("{name}: {why}"));
            }
        }
    }
    if rest.is_empty() {
        return;
    }
    if let Ok(generated) = generated(service, model, Selection::Named(rest)) {
        cost.measure(&generated);
    }
}

fn generated(service: &str, model: &Model, operations: Selection) -> Result<Generated, Report> {
    let options = Options {
        package: service.to_owned(),
        version: "0.1.0".to_owned(),
        operations,
        documentation: true,
        overrides: Overrides::default(),
        runtime: Dependency::of_workspace(),
        config: Some(Dependency::of_workspace()),
        manifest: Package::default(),
    };
    Ok(generate(model, &options)?)
}

/// The message of a problem, without the lines that say where it is.
fn first_line(problem: &str) -> String {
    let line = problem.lines().next().unwrap_or_default();
    line.trim_start_matches("error: ")
        .trim_start_matches("warning: ")
        .to_owned()
}
