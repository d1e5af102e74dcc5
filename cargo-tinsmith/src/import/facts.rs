//! One model's facts: read, stripped, formatted, and compared with those on disk.

use super::closure::Closure;
use super::strip;
use super::wanted::Wanted;
use crate::canonical_json;
use crate::command;
use crate::config::{Config, Documentation, Kept};
use crate::load::{self, smithy};
use crate::origin::{self, Origin};
use crate::report::{Report, count, nearest, shown};
use crate::write::{self, Changes};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use tinsmith_codegen::JsonFile;

/// A file to import, and the function that removes its texts.
type Imported = (&'static str, fn(&mut Value));

/// The file that botocore adds to its own models, and that a project can write itself: then it is the project's.
const EXTRAS: &str = "service-2.sdk-extras.json";

/// The files of a model that are imported. Files with other names in its folder are the project's and are never changed.
const FILES: &[Imported] = &[
    ("service-2.json", strip::service),
    (EXTRAS, strip::extras),
    ("paginators-1.json", |_| ()),
    ("paginators-1.sdk-extras.json", |_| ()),
    ("endpoint-rule-set-1.json", strip::endpoint_rules),
    ("waiters-2.json", strip::waiters),
];

/// The changes of importing one model. A line about it is added to `said`.
pub(super) fn import(
    config: &Config,
    wanted: &Wanted,
    version: &str,
    said: &mut String,
) -> Result<Changes, Report> {
    if smithy::is_ast_folder(&wanted.target) {
        return Err(Report::new(format!(
            "expected a folder for a model in botocore's format, found a Smithy AST: {}\n  delete the folder to change the format, then run this again; nothing was changed",
            shown(&config.root, &wanted.target)
        )));
    }
    let mut files = Vec::new();
    let mut digests = String::new();
    let mut report = Report::default();
    let mut size = (0, 0);
    let data = wanted.source.ancestors().nth(2).unwrap_or(&wanted.source);
    let service = config.services.get(&wanted.service);
    let mut closure = service
        .filter(|_| config.models == Kept::Closure)
        .and_then(|service| Closure::new(&service.operations, &service.overrides));
    let by_hand =
        wanted.target.join(EXTRAS).is_file() && !origin::imported(&wanted.target)?.contains(EXTRAS);
    let imported = || FILES.iter().filter(|(name, _)| *name != EXTRAS || !by_hand);
    for (name, strip) in imported() {
        let Some(path) = load::find(&wanted.source, name) else {
            continue;
        };
        let bytes = load::bytes(&path)?;
        // Writing to a String cannot fail.
        let _ = writeln!(digests, "\"{name}\" = \"{}\"", hex(&Sha256::digest(&bytes)));
        match load::parse(data, &path, &bytes).and_then(|file| {
            if *name == "service-2.json" {
                size = expect_service(&file)?;
            }
            Ok(file)
        }) {
            Ok(mut file) => {
                if config.documentation == Documentation::Strip {
                    strip(&mut file.value);
                }
                files.push((*name, file.value));
            }
            Err(problems) => report.append(problems),
        }
    }
    report.or(())?;
    if let Some(closure) = &mut closure {
        let file = |wanted: &str| {
            let file = files.iter().find(|(name, _)| *name == wanted);
            file.map(|(_, value)| value)
        };
        if let (Some(service), Some(rules)) =
            (file("service-2.json"), file("endpoint-rule-set-1.json"))
        {
            closure.keep_givers(service, rules);
        }
        let models = files.iter().filter_map(|(name, value)| match *name {
            "service-2.json" => Some(value),
            EXTRAS => value.get("merge"),
            _ => None,
        });
        closure.reach(&models.collect::<Vec<_>>());
        for (name, value) in &mut files {
            closure.reduce(name, value);
        }
    }
    let mut texts: Vec<(&str, String)> = files
        .iter()
        .map(|(name, value)| (*name, canonical_json::print(value)))
        .collect();
    let origin = Origin {
        package: "botocore".to_owned(),
        version: version.to_owned(),
    };
    texts.push((origin::FILE, origin.print(config.documentation, &digests)));
    let mut changes = Changes {
        leftovers: write::leftovers(&wanted.target),
        ..Changes::default()
    };
    for (name, _) in imported().filter(|(name, _)| texts.iter().all(|(found, _)| found != name)) {
        changes
            .removals
            .extend(Some(wanted.target.join(name)).filter(|path| path.is_file()));
    }
    let changes = compare(config, wanted, texts, changes, size, said)?;
    if by_hand && load::find(&wanted.source, EXTRAS).is_some() {
        let _ = writeln!(
            said,
            "  botocore has a {EXTRAS} too; the one in {} is written by hand, so it was not changed: check whether parts of botocore's belong there",
            shown(&config.root, &wanted.target)
        );
    }
    Ok(changes)
}

/// Compares the texts with those on disk. A line about it is added to `said`.
pub(super) fn compare(
    config: &Config,
    wanted: &Wanted,
    texts: Vec<(&str, String)>,
    mut changes: Changes,
    size: (usize, usize),
    said: &mut String,
) -> Result<Changes, Report> {
    let total = texts.len();
    for (name, text) in texts {
        let path = wanted.target.join(name);
        let found =
            write::existing(&path).map_err(|error| Report::io("cannot read", &path, &error))?;
        if found.as_deref() != Some(text.as_bytes()) {
            changes.writes.push((path, text));
        }
    }
    summarize(config, wanted, &changes, total, size, said);
    Ok(changes)
}

fn summarize(
    config: &Config,
    wanted: &Wanted,
    changes: &Changes,
    total: usize,
    size: (usize, usize),
    said: &mut String,
) {
    let folder = shown(&config.root, &wanted.target);
    let _ = writeln!(
        said,
        "{} {}  {}, {} -> {folder} ({} written, {} removed, {} unchanged)",
        wanted.service,
        wanted.api_version,
        count(size.0, "operation"),
        count(size.1, "shape"),
        count(changes.writes.len(), "file"),
        changes.removals.len(),
        total - changes.writes.len(),
    );
    if !config.services.contains_key(&wanted.service) {
        let near = nearest(&wanted.service, config.services.keys().map(String::as_str));
        let _ = writeln!(
            said,
            "  not in tinsmith.toml yet{near}; to generate it: {} add {} OPERATION…",
            command::name(),
            wanted.service
        );
    }
}

/// The number of operations and shapes of a service model.
fn expect_service(file: &JsonFile) -> Result<(usize, usize), Report> {
    let entries = |key: &str| {
        let object = file.value.get(key).and_then(Value::as_object);
        object.map(serde_json::Map::len).ok_or_else(|| {
            Report::new(format!(
                "expected a service model with an object at `{key}`, found none\n  in {}",
                file.path
            ))
        })
    };
    entries("metadata")?;
    Ok((entries("operations")?, entries("shapes")?))
}

/// Bytes in hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
