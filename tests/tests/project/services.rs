//! What is one service's own has a place of its own: a fixup of the generator, or a crate above the runtime that a fixup names.

use std::path::{Path, PathBuf};

/// Where the name of a service is a fact, each with the reason.
const FACTS: [&str; 4] = [
    // Named fixups of models.
    "codegen/src/fixups.rs",
    "codegen/src/fixups",
    // Signatures of models, one of which has this name.
    "codegen/src/read/botocore.rs",
    // The signing names of services whose paths and bodies are signed in another way.
    "runtime/src/sign/signer.rs",
];

/// What code that asks for the service would compare with.
const NAMES: [&str; 4] = ["\"S3\"", "\"s3\"", "\"S3 Control\"", "\"s3control\""];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn no_code_asks_whether_a_service_is_s3() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    for folder in ["codegen/src", "runtime/src", "config/src"] {
        sources(&root.join(folder), &mut files);
    }
    let named = |file: &PathBuf| {
        let text = std::fs::read_to_string(file).unwrap();
        let code = text.split("mod tests {").next().unwrap_or_default();
        NAMES.iter().any(|name| code.contains(name))
    };
    let (facts, others): (Vec<_>, Vec<_>) = files
        .into_iter()
        .filter(named)
        .partition(|file| FACTS.iter().any(|fact| file.starts_with(root.join(fact))));
    assert!(facts.len() >= FACTS.len(), "{facts:?}");
    assert!(
        others.is_empty(),
        "expected the name of a service in {FACTS:?} only, found it in {others:#?}"
    );
}
