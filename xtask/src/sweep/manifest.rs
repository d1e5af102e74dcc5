//! A list of services and their operations:
//!
//! ```toml
//! [services]
//! tiny = ["GetThing", "ListThings"]
//! ```

use cargo_tinsmith::disk;
use cargo_tinsmith::report::{Report, shown};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// Operations by service.
pub(super) type Manifest = BTreeMap<String, Vec<String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    services: Manifest,
}

/// Reads the list.
///
/// # Errors
/// The list cannot be read, has no service, or a service has no operation.
pub(super) fn read(root: &Path, path: &Path) -> Result<Manifest, Report> {
    let text =
        disk::read_to_string(path).map_err(|error| Report::io("cannot read", path, &error))?;
    let place = shown(root, path);
    let list: List = toml::from_str(&text).map_err(|error| {
        Report::new(format!(
            "expected `[services]` with the names of operations by service, found something else in {place}: {}",
            error.message()
        ))
    })?;
    let mut report = Report::default();
    if list.services.is_empty() {
        report.push(format!("expected services, found none\n  in {place}"));
    }
    for (service, operations) in &list.services {
        if operations.is_empty() {
            report.push(format!(
                "expected operations of `{service}`, found none\n  in {place}"
            ));
        }
    }
    report.or(list.services)
}
