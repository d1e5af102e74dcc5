//! The test crate: a module a case, with a function which is run with the case's endpoint or its response; and what it answers.

use super::Outcome;
use super::build;
use super::crates::{Place, Plan, package};
use super::judge;
use super::read::{Case, Kind};
use super::value::{Streamed, Values};
use crate::report::Report;
use crate::scratch;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

const MAIN: &str = include_str!("../../../templates/suite_answers.rs");
const SERVER: &str = include_str!("../../../templates/suite_server.rs");
const HEAD: &str = "// Not every case has all of these, and some set nothing.\n#![allow(unused)]\n\nuse crate::{Answer, collected, failed, of, read, sent};\nuse tinsmith_runtime::Config;\n\n";

/// A case that the test crate runs.
pub(super) struct Asked {
    /// Its number among all cases.
    pub(super) number: usize,
    /// The number of the crate whose client it calls.
    pub(super) krate: usize,
    /// The text of its module.
    module: String,
    /// What the test crate is told of it.
    given: Value,
}

/// Builds the test crate and runs all cases, in order. A case whose code does not compile, or that calls a crate which
/// does not, has failed; the others run without it.
///
/// # Errors
/// The test crate cannot be built for another reason, or not be run.
pub(super) fn run(root: &Path, plan: &Plan<'_>) -> Result<Vec<Outcome>, Report> {
    let mut outcomes = Vec::new();
    let mut asked = Vec::new();
    for (number, placed) in plan.cases.iter().enumerate() {
        outcomes.push(match &placed.place {
            Place::NotSupported => Outcome::NotSupported,
            Place::Refused(why) => Outcome::Failed(vec![why.clone()]),
            Place::Crate(krate) => match function(plan, *krate, placed.case) {
                Err(why) => Outcome::Failed(vec![why]),
                Ok(body) => {
                    asked.push(Asked {
                        number,
                        krate: *krate,
                        module: format!(
                            "{HEAD}pub(super) async fn answer(config: Config) -> Answer {{\n{body}}}\n"
                        ),
                        given: json!({
                            "case": number,
                            "endpoint": placed.suite.endpoint,
                            "response": response(placed.case),
                        }),
                    });
                    // Until its answer is here.
                    Outcome::Failed(vec!["expected an answer, found none".to_owned()])
                }
            },
        });
    }
    let folder = scratch::folder(root, "conformance/suites")?;
    while !asked.is_empty() {
        write(root, &folder, plan, &asked)?;
        let Some(blamed) = build::blamed(root, &folder, &asked)? else {
            break;
        };
        for (number, why) in &blamed {
            if let Some(outcome) = outcomes.get_mut(*number) {
                *outcome = Outcome::Failed(vec!["does not compile:".to_owned(), why.clone()]);
            }
        }
        asked.retain(|case| !blamed.contains_key(&case.number));
    }
    if asked.is_empty() {
        return Ok(outcomes);
    }
    for answer in ask(root, &folder, &asked)? {
        let number = answer.get("case").and_then(Value::as_u64);
        let number = number.and_then(|number| usize::try_from(number).ok());
        let Some(number) = number else { continue };
        if let (Some(outcome), Some(placed)) = (outcomes.get_mut(number), plan.cases.get(number)) {
            let krate = match placed.place {
                Place::Crate(index) => plan.crates.get(index),
                _ => None,
            };
            let wrong = judge::wrong(placed.case, krate.map(|krate| &krate.model), &answer);
            *outcome = if wrong.is_empty() {
                Outcome::Passed
            } else {
                Outcome::Failed(wrong)
            };
        }
    }
    Ok(outcomes)
}

/// The response that a case's request is answered with: its own, or one that says nothing.
fn response(case: &Case) -> Value {
    match &case.kind {
        Kind::Input { .. } => Value::Null,
        Kind::Output { response, .. } | Kind::Error { response, .. } => response.clone(),
    }
}

