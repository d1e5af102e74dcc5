//! Checks the names and folders of services in `tinsmith.toml`.

use super::{FILE, Service};
use crate::package_name;
use crate::report::{Report, nearest};
use crate::version::Version;
use std::collections::BTreeMap;
use std::path::Component;
use tinsmith_codegen::model::Protocol;

/// Reports problems with one service, also in relation to the others.
pub(super) fn service(
    name: &str,
    service: &Service,
    services: &BTreeMap<String, Service>,
    report: &mut Report,
) {
    let place = format!("\n  in {FILE} at services.{name}");
    if let Err(why) = package_name::check(&service.package) {
        report.push(format!("{why}{place}.package"));
    }
    if Version::parse(&service.version).is_none() {
        report.push(format!(
            "expected a version of three numbers such as `0.1.0`, found `{}`{place}.version",
            service.version
        ));
    }
    if let Some(protocol) = &service.protocol
        && !Protocol::NAMES.contains(&protocol.as_str())
    {
        report.push(format!(
            "expected the name of a protocol ({}), found `{protocol}`{}{place}.protocol",
            Protocol::NAMES.join(", "),
            nearest(protocol, Protocol::NAMES.into_iter())
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
        // Cargo distinguishes `-` from `_`, but the names of the crates would be the same.
        if theirs.package.replace('-', "_") == service.package.replace('-', "_") {
            report.push(format!(
                "expected a package name of its own, found `{}`, which `{other}` has as well{place}.package",
                service.package
            ));
        }
        if service.out.starts_with(&theirs.out) {
            report.push(format!(
                "expected a folder of its own, found `{}`, which is the folder of `{other}` or inside it{place}.out",
                service.out.display()
            ));
        }
    }
}
