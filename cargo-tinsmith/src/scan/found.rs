//! What a scan finds: services, the operations that are called, and where.

use super::rows::Row;
use super::spellings::Spot;
use std::collections::{BTreeMap, BTreeSet};

/// How an operation is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Use {
    /// It is sent.
    Call,
    /// Its pages are followed.
    Paginator,
    /// A waiter calls it.
    Waiter,
    /// A request for it is presigned.
    Presigned,
}

impl Use {
    /// The word in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Paginator => "paginator",
            Self::Waiter => "waiter",
            Self::Presigned => "presigned",
        }
    }
}

/// A line of a file, by the index of the file.
pub(super) type Line = (usize, usize);

/// What happens at a line.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    pub(super) uses: BTreeSet<Use>,
    pub(super) test: bool,
}

/// What is known of an operation.
#[derive(Debug, Default)]
pub(super) struct Calls {
    pub(super) calls: BTreeMap<Line, Seen>,
    /// Where a call is sent that comes from elsewhere, such as a parameter of a function.
    pub(super) sent: BTreeMap<Line, Seen>,
    /// Where its input, output or error is named.
    pub(super) types: BTreeMap<Line, bool>,
}

/// A call of a method that may be that of a client.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Unresolved {
    pub(super) line: Line,
    pub(super) method: String,
    /// The services whose clients have such a method.
    pub(super) services: Vec<String>,
}

/// Everything that is found.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// By the part of the crate's name after `aws-sdk-`.
    pub(super) services: BTreeMap<String, BTreeMap<String, Calls>>,
    pub(super) unresolved: BTreeSet<Unresolved>,
    /// Where each spelling of the table stands.
    pub(super) rows: BTreeMap<Row, BTreeSet<Spot>>,
    /// The files that name a crate of the SDK, and those that name an error of it.
    pub(super) near: BTreeSet<usize>,
    pub(super) with_errors: BTreeSet<usize>,
}

impl Findings {
    /// A service is used, with or without operations.
    pub(super) fn service(&mut self, service: &str) {
        if !self.services.contains_key(service) {
            self.services.insert(service.to_owned(), BTreeMap::new());
        }
    }

    fn calls(&mut self, service: &str, operation: &str) -> &mut Calls {
        let operations = self.services.entry(service.to_owned()).or_default();
        operations.entry(operation.to_owned()).or_default()
    }

    /// An operation is called at a line; how, may be known only later.
    pub(super) fn call(
        &mut self,
        service: &str,
        operation: &str,
        line: Line,
        how: Option<Use>,
        test: bool,
    ) {
        let calls = self.calls(service, operation);
        let seen = calls.calls.entry(line).or_insert(Seen {
            uses: BTreeSet::new(),
            test,
        });
        seen.test &= test;
        seen.uses.extend(how);
    }

    /// A call that was built elsewhere is sent at a line.
    pub(super) fn sent(
        &mut self,
        service: &str,
        operation: &str,
        line: Line,
        how: Use,
        test: bool,
    ) {
        let calls = self.calls(service, operation);
        let seen = calls.sent.entry(line).or_insert(Seen {
            uses: BTreeSet::new(),
            test,
        });
        seen.test &= test;
        seen.uses.insert(how);
    }

    /// A type of an operation is named at a line.
    pub(super) fn named(&mut self, service: &str, operation: &str, line: Line, test: bool) {
        let known = self
            .calls(service, operation)
            .types
            .entry(line)
            .or_insert(test);
        *known &= test;
    }
}
