//! What an update of a model means for users of the generated crate: every change that is visible to them, and the
//! version bump that it requires.

mod align;
mod changes;
mod constraint;
mod documentation;
mod endpoint;
mod evaluate;
mod exception;
mod member;
mod operation;
mod pagination;
mod reached;
mod render;
mod rules;
mod service;
mod shape;
mod source;
mod view;
mod waiter;

use crate::place::Reporter;
use crate::problem::Problems;
use crate::{Model, Overrides, Selection};
use changes::Changes;
pub use rules::{RULES, Rule};
pub use source::{Tree, tree};
use std::fmt;
use view::{Pair, View};

/// The parts of two models to compare.
#[derive(Clone, Debug, PartialEq)]
pub struct DiffOptions {
    /// The operations; an operation that only one of the models has is a change, one that neither has is a problem.
    pub selection: Selection,
    /// The overrides for both models; one that applies to only one of them is used for that one.
    pub overrides: Overrides,
}

/// One side of a comparison, where the sides differ in more than the model.
#[derive(Clone, Copy, Debug)]
pub struct Side<'m> {
    /// The model.
    pub model: &'m Model,
    /// The operations that are generated from it.
    pub selection: &'m Selection,
    /// The overrides.
    pub overrides: &'m Overrides,
}

/// All changes, and the resulting bump.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diff {
    /// The greatest bump of all changes.
    pub bump: Bump,
    /// Sorted by bump, the greatest first, then by kind, then by path.
    pub changes: Vec<Change>,
}

/// The part of a version that is raised, by the Cargo book's chapter on semantic versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bump {
    /// None: no generated file changes.
    None,
    /// Nothing that a program can name or call has changed.
    Patch,
    /// Something was added; programs that compiled still compile.
    Minor,
    /// A program that compiled may not compile any more, or a call that succeeded may fail.
    Major,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What kind of change it is.
    pub kind: ChangeKind,
    /// `Shape.member`, `Shape.VALUE`, `Shape`, or the operation, by their names in the model; the service's id for a
    /// change that concerns all of them.
    pub path: String,
    /// The former state, in short; `None` for an addition.
    pub before: Option<String>,
    /// The new state, in short; `None` for a removal.
    pub after: Option<String>,
    /// The bump that this change alone requires.
    pub bump: Bump,
    /// The reason or the consequence, in words.
    pub note: Option<String>,
}

/// The kinds of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum ChangeKind {
    OperationAdded,
    OperationRemoved,
    ShapeAdded,
    ShapeRemoved,
    MemberAdded,
    MemberRemoved,
    MemberTypeChanged,
    MemberRequired,
    MemberOptional,
    EnumValueAdded,
    EnumValueRemoved,
    ExceptionAdded,
    ExceptionRemoved,
    PaginationAdded,
    PaginationRemoved,
    PaginationChanged,
    WaiterAdded,
    WaiterRemoved,
    WaiterChanged,
    HttpChanged,
    EndpointChanged,
    ConstraintChanged,
    DocumentationChanged,
}

impl Bump {
    /// The name of the bump: `none`, `patch`, `minor`, `major`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

impl fmt::Display for Bump {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl ChangeKind {
    /// All kinds, in the order in which a report lists them.
    pub const ALL: [Self; 23] = [
        Self::OperationAdded,
        Self::OperationRemoved,
        Self::ShapeAdded,
        Self::ShapeRemoved,
        Self::MemberAdded,
        Self::MemberRemoved,
        Self::MemberTypeChanged,
        Self::MemberRequired,
        Self::MemberOptional,
        Self::EnumValueAdded,
        Self::EnumValueRemoved,
        Self::ExceptionAdded,
        Self::ExceptionRemoved,
        Self::PaginationAdded,
        Self::PaginationRemoved,
        Self::PaginationChanged,
        Self::WaiterAdded,
        Self::WaiterRemoved,
        Self::WaiterChanged,
        Self::HttpChanged,
        Self::EndpointChanged,
        Self::ConstraintChanged,
        Self::DocumentationChanged,
    ];

    /// The name of the kind: `operation-added`, …
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OperationAdded => "operation-added",
            Self::OperationRemoved => "operation-removed",
            Self::ShapeAdded => "shape-added",
            Self::ShapeRemoved => "shape-removed",
            Self::MemberAdded => "member-added",
            Self::MemberRemoved => "member-removed",
            Self::MemberTypeChanged => "member-type-changed",
            Self::MemberRequired => "member-required",
            Self::MemberOptional => "member-optional",
            Self::EnumValueAdded => "enum-value-added",
            Self::EnumValueRemoved => "enum-value-removed",
            Self::ExceptionAdded => "exception-added",
            Self::ExceptionRemoved => "exception-removed",
            Self::PaginationAdded => "pagination-added",
            Self::PaginationRemoved => "pagination-removed",
            Self::PaginationChanged => "pagination-changed",
            Self::WaiterAdded => "waiter-added",
            Self::WaiterRemoved => "waiter-removed",
            Self::WaiterChanged => "waiter-changed",
            Self::HttpChanged => "http-changed",
            Self::EndpointChanged => "endpoint-changed",
            Self::ConstraintChanged => "constraint-changed",
            Self::DocumentationChanged => "documentation-changed",
        }
    }
}

impl fmt::Display for ChangeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Compares two models as the users of the generated crate see them, with the same options for both.
///
/// # Errors
/// A model whose parts do not fit together, or an operation that neither model has.
pub fn diff(before: &Model, after: &Model, options: &DiffOptions) -> Result<Diff, Problems> {
    let side = |model| Side {
        model,
        selection: &options.selection,
        overrides: &options.overrides,
    };
    diff_sides(side(before), side(after))
}

/// The same where operations and overrides differ too, because `tinsmith.toml` has changed.
///
/// # Errors
/// As [`diff`].
pub fn diff_sides(before: Side<'_>, after: Side<'_>) -> Result<Diff, Problems> {
    let reporter = Reporter::default();
    let mut problems = Problems::default();
    for side in [before, after] {
        if let Err(mut wrong) = crate::check::sound(side.model, side.selection) {
            problems.0.append(&mut wrong.0);
        }
    }
    view::selected(before, after, &reporter);
    problems.0.append(&mut reporter.into_problems().0);
    problems.into_result(())?;
    let (old, new) = (view::overridden(before), view::overridden(after));
    let pair = Pair::new(View::new(&old, before), View::new(&new, after));
    let mut changes = Changes::default();
    service::compare(&pair, &mut changes);
    operation::compare(&pair, &mut changes);
    exception::compare(&pair, &mut changes);
    shape::compare(&pair, &mut changes);
    constraint::compare(&pair, &mut changes);
    documentation::compare(&pair, &mut changes);
    endpoint::compare(&pair, &mut changes);
    waiter::compare(&pair, &mut changes);
    let mut diff = source::confirmed(changes.sorted(), before, after);
    service::compare_protocols(before.model, after.model, &mut diff.changes);
    Ok(diff)
}
