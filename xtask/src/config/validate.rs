//! What a service in `tinsmith.toml` may be called and where it may go.

use super::{FILE, Service};
use crate::report::Report;
use crate::version::Version;
use std::collections::BTreeMap;
use std::path::Component;

/// Whether Cargo takes `name` for a package. Cargo allows more; this is what crates are called.
pub fn is_package_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_')
}

/// Complains about what is wrong with one service, also beside the others.
pub(super) fn service(
    name: &str,
    service: &Service,
    services: &BTreeMap<String, Service>,
    report: &mut Report,
) {
    let place = format!("\n  in {FILE} at services.{name}");
    if !is_package_name(&service.package) {
        report.push(format!(
            "expected a package name of lower-case letters, digits, `-` and `_`, found `{}`{place}.package",
            service.package
        ));
    }
    if Version::parse(&service.version).is_none() {
        report.push(format!(
            "expected a version of three numbers such as `0.1.0`, found `{}`{place}.version",
            service.version
        ));
    }
    let mut parts = service.out.components().peekable();
    if parts.peek().is_none() || !parts.all(|part| matches!(part, Component::Normal(_))) {
        report.push(format!(
            "expected a folder below the root, such as `generated/{name}`, found `{}`{place}.out",
            service.out.display()
        ));
    }
    for (other, theirs) in services.iter().filter(|(other, _)| *other != name) {
        if theirs.package == service.package {
            report.push(format!(
                "expected a package name of its own, found `{}`, which is `{other}`'s too{place}.package",
                service.package
            ));
        }
        if service.out.starts_with(&theirs.out) {
            report.push(format!(
                "expected a folder of its own, found `{}`, which is `{other}`'s or lies in it{place}.out",
                service.out.display()
            ));
        }
    }
}
