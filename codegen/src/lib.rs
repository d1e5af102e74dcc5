//! Tinsmith's generator: makes the source of a small client crate from a service model.
//!
//! [`generate`] is a pure function: no files, no clock, no environment. It returns a tree of paths and texts, which a
//! caller can write or compare.
//!
//! The steps: `read` makes a wire-shaped [`Model`]; `check` and `fixups` check and correct it; `select` collects the
//! chosen operations and what they reach; `lower` makes every decision and returns a Rust-shaped crate; `emit` writes
//! it.

mod check;
mod closure;
pub mod diff;
mod docs;
mod emit;
mod fixups;
mod graph;
mod http;
mod jmespath;
mod json;
mod lower;
pub mod manifest;
pub mod model;
mod names;
mod partitions;
mod place;
mod problem;
mod read;
pub mod rules;
mod rust;
mod select;
mod text;

pub use closure::closure;
pub use diff::{Bump, Change, ChangeKind, Diff, DiffOptions, Side, diff, diff_sides};
pub use emit::{HEADER, is_header};
pub use fixups::Overrides;
pub use json::JsonFile;
pub use manifest::{Dependency, Package};
pub use model::Model;
pub use names::is_identifier;
pub use partitions::partitions;
pub use problem::{Part, Problem, Problems};
pub use read::botocore::{
    BotocoreFiles, add_paginators, idle_documentation, read_botocore, read_botocore_as,
};
pub use read::smithy::{read_smithy, read_smithy_as};
pub use select::{Selection, Surveyed, survey};
pub use text::{is_invisible, visible};

use place::Reporter;
use std::collections::BTreeMap;

/// How to generate a crate from a model.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// The crate's name.
    pub package: String,
    /// The crate's version.
    pub version: String,
    /// The operations to generate.
    pub operations: Selection,
    /// Whether to keep the model's prose as documentation; facts are always documented.
    pub documentation: bool,
    /// The overrides of the model.
    pub overrides: Overrides,
    /// The dependency on the runtime.
    pub runtime: Dependency,
    /// The dependency on tinsmith-config. `None`: the crate has neither the feature `credentials` nor
    /// `Client::from_env`.
    pub config: Option<Dependency>,
    /// What the crate's `[package]` says, and what it inherits from its workspace.
    pub manifest: Package,
}

/// A generated crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generated {
    /// Texts by path, relative to the crate's folder, with `/`.
    pub tree: BTreeMap<String, String>,
    /// The number of its operations.
    pub operations: usize,
    /// The number of the model's shapes in it.
    pub shapes: usize,
    /// Parts of the model that were omitted: the crate is correct without them, but its user should know.
    pub warnings: Vec<Problem>,
}

/// Generates a crate.
///
/// # Errors
/// Every problem with the model or the options.
pub fn generate(model: &Model, options: &Options) -> Result<Generated, Problems> {
    let passed_over = check::sound(model, &options.operations)?;
    let reporter = Reporter::default();
    let mut model = model.clone();
    fixups::apply(&mut model, &options.overrides, &reporter);
    let closure = select::select(&model, &options.operations, &reporter);
    let lowered = lower::lower(&model, &closure, options, reporter)?;
    Ok(Generated {
        tree: emit::tree(&lowered)?,
        operations: closure.operations.len(),
        shapes: closure.shapes().len(),
        warnings: lowered.left_out().chain(passed_over).collect(),
    })
}

/// The model with the corrections that the generator makes on its own before its decisions.
#[must_use]
pub fn fixed(mut model: Model) -> Model {
    // Only overrides can be invalid.
    fixups::apply(&mut model, &Overrides::default(), &Reporter::default());
    model
}

/// The endpoint rules of a model as the generated file of their own, for tests of the rules.
///
/// # Errors
/// Every problem with the rules, or a model without rules.
pub fn endpoint_file(model: &Model) -> Result<String, Problems> {
    let reporter = Reporter::default();
    let model = &fixed(model.clone());
    let Some(rules) = &model.endpoint_rules else {
        reporter.file(&model.file).problem(lower::NO_RULES);
        return Err(reporter.into_problems());
    };
    let statements = lower::endpoint(model, rules, &reporter);
    reporter.into_result(emit::endpoint(&model.service.id, &statements).into_string())
}

/// The traits of each type of a crate that depend on the type's contents, by the type's path in the crate; and the
/// names of all traits that are considered.
///
/// # Errors
/// As [`generate`].
pub fn traits(model: &Model, operations: &Selection) -> Result<TraitTable, Problems> {
    check::sound(model, operations)?;
    let reporter = Reporter::default();
    let model = &fixed(model.clone());
    let closure = select::select(model, operations, &reporter);
    let renames = Overrides::default().renames;
    let surface = lower::surface(model, &closure, &renames, false, &reporter);
    let traits = rust::Traits::of(&surface.types);
    let mut table = TraitTable::new();
    let mut add = |path: String, has: std::collections::BTreeSet<rust::Trait>| {
        let row = rust::Trait::ALL.map(|one| (one.name(), has.contains(&one)));
        table.insert(path, row.into());
    };
    for item in &surface.types {
        add(
            format!("types::{}", item.names().ident),
            traits.of_item(item),
        );
    }
    for operation in &surface.operations {
        for structure in [&operation.input, &operation.output] {
            let path = format!("operation::{}::{}", operation.module, structure.ident);
            add(path, traits.of_structure(structure));
        }
    }
    reporter.into_result(table)
}

/// For the path of each type, the name of each trait and whether the type has it.
pub type TraitTable = BTreeMap<String, Vec<(&'static str, bool)>>;

/// Every identifier of a model, as `(what, wire name, Rust name)`, for a table of names.
pub fn names(model: &Model) -> Vec<(&'static str, String, String)> {
    let mut table = Vec::new();
    for name in model.operations.keys() {
        table.push(("operation", name.clone(), names::operation_name(name)));
        table.push(("method", name.clone(), names::method_name(name)));
    }
    for name in model.waiters.keys() {
        table.push(("waiter", name.clone(), names::waiter_name(name)));
    }
    for (name, shape) in &model.shapes {
        if !lower::is_type(&shape.kind) {
            continue;
        }
        table.push(("type", name.clone(), names::type_name(name)));
        match &shape.kind {
            model::Kind::Enum(values) => table.extend(values.iter().map(|value| {
                (
                    "value",
                    format!("{name}.{value}"),
                    names::variant_name(value),
                )
            })),
            model::Kind::Union(union) => {
                // Exceptions are not events.
                let variants = union.members.iter().filter(|(_, member)| {
                    !union.event_stream || !select::is_error(model, &member.target)
                });
                table.extend(variants.map(|(member, _)| {
                    (
                        "variant",
                        format!("{name}.{member}"),
                        names::variant_name(member),
                    )
                }));
            }
            _ => table.extend(shape.kind.members().into_iter().map(|(member, _)| {
                (
                    "member",
                    format!("{name}.{member}"),
                    names::field_name(member),
                )
            })),
        }
    }
    table
}
