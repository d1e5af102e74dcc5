//! One side of a comparison: the model with its overrides, the selection, and the surface that rustc sees.

use super::Side;
use super::align::{Aligned, Names, align};
use crate::lower::{self, Surface};
use crate::model::{Kind, Member, Model, Shape};
use crate::place::Reporter;
use crate::problem::nearest;
use crate::rust::{self, Field, Item, Operation, Ty};
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
    /// The same without the operations that only this side has: everything outside of it is added or removed with an
    /// operation.
    pub(super) kept: Closure<'m>,
    pub(super) surface: Surface,
}

/// A member of a shape, from the model.
#[derive(Clone, Copy)]
pub(super) struct Documented<'m> {
    pub(super) shape: &'m str,
    pub(super) name: &'m str,
    pub(super) member: &'m Member,
}

impl<'m> Pair<'m> {
    pub(super) fn new(before: View<'m>, after: View<'m>) -> Self {
        let mut pair = Self { before, after };
        let kept = pair.operations().both.into_iter();
        let (before, after) = kept
            .map(|(before, after)| (before.wire.clone(), after.wire.clone()))
            .unzip();
        pair.before.keep(before);
        pair.after.keep(after);
        pair.call_types_alike();
        pair
    }

    /// The operations by their methods.
    pub(super) fn operations(&self) -> Aligned<'_, Operation> {
        let (before, after) = (&self.before.surface, &self.after.surface);
        align(&before.operations, &after.operations, |operation| {
            (&operation.method, &operation.wire)
        })
    }

    /// The types by their names.
    pub(super) fn types(&self) -> Aligned<'_, Item> {
        let (before, after) = (&self.before.surface, &self.after.surface);
        align(&before.types, &after.types, |item| {
            let rust::Names { ident, shape, .. } = item.names();
            (ident, shape)
        })
    }

    /// The members that both sides have and document: of inputs, outputs, structures and unions.
    pub(super) fn members(&self) -> Vec<(Documented<'m>, Documented<'m>)> {
        let mut found = Vec::new();
        let mut add = |(was, before): (&str, &[Field]), (is, after): (&str, &[Field])| {
            for (before, after) in align(before, after, field_names).both {
                let before = self.before.documented(was, &before.member);
                let after = self.after.documented(is, &after.member);
                found.extend(before.zip(after));
            }
        };
        for (before, after) in self.operations().both {
            for (before, after) in [
                (&before.input, &after.input),
                (&before.output, &after.output),
            ] {
                add((&before.wire, &before.fields), (&after.wire, &after.fields));
            }
        }
        for (before, after) in self.types().both {
            if let (Some(was), Some(is)) = (before.fields(), after.fields()) {
                add((before.names().shape, was), (after.names().shape, is));
            }
        }
        found
    }

    /// Renames the types of the earlier side to the names of the later one: a type with another name is reported once,
    /// not wherever it is used.
    fn call_types_alike(&mut self) {
        let mut names = IndexMap::new();
        for (before, after) in self.types().both {
            let (was, is) = (before.names().ident, after.names().ident);
            if was != is {
                names.insert(was.to_owned(), is.to_owned());
            }
        }
        self.before.rename(&names);
    }
}

impl<'m> View<'m> {
    /// Problems that prevent generation are reported by the generator; here, everything that can be lowered is
    /// compared.
    pub(super) fn new(model: &'m Model, side: Side<'_>) -> Self {
        let unsaid = Reporter::default();
        let closure = select(model, side.selection, &unsaid);
        let renames = &side.overrides.renames;
        let surface = lower::surface(model, &closure, renames, true, &unsaid);
        Self {
            model,
            closure,
            kept: Closure::default(),
            surface,
        }
    }

    fn keep(&mut self, operations: Vec<String>) {
        let selection = Selection::Named(operations);
        self.kept = select(self.model, &selection, &Reporter::default());
    }

    pub(super) fn shape(&self, name: &str) -> Option<&'m Shape> {
        self.model.shapes.get(name)
    }

    /// The Rust name of a shape's type.
    pub(super) fn ident(&self, shape: &str) -> Option<&str> {
        let types = self.surface.types.iter();
        let mut names = types.map(Item::names);
        names
            .find(|names| names.shape == shape)
            .map(|names| names.ident)
    }

    fn documented(&self, shape: &str, member: &str) -> Option<Documented<'m>> {
        let (shape, found) = self.model.shapes.get_key_value(shape)?;
        let (name, member) = members(found)?.get_key_value(member)?;
        Some(Documented {
            shape,
            name,
            member,
        })
    }

    fn rename(&mut self, names: &IndexMap<String, String>) {
        if names.is_empty() {
            return;
        }
        for operation in &mut self.surface.operations {
            let fields = operation.input.fields.iter_mut();
            for field in fields.chain(&mut operation.output.fields) {
                rename(&mut field.ty, names);
            }
            if let Some(items) = operation
                .pagination
                .as_mut()
                .and_then(|pages| pages.items.as_mut())
            {
                rename(&mut items.ty, names);
            }
        }
        for item in &mut self.surface.types {
            let fields = match item {
                Item::Structure(structure) => &mut structure.fields,
                Item::Union(union) => &mut union.variants,
                Item::Enumeration(_) => continue,
            };
            fields
                .iter_mut()
                .for_each(|field| rename(&mut field.ty, names));
        }
    }

    /// The shapes that `operation` alone reaches.
    pub(super) fn of_operation(&self, operation: &str) -> Closure<'m> {
        let alone = Selection::Named(vec![operation.to_owned()]);
        select(self.model, &alone, &Reporter::default())
    }
}

/// The names of a field.
pub(super) fn field_names(field: &Field) -> Names<'_> {
    (&field.ident, &field.member)
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

/// The shapes of a closure that become types: exceptions, and everything that a member refers to.
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

/// A side's model with its overrides; those that only apply to the other side have no effect.
pub(super) fn overridden(side: Side<'_>) -> Model {
    let mut model = side.model.clone();
    crate::fixups::apply(&mut model, side.overrides, &Reporter::default());
    model
}

/// Checks that each selected operation is in at least one of the models.
pub(super) fn selected(before: Side<'_>, after: Side<'_>, reporter: &Reporter) {
    let mut reported = IndexSet::new();
    for side in [before, after] {
        let Selection::Named(names) = side.selection else {
            continue;
        };
        for name in names {
            let known = |side: Side<'_>| side.model.operations.contains_key(name);
            if known(before) || known(after) || !reported.insert(name) {
                continue;
            }
            let all = after.model.operations.keys().map(String::as_str);
            let file = reporter.file(&after.model.file);
            file.key("operations").problem(format!(
                    "expected the name of an operation of {}, found `{name}`, which neither model has{}",
                    after.model.service.id,
                    nearest(name, all)
                ),
            );
        }
    }
}

/// The members of a shape that is a structure or a union.
pub(super) fn members(shape: &Shape) -> Option<&IndexMap<String, Member>> {
    match &shape.kind {
        Kind::Structure(structure) | Kind::Union(structure) => Some(&structure.members),
        _ => None,
    }
}
