//! Calls of methods: of the project's types, of clients, of calls that are being built, and of values of unknown types.

use super::Reader;
use super::calls::called_method;
use crate::scan::found::{Unresolved, Use};
use crate::scan::index::name;
use crate::scan::rows::Row;
use crate::scan::spellings;
use crate::scan::types::{Atom, Call, Types, tuple};
use std::collections::BTreeSet;
use syn::{Expr, ExprMethodCall};

impl<'s> Reader<'s, '_> {
    pub(super) fn method_call(&mut self, call: &ExprMethodCall) -> Types {
        let receiver = self.expr(&call.receiver);
        let method = name(&call.method);
        let line = call.method.span().start().line;
        let explicit = call
            .turbofish
            .as_ref()
            .map(|of| self.turbofish(of))
            .unwrap_or_default();
        self.spelled(call, &receiver, &method);
        let (mut found, hints, is_known) = self.on(&receiver, &method, call.args.is_empty(), line);
        let content: Vec<Types> = vec![taken_out(&receiver)];
        let mut given = Types::default();
        for (number, argument) in call.args.iter().enumerate() {
            let hint = hints
                .as_ref()
                .map(|hints| hints.get(number).map(Vec::as_slice).unwrap_or_default());
            // A closure that a method of another crate is given gets what it is called on: `map`, `for_each`.
            let types = self.argument(argument, hint.unwrap_or(&content));
            if !is_known {
                given.add(types);
            }
        }
        // What a method of another crate returns may be what it was given: `unwrap_or`, `map`, `get_or_init`, `push`.
        if !is_known {
            given
                .0
                .retain(|atom| !matches!(atom, Atom::Call(call) if call.service.is_none()));
            found.add(given);
        }
        found.and(explicit)
    }

    /// Counts a method call as the spelling that it is.
    pub(super) fn spelled(&mut self, call: &ExprMethodCall, receiver: &Types, method: &str) {
        let span = call.method.span();
        let arguments = call.args.len();
        let has = |atom: &Atom| receiver.0.contains(atom);
        let is_call = receiver.calls().any(|call| call.service.is_some());
        let mut count = |row| self.findings.spelled(row, self.file, span);
        if is_call || has(&Atom::Built) {
            match spellings::setter(method, arguments) {
                Some(Row::Setter) if spellings::is_repeated(call) => count(Row::Append),
                Some(row) => count(row),
                None => {}
            }
        }
        if is_call {
            match method {
                "presigned" => count(Row::Presigned),
                "customize" => count(Row::Customize),
                "into_paginator" => count(Row::Paginator),
                _ if spellings::is_token(method) => count(Row::ByHand),
                _ => {}
            }
        }
        if has(&Atom::Built) && method == "build" {
            count(Row::Builder);
            self.built = Some(span);
        }
        if has(&Atom::Received) && arguments == 0 {
            if method.starts_with("as_") && !spellings::is_common(method) {
                self.findings.spelled(Row::AskedUnion, self.file, span);
            } else if spellings::is_accessor(method) {
                self.findings.spelled(Row::Accessor, self.file, span);
            }
        }
        if self.findings.near.contains(&self.file)
            && let Some(row) = spellings::by_name(method, arguments)
        {
            self.findings.spelled(row, self.file, span);
        }
        if self.findings.with_errors.contains(&self.file) && arguments == 0 && !has(&Atom::Received)
        {
            if matches!(method, "code" | "message" | "meta") {
                self.findings.spelled(Row::ErrorMetadata, self.file, span);
            } else if spellings::is_about_an_error(method) {
                self.findings.spelled(Row::AskedError, self.file, span);
            }
        }
        if matches!(method, "unwrap" | "expect" | "map_err") {
            self.taken_for_a_result(&call.receiver);
        }
    }

    /// Counts the building of a type whose result is taken for a `Result`.
    pub(super) fn taken_for_a_result(&mut self, built: &Expr) {
        let Expr::MethodCall(call) = built else {
            return;
        };
        let span = call.method.span();
        if call.method == "build"
            && self
                .built
                .is_some_and(|known| known.start() == span.start())
        {
            self.findings.fallible(self.file, span);
        }
    }

    /// What a method returns; the hints for closures that are its arguments, if the project has it; and whether it is known.
    pub(super) fn on(
        &mut self,
        receiver: &Types,
        method: &str,
        without_arguments: bool,
        line: usize,
    ) -> (Types, Option<Vec<Vec<Types>>>, bool) {
        let mut found = Types::default();
        let mut hints = None;
        let mut is_known = false;
        let mut open = receiver.clone();
        let mut seen = BTreeSet::new();
        // A type of the project's own methods, else those of what it dereferences to.
        while let Some(atom) = open.0.pop_first() {
            if !seen.insert(atom.clone()) {
                continue;
            }
            match &atom {
                Atom::Own(item) => {
                    let methods = self.project.methods(*item, method).to_vec();
                    if methods.is_empty() {
                        open.add(self.project.dereferenced(*item));
                        found.add(Types::one(atom));
                        continue;
                    }
                    is_known = true;
                    for own in methods {
                        found.add(self.project.returned(&own, receiver));
                        hints = Some(self.hints(&called_method(&own)));
                    }
                }
                Atom::Client(service) => {
                    let own = self.project.extensions(method).to_vec();
                    if self.project.services.operation(service, method).is_none() && !own.is_empty()
                    {
                        is_known = true;
                        for own in own {
                            found.add(self.project.returned(&own, receiver));
                            hints = Some(self.hints(&called_method(&own)));
                        }
                        continue;
                    }
                    let called = self.on_client(service, method, line, without_arguments);
                    is_known |= called.calls().next().is_some();
                    found.add(called);
                }
                Atom::Call(call) => {
                    is_known |= call.service.is_some();
                    found.add(self.on_call(call, method, without_arguments, line));
                }
                Atom::Received => found.add(Types::one(atom)),
                // What is built is no longer followed: whether it is sent or compared does not matter.
                Atom::Built if method == "build" => {}
                Atom::Built => {
                    is_known = true;
                    found.add(Types::one(atom));
                }
                Atom::Tuple(parts) => {
                    // `zip` and others give tuples to closures; a method of a tuple itself is `clone`.
                    found.add(tuple(parts.clone()));
                }
            }
        }
        if is_known {
            // A method that is known of one of the types is that one's.
            found.0.retain(|atom| !matches!(atom, Atom::Own(item) if receiver.own().any(|of| of == *item) && self.project.methods(*item, method).is_empty()));
        } else if without_arguments
            && self.may_be_a_call(method)
            && !receiver
                .0
                .iter()
                .any(|atom| !matches!(atom, Atom::Own(_) | Atom::Tuple(_)))
        {
            found.add(Types::one(Atom::Call(Call {
                service: None,
                method: method.to_owned(),
                line: Some(line),
            })));
        }
        (found, hints, is_known)
    }

    /// Whether a client of the package has such a method.
    pub(super) fn may_be_a_call(&self, method: &str) -> bool {
        if let Some(waiter) = method.strip_prefix("wait_until_") {
            return self
                .services
                .iter()
                .any(|key| self.project.services.waiter(key, waiter).is_some());
        }
        !self
            .project
            .services
            .with_operation(self.services, method)
            .is_empty()
    }

    /// A method of a client.
    pub(super) fn on_client(
        &mut self,
        service: &str,
        method: &str,
        line: usize,
        without_arguments: bool,
    ) -> Types {
        let services = self.project.services;
        let client = Types::one(Atom::Client(service.to_owned()));
        if let Some(waiter) = method.strip_prefix("wait_until_") {
            if let Some(operation) = services.waiter(service, waiter) {
                let at = (self.file, line);
                self.findings
                    .call(service, operation, at, Some(Use::Waiter), self.test);
            }
            return Types::default();
        }
        if !without_arguments {
            return client;
        }
        match services.operation(service, method) {
            Some(operation) => {
                self.findings
                    .call(service, operation, (self.file, line), None, self.test);
            }
            // A method that the table does not have is that of a newer operation, if what it returns is sent.
            None if is_like_an_operation(method) => {}
            None => return client,
        }
        let call = Types::one(Atom::Call(Call {
            service: Some(service.to_owned()),
            method: method.to_owned(),
            line: Some(line),
        }));
        if services.operation(service, method).is_some() {
            call
        } else {
            call.and(client)
        }
    }

    /// A method of a call that is being built.
    pub(super) fn on_call(
        &mut self,
        call: &Call,
        method: &str,
        without_arguments: bool,
        line: usize,
    ) -> Types {
        let is_certain = call.service.as_ref().is_some_and(|service| {
            self.project
                .services
                .operation(service, &call.method)
                .is_some()
        });
        let how = match method {
            "send" | "send_with" => Use::Call,
            "into_paginator" => Use::Paginator,
            "presigned" => Use::Presigned,
            // Setters take an argument.
            _ if without_arguments && !is_certain && !matches!(method, "clone" | "customize") => {
                return Types::default();
            }
            _ => return Types::one(Atom::Call(call.clone())),
        };
        let at = (self.file, call.line.unwrap_or(line));
        match &call.service {
            Some(service) => {
                let service = service.clone();
                let services = self.project.services;
                let operation = services.operation_or_rule(&service, &call.method);
                match call.line {
                    Some(_) => self
                        .findings
                        .call(&service, &operation, at, Some(how), self.test),
                    None => self.findings.sent(&service, &operation, at, how, self.test),
                }
                if how != Use::Presigned {
                    return Types::one(Atom::Received);
                }
            }
            None => self.by_name(&call.method, at, how),
        }
        Types::default()
    }

    /// A call on a value of an unknown type. It is that of the only client that has such a method.
    pub(super) fn by_name(&mut self, method: &str, at: (usize, usize), how: Use) {
        let services = self.project.services;
        let mut having = services.with_operation(self.services, method);
        let in_file: Vec<&str> = having
            .iter()
            .copied()
            .filter(|key| self.in_file.contains(*key))
            .collect();
        if let [_] = in_file.as_slice() {
            having = in_file;
        }
        match having.as_slice() {
            [service] => {
                let operation = services.operation_or_rule(service, method);
                self.findings
                    .call(service, &operation, at, Some(how), self.test);
            }
            several => {
                self.findings.unresolved.insert(Unresolved {
                    line: at,
                    method: method.to_owned(),
                    services: several.iter().map(|key| (*key).to_owned()).collect(),
                });
            }
        }
    }
}

/// What a closure gets that a method of another crate is given.
fn taken_out(types: &Types) -> Types {
    let mut types = types.clone();
    types.0.retain(|atom| !matches!(atom, Atom::Call(_)));
    types
}

/// Whether a method of a client has a name like those of operations, and not like those of what any value has.
fn is_like_an_operation(method: &str) -> bool {
    let beginnings = [
        "as_", "from_", "get_or_", "into_", "to_", "try_", "unwrap_", "with_",
    ];
    method.contains('_')
        && !beginnings
            .iter()
            .any(|beginning| method.starts_with(beginning))
}
