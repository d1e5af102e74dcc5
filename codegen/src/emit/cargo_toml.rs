//! The crate's `Cargo.toml`.

use super::file::{File, Finished};
use crate::model::Extension;
use crate::rust::{Checksum, Crate, Operation, Service};
use crate::text::is_invisible;

pub(super) fn emit(krate: &Crate) -> Finished {
    let Crate {
        package,
        version,
        runtime,
        config,
        workspace,
        service,
        operations,
        ..
    } = krate;
    let runtime = with_features(runtime, &features(service, operations));
    let edition = if *workspace {
        vec![
            "edition.workspace = true".to_owned(),
            "rust-version.workspace = true".to_owned(),
            "license.workspace = true".to_owned(),
            "publish.workspace = true".to_owned(),
        ]
    } else {
        // The runtime's own; a crate outside of a workspace has to state it.
        vec![
            "edition = \"2024\"".to_owned(),
            format!("rust-version = \"{}\"", env!("CARGO_PKG_RUST_VERSION")),
            "publish = false".to_owned(),
        ]
    };
    let description = format!(
        "A client for {}, generated from its service model",
        service.full_name
    );
    let package = [
        "[package]".to_owned(),
        format!("name = {}", string(package)),
        format!("version = {}", string(version)),
        format!("description = {}", string(&description)),
    ];
    let library = [
        "[lib]",
        "# It has no tests. Documentation is from the model: its examples are not programs.",
        "test = false",
        "doctest = false",
    ];
    let features = [
        "[features]",
        "default = [\"credentials\"]",
        "# `Client::from_env` and `shared_config`: settings and credentials from the environment and shared files.",
        "credentials = [\"dep:tinsmith-config\"]",
    ];
    let loader = config.as_ref().map(|config| {
        let optional = with(config, "optional = true");
        format!("tinsmith-config = {optional}")
    });
    let extension = service.extension.as_ref().map(|extension| {
        let Extension {
            package, folder, ..
        } = extension;
        format!("{package} = {}", beside(&krate.runtime, folder))
    });
    let runtime = format!("tinsmith-runtime = {runtime}");
    let standalone = [
        "# Not a member of a workspace, wherever the crate is.",
        "[workspace]",
    ];
    let mut file = File::marked("#", &service.id, "the service model");
    let mut section = |lines: &mut dyn Iterator<Item = &str>| {
        file.line("");
        lines.for_each(|line| file.line(line));
    };
    section(&mut package.iter().chain(&edition).map(String::as_str));
    section(&mut library.into_iter());
    if config.is_some() {
        section(&mut features.into_iter());
    }
    let dependencies = loader.iter().chain([&runtime]).chain(&extension);
    let dependencies = dependencies.map(String::as_str);
    section(&mut ["[dependencies]"].into_iter().chain(dependencies));
    if !*workspace {
        section(&mut standalone.into_iter());
    }
    file.finish()
}

/// A string of TOML.
fn string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\t' | '\n' => out.push(' '),
            _ if is_invisible(c) => out.push_str(&format!("\\U{:08X}", u32::from(c))),
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

/// The features of the runtime that protocol and operations need, in addition to those that every crate needs.
fn features(service: &Service, operations: &[Operation]) -> Vec<&'static str> {
    let sends = operations.iter().any(Operation::sends_events);
    let receives = operations.iter().any(Operation::receives_events);
    let any = |needs: fn(&Operation) -> bool| operations.iter().any(needs);
    let mut features = Vec::new();
    if any(|operation| {
        let chosen = matches!(operation.checksum, Some(Checksum::Chosen { .. }));
        chosen || operation.validation.is_some()
    }) {
        features.push("checksums");
    }
    if sends || receives {
        features.push("event-streams");
    }
    if any(|operation| operation.gzip) {
        features.push("gzip");
    }
    // HTTP/2 is needed only if events are sent and received at the same time.
    if sends {
        features.push("http2");
    }
    if any(|operation| operation.checksum == Some(Checksum::Md5)) {
        features.push("md5");
    }
    features.extend(service.protocol.feature());
    features
}

/// The dependency on a crate of ours that is in another folder beside that of `dependency`, from the same source.
fn beside(dependency: &str, folder: &str) -> String {
    const PATH: &str = "path = \"";
    let Some((before, (path, after))) = dependency
        .split_once(PATH)
        .and_then(|(before, rest)| Some((before, rest.split_once('"')?)))
    else {
        return dependency.to_owned();
    };
    let path = path.trim_end_matches('/');
    let name = path.rsplit('/').next().unwrap_or_default();
    let path = match path.strip_suffix(name) {
        Some(parent) if !["", ".", ".."].contains(&name) => format!("{parent}{folder}"),
        _ => format!("{path}/../{folder}"),
    };
    format!("{before}{PATH}{path}\"{after}")
}

/// A dependency with features; its value is a table or a version.
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
    with(dependency, &format!("features = [{quoted}]"))
}

/// A dependency with another pair of a key and a value; its value is a table or a version.
fn with(dependency: &str, pair: &str) -> String {
    match dependency.trim().strip_suffix('}') {
        Some(table) => format!("{}, {pair} }}", table.trim_end()),
        None => format!("{{ version = {dependency}, {pair} }}"),
    }
}
