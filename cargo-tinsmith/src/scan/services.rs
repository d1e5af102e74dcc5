//! The services that the official SDK has clients of: their names, operations and waiters.

use super::types::{Atom, Call, Types};
use heck::ToUpperCamelCase as _;
use std::collections::{BTreeSet, HashMap};

/// Facts about every service of a release of botocore, which `cargo xtask services` writes. A line that is not indented is a
/// service: the part of its crate's name after `aws-sdk-`, its name in botocore, and the version of its API. Below are its
/// operations, a line each, and its waiters as `Waiter = Operation`.
const TABLE: &str = include_str!("services.txt");

/// What the scan knows of services.
#[derive(Debug)]
pub(super) struct Services {
    services: HashMap<&'static str, Service>,
}

/// A service.
#[derive(Debug)]
pub(super) struct Service {
    /// Its name in botocore, which is that of its folder of models.
    pub(super) name: &'static str,
    /// The version of its API.
    pub(super) version: &'static str,
    /// The names of operations, by the letters of the client's method.
    operations: HashMap<String, &'static str>,
    /// The operations that waiters call, likewise.
    waiters: HashMap<String, &'static str>,
}

impl Services {
    pub(super) fn known() -> Self {
        let mut services = HashMap::new();
        let mut last: Option<(&str, Service)> = None;
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            match (line.strip_prefix(' '), &mut last) {
                (Some(line), Some((_, service))) => match line.split_once(" = ") {
                    Some((waiter, operation)) => {
                        service.waiters.insert(letters(waiter), operation);
                    }
                    None => {
                        service.operations.insert(letters(line), line);
                    }
                },
                _ => {
                    services.extend(last.take());
                    let mut words = line.split(' ');
                    last = words.next().zip(words.next()).zip(words.next()).map(
                        |((key, name), version)| {
                            let service = Service {
                                name,
                                version,
                                operations: HashMap::new(),
                                waiters: HashMap::new(),
                            };
                            (key, service)
                        },
                    );
                }
            }
        }
        services.extend(last);
        Self { services }
    }

    /// A service, by the part of its crate's name after `aws-sdk-`.
    pub(super) fn get(&self, key: &str) -> Option<&Service> {
        self.services.get(key)
    }

    /// Its name in botocore; that of its crate, where the table does not have it.
    pub(super) fn name<'a>(&'a self, key: &'a str) -> &'a str {
        self.get(key).map_or(key, |service| service.name)
    }

    /// The operation that a client's method calls, if the table has it.
    pub(super) fn operation(&self, key: &str, method: &str) -> Option<&'static str> {
        self.get(key)?.operations.get(&letters(method)).copied()
    }

    /// The operation that a waiter of a client calls: the method without `wait_until_`.
    pub(super) fn waiter(&self, key: &str, waiter: &str) -> Option<&'static str> {
        self.get(key)?.waiters.get(&letters(waiter)).copied()
    }

    /// The name of an operation: that of the table, or else what the SDK's rule for names says.
    pub(super) fn operation_or_rule(&self, key: &str, method: &str) -> String {
        let known = self.operation(key, method).map(str::to_owned);
        known.unwrap_or_else(|| method.to_upper_camel_case())
    }

    /// Those of `keys` with an operation for this method.
    pub(super) fn with_operation<'k>(
        &self,
        keys: &'k BTreeSet<String>,
        method: &str,
    ) -> Vec<&'k str> {
        let has = |key: &&String| self.operation(key, method).is_some();
        keys.iter().filter(has).map(String::as_str).collect()
    }

    /// What a type in a client crate is to a scan: the client, or a call that is being built.
    pub(super) fn atom(&self, key: &str, path: &[String]) -> Types {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let call = |method: &str| {
            Types::one(Atom::Call(Call {
                service: Some(key.to_owned()),
                method: method.to_owned(),
                line: None,
            }))
        };
        match path.as_slice() {
            ["Client", ..] | ["client", "Client", ..] => Types::one(Atom::Client(key.to_owned())),
            ["operation", method, name] if name.ends_with("Input") => call(method),
            ["operation", method, "builders", name]
                if name.ends_with("Builder") && !name.ends_with("OutputBuilder") =>
            {
                call(method)
            }
            ["client", "fluent_builders", name] => call(name),
            ["operation", _, name] if name.ends_with("Output") => Types::one(Atom::Received),
            ["types", "builders", _] => Types::one(Atom::Built),
            ["types", _] => Types::one(Atom::Received),
            _ => Types::default(),
        }
    }

    /// The operation that a path in a client crate belongs to: of its input, output, error or builders.
    pub(super) fn operation_of_type(&self, key: &str, path: &[String]) -> Option<String> {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        match path.as_slice() {
            ["operation", module, _, ..] => Some(self.operation_or_rule(key, module)),
            ["operation", module] => self.operation(key, module).map(str::to_owned),
            // Where releases before 1.0 had them.
            ["input" | "output" | "error", name, ..] => {
                let ends = ["Input", "Output", "ErrorKind", "Error"].into_iter();
                let mut operations = ends.filter_map(|end| name.strip_suffix(end));
                operations.find_map(|name| Some(self.operation(key, name)?.to_owned()))
            }
            _ => None,
        }
    }
}

/// The letters and digits of a name, in lower case: what a method and an operation have in common, however the words of
/// the operation are divided (`list_mfa_devices` and `ListMFADevices`).
fn letters(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|c| c.to_ascii_lowercase()).collect()
}
