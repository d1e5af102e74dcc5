//! What the crates that users build depend on: nothing that needs a newer compiler than they do, and not too much.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// The crates that users build, with what they depend on.
const OURS: [&str; 3] = ["tinsmith-runtime", "tinsmith-config", "tinsmith-codegen"];

fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo {arguments:?}: {errors}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

/// A version of the compiler, such as 1.89.0.
fn version(text: &str) -> Vec<u32> {
    let mut numbers: Vec<u32> = text
        .split('.')
        .map(|number| number.parse().expect("a number"))
        .collect();
    numbers.resize(3, 0);
    numbers
}

#[test]
fn no_dependency_needs_a_newer_compiler_than_we_say() {
    let metadata = cargo(&[
        "metadata",
        "--locked",
        "--all-features",
        "--format-version",
        "1",
    ]);
    let metadata: Value = serde_json::from_str(&metadata).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let packages: BTreeMap<&str, &Value> = packages
        .iter()
        .map(|package| (text(package, "id"), package))
        .collect();
    let nodes = metadata["resolve"]["nodes"].as_array().expect("nodes");
    let nodes: BTreeMap<&str, &Value> = nodes.iter().map(|node| (text(node, "id"), node)).collect();
    let ours: Vec<&str> = packages
        .iter()
        .filter(|(_, package)| OURS.contains(&text(package, "name")))
        .map(|(id, _)| *id)
        .collect();
    assert_eq!(ours.len(), OURS.len(), "expected {OURS:?}, found {ours:?}");
    let declared = version(text(packages[ours[0]], "rust_version"));
    let (mut open, mut seen) = (ours, BTreeSet::new());
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        let package = packages[id];
        if let Some(needed) = package["rust_version"].as_str() {
            let name = text(package, "name");
            assert!(
                version(needed) <= declared,
                "{name} needs Rust {needed}, and we say {declared:?}: expected a version of it that needs no more, or a newer \
                 rust-version of ours"
            );
        }
        for dependency in nodes[id]["deps"].as_array().expect("dependencies") {
            let kinds = dependency["dep_kinds"].as_array().expect("kinds");
            if kinds.iter().any(|kind| kind["kind"] != "dev") {
                open.push(text(dependency, "pkg"));
            }
        }
    }
    assert!(seen.len() > 50, "found {} packages", seen.len());
}

/// The names of the crates in the tree of the seed's client, without itself.
fn tree(more: &[&str]) -> BTreeSet<String> {
    let mut arguments = vec!["tree", "--package", "imagebuilder", "--locked"];
    arguments.extend([
        "--edges",
        "normal,build",
        "--prefix",
        "none",
        "--format",
        "{p}",
    ]);
    arguments.extend(more);
    let tree = cargo(&arguments);
    let names = tree.lines().filter_map(|line| line.split(' ').next());
    names
        .filter(|name| *name != "imagebuilder")
        .map(str::to_owned)
        .collect()
}

#[test]
fn a_client_has_at_most_75_crates_in_its_tree_and_60_without_credentials() {
    let client = ["--no-default-features", "--features", "hyper,native-roots"];
    for (more, most) in [(&[][..], 75), (&client[..], 60)] {
        let tree = tree(more);
        assert!(
            tree.len() <= most,
            "expected at most {most}, found {}: {tree:?}",
            tree.len()
        );
        for gone in ["reqsign-core", "reqsign-aws-v4", "rust-ini", "tiny-keccak"] {
            assert!(!tree.contains(gone), "{gone}");
        }
    }
}

/// The features of a generated crate are those of the crates below it: each brings what it says, and nothing else does.
#[test]
fn features_of_a_client_reach_what_is_below_it() {
    let parts = [
        ("hyper", "the HTTP client"),
        ("rustls-native-certs", "the system's certificates"),
        ("webpki-roots", "Mozilla's certificates"),
        ("tinsmith-config", "settings from outside"),
    ];
    for (features, has) in [
        (
            "default",
            &["hyper", "rustls-native-certs", "tinsmith-config"][..],
        ),
        ("", &[]),
        ("credentials", &["tinsmith-config"]),
        ("hyper", &["hyper"]),
        ("native-roots", &[]),
        ("hyper,webpki-roots", &["hyper", "webpki-roots"]),
        (
            "credentials,hyper,native-roots",
            &["hyper", "rustls-native-certs", "tinsmith-config"],
        ),
        (
            "credentials,hyper,webpki-roots",
            &["hyper", "webpki-roots", "tinsmith-config"],
        ),
    ] {
        let tree = tree(&["--no-default-features", "--features", features]);
        for (name, what) in parts {
            assert_eq!(
                tree.contains(name),
                has.contains(&name),
                "{what} with {features:?}"
            );
        }
    }
}