/// The body of a case's function.
fn function(plan: &Plan<'_>, index: usize, case: &Case) -> Result<String, String> {
    let krate = plan
        .crates
        .get(index)
        .ok_or("expected a crate, found none")?;
    let path = package(index).replace('-', "_");
    let values = Values::new(path.clone(), &krate.model);
    let operation = krate.model.operations.get(case.name());
    let operation =
        operation.ok_or_else(|| format!("expected the operation `{}`, found none", case.name()))?;
    let call = format!(
        "    let call = {path}::Client::new(config).{}()",
        values.method(case.name())?
    );
    Ok(match &case.kind {
        Kind::Input { params, .. } => {
            let mut setters = String::new();
            if let Some(input) = &operation.input {
                for (field, value) in values.members(input, params)? {
                    let _ = write!(setters, "\n        .{field}({value})");
                }
            }
            format!("{call}{setters};\n    sent(call.send().await)\n")
        }
        Kind::Output { result, .. } => {
            let (mut stored, mut stream) = (String::new(), None);
            if let Some(output) = &operation.output {
                let (members, streamed) = values.output(output, result)?;
                for member in &members {
                    let _ = writeln!(stored, "    {}", values.stored(member));
                }
                stream = streamed;
            }
            let start = format!(
                "{call};\n    let result = call.send().await;\n    let mut value = of(&result);\n{stored}"
            );
            match stream {
                None => format!("{start}    read(result, value)\n"),
                // An output with a stream can be compared only in parts: nested pairs of them, however many they are.
                Some(Streamed {
                    field,
                    bytes,
                    others,
                }) => {
                    let parts = |output: &str, last: &str| {
                        let others = others.iter().rev();
                        others.fold(last.to_owned(), |parts, other| {
                            format!("({output}.{other}, {parts})")
                        })
                    };
                    format!(
                        "{start}    let result = match result {{\n        Ok(output) => collected(output.{field}).await.map(|bytes| {}),\n        Err(error) => Err(format!(\"{{error:?}}\")),\n    }};\n    read(result, {})\n",
                        parts("output", "bytes"),
                        parts("value", &format!("{bytes}.into_bytes().to_vec()")),
                    )
                }
            }
        }
        Kind::Error {
            code,
            message,
            error,
            ..
        } => {
            let shape = operation.errors.first();
            let shape = shape.ok_or("expected an operation with an error, found none")?;
            let value = values.structure(shape, error)?;
            let variant = values.type_name(shape)?;
            format!(
                "{call};\n    let expected = {path}::ServiceError::{variant}({value});\n    failed(call.send().await, {code:?}, {message:?}, expected)\n"
            )
        }
    })
}

/// Writes the test crate with these cases and, beside it, the crates that they call.
fn write(root: &Path, folder: &Path, plan: &Plan<'_>, asked: &[Asked]) -> Result<(), Report> {
    let runtime = toml_edit::Value::from(root.join("runtime").display().to_string());
    let mut dependencies = String::new();
    for (index, krate) in plan.crates.iter().enumerate() {
        if !asked.iter().any(|case| case.krate == index) {
            continue;
        }
        let package = package(index);
        let _ = writeln!(
            dependencies,
            "{package} = {{ path = \"crates/{package}\" }}"
        );
        for (path, text) in &krate.tree {
            scratch::write(&folder.join("crates").join(&package).join(path), text)?;
        }
    }
    let manifest = format!(
        "[package]\nname = \"suite-answers\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\nhttp = \"1\"\nserde_json = \"1\"\ntinsmith-runtime = {{ path = {runtime} }}\ntokio = {{ version = \"1\", features = [\"rt\", \"time\"] }}\n{dependencies}\n[workspace]\nresolver = \"3\"\n\n{}",
        scratch::WORKSPACE_PACKAGE
    );
    let (mut modules, mut arms) = (String::new(), String::new());
    for Asked { number, module, .. } in asked {
        let _ = writeln!(modules, "mod case_{number};");
        let _ = writeln!(
            arms,
            "        {number} => Box::pin(case_{number}::answer(config)),"
        );
        scratch::write(&folder.join(build::file_of(*number)), module)?;
    }
    let cases = format!(
        "//! A module for each case, by its number.\n\n{modules}\nuse crate::Answer;\nuse tinsmith_runtime::{{BoxFuture, Config}};\n\npub(crate) fn run(case: usize, config: Config) -> Option<BoxFuture<'static, Answer>> {{\n    Some(match case {{\n{arms}        _ => return None,\n    }})\n}}\n"
    );
    scratch::write(&folder.join("Cargo.toml"), &manifest)?;
    scratch::write(&folder.join("src/main.rs"), MAIN)?;
    scratch::write(&folder.join("src/server.rs"), SERVER)?;
    scratch::write(&folder.join("src/cases.rs"), &cases)
}

fn ask(root: &Path, folder: &Path, asked: &[Asked]) -> Result<Vec<Value>, Report> {
    let given: Vec<_> = asked.iter().map(|case| &case.given).collect();
    let asked = serde_json::to_vec(&given)
        .map_err(|error| Report::new(format!("cannot write the cases as JSON: {error}")))?;
    let failed = |error| Report::io("cannot run cargo in", folder, &error);
    let mut child = scratch::cargo(root, folder, "run")
        .args(["--quiet", "--package", "suite-answers"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    // It reads everything before it writes anything, so neither waits for the other. If it does not read, its status says why.
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
    serde_json::from_slice(&output.stdout)
        .map_err(|error| Report::new(format!("the test crate gave no answers: {error}")))
}
