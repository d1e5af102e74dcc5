//! The crates that are generated for the suites. Suites of a file share a crate if their shapes and operations agree,
//! which most do, so that a dozen crates are compiled instead of a hundred.

use super::read::{Case, File, Suite};
use crate::conformance::program::Crate;
use cargo_tinsmith::report::Report;
use serde_json::{Map, Value, json};
use std::path::Path;
use tinsmith_codegen::{BotocoreFiles, JsonFile, read_botocore};

/// Endpoints are not tested here: every request is sent to the endpoint of the case.
const ENDPOINT_RULES: &str = r#"{
  "version": "1.0",
  "parameters": {"Endpoint": {"builtIn": "SDK::Endpoint", "required": false, "type": "string"}},
  "rules": [
    {
      "conditions": [{"fn": "isSet", "argv": [{"ref": "Endpoint"}]}],
      "endpoint": {"url": {"ref": "Endpoint"}, "properties": {}, "headers": {}},
      "type": "endpoint"
    },
    {"conditions": [], "error": "a suite is run with an endpoint", "type": "error"}
  ]
}"#;

/// The crates to compile, and each case's place in them.
#[derive(Debug)]
pub(super) struct Plan<'s> {
    pub(super) crates: Vec<Crate>,
    /// In the order of the files.
    pub(super) cases: Vec<Placed<'s>>,
}

/// A case and its place.
#[derive(Debug)]
pub(super) struct Placed<'s> {
    pub(super) suite: &'s Suite,
    pub(super) case: &'s Case,
    pub(super) place: Place,
}

/// The place of a case.
#[derive(Debug)]
pub(super) enum Place {
    /// In the crate with this number.
    Crate(usize),
    /// None: its protocol is not supported yet.
    NotSupported,
    /// None: the generator rejects its service, for these reasons.
    Refused(String),
}

/// The package of the crate with this number.
pub(super) fn package(number: usize) -> String {
    format!("suite-{number}")
}

/// Cases whose services are combined into one service.
#[derive(Default)]
struct Group<'s> {
    metadata: Option<&'s Map<String, Value>>,
    shapes: Map<String, Value>,
    operations: Map<String, Value>,
    /// By their numbers among all cases, each with its suite.
    cases: Vec<(usize, &'s Suite)>,
}

/// Generates the crates for the cases in `files`.
pub(super) fn plan<'s>(root: &Path, files: &'s [File]) -> Plan<'s> {
    let mut plan = Plan {
        crates: Vec::new(),
        cases: Vec::new(),
    };
    for file in files {
        let mut groups: Vec<Group<'s>> = Vec::new();
        for suite in &file.suites {
            let spoken = is_spoken(suite);
            for case in &suite.cases {
                let number = plan.cases.len();
                plan.cases.push(Placed {
                    suite,
                    case,
                    place: Place::NotSupported,
                });
                if spoken {
                    join(&mut groups, number, suite, case);
                }
            }
        }
        for group in groups {
            settle(root, group, &mut plan);
        }
    }
    plan
}

/// Whether clients are generated for the protocol.
fn is_spoken(suite: &Suite) -> bool {
    let service = service(&suite.metadata, &Map::new(), &Map::new());
    read_botocore(&service).is_ok_and(|model| model.service.has_generated_protocol())
}

fn join<'s>(groups: &mut Vec<Group<'s>>, number: usize, suite: &'s Suite, case: &'s Case) {
    let operation = Value::Object(case.operation.clone());
    let agrees = |group: &Group<'_>| {
        let mut shapes = suite.shapes.iter();
        group.metadata == Some(&suite.metadata)
            && shapes.all(|(name, shape)| group.shapes.get(name).is_none_or(|other| other == shape))
            && group
                .operations
                .get(case.name())
                .is_none_or(|other| *other == operation)
    };
    let index = groups.iter().position(agrees).unwrap_or(groups.len());
    if index == groups.len() {
        groups.push(Group::default());
    }
    if let Some(group) = groups.get_mut(index) {
        group.metadata = Some(&suite.metadata);
        group.shapes.extend(suite.shapes.clone());
        group.operations.insert(case.name().to_owned(), operation);
        group.cases.push((number, suite));
    }
}

/// Generates a group's crate. If it is rejected, each of its suites gets a separate crate, so that an error in one does
/// not affect the others.
fn settle<'s>(root: &Path, group: Group<'s>, plan: &mut Plan<'s>) {
    let metadata = group.metadata.cloned().unwrap_or_default();
    let made = make(
        root,
        plan.crates.len(),
        &service(&metadata, &group.operations, &group.shapes),
    );
    let suites = || group.cases.iter().map(|(_, suite)| *suite);
    let several = suites().any(|suite| suites().any(|other| !std::ptr::eq(suite, other)));
    match made {
        Ok(krate) => {
            for (number, _) in &group.cases {
                set(plan, *number, Place::Crate(plan.crates.len()));
            }
            plan.crates.push(krate);
        }
        Err(_) if several => {
            let mut alone: Vec<(&Suite, Vec<Group<'s>>)> = Vec::new();
            for (number, suite) in group.cases {
                let Some(case) = plan.cases.get(number).map(|placed| placed.case) else {
                    continue;
                };
                let known = alone
                    .iter_mut()
                    .find(|(other, _)| std::ptr::eq(*other, suite));
                match known {
                    Some((_, groups)) => join(groups, number, suite, case),
                    None => {
                        let mut groups = Vec::new();
                        join(&mut groups, number, suite, case);
                        alone.push((suite, groups));
                    }
                }
            }
            for group in alone.into_iter().flat_map(|(_, groups)| groups) {
                settle(root, group, plan);
            }
        }
        Err(report) => {
            for (number, _) in &group.cases {
                set(plan, *number, Place::Refused(report.to_string()));
            }
        }
    }
}

fn set(plan: &mut Plan<'_>, number: usize, place: Place) {
    if let Some(placed) = plan.cases.get_mut(number) {
        placed.place = place;
    }
}

fn make(root: &Path, number: usize, service: &BotocoreFiles) -> Result<Crate, Report> {
    Crate::of(root, &package(number), read_botocore(service)?)
}

/// The service in botocore's format. Metadata that a suite omits, because the cases do not depend on it, is filled in.
fn service(
    metadata: &Map<String, Value>,
    operations: &Map<String, Value>,
    shapes: &Map<String, Value>,
) -> BotocoreFiles {
    let mut metadata = metadata.clone();
    for (name, value) in [
        ("serviceId", json!("Conformance")),
        ("endpointPrefix", json!("conformance")),
        ("auth", json!(["aws.auth#sigv4"])),
    ] {
        metadata.entry(name).or_insert(value);
    }
    let file = |path: &str, value: Value| JsonFile {
        path: path.to_owned(),
        value,
    };
    BotocoreFiles {
        service: file(
            "the suite",
            json!({"version": "2.0", "metadata": metadata, "operations": operations, "shapes": shapes}),
        ),
        service_extras: None,
        paginators: None,
        paginators_extras: None,
        waiters: None,
        endpoint_rules: JsonFile::parse("the suite's endpoint rules", ENDPOINT_RULES).ok(),
    }
}
