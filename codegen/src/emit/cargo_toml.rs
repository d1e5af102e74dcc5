//! The crate's `Cargo.toml`.

use super::file::header;
use crate::rust::{Checksum, Crate, Operation};

pub(super) fn emit(krate: &Crate) -> String {
    let Crate {
        package,
        version,
        runtime,
        workspace,
        service,
        operations,
        ..
    } = krate;
    let runtime = with_features(runtime, &features(operations));
    let settings = if *workspace {
        "edition.workspace = true\nrust-version.workspace = true\nlicense.workspace = true\npublish.workspace = true\n".to_owned()
    } else {
        // The runtime's own; a crate outside a workspace says it itself.
        format!(
            "edition = \"2024\"\nrust-version = \"{}\"\npublish = false\n",
            env!("CARGO_PKG_RUST_VERSION")
        )
    };
    let standalone = if *workspace {
        ""
    } else {
        "\n# A crate of its own, wherever it stands.\n[workspace]\n"
    };
    format!(
        "{header}\n\n[package]\nname = \"{package}\"\nversion = \"{version}\"\ndescription = \"A client for {name}, generated from its service model\"\n{settings}\n[dependencies]\ntinsmith-runtime = {runtime}\n{standalone}",
        header = header("#", &service.id, "the service model"),
        name = service.full_name.replace('\\', "\\\\").replace('"', "\\\""),
    )
}

/// What the operations need of the runtime beyond what every crate needs.
fn features(operations: &[Operation]) -> Vec<&'static str> {
    let sends = operations.iter().any(Operation::sends_events);
    let receives = operations.iter().any(Operation::receives_events);
    let any = |needs: fn(&Operation) -> bool| operations.iter().any(needs);
    let mut features = Vec::new();
    if any(|operation| matches!(operation.checksum, Some(Checksum::Chosen { .. }))) {
        features.push("checksums");
    }
    if sends || receives {
        features.push("event-streams");
    }
    if any(|operation| operation.gzip) {
        features.push("gzip");
    }
    // Events go both ways at once over HTTP/2 only.
    if sends {
        features.push("http2");
    }
    if any(|operation| operation.checksum == Some(Checksum::Md5)) {
        features.push("md5");
    }
    features
}

/// A dependency with features, whether its value is a table or a version.
fn with_features(dependency: &str, features: &[&str]) -> String {
    if features.is_empty() {
        return dependency.to_owned();
    }
    let quoted: Vec<_> = features.iter().map(|name| format!("\"{name}\"")).collect();
    let quoted = quoted.join(", ");
    if let Some((before, after)) = dependency.split_once("features = [") {
        return match after.trim_start().starts_with(']') {
            true => format!("{before}features = [{quoted}{after}"),
            false => format!("{before}features = [{quoted}, {after}"),
        };
    }
    match dependency.trim().strip_suffix('}') {
        Some(table) => format!("{}, features = [{quoted}] }}", table.trim_end()),
        None => format!("{{ version = {dependency}, features = [{quoted}] }}"),
    }
}
