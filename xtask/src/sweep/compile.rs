//! Builds generated crates as members of one scratch workspace: cargo runs one compiler per job, and shared
//! dependencies are built once.

use super::generate::Swept;
use crate::scratch;
use cargo_tinsmith::report::{Report, count};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Stdio;
use std::str::FromStr;
use std::time::Instant;

const WORKSPACE: &str = "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n\n";

/// Nothing is built twice here, so nothing is kept for a second build.
const INCREMENTAL: &str = "incremental = false\n";

/// The number of crates to build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HowMany {
    /// All that were generated.
    All,
    /// The largest.
    Largest(usize),
}

impl FromStr for HowMany {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "all" => Ok(Self::All),
            number => number
                .parse()
                .map(Self::Largest)
                .map_err(|_| format!("expected a number or `all`, found `{number}`")),
        }
    }
}

/// Builds the largest of the generated crates, with warnings denied.
///
/// # Errors
/// A crate does not build; the compiler has printed the reason.
pub(super) fn compile(
    root: &Path,
    results: &[Swept],
    how_many: HowMany,
    jobs: usize,
) -> Result<String, Report> {
    let mut chosen: Vec<&Swept> = results
        .iter()
        .filter(|swept| !swept.tree.is_empty())
        .collect();
    chosen.sort_by(|a, b| {
        b.lines
            .cmp(&a.lines)
            .then_with(|| a.service.cmp(&b.service))
    });
    if let HowMany::Largest(number) = how_many {
        chosen.truncate(number);
    }
    let folder = scratch::folder(root, "sweep")?;
    let manifest = format!("{WORKSPACE}{}{INCREMENTAL}", scratch::PROFILE);
    scratch::write(&folder.join("Cargo.toml"), &manifest)?;
    for swept in &chosen {
        for (path, text) in &swept.tree {
            let file = folder.join("crates").join(&swept.service).join(path);
            scratch::write(&file, text)?;
        }
    }
    let start = Instant::now();
    let failed = |error| Report::io("cannot run cargo in", &folder, &error);
    let output = scratch::cargo(root, &folder, "build")
        .args(["--workspace", "--lib", "--keep-going"])
        .args(["--message-format", "json-render-diagnostics"])
        .args(["--jobs", &jobs.to_string()])
        .env("RUSTFLAGS", "-Dwarnings")
        .stderr(Stdio::inherit())
        .output()
        .map_err(failed)?;
    let built = built(&output.stdout);
    let unbuilt = |swept: &&&Swept| !built.contains(&format!("sweep-{}", swept.service));
    let broken: Vec<&str> = chosen
        .iter()
        .filter(unbuilt)
        .map(|swept| swept.service.as_str())
        .collect();
    if !broken.is_empty() || !output.status.success() {
        return Err(Report::new(format!(
            "{} of {} do not build ({}): {}",
            broken.len(),
            count(chosen.len(), "crate"),
            output.status,
            broken.join(", ")
        )));
    }
    let names: Vec<&str> = chosen.iter().map(|swept| swept.service.as_str()).collect();
    Ok(format!(
        "compiled: {} in {:.0} s, no warnings: {}\n",
        count(chosen.len(), "crate"),
        start.elapsed().as_secs_f64(),
        names.join(", ")
    ))
}

/// The packages that were built, according to cargo's messages.
fn built(messages: &[u8]) -> BTreeSet<String> {
    let mut built = BTreeSet::new();
    for line in messages.split(|byte| *byte == b'\n') {
        let Ok(message) = serde_json::from_slice::<Value>(line) else {
            continue;
        };
        if message
            .get("reason")
            .is_some_and(|reason| reason == "compiler-artifact")
        {
            let manifest = message.get("manifest_path").and_then(Value::as_str);
            let folder = manifest.and_then(|path| Path::new(path).parent()?.file_name());
            if let Some(name) = folder.and_then(|name| name.to_str()) {
                built.insert(format!("sweep-{name}"));
            }
        }
    }
    built
}
