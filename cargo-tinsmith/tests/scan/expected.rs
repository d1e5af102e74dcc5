//! What the comments of a program say, and how it differs from what a scan found.

use cargo_tinsmith::scan::Scan;
use std::collections::{BTreeMap, BTreeSet};

/// An operation: its uses, its places, and whether only tests use it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Operation {
    uses: BTreeSet<String>,
    places: BTreeSet<String>,
    test_only: bool,
}

/// What is to be found.
#[derive(Debug, Default)]
pub(crate) struct Expected {
    operations: BTreeMap<(String, String), Operation>,
    unresolved: BTreeSet<(String, String)>,
}

impl Expected {
    /// Reads the comments of files.
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let mut expected = Self::default();
        let mut outside_of_tests = BTreeSet::new();
        for (name, text) in files {
            for (number, line) in text.lines().enumerate() {
                let place = format!("{name}:{}", number + 1);
                if let Some((_, method)) = line.split_once("//? ") {
                    expected
                        .unresolved
                        .insert((place.clone(), method.trim().to_owned()));
                }
                let Some((_, marks)) = line.split_once("//~ ") else {
                    continue;
                };
                for mark in marks.split(';') {
                    let words: Vec<&str> = mark.split_whitespace().collect();
                    let [service, name, how, rest @ ..] = words.as_slice() else {
                        panic!("a mark is a service, an operation and a use: {mark}")
                    };
                    let key = ((*service).to_owned(), (*name).to_owned());
                    let operation = expected.operations.entry(key.clone()).or_default();
                    operation.places.insert(place.clone());
                    if *how != "types" {
                        operation.uses.insert((*how).to_owned());
                    }
                    if rest.is_empty() {
                        outside_of_tests.insert(key);
                    }
                }
            }
        }
        for (key, operation) in &mut expected.operations {
            operation.test_only = !outside_of_tests.contains(key);
        }
        expected
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.operations.is_empty()
    }

    /// The differences, a line each.
    pub(crate) fn compare(&self, scan: &Scan) -> Vec<String> {
        let mut found = BTreeMap::new();
        for service in &scan.services {
            for operation in &service.operations {
                let key = (service.name.clone(), operation.name.clone());
                let value = Operation {
                    uses: operation
                        .uses
                        .iter()
                        .map(|one| one.as_str().to_owned())
                        .collect(),
                    places: operation.places.iter().map(ToString::to_string).collect(),
                    test_only: operation.test_only,
                };
                found.insert(key, value);
            }
        }
        let mut wrong = Vec::new();
        for (key, expected) in &self.operations {
            match found.remove(key) {
                None => wrong.push(format!("{key:?} is not found: {expected:?}")),
                Some(found) if found != *expected => {
                    wrong.push(format!(
                        "{key:?}:\n  expected {expected:?}\n  found    {found:?}"
                    ));
                }
                Some(_) => {}
            }
        }
        wrong.extend(
            found
                .iter()
                .map(|(key, found)| format!("{key:?} is found, and is not there: {found:?}")),
        );
        let unresolved: BTreeSet<(String, String)> = scan
            .unresolved
            .iter()
            .map(|one| (one.place.to_string(), one.method.clone()))
            .collect();
        if unresolved != self.unresolved {
            wrong.push(format!(
                "unresolved: expected {:?}, found {unresolved:?}",
                self.unresolved
            ));
        }
        wrong
    }
}
