//! The types that a value can have or hold, as far as a scan needs them: clients, builders and types of the project.
//!
//! A value of `Arc<Mutex<Option<Client>>>` is a client here: what wraps it, and how it is taken out, does not matter.

use std::collections::BTreeSet;

/// How many types a value can have; more is a program that this analysis does not suit.
const MOST: usize = 48;

/// One of the types that a value can have or hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Atom {
    /// A client of a service of the SDK.
    Client(String),
    /// A call that is being built.
    Call(Call),
    /// A type of the project, by its index.
    Own(usize),
    /// A value of the SDK's types: an output, or a part of one.
    Received,
    /// A type of the SDK that is being built.
    Built,
    /// A tuple.
    Tuple(Vec<Types>),
}

/// A call that is being built.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Call {
    /// The service; `None` for a method of a value of an unknown type, which may be a client.
    pub(super) service: Option<String>,
    /// The method of the client.
    pub(super) method: String,
    /// The line where it is called; `None` for a builder that comes from elsewhere.
    pub(super) line: Option<usize>,
}

/// The types that a value can have or hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Types(pub(super) BTreeSet<Atom>);

impl Types {
    pub(super) fn one(atom: Atom) -> Self {
        Self(BTreeSet::from([atom]))
    }

    pub(super) fn add(&mut self, other: Self) {
        self.0.extend(other.0);
        while self.0.len() > MOST {
            self.0.pop_last();
        }
    }

    pub(super) fn and(mut self, other: Self) -> Self {
        self.add(other);
        self
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The services whose clients are among them.
    pub(super) fn clients(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|atom| match atom {
            Atom::Client(service) => Some(service.as_str()),
            _ => None,
        })
    }

    pub(super) fn calls(&self) -> impl Iterator<Item = &Call> {
        self.0.iter().filter_map(|atom| match atom {
            Atom::Call(call) => Some(call),
            _ => None,
        })
    }

    /// The indexes of types of the project.
    pub(super) fn own(&self) -> impl Iterator<Item = usize> {
        self.0.iter().filter_map(|atom| match atom {
            Atom::Own(item) => Some(*item),
            _ => None,
        })
    }

    /// What is known of the part with this number, if they are tuples; else what all parts can be.
    pub(super) fn part(&self, number: usize, of: usize) -> Self {
        let mut found = Self::default();
        for atom in &self.0 {
            match atom {
                Atom::Tuple(parts) if parts.len() == of => {
                    found.add(parts.get(number).cloned().unwrap_or_default());
                }
                // Calls are not taken out of anything.
                Atom::Call(_) => {}
                other => found.add(Self::one(other.clone())),
            }
        }
        found
    }
}

impl FromIterator<Self> for Types {
    fn from_iter<I: IntoIterator<Item = Self>>(all: I) -> Self {
        all.into_iter().fold(Self::default(), Self::and)
    }
}

/// A tuple, unless nothing is known of any part.
pub(super) fn tuple(parts: Vec<Types>) -> Types {
    if parts.iter().all(Types::is_empty) {
        return Types::default();
    }
    // Tuples of tuples without end come from loops that wrap a value in each round.
    if parts.iter().any(|part| depth(part) > 4) {
        return parts.into_iter().collect();
    }
    Types::one(Atom::Tuple(parts))
}

fn depth(of: &Types) -> usize {
    let depths = of.0.iter().map(|atom| match atom {
        Atom::Tuple(parts) => 1 + parts.iter().map(depth).max().unwrap_or(0),
        _ => 0,
    });
    depths.max().unwrap_or(0)
}
