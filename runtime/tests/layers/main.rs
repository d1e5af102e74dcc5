//! The rooms of `runtime/src` stand one upon the other: a file names only its own room and those below it, and it names
//! the room, never a re-export at the root of the crate.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod contract;
mod core;
mod imports;
mod protocols;
mod surface;

use std::collections::BTreeSet;
use std::path::Path;

use imports::{Import, imports_of};

/// The rooms, from the lowest. A file of one may name those before it.
const ROOMS: [&str; 20] = [
    // What a shape is made of, and how it is read and written.
    "shape",
    // How that looks in JSON and its like.
    "codec",
    // What a call can fail with, as data.
    "error",
    // Bodies: of messages, and of members that stream.
    "stream",
    // Where a service is. Inputs have a say in it, so it stands below the bindings that collect what they say.
    "endpoint",
    // Which member travels where in HTTP.
    "http_binding",
    // What is added to a request before it is sent.
    "checksum",
    "compression",
    // Bodies that are events.
    "event_stream",
    // Decisions, without a clock: whether and when a call is made again.
    "retry",
    "repeat",
    "paginator",
    "waiter",
    // Signatures.
    "sign",
    // A request from an input, an output from a response.
    "protocol",
    // Where a request is sent, and what it is signed for.
    "target",
    // A request that others send.
    "presign",
    // The shell, with sockets and clocks.
    "client",
    // What crates use that load configurations.
    "loading",
    // What generated code imports.
    "codegen",
];

/// The macros of generated code: exported macros are at the root of a crate, whatever room they are written in.
const MACROS: [&str; 9] = [
    "call",
    "generated_for_contract",
    "open_enum",
    "service_errors",
    "setters",
    "structure",
    "union",
    "union_from",
    "union_variants",
];

/// An import that is none of its room's business: the file, and the room that it names.
type Fault = (String, String);

fn level(room: &str) -> Option<usize> {
    ROOMS.iter().position(|known| *known == room)
}

/// What is wrong with an import; `None`: nothing.
fn fault(import: &Import) -> Option<Fault> {
    let from = import.module.first().map_or("", String::as_str);
    let to = import.path.first().map_or("", String::as_str);
    let is_down = match (level(from), level(to)) {
        (Some(from), Some(to)) => to <= from,
        _ => from == "codegen" && MACROS.contains(&to),
    };
    (!is_down).then(|| (import.file.clone(), to.to_owned()))
}

#[test]
fn imports_go_down() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let found: BTreeSet<Fault> = imports_of(&source).iter().filter_map(fault).collect();
    assert!(
        found.is_empty(),
        "expected imports of the own room and of those below it, in the order of ROOMS in runtime/tests/layers/main.rs; \
         found (file, what it names of the crate):\n{found:#?}"
    );
}

#[test]
fn every_room_is_there() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for room in ROOMS {
        let file = source.join(format!("{room}.rs"));
        assert!(file.is_file(), "expected {}", file.display());
    }
}

/// The rooms that a file of `room` must not name and does.
fn found_in(room: &str, text: &str) -> Vec<String> {
    let module = [room.to_owned(), "file".to_owned()];
    let names = imports::names_in("file", &module, text);
    let imports = names.into_iter().filter_map(Import::resolved);
    let faults: BTreeSet<Fault> = imports.filter_map(|import| fault(&import)).collect();
    faults.into_iter().map(|(_, to)| to).collect()
}

#[test]
fn imports_that_go_up_are_found() {
    let up = [
        "use crate::sign::sign;",
        "use crate::{shape::Blob, sign::{self, SignError as Error}};",
        "mod inner { use super::super::super::sign::sign; }",
        "fn f() -> crate::sign::SignError { loop {} }",
        "fn f() { vec![Some(crate::sign::SignError::new())]; }",
        "#[cfg(test)] mod tests { fn f() { crate::sign::sign() } }",
    ];
    for text in up {
        assert_eq!(found_in("codec", text), ["sign"], "{text}");
    }
}

#[test]
fn re_exports_at_the_root_are_found() {
    assert_eq!(found_in("client", "use crate::Blob;"), ["Blob"]);
    assert_eq!(found_in("client", "use super::super::Blob;"), ["Blob"]);
    assert_eq!(found_in("client", "use crate::*;"), [""]);
}

#[test]
fn imports_that_go_down_are_fine() {
    let text =
        "use super::other; use crate::shape::Blob; use std::fmt; pub(crate) fn f() { self::g(); }
        macro_rules! m { () => { $crate::codegen::wire() }; }
        mod tests { use super::*; }";
    assert_eq!(found_in("codec", text), [""; 0]);
}
