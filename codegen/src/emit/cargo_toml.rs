//! The crate's `Cargo.toml`.

use super::file::{File, Finished};
use crate::manifest::{Dependency, EDITION, INHERITABLE, Package, RUST_VERSION};
use crate::model::Extension;
use crate::rust::{Checksum, Crate, Operation, Service};
use crate::text::is_invisible;

/// The features of a crate that are those of the runtime, and of tinsmith-config if the crate has it, and what each of them
/// is for.
const PASSED_ON: [(&str, &str); 3] = [
    (
        "hyper",
        "The HTTP client. Without it, set another one in the configuration.",
    ),
    (
        "native-roots",
        "It trusts the certificates that the system trusts.",
    ),
    (
        "webpki-roots",
        "It trusts Mozilla's certificates where the system has none.",
    ),
];

/// Those of them that are on by default, with the runtime's.
const DEFAULTS: [&str; 2] = ["hyper", "native-roots"];

pub(super) fn emit(krate: &Crate) -> Finished {
    let Crate {
        package: name,
        version,
        runtime,
        config,
        manifest,
        service,
        operations,
        ..
    } = krate;
    let description = format!(
        "A client for {}, generated from its service model",
        service.full_name
    );
    let mut package = vec![
        "[package]".to_owned(),
        format!("name = {}", string(name)),
        format!("version = {}", string(version)),
        format!("description = {}", string(&description)),
    ];
    package.extend(INHERITABLE.iter().filter_map(|key| own_key(key, manifest)));
    let library = [
        "[lib]",
        "# It has no tests. Documentation is from the model: its examples are not programs.",
        "test = false",
        "doctest = false",
    ];
    let loader = config.as_ref().map(|config| {
        let value = value(config, &[], true);
        format!("tinsmith-config = {value}")
    });
    let extension = service.extension.as_ref().map(|extension| {
        let Extension {
            package, folder, ..
        } = extension;
        format!(
            "{package} = {}",
            value(&beside(runtime, folder), &[], false)
        )
    });
    let needed = value(runtime, &features(service, operations), false);
    let needed = format!("tinsmith-runtime = {needed}");
    let standalone = [
        "# Not a member of a workspace, wherever the crate is.",
        "[workspace]",
    ];
    let mut file = File::marked("#", &service.id, "the service model");
    let mut section = |lines: &mut dyn Iterator<Item = &str>| {
        file.line("");
        lines.for_each(|line| file.line(line));
    };
    section(&mut package.iter().map(String::as_str));
    section(&mut library.into_iter());
    let offered = offered(runtime, config.is_some());
    section(&mut offered.iter().map(String::as_str));
    let dependencies = loader.iter().chain([&needed]).chain(&extension);
    let dependencies = dependencies.map(String::as_str);
    section(&mut ["[dependencies]"].into_iter().chain(dependencies));
    if manifest.is_workspace {
        section(&mut standalone.into_iter());
    }
    file.finish()
}

/// The line of a key of `[package]`, if the crate has it.
fn own_key(key: &str, manifest: &Package) -> Option<String> {
    let Package {
        inherited,
        license,
        publish,
        is_workspace: _,
    } = manifest;
    if inherited.contains(key) {
        return Some(format!("{key}.workspace = true"));
    }
    match key {
        "edition" => Some(format!("edition = {}", string(EDITION))),
        "rust-version" => Some(format!("rust-version = {}", string(RUST_VERSION))),
        "license" => license
            .as_ref()
            .map(|license| format!("license = {}", string(license))),
        "publish" if !publish => Some("publish = false".to_owned()),
        _ => None,
    }
}

/// The section of features: those of the dependencies, so that whoever uses the crate chooses among them.
fn offered(runtime: &Dependency, is_loaded: bool) -> Vec<String> {
    let mut defaults = Vec::new();
    if is_loaded {
        defaults.push("credentials");
    }
    if runtime.default_features {
        defaults.extend(DEFAULTS);
    }
    let mut lines = vec![
        "[features]".to_owned(),
        format!("default = {}", list(&defaults)),
    ];
    if is_loaded {
        lines.push("# `Client::from_env` and `shared_config`: settings and credentials from the environment and shared files.".to_owned());
        lines.push("credentials = [\"dep:tinsmith-config\"]".to_owned());
    }
    for (feature, purpose) in PASSED_ON {
        let mut stands_for = vec![format!("tinsmith-runtime/{feature}")];
        if is_loaded {
            stands_for.insert(0, format!("tinsmith-config?/{feature}"));
        }
        let stands_for: Vec<&str> = stands_for.iter().map(String::as_str).collect();
        lines.push(format!("# {purpose}"));
        lines.push(format!("{feature} = {}", list(&stands_for)));
    }
    lines
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
    let checksums = any(|operation| {
        let chosen = matches!(operation.checksum, Some(Checksum::Chosen { .. }));
        chosen || operation.validation.is_some()
    });
    if checksums {
        features.push("checksums");
    }
    features.push("client");
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
fn beside(dependency: &Dependency, folder: &str) -> Dependency {
    dependency.beside(folder).unwrap_or_else(|| {
        let mut place = dependency.place.clone();
        if let Some(path) = place.get_mut("path") {
            *path = format!("{}/../{folder}", path.trim_end_matches('/'));
        }
        Dependency {
            place,
            features: Vec::new(),
            default_features: dependency.default_features,
        }
    })
}

/// The value of a dependency, with features that are needed in addition to its own. Its default features are features of
/// the crate; in a workspace's dependencies they cannot be turned off here.
fn value(dependency: &Dependency, needed: &[&str], optional: bool) -> String {
    let Dependency {
        place,
        features,
        default_features: _,
    } = dependency;
    let mut pairs: Vec<String> = place
        .iter()
        .map(|(key, value)| format!("{key} = {}", string(value)))
        .collect();
    pairs.push(match dependency.is_of_workspace() {
        true => "workspace = true".to_owned(),
        false => "default-features = false".to_owned(),
    });
    let mut all: Vec<&str> = needed.to_vec();
    all.extend(features.iter().map(String::as_str));
    all.sort_unstable();
    all.dedup();
    if !all.is_empty() {
        pairs.push(format!("features = {}", list(&all)));
    }
    if optional {
        pairs.push("optional = true".to_owned());
    }
    format!("{{ {} }}", pairs.join(", "))
}

/// A list of TOML.
fn list(items: &[&str]) -> String {
    let quoted: Vec<_> = items.iter().map(|item| string(item)).collect();
    format!("[{}]", quoted.join(", "))
}
