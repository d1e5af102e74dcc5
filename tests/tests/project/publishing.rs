//! The packages that users need can be published, and no others: each has its metadata, and depends on others of them by a
//! version.

use serde_json::Value;
use std::collections::BTreeSet;
use std::process::Command;

/// The packages that are published.
const PUBLISHED: [&str; 9] = [
    "cargo-tinsmith",
    "tinsmith-codegen",
    "tinsmith-config",
    "tinsmith-runtime",
    "tinsmith-s3",
    "tinsmith-signin",
    "tinsmith-sso",
    "tinsmith-sso-oidc",
    "tinsmith-sts",
];

fn packages() -> Vec<Value> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--locked", "--no-deps", "--format-version", "1"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

#[test]
fn what_users_need_is_published_and_nothing_else() {
    let packages = packages();
    let published: BTreeSet<&str> = packages
        .iter()
        .filter(|package| package["publish"].is_null())
        .map(|package| text(package, "name"))
        .collect();
    assert_eq!(published, BTreeSet::from(PUBLISHED));
}

#[test]
fn each_has_its_metadata_and_versions() {
    let packages = packages();
    let named = |name: &str| {
        packages
            .iter()
            .find(|package| text(package, "name") == name)
    };
    for name in PUBLISHED {
        let package = named(name).unwrap();
        for key in ["description", "license", "repository", "rust_version"] {
            assert_ne!(text(package, key), "", "{name} has no {key}");
        }
        // A generated crate has no page but its documentation, which is where each crate's is.
        if !text(package, "description").contains("generated from its service model") {
            for key in ["documentation", "readme"] {
                assert_ne!(text(package, key), "", "{name} has no {key}");
            }
        }
        for dependency in package["dependencies"].as_array().unwrap() {
            let (of, kind) = (text(dependency, "name"), text(dependency, "kind"));
            let Some(ours) = named(of).filter(|_| kind != "dev") else {
                continue;
            };
            assert!(
                PUBLISHED.contains(&of),
                "{name} needs {of}, which is not published"
            );
            let expected = format!("^{}", text(ours, "version"));
            assert_eq!(text(dependency, "req"), expected, "{name} on {of}");
        }
    }
}
