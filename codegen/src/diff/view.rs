//! One side of a comparison: the model as its overrides leave it, what is selected, and what rustc sees of it.

use super::Side;
use crate::lower::{self, Offer};
use crate::model::{Kind, Model, Shape};
use crate::problem::{Problems, nearest};
use crate::rust::{Item, Ty};
use crate::select::{Closure, Selection, select};
use indexmap::{IndexMap, IndexSet};

/// Both sides.
pub(super) struct Pair<'m> {
    pub(super) before: View<'m>,
    pub(super) after: View<'m>,
}

/// One side.
pub(super) struct View<'m> {
    pub(super) model: &'m Model,
    /// What the selected operations reach.
    pub(super) closure: Closure<'m>,
    /// The same without the operations that only this side has: what is outside of it comes or goes with an operation.
    pub(super) kept: Closure<'m>,
    pub(super) offer: Offer,
}

impl<'m> View<'m> {
    /// Problems with what the generator cannot do are the generator's to tell; here, what can be lowered is compared.
    pub(super) fn new(model: &'m Model, side: Side<'_>, common: &[String]) -> Self {
        let mut unsaid = Problems::default();
        let closure = select(model, side.selection, &mut unsaid);
        let kept = select(model, &Selection::Named(common.to_vec()), &mut unsaid);
        let renames = &side.overrides.renames;
        let offer = lower::offer(model, &closure, renames, false, &mut unsaid);
        Self {
            model,
            closure,
            kept,
            offer,
        }
    }

    pub(super) fn shape(&self, name: &str) -> Option<&'m Shape> {
        self.model.shapes.get(name)
    }

    /// Calls the types of this side as `other` calls them: a type that has another name is told once, not wherever it
    /// is used.
    pub(super) fn call_as(&mut self, other: &View<'_>) {
        let theirs = other.types();
        let mut names = IndexMap::new();
        for item in &self.offer.types {
            let (ident, _, shape) = item.names();
            if let Some(other) = theirs.get(shape)
                && other.names().0 != ident
            {
                names.insert(ident.to_owned(), other.names().0.to_owned());
            }
        }
        for operation in &mut self.offer.operations {
            let fields = operation.input.fields.iter_mut();
            for field in fields.chain(&mut operation.output.fields) {
                rename(&mut field.ty, &names);
            }
            if let Some(items) = operation
                .pagination
                .as_mut()
                .and_then(|pages| pages.items.as_mut())
            {
                rename(&mut items.ty, &names);
            }
        }
        for item in &mut self.offer.types {
            let fields = match item {
                Item::Structure(structure) => &mut structure.fields,
                Item::Union(union) => &mut union.variants,
                Item::Enumeration(_) => continue,
            };
            fields
                .iter_mut()
                .for_each(|field| rename(&mut field.ty, &names));
        }
    }

    /// The types of the crate by the shapes that they stand for.
    pub(super) fn types(&self) -> IndexMap<&str, &Item> {
        let types = self.offer.types.iter();
        types.map(|item| (item.names().2, item)).collect()
    }

    /// What `operation` alone reaches.
    pub(super) fn of_operation(&self, operation: &str) -> Closure<'m> {
        let alone = Selection::Named(vec![operation.to_owned()]);
        select(self.model, &alone, &mut Problems::default())
    }
}

fn rename(ty: &mut Ty, names: &IndexMap<String, String>) {
    match ty {
        Ty::Enumeration(name)
        | Ty::Structure(name)
        | Ty::Union(name)
        | Ty::EventInput(name)
        | Ty::EventStream(name) => {
            if let Some(other) = names.get(name) {
                name.clone_from(other);
            }
        }
        Ty::List { item, .. } => rename(item, names),
        Ty::Map { key, value, .. } => {
            rename(key, names);
            rename(value, names);
        }
        _ => {}
    }
}

/// The shapes of a closure that become types: exceptions and whatever a member leads to.
pub(super) fn named<'c>(
    model: &Model,
    closure: &'c Closure<'_>,
) -> impl Iterator<Item = &'c str> + use<'c> {
    let all = closure
        .errors
        .iter()
        .chain(&closure.written)
        .chain(&closure.read);
    let unique: IndexSet<&str> = all
        .copied()
        .filter(|name| {
            let shape = model.shapes.get(*name);
            shape.is_some_and(|shape| lower::is_type(&shape.kind))
        })
        .collect();
    unique.into_iter()
}

/// A side's model with what its overrides say; those that fit only the other side say nothing here.
pub(super) fn overridden(side: Side<'_>) -> Model {
    let mut model = side.model.clone();
    crate::fixups::apply(&mut model, side.overrides, &mut Problems::default());
    model
}

/// Checks that each selected operation is in one of the models at least.
pub(super) fn selected(before: Side<'_>, after: Side<'_>, problems: &mut Problems) {
    let mut told = IndexSet::new();
    for side in [before, after] {
        let Selection::Named(names) = side.selection else {
            continue;
        };
        for name in names {
            let known = |side: Side<'_>| side.model.operations.contains_key(name);
            if known(before) || known(after) || !told.insert(name) {
                continue;
            }
            let all = after.model.operations.keys().map(String::as_str);
            problems.add(
                &after.model.file,
                "operations",
                format!(
                    "expected the name of an operation of {}, found `{name}`, which neither model has{}",
                    after.model.service.id,
                    nearest(name, all)
                ),
            );
        }
    }
}

/// The operations that both sides have.
pub(super) fn common(
    before: &Model,
    selected_before: &Selection,
    after: &Model,
    selected_after: &Selection,
) -> Vec<String> {
    let has = |model: &Model, selection: &Selection, name: &String| {
        model.operations.contains_key(name)
            && match selection {
                Selection::All => true,
                Selection::Named(names) => names.contains(name),
            }
    };
    let names = before.operations.keys();
    names
        .filter(|name| has(before, selected_before, name) && has(after, selected_after, name))
        .cloned()
        .collect()
}

/// The members of a shape that is a structure or a union.
pub(super) fn members(shape: &Shape) -> Option<&IndexMap<String, crate::model::Member>> {
    match &shape.kind {
        Kind::Structure(structure) | Kind::Union(structure) => Some(&structure.members),
        _ => None,
    }
}
