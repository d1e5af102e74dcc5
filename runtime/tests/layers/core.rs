//! The core, which is all of the crate below the room `client`, has no sockets, no clock and no randomness: it builds for
//! any target, and what a call depends on is passed in.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use crate::imports::{Import, names_of};
use crate::level;

/// Crates that open sockets, read clocks or draw random numbers, or that do not build for every target.
const UNWANTED: [&str; 4] = ["getrandom", "mio", "ring", "tokio"];

/// What of the standard library is not there on every target, and would panic.
const MACHINE: [[&str; 2]; 7] = [
    ["std", "env"],
    ["std", "fs"],
    ["std", "process"],
    ["std", "thread"],
    ["TcpStream", "connect"],
    ["Instant", "now"],
    ["SystemTime", "now"],
];

#[test]
fn the_core_depends_on_no_runtime_and_no_randomness() {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--package", "tinsmith-runtime", "--locked"])
        .args(["--no-default-features", "--edges", "normal"])
        .args(["--target", "wasm32-unknown-unknown"])
        .args(["--prefix", "none", "--format", "{lib}"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo");
    let tree = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let crates: BTreeSet<&str> = tree.lines().map(str::trim).collect();
    assert!(crates.contains("http"), "expected a tree, found:\n{tree}");
    for unwanted in UNWANTED {
        assert!(
            !crates.contains(unwanted),
            "without default features the runtime depends on `{unwanted}`; expected a dependency of the feature `client` \
             or `hyper`. `cargo tree -p tinsmith-runtime --no-default-features -e normal -i {unwanted}` shows the way"
        );
    }
    for (of_codec, feature) in [("quick_xml", "xml"), ("minicbor", "cbor")] {
        assert!(
            !crates.contains(of_codec),
            "expected `{of_codec}` with the feature `{feature}` only"
        );
    }
}

/// The first name of an import that the core must not have; `None`: there is none.
fn of_the_machine(import: &Import) -> Option<String> {
    let room = import.module.first().map_or("", String::as_str);
    let is_core = level(room) < level("client");
    let names: Vec<&str> = import.path.iter().map(String::as_str).collect();
    let found = names
        .windows(2)
        .any(|pair| MACHINE.iter().any(|unwanted| pair == unwanted));
    (is_core && found).then(|| format!("{}: {}", import.file, import.path.join("::")))
}

#[test]
fn the_core_asks_no_clock_and_opens_no_file() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let found: Vec<String> = names_of(&source)
        .iter()
        .filter_map(of_the_machine)
        .collect();
    assert!(
        found.is_empty(),
        "expected clocks, files and threads in the room `client` and above only, found:\n{found:#?}"
    );
}

#[test]
fn clocks_and_files_are_found() {
    let module = ["codec".to_owned(), "file".to_owned()];
    for text in [
        "fn f() { std::time::SystemTime::now(); }",
        "use std::fs::read;",
        "use std::{env, fmt};",
        "fn f() { vec![Instant::now()]; }",
    ] {
        let names = crate::imports::names_in("file", &module, text);
        assert_eq!(names.iter().filter_map(of_the_machine).count(), 1, "{text}");
    }
}

/// The crates and modules that open sockets.
const SOCKETS: [&[&str]; 9] = [
    &["h2"],
    &["hyper"],
    &["hyper_rustls"],
    &["hyper_util"],
    &["rustls"],
    &["std", "net", "TcpListener"],
    &["std", "net", "TcpStream"],
    &["std", "net", "UdpSocket"],
    &["tokio", "net"],
];

fn names_a_socket(import: &Import) -> bool {
    SOCKETS.iter().any(|socket| {
        import
            .path
            .iter()
            .map(String::as_str)
            .take(socket.len())
            .eq(socket.iter().copied())
    })
}

#[test]
fn one_client_opens_sockets_behind_the_trait_of_clients() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let all: Vec<Import> = names_of(&source)
        .into_iter()
        .filter(names_a_socket)
        .collect();
    let is_of_client = |import: &&Import| import.file.starts_with("client/hyper_client");
    assert!(all.iter().any(|import| is_of_client(&import)));
    let found: Vec<String> = all
        .iter()
        .filter(|import| !is_of_client(import))
        .map(|import| format!("{}: {}", import.file, import.path.join("::")))
        .collect();
    assert!(
        found.is_empty(),
        "expected requests to go through `HttpClient`, those for credentials as well; found\n{found:#?}"
    );
}
