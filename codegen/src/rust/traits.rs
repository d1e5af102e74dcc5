//! The traits of a generated type that depend on its contents: those that are derived, and the auto traits of rustc.
//!
//! A program can require each of them, so losing one is a breaking change. The emitter derives the traits listed here.

use super::{Field, Item, Structure, Ty};
use std::collections::{BTreeMap, BTreeSet};

/// A trait of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Trait {
    Clone,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    Send,
    Sync,
    Unpin,
    UnwindSafe,
    RefUnwindSafe,
}

/// The auto traits, which a type has if all of its parts have them.
const AUTO: [Trait; 5] = [
    Trait::Send,
    Trait::Sync,
    Trait::Unpin,
    Trait::UnwindSafe,
    Trait::RefUnwindSafe,
];

impl Trait {
    pub(crate) const ALL: [Self; 11] = [
        Self::Clone,
        Self::Debug,
        Self::Default,
        Self::PartialEq,
        Self::Eq,
        Self::Hash,
        Self::Send,
        Self::Sync,
        Self::Unpin,
        Self::UnwindSafe,
        Self::RefUnwindSafe,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Clone => "Clone",
            Self::Debug => "Debug",
            Self::Default => "Default",
            Self::PartialEq => "PartialEq",
            Self::Eq => "Eq",
            Self::Hash => "Hash",
            Self::Send => "Send",
            Self::Sync => "Sync",
            Self::Unpin => "Unpin",
            Self::UnwindSafe => "UnwindSafe",
            Self::RefUnwindSafe => "RefUnwindSafe",
        }
    }
}

/// The traits that a structure with these members derives, or implements by hand for `Debug`. Streams cannot be
/// compared, and one that is received can be read only once.
pub(crate) fn derived(fields: &[Field]) -> BTreeSet<Trait> {
    let stream = fields.iter().find(|field| field.streams());
    let clone = stream.is_none_or(|stream| !stream.always);
    let mut traits = BTreeSet::from([Trait::Debug, Trait::Default]);
    traits.extend(clone.then_some(Trait::Clone));
    traits.extend(stream.is_none().then_some(Trait::PartialEq));
    traits
}

/// The traits of the types of a crate, as far as types contain each other.
#[derive(Debug)]
pub(crate) struct Traits<'t> {
    /// By the type's name: the auto traits that it lacks.
    lacking: BTreeMap<&'t str, BTreeSet<Trait>>,
}

impl<'t> Traits<'t> {
    pub(crate) fn of(types: &'t [Item]) -> Self {
        let mut traits = Self {
            lacking: BTreeMap::new(),
        };
        // A trait that a type lacks is lacking in all types that contain it; the last round finds no more.
        loop {
            let mut found_more = false;
            for item in types {
                let lacking = traits.lacked_by(item.fields().unwrap_or_default());
                let known = traits.lacking.entry(item.names().ident).or_default();
                found_more |= lacking.len() > known.len();
                *known = lacking;
            }
            if !found_more {
                return traits;
            }
        }
    }

    /// The traits of a type of the crate.
    pub(crate) fn of_item(&self, item: &Item) -> BTreeSet<Trait> {
        match item {
            Item::Structure(structure) => self.of_structure(structure),
            Item::Union(union) => {
                let derived = [Trait::Clone, Trait::Debug, Trait::PartialEq];
                self.and_auto(derived, &union.variants)
            }
            Item::Enumeration(_) => {
                let derived = [Trait::Clone, Trait::Debug, Trait::PartialEq];
                self.and_auto(derived.into_iter().chain([Trait::Eq, Trait::Hash]), &[])
            }
        }
    }

    /// The traits of a structure, which may be an input or an output.
    pub(crate) fn of_structure(&self, structure: &Structure) -> BTreeSet<Trait> {
        self.and_auto(derived(&structure.fields), &structure.fields)
    }

    fn and_auto(
        &self,
        derived: impl IntoIterator<Item = Trait>,
        fields: &[Field],
    ) -> BTreeSet<Trait> {
        let lacking = self.lacked_by(fields);
        let auto = AUTO.into_iter().filter(|auto| !lacking.contains(auto));
        derived.into_iter().chain(auto).collect()
    }

    fn lacked_by(&self, fields: &[Field]) -> BTreeSet<Trait> {
        let fields = fields.iter();
        fields.flat_map(|field| self.lacked_in(&field.ty)).collect()
    }

    /// The recursion is as deep as the type, which a checked model bounds.
    fn lacked_in(&self, ty: &Ty) -> Vec<Trait> {
        match ty {
            // It contains a connection. (The items that it returns are not in it.)
            Ty::EventStream(_) => vec![Trait::UnwindSafe, Trait::RefUnwindSafe],
            Ty::List { item, .. } => self.lacked_in(item),
            Ty::Map { key, value, .. } => {
                let mut lacking = self.lacked_in(key);
                lacking.extend(self.lacked_in(value));
                lacking
            }
            Ty::Enumeration(name) | Ty::Structure(name) | Ty::Union(name) => {
                let lacking = self.lacking.get(name.as_str());
                lacking.into_iter().flatten().copied().collect()
            }
            _ => Vec::new(),
        }
    }
}
