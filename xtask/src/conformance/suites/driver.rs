//! The test crate: one module per case, with a function that is run with the case's endpoint or its response; and its
//! results.

use super::Outcome;
use super::build;
use super::crates::{Place, Plan};
use super::judge;
use super::read::{Case, Kind, Suite};
use crate::conformance::program::Program;
use crate::conformance::value::Streamed;
use crate::scratch;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cargo_tinsmith::report::Report;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// The endpoint of cases without one.
const ENDPOINT: &str = "https://suite.example.com";
const HEAD: &str = "// Not every case has all of these, and some set nothing.\n#![allow(unused)]\n\nuse crate::{Answer, collected, failed, of, read, sent};\nuse tinsmith_runtime::Config;\n\n";

/// A case to be run by the test crate.
pub(super) struct Asked {
    /// Its number among all cases.
    pub(super) number: usize,
    /// The number of the crate whose client it calls.
    pub(super) krate: usize,
    /// The text of its module.
    module: String,
    /// The part of the case that the test crate needs.
    given: Value,
}

/// Builds the test crate and runs all cases, in order. A case whose code or whose crate does not compile has failed;
/// the others run without it.
///
/// # Errors
/// The test crate cannot be built for another reason, or cannot be run.
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
                            "endpoint": placed.suite.endpoint.as_deref().unwrap_or(ENDPOINT),
                            "responses": responses(placed.suite, placed.case),
                        }),
                    });
                    // Until its result is known.
                    Outcome::Failed(vec!["expected a result, found none".to_owned()])
                }
            },
        });
    }
    let folder = scratch::folder(root, "conformance/suites")?;
    while !asked.is_empty() {
        for (path, text) in program(plan, &asked).files(root) {
            scratch::write(&folder.join(path), &text)?;
        }
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
    let given: Vec<_> = asked.iter().map(|case| &case.given).collect();
    for (number, answer) in program(plan, &asked).ask(root, &folder, &given)? {
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

/// The prepared response for a case's request; none if the server responds. Bodies of protocols that are not text are
/// in base64.
fn responses(suite: &Suite, case: &Case) -> Vec<Value> {
    let mut response = match &case.kind {
        Kind::Input { .. } => return Vec::new(),
        Kind::Output { response, .. } | Kind::Error { response, .. } => response.clone(),
    };
    let is_cbor = suite.metadata.get("protocol") == Some(&json!("smithy-rpc-v2-cbor"));
    if is_cbor && let Some(body) = response.get_mut("body") {
        let bytes = body.as_str().and_then(|text| STANDARD.decode(text).ok());
        *body = json!(bytes);
    }
    vec![response]
}

/// The body of a case's function.
fn function(plan: &Plan<'_>, index: usize, case: &Case) -> Result<String, String> {
    let krate = plan
        .crates
        .get(index)
        .ok_or("expected a crate, found none")?;
    let values = krate.values();
    let operation = krate.model.operations.get(case.name());
    let operation =
        operation.ok_or_else(|| format!("expected the operation `{}`, found none", case.name()))?;
    let call = format!("    let call = {}", values.call(case.name())?);
    Ok(match &case.kind {
        Kind::Input { params, .. } => {
            let setters = values.setters(operation.input.as_deref(), params)?;
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
                // An output with a stream can only be compared in parts: as nested pairs, so that their number is not
                // limited.
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
                "{call};\n    let expected = {}::{variant}({value});\n    failed(call.send().await, {code:?}, {message:?}, expected)\n",
                values.exceptions()
            )
        }
    })
}

/// The test crate with these cases and their crates.
fn program<'p>(plan: &'p Plan<'_>, asked: &[Asked]) -> Program<'p> {
    let crates = plan.crates.iter().enumerate();
    let called = |index: usize| asked.iter().any(|case| case.krate == index);
    let mut program = Program {
        package: build::PACKAGE,
        crates: crates
            .filter_map(|(index, krate)| called(index).then_some(krate))
            .collect(),
        modules: BTreeMap::new(),
        calls: BTreeMap::new(),
    };
    for Asked { number, module, .. } in asked {
        let name = build::module_of(*number);
        program
            .calls
            .insert(*number, format!("{name}::answer(config)"));
        program.modules.insert(name, module.clone());
    }
    program
}
