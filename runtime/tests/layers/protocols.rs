//! A protocol is asked, never asked for: outside of its room nobody looks at which one it is.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::imports::{Import, names_of};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The names after each occurrence of `before` in the files of a folder.
fn names_after(before: &str, folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let text = std::fs::read_to_string(entry.expect("a file").path()).expect("its text");
        for after in text.split(before).skip(1) {
            let name = after.split(|c: char| !c.is_alphanumeric()).next();
            names.extend(name.map(str::to_owned));
        }
    }
    names
}

/// The protocols that clients speak: whatever implements the trait.
fn protocols() -> Vec<String> {
    names_after("impl Protocol for ", &root().join("runtime/src/protocol"))
}

fn found(names: Vec<Import>, is_one: impl Fn(&Import) -> bool) -> BTreeSet<String> {
    let found = names.into_iter().filter(is_one);
    found
        .map(|name| format!("{}: {}", name.file, name.path.join("::")))
        .collect()
}

#[test]
fn no_code_of_the_runtime_depends_on_which_protocol_it_is() {
    let protocols = protocols();
    assert!(protocols.contains(&"RestJson".to_owned()), "{protocols:?}");
    let found = found(names_of(&root().join("runtime/src")), |name| {
        // What generated code imports has them all, and asks nothing.
        let is_outside = !["protocol", "codegen"].contains(&name.module[0].as_str());
        is_outside && name.path.iter().any(|part| protocols.contains(part))
    });
    assert!(
        found.is_empty(),
        "expected protocols to be named in runtime/src/protocol only, behind the trait `Protocol`; found\n{found:#?}"
    );
}

/// Where the generator looks at which protocol it is: the value itself, one arm in each reader, and the emitter that names
/// it to the runtime.
const IN_THE_GENERATOR: [&str; 4] = [
    "emit/client.rs",
    "model/protocol.rs",
    "read/botocore.rs",
    "read/smithy/service.rs",
];

/// Whether a name is a variant's, and neither a method's nor a constant's.
fn is_camel_case(name: &str) -> bool {
    name.starts_with(char::is_uppercase) && name.contains(char::is_lowercase)
}

#[test]
fn no_other_code_of_the_generator_depends_on_which_protocol_it_is() {
    let is_variant = |name: &Import| match name.path.as_slice() {
        [.., of, name] => of == "Protocol" && is_camel_case(name),
        _ => false,
    };
    let all = found(names_of(&root().join("codegen/src")), is_variant);
    let is_in = |file: &str| all.iter().any(|found| found.starts_with(file));
    assert!(is_in("read/botocore.rs"), "{all:#?}");
    let elsewhere = |found: &&String| !IN_THE_GENERATOR.iter().any(|file| found.starts_with(file));
    let found: Vec<&String> = all.iter().filter(elsewhere).collect();
    assert!(
        found.is_empty(),
        "expected a method of the model's `Protocol` in codegen/src/model/protocol.rs, found\n{found:#?}"
    );
}
