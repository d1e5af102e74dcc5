//! Runs the endpoint cases of all services with the endpoint functions that are generated for them.

mod cases;
mod judge;

use crate::scratch;
use cargo_tinsmith::config::Documentation;
use cargo_tinsmith::import::source::Source;
use cargo_tinsmith::load;
use cargo_tinsmith::report::{Report, count};
use cases::Case;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

const MAIN: &str = include_str!("../../templates/endpoint_answers.rs");

/// A service with cases.
struct Service {
    name: String,
    cases: Vec<Case>,
    /// The number of cases, even if none can be run.
    total: usize,
    /// Its endpoint function, or why there is none.
    file: Result<String, String>,
}

/// Runs the cases in `folder` with the models in `models`, and returns the report.
///
/// # Errors
/// A case that fails; cases or models that cannot be read; a test crate that cannot be built.
pub fn endpoints(root: &Path, folder: &Path, models: &Path) -> Result<String, Report> {
    let models: BTreeMap<_, _> = Source::open(models)?.models()?.into_iter().collect();
    let mut services = Vec::new();
    for (name, path) in cases::files(folder)? {
        let model = models.get(&name).map(|model| model.as_path());
        services.push(service(root, name, &path, model)?);
    }
    let answers = ask(root, &services)?;
    let (said, failed) = report(&services, &answers);
    if failed == 0 {
        return Ok(said);
    }
    // The table is printed to the same stream as in case of success.
    let _ = write!(anstream::stdout(), "{said}");
    Err(Report::new(format!(
        "{} of the endpoints failed; they are listed above",
        count(failed, "case")
    )))
}

fn service(
    root: &Path,
    name: String,
    path: &Path,
    model: Option<&Path>,
) -> Result<Service, Report> {
    let found = cases::read(root, path)?;
    let total = found.len();
    let refused = |name, why| Service {
        name,
        cases: Vec::new(),
        total,
        file: Err(why),
    };
    let Some(model) = model else {
        return Ok(refused(name, "no model of it was given".to_owned()));
    };
    let model = match load::model(root, model, Documentation::Strip) {
        Ok(model) => model,
        Err(report) => return Ok(refused(name, report.to_string())),
    };
    if !model.service.has_generated_protocol() {
        let why = format!("speaks {}", model.service.protocol_name);
        return Ok(refused(name, why));
    }
    let (file, rules) = (
        tinsmith_codegen::endpoint_file(&model),
        model.endpoint_rules,
    );
    Ok(match (file, rules) {
        (Ok(file), Some(rules)) => Service {
            cases: found.iter().map(|case| cases::case(case, &rules)).collect(),
            name,
            total,
            file: Ok(file),
        },
        (Err(problems), _) => refused(name, Report::from(problems).to_string()),
        (Ok(_), None) => refused(name, "no endpoint rules".to_owned()),
    })
}

/// Builds the test crate and lets it compute the results of all cases, in order.
fn ask(root: &Path, services: &[Service]) -> Result<Vec<Value>, Report> {
    let folder = scratch::folder(root, "conformance/endpoints")?;
    let runtime = toml_edit::Value::from(root.join("runtime").display().to_string());
    let manifest = format!(
        "[package]\nname = \"endpoint-answers\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\nserde_json = \"1\"\ntinsmith-runtime = {{ path = {runtime} }}\n\n[workspace]\n\n{}",
        scratch::PROFILE
    );
    scratch::write(&folder.join("Cargo.toml"), &manifest)?;
    scratch::write(&folder.join("src/main.rs"), MAIN)?;
    let (mut modules, mut arms) = (String::new(), String::new());
    let mut asked = Vec::new();
    for (index, service) in services.iter().enumerate() {
        let Ok(file) = &service.file else { continue };
        let _ = writeln!(modules, "mod service_{index};");
        let _ = writeln!(
            arms,
            "        {:?} => service_{index}::resolve,",
            service.name
        );
        scratch::write(
            &folder.join(format!("src/services/service_{index}.rs")),
            file,
        )?;
        let cases = service.cases.iter();
        asked.extend(cases.map(|case| (&service.name, &case.given)));
    }
    let table = format!(
        "//! The endpoint functions by service.\n\n{modules}\nuse tinsmith_runtime::{{Endpoint, EndpointError, EndpointParams}};\n\ntype Resolve = fn(&EndpointParams) -> Result<Endpoint, EndpointError>;\n\npub(crate) fn resolve(service: &str) -> Option<Resolve> {{\n    Some(match service {{\n{arms}        _ => return None,\n    }})\n}}\n"
    );
    scratch::write(&folder.join("src/services.rs"), &table)?;
    let asked = serde_json::to_vec(&asked)
        .map_err(|error| Report::new(format!("cannot write the cases as JSON: {error}")))?;
    run(root, &folder, &asked)
}

fn run(root: &Path, folder: &Path, asked: &[u8]) -> Result<Vec<Value>, Report> {
    let failed = |error| Report::io("cannot run cargo in", folder, &error);
    let mut child = scratch::cargo(root, folder, "run")
        .arg("--quiet")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    // It reads everything before it writes, so there is no deadlock. If it does not read, its status tells why.
    if let Some(mut stdin) = child.stdin.take() {
        let _ = stdin.write_all(asked);
    }
    let output = child.wait_with_output().map_err(failed)?;
    if !output.status.success() {
        return Err(Report::new(format!(
            "the endpoint functions cannot be built or run ({}); they are in {}",
            output.status,
            folder.display()
        )));
    }
    serde_json::from_slice(&output.stdout).map_err(|error| {
        Report::new(format!(
            "the endpoint functions returned no results: {error}"
        ))
    })
}

/// One row per service, the failures, the services that cannot be run, and the total; with the number of failed cases.
fn report(services: &[Service], answers: &[Value]) -> (String, usize) {
    let width = services.iter().map(|service| service.name.len()).max();
    let width = width.unwrap_or_default().max("service".len());
    let mut out = format!("{:width$}  passed  failed  not supported\n", "service");
    let (mut failures, mut refusals) = (String::new(), String::new());
    let (mut all_passed, mut all_failed, mut all_refused) = (0, 0, 0);
    let mut answers = answers.iter();
    for service in services {
        let Service {
            name,
            cases,
            total,
            file,
        } = service;
        let (mut passed, mut failed) = (0, 0);
        for (case, answer) in cases.iter().zip(answers.by_ref()) {
            let expected = judge::expected(&case.expected);
            if expected == *answer {
                passed += 1;
                continue;
            }
            failed += 1;
            let _ = writeln!(
                failures,
                "{name}: {}\n  expected {}\n  got      {}",
                case.name,
                judge::shown(&expected),
                judge::shown(answer)
            );
        }
        let refused = if file.is_ok() { 0 } else { *total };
        if let Err(why) = file {
            let _ = writeln!(refusals, "{name}: {why}");
        }
        let _ = writeln!(out, "{name:width$}  {passed:6}  {failed:6}  {refused:13}");
        all_passed += passed;
        all_failed += failed;
        all_refused += refused;
    }
    for (title, lines) in [("not supported", refusals), ("failed", failures)] {
        if !lines.is_empty() {
            let _ = write!(out, "\n{title}:\n{lines}");
        }
    }
    let _ = writeln!(
        out,
        "\ntotal: {} of {}: {all_passed} passed, {all_failed} failed, {all_refused} not supported",
        count(all_passed + all_failed + all_refused, "case"),
        count(services.len(), "service"),
    );
    (out, all_failed)
}
