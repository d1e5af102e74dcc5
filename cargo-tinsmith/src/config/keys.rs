//! The keys of `tinsmith.toml`, and the errors for all others.

use super::FILE;
use crate::report::{Report, nearest};
use toml::de::{DeTable, DeValue};

const ROOT_KEYS: &[&str] = &[
    "documentation",
    "models",
    "runtime",
    "config",
    "credentials",
    "license",
    "publish",
    "services",
];
const SERVICE_KEYS: &[&str] = &[
    "model",
    "operations",
    "package",
    "version",
    "out",
    "protocol",
    "credentials",
    "license",
    "publish",
    "overrides",
];
const OVERRIDE_KEYS: &[&str] = &["required", "renames", "unions"];

/// Checks that `text` is TOML and contains no unknown key. serde checks the values.
pub(super) fn check(text: &str) -> Result<(), Report> {
    let root = DeTable::parse(text).map_err(|error| {
        Report::new(format!(
            "{FILE} is not TOML: {}",
            error.to_string().trim_end()
        ))
    })?;
    let root = root.get_ref();
    let mut report = Report::default();
    known(text, "", root, ROOT_KEYS, &mut report);
    for (name, service) in tables(root.get("services").map(|value| value.get_ref())) {
        known(
            text,
            &format!("services.{name}."),
            service,
            SERVICE_KEYS,
            &mut report,
        );
        let Some(DeValue::Table(overrides)) = service.get("overrides").map(|value| value.get_ref())
        else {
            continue;
        };
        let place = format!("services.{name}.overrides.");
        known(text, &place, overrides, OVERRIDE_KEYS, &mut report);
        for kind in OVERRIDE_KEYS {
            for (shape, inner) in tables(overrides.get(*kind).map(|value| value.get_ref())) {
                let member = inner
                    .keys()
                    .next()
                    .map_or("member", |key| key.get_ref().as_ref());
                report.push(format!(
                    "expected a key in quotes, `\"{shape}.{member}\" = …`, found a dotted key, which makes a table\n  in {FILE} at {place}{kind}.{shape}"
                ));
            }
        }
    }
    report.or(())
}

/// The tables in a table. serde reports a value that should be a table and is not.
fn tables<'t, 'i>(
    value: Option<&'t DeValue<'i>>,
) -> impl Iterator<Item = (&'t str, &'t DeTable<'i>)> {
    let table = match value {
        Some(DeValue::Table(table)) => Some(table),
        _ => None,
    };
    table
        .into_iter()
        .flatten()
        .filter_map(|(key, value)| match value.get_ref() {
            DeValue::Table(table) => Some((key.get_ref().as_ref(), table)),
            _ => None,
        })
}

fn known(text: &str, place: &str, table: &DeTable<'_>, keys: &[&str], report: &mut Report) {
    for key in table.keys() {
        let name = key.get_ref().as_ref();
        if !keys.contains(&name) {
            let before = text.get(..key.span().start).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            report.push(format!(
                "unknown key `{name}`{}\n  in {FILE} line {line}, at {place}{name}\n  known keys there: {}",
                nearest(name, keys.iter().copied()),
                keys.join(", ")
            ));
        }
    }
}
